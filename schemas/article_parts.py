"""article_parts: every stretch of the raw text that is not body, with the rule that took it."""

from __future__ import annotations

import pandera.polars as pa
import polars as pl

from schemas import columns as c
from schemas import vocabulary


class ArticleParts(pa.DataFrameModel):
    """One row per stretch taken out of the text. Key (article_id, part). The ranges of an article never overlap."""

    article_id: str = c.ArticleId()
    part: int = c.required("Number of the part in its article, from 0, in the order of the text.", ge=0)
    kind: str = c.coded(vocabulary.PART_KINDS, "What the stretch is.")
    line_start: int = c.required("First line in the decoded text, from 1.", ge=1)
    line_end: int = c.required("Last line in the decoded text.", ge=1)
    raw_start: int = c.required("First code point in the decoded text, from 0.", ge=0)
    raw_end: int = c.required("Code point after the last in the decoded text.", ge=1)
    text: str = c.required("The stretch, characters cleaned and white space folded; a caption without its credit.")
    credit: str = c.optional("Credit of a caption ('(Photo by SANA)': SANA).")
    rule_id: str = c.required("Rule that took the stretch.", str_matches=r"^[a-z0-9_-]+(?:/[a-z0-9_.-]+)+$")

    @pa.dataframe_check
    @classmethod
    def range_is_ordered(cls, data: pa.PolarsData) -> pl.LazyFrame:
        lines = pl.col("line_start") <= pl.col("line_end")
        return data.lazyframe.select(lines & (pl.col("raw_start") < pl.col("raw_end")))

    @pa.dataframe_check
    @classmethod
    def ranges_do_not_overlap(cls, data: pa.PolarsData) -> pl.LazyFrame:
        before = pl.col("raw_end").shift(1).over("article_id", order_by="part")
        return data.lazyframe.select((before <= pl.col("raw_start")).fill_null(True))

    class Config:
        strict = True
        ordered = True
        unique = ["article_id", "part"]  # noqa: RUF012
