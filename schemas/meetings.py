"""meetings: one row per meeting in the world, whatever the number of articles that tell it."""

from __future__ import annotations

import pandera.polars as pa
import polars as pl

from schemas import columns as c
from schemas import vocabulary


class Meetings(pa.DataFrameModel):
    """One row per meeting. Key meeting_id. The evidence stands in meeting_mentions."""

    meeting_id: str = c.MeetingId()
    status: str = c.coded(
        vocabulary.MEETING_STATUSES, "What is known of it; where articles differ, the later knowledge wins."
    )
    format: str = c.coded(vocabulary.MEETING_FORMATS, "How the parties met.")
    meeting_type: str = c.coded(vocabulary.MEETING_TYPES, "What kind of encounter it is.")
    laterality: str = c.coded(vocabulary.LATERALITIES, "How many countries take part; domestic: one.")
    plover_event: str = c.coded(vocabulary.PLOVER_EVENTS, "PLOVER event, derived from the status.")
    plover_mode: str = c.coded(vocabulary.PLOVER_MODES, "PLOVER mode, where one fits.", nullable=True)
    cameo_code: str = c.coded(vocabulary.CAMEO_CODES, "CAMEO code.")
    date_edtf: str = c.optional("The date in EDTF (ISO 8601-2), such as 2023-03-15, 2023-03, XXXX-03-16.")
    date_start: c.Date = c.optional("First day that the date allows.")
    date_end: c.Date = c.optional("Last day that the date allows.")
    date_precision: str = c.date_precision()
    date_basis: str = c.date_basis()
    venue: str = c.optional("Building or site (Kremlin).")
    city: str = c.optional("City, by its English name.")
    country: str = c.country("the place")
    geonames_id: int = c.optional("GeoNames id of the city.", ge=1)
    occasion: str = c.optional("What it took place on the sidelines of.")
    participants: str = c.required("The participants in one string, for reading.")
    n_participants: int = c.required("Rows in meeting_participants.", ge=1)
    n_mentions: int = c.required("Rows in meeting_mentions.", ge=1)
    n_articles: int = c.required("Articles that tell it.", ge=1)
    n_outlets: int = c.required("Outlets that tell it; articles without outlet count as one.", ge=1)
    confidence: float = c.confidence("Share of right answers of the best rule among its mentions.")

    @pa.dataframe_check
    @classmethod
    def date_is_as_precise_as_told(cls, data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(c.is_date_as_precise_as_told())

    @pa.dataframe_check
    @classmethod
    def known_date_has_its_basis(cls, data: pa.PolarsData) -> pl.LazyFrame:
        known = pl.col("date_start").is_not_null()
        return data.lazyframe.select(~known | ((pl.col("date_basis") != "none") & pl.col("date_edtf").is_not_null()))

    @pa.dataframe_check
    @classmethod
    def articles_are_no_more_than_mentions(cls, data: pa.PolarsData) -> pl.LazyFrame:
        fits = (pl.col("n_articles") <= pl.col("n_mentions")) & (pl.col("n_outlets") <= pl.col("n_articles"))
        return data.lazyframe.select(fits)

    class Config:
        strict = True
        ordered = True
        unique = ["meeting_id"]  # noqa: RUF012


class MeetingParticipants(pa.DataFrameModel):
    """One row per party of a meeting: a person, an office, a delegation, a group. Key (meeting_id, ordinal)."""

    meeting_id: str = c.MeetingId()
    ordinal: int = c.Ordinal()
    person_id: str = c.PartyId()
    name: str = c.PartyName()
    role: str = c.PartyRole()
    country: str = c.country("the party")
    organization: str = c.PartyOrganization()
    mention: str = c.required("The party as the text names it.", str_length={"min_value": 1})
    basis: str = c.party_basis()

    @pa.dataframe_check
    @classmethod
    def person_has_a_name(cls, data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(c.has_name_where_it_has_an_id())

    class Config:
        strict = True
        ordered = True
        unique = ["meeting_id", "ordinal"]  # noqa: RUF012
