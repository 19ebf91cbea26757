"""Articles with the same body: copies of an agency's text, one article fetched twice."""

from __future__ import annotations

import polars as pl


def find_duplicates(articles: pl.DataFrame) -> pl.DataFrame:
    """The articles whose body another has too: columns article_id and duplicate_of, sorted by article_id.

    Bodies are the same where their letters and digits are, whatever the case, the white space and the marks.
    `duplicate_of` is the one with the smallest published_on (nulls last), then source_uri, then article_id; that one
    has no row. An empty body is nobody's copy.
    """
    folded = pl.col("body").str.to_lowercase().str.replace_all(r"[^\p{L}\p{M}\p{N}]+", " ").str.strip_chars()
    ordered = articles.select("article_id", "published_on", "source_uri", text=folded).filter(pl.col("text") != "")
    ordered = ordered.sort("published_on", "source_uri", "article_id", nulls_last=True)
    first = pl.col("article_id").first().over("text", order_by=pl.int_range(pl.len()))
    found = ordered.select("article_id", duplicate_of=first)
    return found.filter(pl.col("article_id") != pl.col("duplicate_of")).sort("article_id")
