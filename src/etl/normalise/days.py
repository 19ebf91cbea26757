"""Full calendar days and clock times in furniture: timestamps, captions, datelines."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import NamedTuple

from etl.data import check_keys, read_toml

_CLOCK = re.compile(
    r"\b(?P<hour>[01]?\d|2[0-3])(?::|\.|h)(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)(?:\.\d+)?)?"
    r"\s?(?P<half>[ap]\.?m\.?)?\s?\(?(?P<zone>z|utc|gmt|[+-]\d\d:?\d\d|[a-z]{2,4}\b)?",
    re.IGNORECASE,
)
_ISO = re.compile(r"\b(?P<year>(?:19|20)\d\d)[-/](?P<month>0?[1-9]|1[0-2])[-/](?P<day>0?[1-9]|[12]\d|3[01])(?=\D|$)")
_DOTTED = re.compile(r"\b(?P<day>0?[1-9]|[12]\d|3[01])\.\s?(?P<month>0?[1-9]|1[0-2])\.\s?(?P<year>(?:19|20)\d\d)\b")
# Slashed days are read where the numbers say which is the month: 26/10/2023, 10/26/2023.
_DAY_SLASHED = re.compile(r"\b(?P<day>1[3-9]|2\d|3[01])/(?P<month>0?[1-9]|1[0-2])/(?P<year>(?:19|20)\d\d)(?!\d)")
_MONTH_SLASHED = re.compile(r"\b(?P<month>0?[1-9]|1[0-2])/(?P<day>1[3-9]|2\d|3[01])/(?P<year>(?:19|20)\d\d)(?!\d)")
_NUMERIC = (_ISO, _DOTTED, _DAY_SLASHED, _MONTH_SLASHED)
_DAY_CHARS = 40  # day and month stand at most so far before their year
_YEAR = re.compile(r"(?:19|20)\d\d")
_ZERO_OFFSETS = ("z", "utc", "gmt")
_NO_ZONES = ("uhr", "am", "pm", "on", "by")


class Day(NamedTuple):
    """A day of the calendar and where its words stand in the text that was searched."""

    start: int
    end: int
    day: date


class PartialDay(NamedTuple):
    """Month and day without a year, as datelines have them."""

    month: int
    day: int


@dataclass(frozen=True, slots=True)
class Calendar:
    """Month names of several languages and the patterns of dates written with them."""

    months: dict[str, int]
    day_first: re.Pattern[str]
    month_first: re.Pattern[str]
    partial: re.Pattern[str]

    def find_days(self, text: str) -> list[Day]:
        """All full days (with a year) that `text` names, in order; ambiguous ones (3/4/2020) are left."""
        first = _YEAR.search(text)
        if first is None:
            return []
        found: list[Day] = []
        start = max(0, first.start() - _DAY_CHARS)
        for pattern in (self.month_first, self.day_first, *_NUMERIC):
            for match in pattern.finditer(text, start):
                day = self._read(match)
                if day is not None:
                    found.append(Day(match.start(), match.end(), day))
        found.sort()
        return [d for i, d in enumerate(found) if i == 0 or d.start >= found[i - 1].end]

    def _read(self, match: re.Match[str]) -> date | None:
        month = match["month"].lower().rstrip(".")
        number = int(month) if month.isdigit() else self.months[month]
        return build_day(int(match["year"]), number, int(match["day"]))

    def parse_partial(self, text: str) -> PartialDay | None:
        """Month and day of a text such as "April 13" or "13 April"; None where it is none."""
        match = self.partial.fullmatch(text.strip().lower())
        if match is None:
            return None
        month, day = (match[1], match[2]) if match[1] else (match[4], match[3])
        return PartialDay(self.months[month], int(day))


def build_day(year: int, month: int, day: int) -> date | None:
    """The date, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def find_time(text: str, day: date) -> datetime | None:
    """The clock time that `text` gives on `day`, in UTC; None where it gives none, several, or a zone by name.

    A time without a zone is UTC (DESIGN). Zone names other than UTC and GMT are ambiguous: no time is better.
    """
    clocks = list(_CLOCK.finditer(text))
    if len(clocks) != 1:
        return None
    clock = clocks[0]
    zone = (clock["zone"] or "z").lower()
    hour, minute, second = int(clock["hour"]), int(clock["minute"]), int(clock["second"] or 0)
    if clock["half"]:
        hour = hour % 12 + (12 if clock["half"].lower().startswith("p") else 0)
    time = datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=UTC)
    if zone in _ZERO_OFFSETS or zone in _NO_ZONES:
        return time
    if zone[0] in "+-":
        offset = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
        return time - offset if zone[0] == "+" else time + offset
    return None


@cache
def load_calendar() -> Calendar:
    """The month names of data/lines/words/months.toml. Raises DataError."""
    table = read_toml("lines/words/months.toml")
    check_keys(table, "months.toml", ("months",))
    months: dict[str, int] = {}
    for language in table["months"].values():
        for number, names in enumerate(language, 1):
            for name in names:
                months.setdefault(name, number)
    names = "|".join(sorted(months, key=lambda m: (-len(m), m)))
    day, year = r"(?P<day>[12]\d|3[01]|0?[1-9])", r"(?P<year>(?:19|20)\d\d)\b"
    flags = re.IGNORECASE
    return Calendar(
        months,
        re.compile(
            rf"\b{day}(?:st|nd|rd|th|er|º)?\.?[ \-](?:of |de |di )?(?P<month>{names})\.?,?[ \-](?:de )?{year}", flags
        ),
        # Some sites print two spellings of a date without a blank between them: 25/02/2023February 25, 2023.
        re.compile(rf"(?<![^\W\d_])(?P<month>{names})\.? {day}(?:st|nd|rd|th)?,? {year}", flags),
        re.compile(rf"({names})\.? (\d\d?)(?:st|nd|rd|th)?|(\d\d?)(?:st|nd|rd|th)?\.? ({names})\.?"),
    )
