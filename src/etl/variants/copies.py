"""Quotes that are copies by where they stand: in an article that is a copy, or in a passage that an article repeats."""

from __future__ import annotations

import polars as pl

_REPEATED = 8  # words; a shorter answer may have been given twice
_SAME = ["type", "text", "speaker_id", "speaker_name"]


def find_copies(quotes: pl.DataFrame, articles: pl.DataFrame) -> dict[str, str]:
    """quote_id of the quote that was copied by quote_id of each copy; what was copied is no copy."""
    told = quotes.select("quote_id", "article_id", "start", *_SAME)
    kept = told.join(articles.select("article_id", "duplicate_of"), on="article_id", how="left").sort("start")
    repeats = _find_repeats(kept)
    return repeats | {copy: repeats.get(told, told) for copy, told in _find_duplicates(kept).items()}


def _find_duplicates(quotes: pl.DataFrame) -> dict[str, str]:
    """Quotes of duplicate articles with the quote of the kept article that has the same words.

    Words that an article quotes several times are paired in their order.
    """
    is_copy = pl.col("duplicate_of").is_not_null()
    copies = quotes.filter(is_copy)
    originals = quotes.filter(pl.col("article_id").is_in(copies["duplicate_of"].unique().implode()) & ~is_copy)
    place = pl.int_range(pl.len()).over("article_id", "type", "text")
    paired = copies.with_columns(place=place).join(
        originals.with_columns(place=place),
        left_on=["duplicate_of", "type", "text", "place"],
        right_on=["article_id", "type", "text", "place"],
        how="inner",
    )
    return dict(paired.select("quote_id", "quote_id_right").iter_rows())


def _find_repeats(quotes: pl.DataFrame) -> dict[str, str]:
    """Quotes whose words the same article quotes further up, of the same speaker, with the first of them."""
    long = quotes.filter(pl.col("text").str.count_matches(" ", literal=True) + 1 >= _REPEATED)
    first = pl.col("quote_id").first().over("article_id", *_SAME)
    repeated = long.select("quote_id", first=first).filter(pl.col("quote_id") != pl.col("first"))
    return dict(repeated.iter_rows())
