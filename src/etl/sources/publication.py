"""The time of publication that metadata give: ISO 8601, RFC 2822 or an English date with its month spelt out."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_tz
from typing import NamedTuple

from etl.sources.errors import MetadataError

# The first newspapers; earlier years are what databases write for "no date".
MIN_YEAR = 1600

_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d|\d{8}")
_ISO_TIME = re.compile(
    r"(?P<moment>(?:\d{4}-\d\d-\d\d|\d{8})[Tt ]\d\d.*?)\s?(?P<zone>Z|z|UTC|GMT|[+-]\d\d:?(?:\d\d)?)?"
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_ENGLISH = re.compile(
    rf"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+)?(?:\d{{1,2}}\s+{_MONTH}|{_MONTH}\s+\d{{1,2}}),?\s+\d{{4}}"
    r"(?P<time>\s+\d\d?:\d\d(?::\d\d)?(?:\s+(?:[+-]\d{4}|UTC?|GMT|Z|[ECMP][SD]T))?)?",
    re.IGNORECASE,
)


class Publication(NamedTuple):
    """`at` is aware and UTC, null where only the day is known; `on` is its UTC day."""

    at: datetime | None
    on: date | None


def parse_publication(value: object) -> Publication:
    """Time and day of `value`: a date, a datetime or text; a time without zone counts as UTC.

    Raises MetadataError where it gives no day: numbers, a year or month alone, 03/05/2024, an unknown zone.
    """
    try:
        publication = _build_publication(_parse_moment(value))
    except (ValueError, OverflowError) as error:
        reason = "is no date that can be read; write it as 2024-03-05 or 2024-03-05T10:00:00Z"
        raise MetadataError("published_at", value, reason) from error
    if publication.on is not None and publication.on.year < MIN_YEAR:
        reason = "lies before the first newspapers; leave it out where it is not known"
        raise MetadataError("published_at", value, reason)
    return publication


def _build_publication(moment: date | datetime | None) -> Publication:
    if not isinstance(moment, datetime):
        return Publication(None, moment)
    at = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return Publication(at, at.date())


def _parse_moment(value: object) -> date | datetime | None:
    """A date or datetime, null for an absent value. Raises ValueError for anything else."""
    if value is None or isinstance(value, date):  # a datetime is a date too
        return value
    if not isinstance(value, str):
        raise ValueError(f"{type(value).__name__} is no date")
    text = value.strip()
    if not text:
        return None
    if _ISO_DATE.fullmatch(text):
        return date.fromisoformat(text)
    if time := _ISO_TIME.fullmatch(text):
        zone = time["zone"] or ""
        return datetime.fromisoformat(time["moment"].strip() + ("Z" if zone.isalpha() else zone))
    return _parse_english(text)


def _parse_english(text: str) -> date | datetime:
    match = _ENGLISH.fullmatch(text)
    is_day = match is not None and match["time"] is None
    fields = parsedate_tz(f"{text} 00:00" if is_day else text) if match else None
    if fields is None:
        raise ValueError("not a date")
    if is_day:
        return date(*fields[:3])
    offset = fields[9]
    zone = None if offset is None else timezone(timedelta(seconds=offset))
    return datetime(*fields[:6], tzinfo=zone)
