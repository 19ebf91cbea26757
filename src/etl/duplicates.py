"""Articles with the same body, or nearly the same: copies of an agency's text, one article fetched or issued twice.

Two bodies are the same where their letters and digits are. They are nearly the same where nine in ten of their
words stand in both in the same order, and no fact was put in another's place: no number, name, weekday or month
stands where the other has a different one. So reports made from one template, each with its own figures and names,
stay apart, and so do the updates of a story that correct a figure.

`duplicate_of` names the original: articles are taken in the order of published_on (nulls last), source_uri and
article_id, and each is a duplicate of the first original that it is the same or nearly the same as, else an original
itself. In a chain A, B, C of which B is near A, and C near B but not near A, B is a duplicate of A, and C an original.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

import polars as pl
from rapidfuzz.distance import Levenshtein, Opcodes

from etl.data import check_keys, read_toml

# Pairs are compared that share the beginnings (in short texts, the ends) of sentences: at least this share of them.
KEY_SHARE, KEY_CHARS, SHORT_TEXT = 0.3, 40, 4
# Articles that share one are compared with so many that are next in length.
NEIGHBOURS = 12

_TOKEN = re.compile(r"\d[\d.,:/]*\d|\w+|[.!?\n]")
_CACHE = 4096
_NOT_WORD = r"[^\p{L}\p{M}\p{N}]+"
_SENTENCE = r"[^.!?。！？\n]+"


class Tokens(NamedTuple):
    """The words of a body, folded, and the places of those that are facts."""

    words: tuple[str, ...]
    facts: frozenset[int]


class Limits(NamedTuple):
    """What data/duplicates.toml says."""

    same_share: float
    min_words: int
    facts: frozenset[str]


@cache
def load_limits() -> Limits:
    """The limits of data/duplicates.toml. Raises DataError."""
    table = read_toml("duplicates.toml")
    check_keys(table, "duplicates.toml", ("same_share", "min_words", "facts"))
    return Limits(table["same_share"], table["min_words"], frozenset(table["facts"]))


def find_duplicates(articles: pl.DataFrame) -> pl.DataFrame:
    """The articles that duplicate an earlier one: columns article_id and duplicate_of, sorted by article_id.

    The outcome does not depend on the order of the rows. An empty body is nobody's copy.
    """
    ordered = articles.select("article_id", "published_on", "source_uri", "body", text=_fold(pl.col("body")))
    ordered = ordered.filter(pl.col("text") != "").sort("published_on", "source_uri", "article_id", nulls_last=True)
    first = pl.col("article_id").first().over("text", order_by=pl.int_range(pl.len()))
    copies = ordered.select("article_id", "body", "text", original=first)
    originals = copies.filter(pl.col("article_id") == pl.col("original")).with_row_index("at")
    near = _choose_originals(originals, _list_candidates(originals))
    found = copies.select("article_id", duplicate_of=pl.col("original").replace(near))
    return found.filter(pl.col("article_id") != pl.col("duplicate_of")).sort("article_id")


def _fold(text: pl.Expr) -> pl.Expr:
    return text.str.to_lowercase().str.replace_all(_NOT_WORD, " ").str.strip_chars()


def _list_candidates(originals: pl.DataFrame) -> pl.DataFrame:
    """Pairs of rows that may be near: columns a and b (row numbers, a < b), sorted. Linear in the bodies."""
    limits = load_limits()
    words = pl.col("text").str.count_matches(" ", literal=True) + 1
    long = originals.select("at", "body", words=words).filter(pl.col("words") >= limits.min_words)
    keys = _list_keys(long)
    counts = keys.group_by("at").agg(keys=pl.len())
    repeated = keys.filter(pl.len().over("key") > 1).sort("key", "words", "at")
    next_ones = [_pair_with_next(repeated, step) for step in range(1, NEIGHBOURS + 1)]
    near = 2 * pl.col("words") >= limits.same_share * (pl.col("words") + pl.col("other_words"))
    pairs = pl.concat(next_ones).filter(near)
    pairs = pairs.group_by(a=pl.min_horizontal("at", "other"), b=pl.max_horizontal("at", "other")).agg(shared=pl.len())
    pairs = pairs.join(counts, left_on="a", right_on="at").join(counts, left_on="b", right_on="at", suffix="_b")
    enough = pl.col("shared") >= KEY_SHARE * pl.min_horizontal("keys", "keys_b")
    return pairs.filter(enough).select("a", "b").sort("b", "a")


def _list_keys(bodies: pl.DataFrame) -> pl.DataFrame:
    """Columns at, words, key: how the longer sentences begin, and in short texts how they end, without double rows."""
    sentences = bodies.select("at", "words", sentence=pl.col("body").str.extract_all(_SENTENCE))
    is_short = pl.col("sentence").list.len() < SHORT_TEXT
    sentences = sentences.with_columns(is_short=is_short).explode("sentence", empty_as_null=True)
    sentences = sentences.filter(pl.col("sentence").str.len_chars() > KEY_CHARS)
    begins = sentences.select("at", "words", key=_fold(pl.col("sentence").str.head(KEY_CHARS)))
    ends = sentences.filter("is_short").select("at", "words", key=_fold(pl.col("sentence").str.tail(KEY_CHARS)))
    return pl.concat([begins, ends]).unique()


def _pair_with_next(keys: pl.DataFrame, step: int) -> pl.DataFrame:
    """The rows of `keys`, sorted by key and length, each with the one `step` below that has its key."""
    other = keys.select(pl.all().shift(-step).name.prefix("next_"))
    pairs = pl.concat([keys, other], how="horizontal").filter(pl.col("key") == pl.col("next_key"))
    return pairs.select("at", "words", other="next_at", other_words="next_words")


def _choose_originals(originals: pl.DataFrame, pairs: pl.DataFrame) -> dict[str, str]:
    """For each row that is near an earlier original the article_id of the first of these, by article_id."""
    names, bodies = originals["article_id"], originals["body"]
    copies: dict[int, int] = {}
    read = lru_cache(_CACHE)(lambda at: read_tokens(bodies[at]))
    for a, b in pairs.iter_rows():
        if a not in copies and b not in copies and is_near(read(a), read(b)):
            copies[b] = a
    return {names[copy]: names[original] for copy, original in copies.items()}


def read_tokens(body: str) -> Tokens:
    """The words of a body and which of them are facts.

    Facts are numbers, words with a capital (at the beginning of a sentence, unless the body writes them small, too)
    and the words that data/duplicates.toml lists. The comma in 3,000 does not count.
    """
    words: list[str] = []
    facts: set[int] = set()
    first: set[int] = set()
    small: set[str] = set()
    starts = True
    for match in _TOKEN.finditer(body):
        token = match.group()
        if token in ".!?\n":
            starts = True
            continue
        if token[0].isdigit():
            facts.add(len(words))
            token = token.replace(",", "")
        elif token[0].isupper():
            (first if starts else facts).add(len(words))
        else:
            small.add(token)
        words.append(token.casefold())
        starts = False
    facts |= {i for i in first if words[i] not in small}
    facts |= {i for i, word in enumerate(words) if word in load_limits().facts}
    return Tokens(tuple(words), frozenset(facts))


def is_near(a: Tokens, b: Tokens) -> bool:
    """Whether two bodies are nearly the same: see above."""
    wanted = load_limits().same_share * (len(a.words) + len(b.words))
    if 2 * min(len(a.words), len(b.words)) < wanted:
        return False
    edits = Levenshtein.opcodes(a.words, b.words)
    if 2 * sum(edit.src_end - edit.src_start for edit in edits if edit.tag == "equal") < wanted:
        return False
    changes = _list_changes(edits)
    return not any(a.facts.intersection(left) and b.facts.intersection(right) for left, right in changes)


def _list_changes(edits: Opcodes) -> Iterator[tuple[range, range]]:
    """Stretches of changed words of both bodies; changes that stand side by side are one."""
    left, right = range(0), range(0)
    for edit in edits:
        if edit.tag == "equal":
            if left or right:
                yield left, right
            left, right = range(edit.src_end, edit.src_end), range(edit.dest_end, edit.dest_end)
        else:
            left, right = range(left.start, edit.src_end), range(right.start, edit.dest_end)
    yield left, right
