"""meeting_mentions: every sentence that tells a meeting, with the evidence for each of its facts."""

from __future__ import annotations

import pandera.polars as pa
import polars as pl

from schemas import columns as c
from schemas import vocabulary


class MeetingMentions(pa.DataFrameModel):
    """One row per mention. Key mention_id. `articles.body[start:end] == text`, the sentence."""

    mention_id: str = c.MentionId()
    meeting_id: str = c.MeetingId()
    article_id: str = c.ArticleId()
    start: int = c.start_offset("the sentence")
    end: int = c.end_offset("the sentence")
    text: str = c.required("The sentence.", str_length={"min_value": 1})
    trigger: str = c.required("The word or phrase that tells the encounter.", str_length={"min_value": 1})
    trigger_start: int = c.start_offset("the trigger")
    trigger_end: int = c.end_offset("the trigger")
    status: str = c.coded(vocabulary.MEETING_STATUSES, "What this sentence says of the meeting.")
    format: str = c.coded(vocabulary.MEETING_FORMATS, "How the parties met, by this sentence.")
    date_text: str = c.optional("The date as it stands in the text.")
    date_text_start: int = c.optional_start("date_text")
    date_text_end: int = c.optional_end("date_text")
    date_part: int = c.optional("article_parts.part that gave the date, where it is not in the body.", ge=0)
    date_start: c.Date = c.optional("First day that the date allows.")
    date_end: c.Date = c.optional("Last day that the date allows.")
    date_precision: str = c.date_precision()
    date_basis: str = c.date_basis()
    place_text: str = c.optional("The place as it stands in the text.")
    place_start: int = c.optional_start("place_text")
    place_end: int = c.optional_end("place_text")
    city: str = c.optional("City, by its English name.")
    country: str = c.country("the place")
    rule_id: str = c.required("Rule that found the mention.", str_matches=r"^mentions/[a-z0-9-]+$")
    link_score: float = c.confidence("How surely the mention belongs to its meeting.")
    link_reasons: c.Strings = c.required("Why it was linked, by name; empty where the meeting has one mention.")

    @pa.dataframe_check
    @classmethod
    def sentence_is_as_long_as_the_text(cls, data: pa.PolarsData) -> pl.LazyFrame:
        length = pl.col("text").str.len_chars().cast(pl.Int64)
        return data.lazyframe.select(pl.col("end") - pl.col("start") == length)

    @pa.dataframe_check
    @classmethod
    def trigger_stands_in_the_sentence(cls, data: pa.PolarsData) -> pl.LazyFrame:
        inside = (pl.col("start") <= pl.col("trigger_start")) & (pl.col("trigger_end") <= pl.col("end"))
        return data.lazyframe.select(inside & (pl.col("trigger_start") < pl.col("trigger_end")))

    @pa.dataframe_check
    @classmethod
    def evidence_has_its_offsets(cls, data: pa.PolarsData) -> pl.LazyFrame:
        """A date outside the body names its part, one inside has offsets, never both."""
        in_part = pl.col("date_part").is_not_null()
        date = c.is_ordered_span("date_text_start", "date_text_end") & ~(
            in_part & pl.col("date_text_start").is_not_null()
        )
        return data.lazyframe.select(date & c.is_ordered_span("place_start", "place_end"))

    @pa.dataframe_check
    @classmethod
    def date_is_as_precise_as_told(cls, data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(c.is_date_as_precise_as_told())

    class Config:
        strict = True
        ordered = True
        unique = ["mention_id"]  # noqa: RUF012


class MentionParticipants(pa.DataFrameModel):
    """One row per party that a mention names. Key (mention_id, ordinal)."""

    mention_id: str = c.MentionId()
    ordinal: int = c.Ordinal()
    person_id: str = c.PartyId()
    name: str = c.PartyName()
    role: str = c.PartyRole()
    country: str = c.country("the party")
    organization: str = c.PartyOrganization()
    mention: str = c.required("The party as it stands in the text.", str_length={"min_value": 1})
    start: int = c.optional_start("mention")
    end: int = c.optional_end("mention")
    basis: str = c.party_basis()

    @pa.dataframe_check
    @classmethod
    def mention_has_its_offsets(cls, data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(c.is_ordered_span("start", "end"))

    @pa.dataframe_check
    @classmethod
    def person_has_a_name(cls, data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(c.has_name_where_it_has_an_id())

    class Config:
        strict = True
        ordered = True
        unique = ["mention_id", "ordinal"]  # noqa: RUF012
