"""The day of publication, and the day that relative expressions count from; each with what it rests on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from etl.normalise.datelines import Dateline
from etl.normalise.days import Calendar, find_time
from etl.normalise.layout import Layout
from etl.normalise.timestamps import Timestamp, TimestampReader
from etl.records import Metadata

_FILE_PHOTO = re.compile(r"\bfile\b|\barchive|\barchiv", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Published:
    """When the article was published: `at` in UTC only where a time of day is known."""

    at: datetime | None
    on: date | None
    basis: str


def find_published(metadata: Metadata, layout: Layout, reader: TimestampReader, calendar: Calendar) -> Published:
    """The publication date: the metadata's; else that of a line which says so, or of the one date above the lead."""
    if metadata.published_on is not None:
        return Published(metadata.published_at, metadata.published_on, "metadata")
    stamps: list[Timestamp] = []
    for i, (line, take) in enumerate(zip(layout.lines, layout.taken, strict=True)):
        if take is not None and take.kind == "timestamp":
            stamp = reader.find_timestamp(line.text) or _read_days(line.text, calendar)
            if stamp and stamp.day and (i < layout.low or stamp.published):
                stamps.append(stamp)
        elif take is not None and take.kind == "byline" and i < layout.low:
            stamps += [s for s in (_read_days(line.text, calendar),) if s is not None]
    stamps = [s for s in stamps if s.published] or [s for s in stamps if not s.updated]
    days = {s.day for s in stamps}
    if len(days) != 1:
        return Published(None, None, "none")
    times = [s.time for s in stamps if s.time is not None]
    at = times[0] if times and times[0].date() == stamps[0].day else None
    return Published(at, stamps[0].day, "text")


def _read_days(text: str, calendar: Calendar) -> Timestamp | None:
    days = calendar.find_days(text)
    if len(days) != 1:
        return None
    low = text.lower()
    rest = text[: days[0].start] + " " + text[days[0].end :]
    return Timestamp(days[0].day, find_time(rest, days[0].day), "publi" in low, "updat" in low)


def find_reference(
    published: Published, dateline: Dateline | None, captions: list[str], calendar: Calendar
) -> tuple[date | None, str]:
    """Reference date and its basis: publication, else a dateline with its year, else the one day the captions give.

    Captions of file photos are left out: they are of another day.
    """
    if published.on is not None:
        return published.on, published.basis
    if dateline is not None and dateline.day is not None:
        return dateline.day, "dateline"
    days = [d.day for text in captions if not _FILE_PHOTO.search(text) for d in calendar.find_days(text)]
    if days and len(set(days)) == 1:
        return days[0], "caption"
    return None, "none"
