"""The days that a telling of a meeting allows, and what two tellings allow together.

Days are proleptic Gregorian ordinals (`date.toordinal`), windows are closed at both ends.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = re.compile(r"\b(mon|tue|wed|thu|fri|sat|sun)(?:|s|r|rs|day|sday|nesday|rsday|urday)(?:\.|\b)", re.IGNORECASE)
_MONTH = re.compile(
    r"\b(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b",
    re.IGNORECASE,
)
_YEARLESS = re.compile(r"^XXXX-(\d\d)-(\d\d)$")
# "May 17-19", "Monday and Tuesday", "from 3 to 5 June": a stretch that is told whole, unlike "mid-March".
_STRETCH = re.compile(
    r"\b(?:\d{1,2}(?:st|nd|rd|th)?|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b"
    r".{0,20}?(?:-|–|—|\bto\b|\band\b|\bthrough\b|\buntil\b)",
    re.IGNORECASE,
)
_VAGUE = re.compile(r"\b(?:mid|early|late|beginning|end|week|weekend|month|half|days)\b", re.IGNORECASE)

# Ranks of precision: the finest evidence is linked first, the undated last.
DAY, WINDOW, MONTH, LONG, WEEKDAY_ONLY, UNDATED = range(6)
_LONGEST = 31  # days of a visit; "19 October and 7 December" are two meetings
_SEARCHED = 800  # windows up to this many days are searched for a weekday or a day of the year


@dataclass(frozen=True, slots=True)
class Days:
    """The days that are possible. `whole`: the meeting fills first to last (a visit), rather than lying within.

    `weekdays` (Monday 0), `months` (January 1) and `day_of_year` (month, day) are what a text without a full date says;
    empty and None where it says nothing of the kind.
    """

    first: int | None = None
    last: int | None = None
    whole: bool = False
    weekdays: frozenset[int] = frozenset()
    day_of_year: tuple[int, int] | None = None
    months: frozenset[int] = frozenset()

    @property
    def width(self) -> int | None:
        """Number of days in the window; None where there is none."""
        return None if self.first is None or self.last is None else self.last - self.first + 1

    @property
    def is_one_visit(self) -> bool:
        """True for a single day or a stretch of days that the meeting fills."""
        return self.whole or self.width == 1

    @property
    def is_plain(self) -> bool:
        """True where no weekday, month or day of the year is told without its year."""
        return not self.weekdays and not self.months and self.day_of_year is None

    def rank(self, window_days: int) -> int:
        """DAY to UNDATED."""
        if self.first is None or self.last is None:
            return WINDOW if self.day_of_year else WEEKDAY_ONLY if self.weekdays or self.months else UNDATED
        width = self.last - self.first + 1
        if self.whole or width == 1:
            return DAY
        return WINDOW if width <= window_days else MONTH if width <= 31 else LONG

    def allows(self, day: int) -> bool:
        """True if the meeting may have been on `day`."""
        if self.first is not None and self.last is not None and not self.first <= day <= self.last:
            return False
        told = date.fromordinal(day)
        if self.weekdays and told.weekday() not in self.weekdays:
            return False
        if self.months and told.month not in self.months:
            return False
        return self.day_of_year in (None, (told.month, told.day))


ANY_DAY = Days()


def read_days(
    first: date | None, last: date | None, date_text: str | None, edtf: str | None, precision: str = "unknown"
) -> Days:
    """The days of a mention, from its date columns, else from its words ("Wednesday") and EDTF (XXXX-03-15)."""
    if first is not None and last is not None:
        is_range = precision == "range" and (last - first).days < _LONGEST
        told_whole = is_range and bool(date_text and _STRETCH.search(date_text) and not _VAGUE.search(date_text))
        return Days(first.toordinal(), last.toordinal(), whole=told_whole)
    yearless = _YEARLESS.match(edtf or "")
    day_of_year = (int(yearless[1]), int(yearless[2])) if yearless else None
    months = frozenset[int]() if day_of_year else find_month(date_text)
    return Days(weekdays=find_weekdays(date_text), day_of_year=day_of_year, months=months)


def find_weekdays(text: str | None) -> frozenset[int]:
    """The weekdays that `text` names, Monday 0."""
    return frozenset(WEEKDAYS.index(name.lower()) for name in _WEEKDAY.findall(text or ""))


def find_month(text: str | None) -> frozenset[int]:
    """The month that `text` names, January 1; empty where it names none, or more than one ("from May to July")."""
    found = frozenset(MONTHS.index(name.lower()[:3]) + 1 for name in _MONTH.findall(text or ""))
    return found if len(found) == 1 else frozenset()


def intersect_days(a: Days, b: Days) -> Days | None:
    """What both allow together; None where they contradict. A visit that is told whole stays whole."""
    if a in (ANY_DAY, b):
        return b
    if b == ANY_DAY:
        return a
    if a.whole or b.whole:
        return _fit_visit(a, b) if a.whole else _fit_visit(b, a)
    firsts = [d.first for d in (a, b) if d.first is not None]
    lasts = [d.last for d in (a, b) if d.last is not None]
    weekdays = a.weekdays & b.weekdays if a.weekdays and b.weekdays else a.weekdays | b.weekdays
    if a.weekdays and b.weekdays and not weekdays:
        return None
    if a.day_of_year and b.day_of_year and a.day_of_year != b.day_of_year:
        return None
    months = a.months & b.months if a.months and b.months else a.months | b.months
    if a.months and b.months and not months:
        return None
    day_of_year = a.day_of_year or b.day_of_year
    if day_of_year and months and day_of_year[0] not in months:
        return None
    both = Days(max(firsts, default=None), min(lasts, default=None), False, weekdays, day_of_year, months)
    return both if has_day(both) else None


def _fit_visit(visit: Days, told: Days) -> Days | None:
    assert visit.first is not None
    assert visit.last is not None
    if told.whole:
        assert told.first is not None
        assert told.last is not None
        if visit.first > told.last or told.first > visit.last:
            return None
        return Days(min(visit.first, told.first), max(visit.last, told.last), whole=True)
    return visit if any(map(told.allows, range(visit.first, visit.last + 1))) else None


def has_day(days: Days) -> bool:
    """False where no day fits all that is said."""
    width = days.width
    if width is None:
        return True
    if width < 1:
        return False
    if days.is_plain:
        return True
    assert days.first is not None
    assert days.last is not None
    return width > _SEARCHED or any(map(days.allows, range(days.first, days.last + 1)))


def list_days(days: Days) -> list[int]:
    """The days of a window of at most a year that fit all that is said; empty where there is no such window."""
    width = days.width
    if width is None or width > 366:
        return []
    assert days.first is not None
    assert days.last is not None
    return [day for day in range(days.first, days.last + 1) if days.allows(day)]


def find_day_before(day_of_year: tuple[int, int], day: int, reach: int) -> int | None:
    """The last day of that month and day up to `day`, at most `reach` days before it; None where there is none."""
    told = (day - back for back in range(reach + 1))
    return next((d for d in told if (date.fromordinal(d).month, date.fromordinal(d).day) == day_of_year), None)


def join_consecutive(a: Days, b: Days, visit_days: int) -> Days | None:
    """The visit that two days, or stretches of days, make that follow one another; None where they do not."""
    early, late = sorted((a, b), key=lambda days: days.first or 0)
    if not (early.is_one_visit and late.is_one_visit) or early.last is None or late.first != early.last + 1:
        return None
    joined = replace(early, last=late.last, whole=True)
    return joined if (joined.width or 0) <= visit_days else None
