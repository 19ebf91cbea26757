"""Periods of the calendar: days, weeks, months, years, and the EDTF that says them."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import NamedTuple

THIRDS = {"early": (1, 10), "mid": (11, 20), "late": (21, 31)}


class Period(NamedTuple):
    """First and last day, and how fine they are told. `basis` is explicit, relative or none.

    `edtf` may stand without days: XXXX-03-16 for a day of which no year is known.
    """

    start: date | None
    end: date | None
    precision: str
    edtf: str | None
    basis: str


def build_period(start: date, end: date, precision: str, basis: str) -> Period:
    """The period with its EDTF; a range of one day is a day."""
    if precision == "range" and start == end:
        precision = "day"
    return Period(start, end, precision, write_edtf(start, end, precision), basis)


def build_unknown(edtf: str | None = None) -> Period:
    """A period that nothing fixes."""
    return Period(None, None, "unknown", edtf, "none")


def build_day(day: date, basis: str) -> Period:
    """One day."""
    return build_period(day, day, "day", basis)


def build_month(year: int, month: int, basis: str, part: str | None = None) -> Period:
    """A month, or a third of it ("mid-March")."""
    last = calendar.monthrange(year, month)[1]
    if part is None:
        return build_period(date(year, month, 1), date(year, month, last), "month", basis)
    first, final = THIRDS[part]
    return build_period(date(year, month, first), date(year, month, min(final, last)), "range", basis)


def build_year(year: int, basis: str) -> Period:
    """A whole year."""
    return build_period(date(year, 1, 1), date(year, 12, 31), "year", basis)


def build_week(day: date, basis: str) -> Period:
    """The week of `day`, Monday to Sunday."""
    monday = shift(day, -day.weekday())
    return build_period(monday, shift(monday, 6), "range", basis)


def shift(day: date, days: int) -> date:
    """`day` moved; the ends of the calendar stop it."""
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


def shift_months(day: date, months: int) -> tuple[int, int]:
    """Year and month that lie `months` away from the month of `day`."""
    index = day.year * 12 + day.month - 1 + months
    year = min(max(index // 12, 1), 9999)
    return year, index % 12 + 1


def find_day(year: int, month: int, day: int) -> date | None:
    """The date, or None where the calendar has no such day."""
    if not 1 <= year <= 9999 or not 1 <= month <= 12 or not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    return date(year, month, day)


def list_days(period: Period) -> int:
    """Number of days that the period allows; 0 where it is unknown."""
    if period.start is None or period.end is None:
        return 0
    return (period.end - period.start) // timedelta(days=1) + 1


def write_edtf(start: date, end: date, precision: str) -> str:
    """EDTF level 0 (ISO 8601-2) of known days: 2023-03-15, 2023-03, 2023, or start/end."""
    if precision == "day":
        return start.isoformat()
    if precision == "month":
        return f"{start.year:04d}-{start.month:02d}"
    if precision == "year":
        return f"{start.year:04d}"
    return f"{start.isoformat()}/{end.isoformat()}"


def settle_near(words: str | None) -> str:
    """Last, this, next or later, as the words before a weekday, a month or a week say: "this past" is last."""
    near = (words or "").lower().split(" ")
    return {"past": "last", "coming": "next"}.get(near[-1], near[0])
