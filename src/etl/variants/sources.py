"""What is read of the tables: quotes with their speaker, their occasion and their words, the fullest first."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from etl.variants.lexicon import TOKEN, Word, bind_name, load_lexicon, read_words

# What a paper adds to a name, in every article anew: (WTO), officially known as the World Trade Organization (WTO).
_GLOSS = (
    r"\(\p{Lu}{2,}\)"
    r"|(?:, ?)?\b(?:(?:officially|formally|also|better|commonly|widely) )?(?:known as|called)"
    r"(?: the)?(?: (?:of|on|for|and|the)| \p{Lu}[\p{L}’'-]*)+(?: \(\p{Lu}{2,}\))?,?"
)
_TYPES = ("direct", "mixed", "indirect")


def read_rows(
    quotes: pl.DataFrame, articles: pl.DataFrame, mentions: pl.DataFrame, participants: pl.DataFrame
) -> pl.DataFrame:
    """The quotes with their speaker (null: nobody is named), what is known of the occasion, and their words (tokens).

    `day` is that of the article, `meetings` are those that it tells of and the speaker took part in, `chain` is the
    quote_id of the first stretch of the quote that this one is a stretch of, `quoted` are the tokens in the marks of a
    mixed quote.
    """
    rows = quotes.select(
        "quote_id",
        "article_id",
        "type",
        "start",
        "meeting_id",
        speaker=_find_speaker(),
        party=pl.coalesce("speaker_id", "speaker_name"),
        chain=_find_chains(quotes),
        tokens=_split_tokens(pl.col("text")),
        quoted=_split_tokens(pl.when(pl.col("type") == "mixed").then(pl.col("verbatim").list.join(" "))),
    )
    rows = rows.join(_read_articles(articles, mentions), on="article_id", how="left")
    told = _read_meetings(mentions, participants)
    return rows.join(told, on=["article_id", "party"], how="left")


def _split_tokens(text: pl.Expr) -> pl.Expr:
    """The words of `text`, a name of several words as one, without glosses and negations that deny nothing."""
    lexicon = load_lexicon()
    bound = [bind_name(name) for name in lexicon.names]
    plain = text.str.replace_all(rf"{_GLOSS}|\b(?i:{lexicon.fillers})\b", " ")
    return plain.str.replace_many(list(lexicon.names), bound, leftmost=True).str.extract_all(TOKEN)


def _find_speaker() -> pl.Expr:
    """Who said it, as far as that can be told from other speakers: a person's id, else a named body; or null."""
    body = pl.col("speaker_kind").is_in(["organization", "country", "role"]) & (pl.col("speaker_name") != "")
    name = pl.col("speaker_name").str.to_lowercase().str.strip_prefix("the ")
    named = pl.when(body).then(pl.concat_str("speaker_kind", name, separator=" "))
    return pl.coalesce(pl.concat_str(pl.lit("person "), "speaker_id"), named)


def _find_chains(quotes: pl.DataFrame) -> pl.Series:
    """The quote_id of the first stretch of the quote that each is a stretch of."""
    before = dict(quotes.select("quote_id", "continues").drop_nulls().iter_rows())
    chains = []
    for quote_id in quotes["quote_id"]:
        first = quote_id
        while first in before:
            first = before[first]
        chains.append(first)
    return pl.Series(chains, dtype=pl.String)


def _read_articles(articles: pl.DataFrame, mentions: pl.DataFrame) -> pl.DataFrame:
    """Day and order of the articles. One without a date has that of the latest meeting which it dates to the day."""
    held = mentions.filter((pl.col("status") == "held") & (pl.col("date_precision") == "day"))
    met = held.group_by("article_id").agg(met=pl.col("date_end").max())
    return articles.join(met, on="article_id", how="left").select(
        "article_id",
        "published_on",
        "source_uri",
        is_copy=pl.col("duplicate_of").is_not_null(),
        day=pl.coalesce("reference_date", "published_on", "met").to_physical(),
    )


def _read_meetings(mentions: pl.DataFrame, participants: pl.DataFrame) -> pl.DataFrame:
    """The held meetings that each article tells of, by the parties that took part in them."""
    held = mentions.filter(pl.col("status") == "held").select("article_id", "meeting_id").unique()
    names = pl.concat(
        [
            participants.select("meeting_id", party="person_id"),
            participants.select("meeting_id", party=pl.coalesce("name", "organization", "country")),
        ]
    )
    told = held.join(names.drop_nulls().unique(), on="meeting_id")
    return told.group_by("article_id", "party").agg(meetings=pl.col("meeting_id").sort())


def rank_rows(rows: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame, list[Word]]:
    """`rows` by rank, the words of them that count, and all words.

    Words go by their number in the list of all. Those that count have the columns rank, concept, weight and is_first
    (the concept did not stand further up in the row), in the order of the text.
    The fullest telling has most words that count; of equally full ones a direct quote comes before a mixed and an
    indirect one, an article that is nobody's copy before one that is, then published_on, source_uri and place.
    """
    written = pl.concat([rows["tokens"].explode().unique(), rows["quoted"].explode().unique()]).unique().drop_nulls()
    words = read_words(written.sort())
    numbered = pl.col("tokens", "quoted").cast(pl.List(pl.Enum(list(words)))).to_physical()
    rows = rows.with_row_index("row").with_columns(numbered)
    counted = _count_words(rows.select("row", word="tokens").explode("word").drop_nulls(), list(words.values()))
    totals = counted.group_by("row").agg(fullness=pl.len(), total=pl.col("weight").filter("is_first").sum().round(6))
    ranked = rows.join(totals, on="row", how="inner")
    kind = pl.col("type").cast(pl.Enum(_TYPES))
    order = [-pl.col("fullness").cast(pl.Int64), kind, "is_copy", "published_on", "source_uri", "start", "quote_id"]
    ranked = ranked.sort(order, nulls_last=True).with_row_index("rank")
    long = counted.join(ranked.select("row", "rank"), on="row", how="inner", maintain_order="left").drop("row")
    return ranked.drop("row"), long.select("rank", "concept", "weight", "is_first"), list(words.values())


def _count_words(tokens: pl.DataFrame, words: Sequence[Word]) -> pl.DataFrame:
    """The words of `tokens` (row, word) that count: row, concept (a number), weight, is_first; in their order."""
    numbers = {concept: number for number, concept in enumerate(sorted({word.concept for word in words} - {""}))}
    concepts = pl.Series([numbers.get(word.concept) for word in words], dtype=pl.UInt64)
    weights = pl.Series([word.weight for word in words], dtype=pl.Float64)
    counted = tokens.select("row", concept=concepts.gather(tokens["word"]), weight=weights.gather(tokens["word"]))
    place = pl.col("row").cast(pl.UInt64) * max(len(numbers), 1) + pl.col("concept")
    return counted.filter(pl.col("concept").is_not_null()).with_columns(is_first=place.is_first_distinct())
