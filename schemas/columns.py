"""Columns that stand in more than one table, defined once, and the column types that every reader gets right."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Annotated, Any, TypeAlias

import pandera.polars as pa
import polars as pl

from schemas import vocabulary

Timestamp: TypeAlias = Annotated[pl.Datetime, "us", "UTC"]
Strings: TypeAlias = Annotated[pl.List, pl.String]
Date: TypeAlias = pl.Date

HASH_ID = r"^[0-9a-f]{16}$"
PERSON_ID = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"
COUNTRY = r"^[A-Z]{3}$"


def optional(description: str, **checks: Any) -> Any:
    """A nullable column."""
    return pa.Field(nullable=True, description=description, **checks)


def required(description: str, **checks: Any) -> Any:
    """A column without nulls."""
    return pa.Field(nullable=False, description=description, **checks)


def coded(values: Sequence[str], description: str, *, nullable: bool = False) -> Any:
    """A string column whose values come from `values`; the description lists them."""
    return pa.Field(nullable=nullable, isin=list(values), description=f"{description} One of: {', '.join(values)}.")


ArticleId = partial(
    pa.Field,
    str_matches=HASH_ID,
    description="16 hex digits: SHA-256 of source_uri, a line feed and the decoded text.",
)
QuoteId = partial(
    pa.Field, str_matches=HASH_ID, description="16 hex digits: SHA-256 of article_id, start, end and type."
)
MentionId = partial(
    pa.Field,
    str_matches=HASH_ID,
    description="16 hex digits: SHA-256 of article_id, start, end, trigger_start and, where one trigger tells of "
    "several encounters, the number of the encounter.",
)
MeetingId = partial(
    pa.Field, str_matches=HASH_ID, description="16 hex digits: SHA-256 of the smallest mention_id of the meeting."
)
PersonId = partial(
    pa.Field,
    str_matches=PERSON_ID,
    description="Slug of the registry; for persons it does not know, x- and the slug of the canonical name.",
)
# A party of a meeting, in meeting_participants and in mention_participants.
PartyId = partial(pa.Field, nullable=True, str_matches=PERSON_ID, description="people.person_id.")
PartyName = partial(
    pa.Field,
    nullable=True,
    description="Canonical name; null for a party known only by office, group or country.",
)
PartyRole = partial(pa.Field, nullable=True, description="Office or function (foreign minister, delegation).")
PartyOrganization = partial(pa.Field, nullable=True, description="Organization, where that is the party.")
CountryCode = partial(pa.Field, nullable=True, str_matches=COUNTRY)
Ordinal = partial(pa.Field, ge=0, description="Position among its siblings, from 0.")
BodyOffset = partial(pa.Field, ge=0)


def start_offset(of: str) -> Any:
    """First code point in `articles.body`."""
    return BodyOffset(description=f"First code point of {of} in articles.body, from 0.")


def end_offset(of: str) -> Any:
    """Code point after the last in `articles.body`."""
    return BodyOffset(description=f"Code point after the last of {of} in articles.body.")


def optional_start(of: str) -> Any:
    return BodyOffset(nullable=True, description=f"First code point of {of} in articles.body, from 0.")


def optional_end(of: str) -> Any:
    return BodyOffset(nullable=True, description=f"Code point after the last of {of} in articles.body.")


def confidence(description: str) -> Any:
    return pa.Field(ge=0.0, le=1.0, description=description)


def country(of: str) -> Any:
    return CountryCode(description=f"Country of {of}, ISO 3166-1 alpha-3.")


def date_precision() -> Any:
    return coded(
        vocabulary.DATE_PRECISIONS,
        "How fine the date is; weeks and half months are ranges, unknown stands exactly where date_start is null.",
    )


def date_basis() -> Any:
    return coded(
        vocabulary.DATE_BASES, "What the date rests on; an inherited date keeps the basis of the one it came from."
    )


def party_basis() -> Any:
    return coded(vocabulary.PARTICIPANT_BASES, "How the party was found.")


def has_name_where_it_has_an_id() -> pl.Expr:
    """True where a party that is a person of the people table has its name."""
    return pl.col("person_id").is_null() | pl.col("name").is_not_null()


def are_both_or_neither(*columns: str) -> pl.Expr:
    """True where all of `columns` are null or none is."""
    nulls = pl.sum_horizontal(*(pl.col(c).is_null().cast(pl.Int32) for c in columns))
    return (nulls == 0) | (nulls == len(columns))


def is_ordered_span(start: str, end: str) -> pl.Expr:
    """True where start and end are both null, or start < end."""
    return are_both_or_neither(start, end) & (pl.col(start) < pl.col(end)).fill_null(True)


def is_date_as_precise_as_told() -> pl.Expr:
    """True where date_start and date_end are what date_precision says: a day, a whole month or year, a range, null."""
    start, end, precision = pl.col("date_start"), pl.col("date_end"), pl.col("date_precision")
    fits = (
        pl.when(precision == "unknown")
        .then(start.is_null() & end.is_null())
        .when(precision == "day")
        .then(start == end)
        .when(precision == "month")
        .then((start == start.dt.month_start()) & (end == start.dt.month_end()))
        .when(precision == "year")
        .then(
            (start.dt.ordinal_day() == 1)
            & (end.dt.year() == start.dt.year())
            & (end.dt.month() == 12)
            & (end.dt.day() == 31)
        )
        .otherwise(start < end)
    )
    return fits.fill_null(False)
