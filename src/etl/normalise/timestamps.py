"""Lines that give a time and nothing else ("Published: 5 March 2024, 10:30 GMT"), and what they say."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import cache
from typing import NamedTuple

from etl.data import check_keys, read_toml
from etl.normalise.days import Calendar, find_time, load_calendar

_MAX_CHARS = 120
_CLOCK = re.compile(
    r"\b(?:[01]?\d|2[0-3])[:.h][0-5]\d(?::[0-5]\d)?\b|\b(?:1[0-2]|0?[1-9])\s?[ap]\.?m\b\.?", re.IGNORECASE
)
_SLASHED = re.compile(r"\b\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d\d)\b")
_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*")
_SUFFIXES = frozenset({"st", "nd", "rd", "th", "t", "z"})
_NUMBER = re.compile(r"\d+")


class Timestamp(NamedTuple):
    """What a timestamp line says. `day` is None where it has no full unambiguous date; `time` is UTC."""

    day: date | None
    time: datetime | None
    published: bool
    updated: bool


class TimestampReader:
    """Tells timestamp lines from others by the words that stand beside the date."""

    def __init__(
        self, published: frozenset[str], updated: frozenset[str], other: frozenset[str], calendar: Calendar
    ) -> None:
        self._published = published
        self._updated = updated
        self._words = published | updated | other | frozenset(calendar.months) | _SUFFIXES
        self._calendar = calendar

    def find_timestamp(self, text: str) -> Timestamp | None:
        """What the clean line `text` says if it holds a date or a clock time and no word that has no part in it."""
        if len(text) > _MAX_CHARS or not _NUMBER.search(text):
            return None
        words = [word.lower().rstrip(".") for word in _WORD.findall(text)]
        if any(word not in self._words for word in words):
            return None
        days = self._calendar.find_days(text)
        if not days and not _CLOCK.search(text) and not _SLASHED.search(text):
            return None
        rest = text
        for day in reversed(days):
            rest = rest[: day.start] + " " + rest[day.end :]
        if not days and len(_NUMBER.findall(_SLASHED.sub(" ", _CLOCK.sub(" ", rest)))) > 2:
            return None
        published = any(w in self._published for w in words)
        updated = any(w in self._updated for w in words)
        same = {d.day for d in days}
        day_ = days[0].day if len(same) == 1 or (published and days) else None
        time = find_time(rest, day_) if day_ and len(days) == 1 else None
        return Timestamp(day_, time, published, updated)


@cache
def load_timestamp_reader() -> TimestampReader:
    """The reader with the words of data/lines/words/timestamps.toml. Raises DataError."""
    table = read_toml("lines/words/timestamps.toml")
    check_keys(table, "timestamps.toml", ("published", "updated", "other"))
    published, updated, other = (frozenset(map(str.lower, table[key])) for key in ("published", "updated", "other"))
    return TimestampReader(published, updated, other, load_calendar())


def holds_full_day(text: str) -> bool:
    """Whether the clean line `text` names a day with its year."""
    return bool(load_calendar().find_days(text))
