"""The day of publication, and the day that relative expressions count from; each with what it rests on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from etl.normalise.datelines import Dateline
from etl.normalise.days import Calendar
from etl.normalise.layout import Layout, Take
from etl.normalise.timestamps import Timestamp, TimestampReader
from etl.records import Metadata

_FILE_PHOTO = re.compile(r"\bfile\b|\barchive|\barchiv", re.IGNORECASE)
_SEPARATOR = re.compile(r"\s*[|•·●▪]\s*|\s+[–—-]+\s+")
# Lines above the lead whose stretches between separators may be a date ("Source: KBN | 2031-05-04 21:17 | Editor: ok").
_SEGMENTED = frozenset({"byline", "credit", "other"})
_TOP_PARAGRAPHS = 2
_MAX_SIGNED_WORDS = 12
_CLOSED = re.compile(r"[.!?][\"”’')]*$")


@dataclass(frozen=True, slots=True)
class Published:
    """When the article was published: `at` in UTC only where a time of day is known.

    `revised` is the day that the lines above the lead give for its last change, where none gives another day.
    """

    at: datetime | None
    on: date | None
    basis: str
    revised: date | None = None


def find_published(
    metadata: Metadata, layout: Layout, taken: list[tuple[int, Take]], reader: TimestampReader
) -> Published:
    """The publication date: the metadata's; else that of a line which says so, or of the one date at the top.

    `taken` are the lines that are no body (Layout.list_taken).
    """
    if metadata.published_on is not None:
        return Published(metadata.published_at, metadata.published_on, "metadata")
    stamps = _list_stamps(layout, taken, reader)
    told = [s for s in stamps if s.published] or [s for s in stamps if not s.updated]
    days = {s.day for s in told}
    if len(days) == 1:
        times = [s.time for s in told if s.time is not None]
        at = times[0] if times and times[0].date() == told[0].day else None
        return Published(at, told[0].day, "text")
    revised = {s.day for s in stamps} if not told else set()
    return Published(None, None, "none", revised.pop() if len(revised) == 1 else None)


def _list_stamps(layout: Layout, taken: list[tuple[int, Take]], reader: TimestampReader) -> list[Timestamp]:
    """What the lines above the lead say of a day, and any line that says when the text was published.

    Without those, the days among other words above the lead; without those, the one day that stands by itself below a
    first paragraph, where some sites put it.
    """
    stamps: list[Timestamp] = []
    among: list[Timestamp] = []
    below: list[Timestamp] = []
    for before, (i, take) in enumerate(taken):
        text = layout.lines[i].text
        if take.kind == "timestamp":
            stamp = reader.find_timestamp(text) or reader.read_days(text)
            if stamp and stamp.day and (i < layout.low or stamp.published):
                stamps.append(stamp)
            elif stamp and stamp.day and not stamp.labelled:
                below.append(stamp if i - before <= _TOP_PARAGRAPHS else Timestamp(None, None))
        elif take.kind in _SEGMENTED and i < layout.low:
            found = _read_segments(text, take.kind, reader)
            (stamps if take.kind == "byline" else among).extend(found)
    return stamps or among or (below if len({stamp.day for stamp in below}) == 1 and below[0].day else [])


def _read_segments(text: str, kind: str, reader: TimestampReader) -> list[Timestamp]:
    segments = _SEPARATOR.split(text)
    if len(segments) > 1:
        found = [stamp for segment in segments if (stamp := reader.find_timestamp(segment)) and stamp.day]
        if found:
            return found
    stamp = reader.read_days(text) if kind == "byline" or _is_signed(text, reader) else None
    return [stamp] if stamp and stamp.day else []


def _is_signed(text: str, reader: TimestampReader) -> bool:
    """Whether a line is names and a date at one of its ends: "Harbour Post Online, Monday 4 May 2031"."""
    words = text.split()
    if len(words) > _MAX_SIGNED_WORDS or _CLOSED.search(text):
        return False
    if not (words[0][0].isdigit() or words[-1].strip(",.")[-1:].isdigit() or reader.find_timestamp(words[-1])):
        return False
    return all(not word[0].islower() or reader.is_known(word) for word in words)


def find_reference(
    published: Published, dateline: Dateline | None, captions: list[str], calendar: Calendar
) -> tuple[date | None, str]:
    """Reference date and its basis: publication, else a dateline with its year, else the day of the last change (from
    which weekdays count the same for a week), else the one day that captions give.

    Captions of file photos are left out: they are of another day.
    """
    if published.on is not None:
        return published.on, published.basis
    if dateline is not None and dateline.day is not None:
        return dateline.day, "dateline"
    if published.revised is not None:
        return published.revised, "text"
    days = [d.day for text in captions if not _FILE_PHOTO.search(text) for d in calendar.find_days(text)]
    if days and len(set(days)) == 1:
        return days[0], "caption"
    return None, "none"
