"""At which meeting a quote was said. Null over wrong: without a sign that it was said there, a quote has no meeting.

A quote belongs to a held meeting that its speaker takes part in and that its article tells, if one of these holds, and
if nothing in its paragraph says that it was said elsewhere (data/quote_occasions.toml: to the press, in a statement,
before or after the meeting):

1. sentence: a mention of just one such meeting stands in the sentence of the quote, outside its words
   ("... , she told him during the talks").
2. addressee: it was told to another participant of just one such meeting ("told Lund").
3. article: the article opens with the meeting, and tells of no other that the speaker took part in. Looks back at
   earlier meetings do not count as another.

A quote that continues another one belongs where that one does. Once a speaker is quoted from elsewhere, the following
quotes that only a pronoun or nothing ties to that speaker are from there too.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import polars as pl

from etl.data import DataError, check_keys, read_toml
from etl.meetings.tellings import is_earlier_meeting
from etl.scan import fold_text

DATA = "quote_occasions.toml"
LEAD_PARAGRAPHS = 2
ADDRESSEE_CHARS = 60
# What Polars' engine for patterns has not.
_LOOKS_AROUND = re.compile(r"\(\?(?:<?[=!]|P=|>)|\\[1-9]")
_ESCAPE = re.compile(r"\\.")
_SENTENCE_END = re.compile(r"[.:;!?,“\"\n]")
_UNNAMED = frozenset({"pronoun", "continuation", "none"})

_MENTION_COLUMNS = ("mention_id", "meeting_id", "article_id", "start", "end", "text", "trigger_start")
_QUOTE_COLUMNS = (
    *("quote_id", "article_id", "type", "start", "end", "cue", "cue_start", "cue_end", "continues"),
    *("speaker_id", "speaker_name", "speaker_basis"),
)

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class OccasionRule:
    """Words that place a quote elsewhere, with sentences that the pattern must hit and must spare."""

    id: str
    pattern: re.Pattern[str]
    hits: tuple[str, ...]
    spares: tuple[str, ...]


@cache
def load_occasion_rules() -> tuple[OccasionRule, ...]:
    """The rules of quote_occasions.toml. Raises DataError where a rule is not what it must be."""
    table = read_toml(DATA)
    check_keys(table, DATA, ("rule",))
    rules = []
    for number, rule in enumerate(table["rule"]):
        check_keys(rule, f"{DATA}, rule {rule.get('id', number)}", ("id", "pattern", "hits", "spares"))
        try:
            pattern = re.compile(rule["pattern"], re.IGNORECASE)
        except re.error as error:
            raise DataError(f"{DATA}, rule {rule['id']}: no valid pattern: {error}") from error
        if not _ESCAPE.sub("", rule["pattern"]).islower():
            raise DataError(f"{DATA}, rule {rule['id']}: the pattern must be in small letters")
        if _LOOKS_AROUND.search(rule["pattern"]):
            raise DataError(f"{DATA}, rule {rule['id']}: the pattern must not look ahead or behind, nor refer back")
        rules.append(OccasionRule(rule["id"], pattern, tuple(rule["hits"]), tuple(rule["spares"])))
    return tuple(rules)


@cache
def _join_patterns() -> str:
    """All rules as one pattern for words in lower case."""
    return "|".join(f"(?:{rule.pattern.pattern})" for rule in load_occasion_rules())


def list_said_elsewhere(words: Sequence[str]) -> list[bool]:
    """For each of the words around quotes whether they say that it was not said at a meeting.

    Polars' engine goes through them ten times as fast as Python's.
    """
    return pl.Series([text.lower() for text in words], dtype=pl.String).str.contains(_join_patterns()).to_list()


def link_quotes(
    quotes: pl.DataFrame, mentions: pl.DataFrame, meeting_participants: pl.DataFrame, articles: pl.DataFrame
) -> pl.DataFrame:
    """The quotes whose meeting is known: columns quote_id and meeting_id, sorted by quote_id.

    `mentions` has the columns of meeting_mentions; of `articles` article_id and body are read.
    """
    held = mentions.filter(pl.col("status") == "held").select(_MENTION_COLUMNS)
    spoken = quotes.join(held, on="article_id", how="semi").select(_QUOTE_COLUMNS)
    bodies = dict(articles.join(held, on="article_id", how="semi").select("article_id", "body").iter_rows())
    parties = _group_rows(meeting_participants.select("meeting_id", "person_id", "name"), "meeting_id")
    told = _group_rows(held, "article_id")
    quoted = _group_rows(spoken.sort("article_id", "start", "end", "quote_id"), "article_id")
    articles_told = [(_Article(bodies[name], told[name], parties), rows) for name, rows in quoted.items()]
    heard = [around for article, rows in articles_told for around in article.list_heard(rows)]
    is_apart = dict(zip((name for name, _ in heard), list_said_elsewhere([text for _, text in heard]), strict=True))
    found: dict[str, str] = {}
    for article, rows in articles_told:
        found |= article.link_quotes(rows, is_apart)
    rows_found = sorted(found.items())
    return pl.DataFrame(rows_found, schema={"quote_id": pl.String, "meeting_id": pl.String}, orient="row")


def _group_rows(frame: pl.DataFrame, key: str) -> dict[str, list[dict[str, Any]]]:
    groups: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in frame.iter_rows(named=True):
        groups[row[key]].append(row)
    return dict(groups)


class _Article:
    """One article: its body, the meetings that it tells, who takes part in them."""

    def __init__(self, body: str, mentions: Sequence[Row], parties: Mapping[str, Sequence[Row]]) -> None:
        self._body = body
        self._parties = parties
        current = [row for row in mentions if not is_earlier_meeting(row["text"])]
        self._mentions = sorted(current, key=lambda row: (row["start"], row["mention_id"]))
        met = [party for row in self._mentions for party in parties.get(row["meeting_id"], ())]
        self._attending = {party[name] for party in met for name in ("person_id", "name")} - {None}
        self._lead_end = self._find_lead_end()

    def list_heard(self, quotes: Sequence[Row]) -> list[tuple[str, str]]:
        """quote_id of each quote whose speaker takes part in a meeting, and the words around it."""
        heard = (quote for quote in quotes if (quote["speaker_id"] or quote["speaker_name"]) in self._attending)
        return [(quote["quote_id"], self._read_around(quote)) for quote in heard]

    def link_quotes(self, quotes: Sequence[Row], is_apart: Mapping[str, bool]) -> dict[str, str]:
        """meeting_id by quote_id, for the quotes that have one.

        `is_apart` has those of `list_heard`: whether the words around them say that they were said elsewhere.
        """
        found: dict[str, str | None] = {}
        elsewhere: set[str] = set()
        for quote in quotes:
            speaker = quote["speaker_id"] or quote["speaker_name"]
            if quote["continues"] in found:
                found[quote["quote_id"]] = found[quote["continues"]]
                continue
            if quote["quote_id"] not in is_apart:
                continue
            if is_apart[quote["quote_id"]]:
                elsewhere.add(speaker)
            elif speaker not in elsewhere or quote["speaker_basis"] not in _UNNAMED:
                elsewhere.discard(speaker)
                found[quote["quote_id"]] = self._find_meeting(quote)
        return {quote_id: meeting_id for quote_id, meeting_id in found.items() if meeting_id is not None}

    def _find_meeting(self, quote: Row) -> str | None:
        attended = [row for row in self._mentions if self._attends(quote, row["meeting_id"])]
        near = {row["meeting_id"] for row in attended if _is_beside(row, quote)}
        if not near:
            near = {row["meeting_id"] for row in attended if self._is_told_to(quote, row["meeting_id"])}
        if not near and attended and attended[0]["start"] < self._lead_end:
            near = {row["meeting_id"] for row in attended}
        return near.pop() if len(near) == 1 else None

    def _attends(self, quote: Row, meeting_id: str) -> bool:
        for party in self._parties.get(meeting_id, ()):
            if quote["speaker_id"] is not None and quote["speaker_id"] == party["person_id"]:
                return True
            if quote["speaker_id"] is None and quote["speaker_name"] and quote["speaker_name"] == party["name"]:
                return True
        return False

    def _is_told_to(self, quote: Row, meeting_id: str) -> bool:
        """True if the words behind the cue name another participant."""
        if quote["cue_end"] is None or quote["cue"] not in ("tell", "inform", "assure", "ask"):
            return False
        behind = self._body[quote["cue_end"] : quote["cue_end"] + ADDRESSEE_CHARS]
        behind = fold_text(_SENTENCE_END.split(behind, maxsplit=1)[0]).lower()
        names = [party["name"] for party in self._parties.get(meeting_id, ()) if party["name"]]
        others = [name for name in names if name != quote["speaker_name"]]
        return any(re.search(rf"\b{re.escape(_find_surname(name))}\b", behind) for name in others)

    def _read_around(self, quote: Row) -> str:
        """The paragraphs of the quote and of its cue without the words of the quote."""
        first = min(quote["start"], quote["cue_start"] if quote["cue_start"] is not None else quote["start"])
        last = max(quote["end"], quote["cue_end"] if quote["cue_end"] is not None else quote["end"])
        start = self._body.rfind("\n\n", 0, first) + 1
        end = self._body.find("\n\n", last)
        inside = self._body[start : quote["start"]], self._body[quote["end"] : end if end >= 0 else None]
        return " ".join(inside) if quote["type"] != "indirect" else self._body[start : end if end >= 0 else None]

    def _find_lead_end(self) -> int:
        end = 0
        for _ in range(LEAD_PARAGRAPHS):
            found = self._body.find("\n\n", end)
            if found < 0:
                return len(self._body)
            end = found + 2
        return end


def _is_beside(mention: Row, quote: Row) -> bool:
    """True if the mention's sentence holds the quote or its cue, and its trigger is no word of the quote."""
    if quote["start"] <= mention["trigger_start"] < quote["end"]:
        return False
    spans = [(quote["start"], quote["end"]), (quote["cue_start"], quote["cue_end"])]
    return any(start is not None and start < mention["end"] and mention["start"] < end for start, end in spans)


def _find_surname(name: str) -> str:
    folded = fold_text(name).lower()
    words: list[str] = re.findall(r"\w+", folded)
    return words[-1] if words else folded
