"""quotes: who said what, one row per stretch."""

from __future__ import annotations

import pandera.polars as pa
import polars as pl

from schemas import columns as c
from schemas import vocabulary


class Quotes(pa.DataFrameModel):
    """One row per quote. Key quote_id. `articles.body[start:end] == text`."""

    quote_id: str = c.QuoteId()
    article_id: str = c.ArticleId()
    ordinal: int = c.Ordinal()
    type: str = c.coded(vocabulary.QUOTE_TYPES, "A whole statement between marks, a clause with quoted words, or none.")
    text: str = c.required("The words between the marks, or the reported clause.", str_length={"min_value": 1})
    start: int = c.start_offset("the text")
    end: int = c.end_offset("the text")
    verbatim: c.Strings = c.required("The quoted words, one element a stretch or paragraph; empty for indirect.")
    cue: str = c.optional("Lemma of the reporting cue (say, tell, according to).")
    cue_start: int = c.optional_start("the cue")
    cue_end: int = c.optional_end("the cue")
    speaker_mention: str = c.optional("The speaker as it stands in the text.")
    speaker_start: int = c.optional_start("speaker_mention")
    speaker_end: int = c.optional_end("speaker_mention")
    speaker_id: str = c.optional("people.person_id; null unless speaker_kind is person.", str_matches=c.PERSON_ID)
    speaker_name: str = c.optional("Canonical name of the speaker.")
    speaker_kind: str = c.coded(vocabulary.SPEAKER_KINDS, "What the speaker is.")
    speaker_role: str = c.optional("Role that the text gives the speaker.")
    speaker_country: str = c.country("the speaker")
    speaker_basis: str = c.coded(vocabulary.SPEAKER_BASES, "How the speaker was found.")
    via: str = c.optional("Who reported the words, where the text says so (TASS quoted X as saying).")
    continues: str = c.optional("quote_id of the stretch that this one goes on from.", str_matches=c.HASH_ID)
    meeting_id: str = c.optional("Meeting at which it was said.", str_matches=c.HASH_ID)
    variant_of: str = c.optional(
        "quote_id of the fullest telling of the same utterance; null where this is it.", str_matches=c.HASH_ID
    )
    rule_id: str = c.required("Rule that found the quote.", str_matches=r"^quotes/[a-z0-9-]+$")
    confidence: float = c.confidence(
        "The rule's share of right answers on gold, few rows drawn to the share of its type."
    )

    @pa.dataframe_check
    @classmethod
    def span_is_as_long_as_the_text(cls, data: pa.PolarsData) -> pl.LazyFrame:
        length = pl.col("text").str.len_chars().cast(pl.Int64)
        return data.lazyframe.select(pl.col("end") - pl.col("start") == length)

    @pa.dataframe_check
    @classmethod
    def verbatim_fits_the_type(cls, data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select((pl.col("type") == "indirect") == (pl.col("verbatim").list.len() == 0))

    @pa.dataframe_check
    @classmethod
    def cue_has_its_offsets(cls, data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(c.is_ordered_span("cue_start", "cue_end"))

    @pa.dataframe_check
    @classmethod
    def mention_has_its_offsets(cls, data: pa.PolarsData) -> pl.LazyFrame:
        both = c.are_both_or_neither("speaker_mention", "speaker_start")
        return data.lazyframe.select(both & c.is_ordered_span("speaker_start", "speaker_end"))

    @pa.dataframe_check
    @classmethod
    def only_a_person_has_an_id(cls, data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(pl.col("speaker_id").is_null() | (pl.col("speaker_kind") == "person"))

    @pa.dataframe_check
    @classmethod
    def speaker_has_its_basis(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """speaker_basis is none exactly where no speaker is named, by words or by identity."""
        nobody = pl.col("speaker_mention").is_null() & pl.col("speaker_name").is_null()
        return data.lazyframe.select(nobody == (pl.col("speaker_basis") == "none"))

    class Config:
        strict = True
        ordered = True
        unique = ["quote_id"]  # noqa: RUF012
