"""articles: one row per text that was read, with its cleaned body."""

from __future__ import annotations

import pandera.polars as pa
import polars as pl

from schemas import columns as c
from schemas import vocabulary


class Articles(pa.DataFrameModel):
    """One row per article. Key article_id. All offsets of the other tables count code points in `body`."""

    article_id: str = c.ArticleId()
    source_uri: str = c.required(
        "Path under the raw folder with /, or a URI; #id or #line for a record of a file with many.",
        str_length={"min_value": 1},
    )
    outlet: str = c.optional("Id of the outlet file that matches, else the outlet as the metadata name it.")
    url: str = c.optional("Address that the metadata give.")
    title: str = c.optional("Headline that stands on its own line, or the metadata's; null where there is none.")
    byline: str = c.optional("Author line, or the metadata's byline.")
    section: c.Strings = c.required("Sections from the breadcrumb or from a label above the title; may be empty.")
    dateline_place: str = c.optional("Place of the dateline ('Moscow, SANA-': Moscow).")
    dateline_agency: str = c.optional("Agency of the dateline ('Moscow, SANA-': SANA).")
    published_at: c.Timestamp = c.optional("Time of publication (UTC), where a time of day is known.")
    published_on: c.Date = c.optional("Day of publication.")
    published_basis: str = c.coded(vocabulary.PUBLISHED_BASES, "What the publication date rests on.")
    reference_date: c.Date = c.optional("Day that relative expressions in the text count from.")
    reference_basis: str = c.coded(vocabulary.REFERENCE_BASES, "What the reference date rests on.")
    language: str = c.optional("ISO 639-1 code, from the metadata or detected.", str_matches=r"^[a-z]{2,3}$")
    body: str = c.required("The article's own prose: paragraphs joined by one blank line, white space folded.")
    n_words: int = c.required(
        "Words of the body, as blanks part them (in scripts without blanks two characters are one).", ge=0
    )
    duplicate_of: str = c.optional(
        "article_id of the earliest article with the same or nearly the same body; null for that one.",
        str_matches=c.HASH_ID,
    )
    coverage: str = c.coded(
        vocabulary.COVERAGES,
        "Which facts were drawn: full (English), marks_only (direct quotes without speaker), none (empty body).",
    )
    rules_version: str = c.required("Version of the rules that derived the row.", str_matches=r"^[0-9a-f]{12}$")

    @pa.dataframe_check
    @classmethod
    def date_has_its_basis(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """published_on and reference_date are null exactly where their basis is none."""
        published = pl.col("published_on").is_null() == (pl.col("published_basis") == "none")
        reference = pl.col("reference_date").is_null() == (pl.col("reference_basis") == "none")
        return data.lazyframe.select(published & reference)

    @pa.dataframe_check
    @classmethod
    def time_falls_on_the_day(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """published_at, where known, is a time of published_on."""
        same = pl.col("published_at").dt.date() == pl.col("published_on")
        return data.lazyframe.select(pl.col("published_at").is_null() | same.fill_null(False))

    @pa.check("duplicate_of")
    @classmethod
    def is_no_duplicate_of_itself(cls, data: pa.PolarsData) -> pl.LazyFrame:
        # A check of the column, not of the frame: phase A's frames do not have it yet.
        return data.lazyframe.select((pl.col("duplicate_of") != pl.col("article_id")).fill_null(True))

    class Config:
        strict = True
        ordered = True
        unique = ["article_id"]  # noqa: RUF012
