"""Lines that give a time and nothing else ("Published: 5 March 2024, 10:30 GMT"), and what they say."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import cache
from typing import NamedTuple

from etl.data import check_keys, read_toml
from etl.normalise.days import Calendar, Day, find_time, load_calendar

MAX_STAMP_CHARS = 120
_CLOCK = re.compile(
    r"\b(?:[01]?\d|2[0-3])[:.h][0-5]\d(?::[0-5]\d)?\b|\b(?:1[0-2]|0?[1-9])\s?[ap]\.?m\b\.?", re.IGNORECASE
)
_SLASHED = re.compile(r"\b\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d\d)\b")
_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*")
_SUFFIXES = frozenset({"st", "nd", "rd", "th", "t", "z"})
_NUMBER = re.compile(r"\d+")


class Timestamp(NamedTuple):
    """What a timestamp line says. `day` is None where it has no full unambiguous date; `time` is UTC.

    `published` and `updated` say whether a word of the line calls that day so; `labelled`, whether one stands in the
    line at all.
    """

    day: date | None
    time: datetime | None
    published: bool = False
    updated: bool = False
    labelled: bool = False


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
        if len(text) > MAX_STAMP_CHARS:
            return None
        for match in _WORD.finditer(text):
            if match[0].lower().rstrip(".") not in self._words:
                return None
        if not _NUMBER.search(text):
            return None
        days = self._calendar.find_days(text)
        if not days:
            if not _CLOCK.search(text) and not _SLASHED.search(text):
                return None
            if len(_NUMBER.findall(_SLASHED.sub(" ", _CLOCK.sub(" ", text)))) > 2:
                return None
        return self._read_line(text, days)

    def is_known(self, word: str) -> bool:
        """Whether `word` may stand in a timestamp line."""
        return all(part in self._words for part in _list_words(word))

    def read_days(self, text: str) -> Timestamp | None:
        """What the days of any line say, whatever words stand beside them; None where it names none."""
        days = self._calendar.find_days(text)
        return self._read_line(text, days) if days else None

    def _read_line(self, text: str, days: list[Day]) -> Timestamp:
        """The day that is called published; else the only one that is not called updated; else the only one."""
        labels = [self._read_label(text, days, number) for number in range(len(days))]
        labelled = any(self._name_label(word) for word in _list_words(text))
        for wanted in ("published", None, "updated"):
            chosen = {day.day for day, label in zip(days, labels, strict=True) if label == wanted}
            if len(chosen) == 1:
                day = chosen.pop()
                rest = text[: days[0].start] + " " + text[days[0].end :]
                time = find_time(rest, day) if len(days) == 1 else None
                return Timestamp(day, time, wanted == "published", wanted == "updated", labelled)
            if chosen:
                break
        return Timestamp(None, None, labelled=labelled)

    def _read_label(self, text: str, days: list[Day], number: int) -> str | None:
        """What the last word before a day calls it; a word behind the last day only where nothing follows that word."""
        before = text[days[number - 1].end if number else 0 : days[number].start]
        for word in reversed(_list_words(before)):
            if label := self._name_label(word):
                return label
        after = text[days[number].end :]
        if number == len(days) - 1 and (words := _list_words(after)) and not _NUMBER.search(after):
            return self._name_label(words[-1])
        return None

    def _name_label(self, word: str) -> str | None:
        return "published" if word in self._published else "updated" if word in self._updated else None


def _list_words(text: str) -> list[str]:
    return [word.lower().rstrip(".") for word in _WORD.findall(text)]


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
