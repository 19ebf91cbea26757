"""What a match of a date rule says: one function a reading, named in data/date_words.toml by `reads`."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from etl.dates.direction import AHEAD, BEHIND
from etl.dates.grammar import PART_WORDS, load_grammar
from etl.dates.periods import (
    Period,
    build_day,
    build_month,
    build_period,
    build_unknown,
    build_week,
    build_year,
    find_day,
    shift,
    shift_months,
)

# A day without a year is read as the nearest one; one against the direction must be this many times nearer.
AGAINST = 3
# A month without a year that begins so soon is the coming one: nobody calls the one of a year ago by its bare name.
SOON = 1


class Context(NamedTuple):
    """What a reading counts from: the reference date, the direction, and the date mentioned before."""

    reference: date | None
    direction: int
    before: Period | None = None


Reading = Callable[[re.Match[str], Context], Period | None]


def read_full(match: re.Match[str], context: Context) -> Period | None:
    """A day of a month, with or without its year. None where the calendar has no such day."""
    groups = match.groupdict()
    day = int(_pick(groups, "day", "day2", "day_1") or 0)
    month = _read_month(groups)
    year = _read_year(groups, context)
    if find_day(2000, month, day) is None:
        return None
    if year is not None:
        found = find_day(year, month, day)
        return build_day(found, "relative" if groups.get("relyear") else "explicit") if found else None
    found = choose_year(month, day, _read_weekday(groups.get("weekday")), context)
    return build_day(found, "relative") if found else build_unknown(f"XXXX-{month:02d}-{day:02d}")


def choose_year(month: int, day: int, weekday: int | None, context: Context) -> date | None:
    """The day in the year that the reference date supports; with a weekday only a year in which it is true."""
    if context.reference is None:
        return None
    days = [find_day(context.reference.year + offset, month, day) for offset in (-1, 0, 1)]
    options = [found for found in days if found and (weekday is None or found.weekday() == weekday)]
    reference, direction = context.reference, context.direction

    def measure(option: date) -> int:
        distance = (option - reference).days
        return abs(distance) * (AGAINST if distance * direction < 0 else 1)

    return min(options, key=measure, default=None)


def read_range(match: re.Match[str], context: Context) -> Period | None:
    """Days of one month or of two. None where they do not follow each other."""
    groups = match.groupdict()
    first_month = _read_month(groups)
    second = _pick(groups, "month2", "month2_1")
    last_month = load_grammar().months[second] if second else first_month
    first_day, last_day = int(_pick(groups, "day", "day_1") or 0), int(_pick(groups, "day2", "day2_1") or 0)
    year = _read_year(groups, context)
    if year is None:
        end = choose_year(last_month, last_day, None, context)
        if end is None:
            valid = find_day(2000, first_month, first_day) and find_day(2000, last_month, last_day)
            edtf = f"XXXX-{first_month:02d}-{first_day:02d}/XXXX-{last_month:02d}-{last_day:02d}"
            ordered = (first_month, first_day) < (last_month, last_day)
            return build_unknown(edtf) if valid and ordered else None
        year = end.year
    end = find_day(year, last_month, last_day)
    first_year = _pick(groups, "first_year", "first_year2")
    start = find_day(int(first_year) if first_year else year, first_month, first_day)
    if start and end and start > end and first_month > last_month:
        start = find_day(year - 1, first_month, first_day)
    if start is None or end is None or start >= end:
        return None
    return build_period(start, end, "range", "explicit" if _pick(groups, "year", "year_1") else "relative")


def read_month(match: re.Match[str], context: Context) -> Period | None:
    """A month or a third of it, with its year, a year near the reference date, or none."""
    groups = match.groupdict()
    month = _read_month(groups)
    part = PART_WORDS.get((_pick(groups, "part", "part_1") or "").lower())
    year = _read_year(groups, context)
    basis = "explicit" if groups.get("year") else "relative"
    if year is None and context.reference is not None and not groups.get("relyear"):
        year = _choose_month_year(month, groups.get("near"), context.reference, context.direction)
    if year is None:
        return build_unknown(f"XXXX-{month:02d}" if part is None else None)
    return build_month(year, month, basis, part)


def _choose_month_year(month: int, near: str | None, reference: date, direction: int) -> int:
    word = (near or "").split(" ")[0].lower()
    if word == "this":
        return reference.year
    if word:
        direction = BEHIND if word == "last" else AHEAD
    ahead = (month - reference.month) % 12
    if not word and 0 < ahead <= SOON:
        return reference.year + (month < reference.month)
    if direction == BEHIND:
        # "last March" of a March is the one a year ago; "in March" of a March is this one.
        return reference.year - (month >= reference.month if word else month > reference.month)
    return reference.year + (month <= reference.month if word else month < reference.month)


def read_year(match: re.Match[str], context: Context) -> Period | None:
    """A whole year."""
    return build_year(int(match["year"]), "explicit")


def read_weekday(match: re.Match[str], context: Context) -> Period | None:
    """A weekday counted from the reference date: behind, the latest up to it; ahead, the next after it."""
    if context.reference is None:
        return build_unknown()
    weekday = _read_weekday(match["weekday"])
    near = (match["near"] or "").split(" ")
    week = (match["week"] or "").split(" ")
    if weekday is None:
        return None
    if len(week) > 1:
        weeks = {"last": -7, "this": 0, "next": 7}[week[-2]]
        monday = shift(context.reference, weeks - context.reference.weekday())
        return build_day(shift(monday, weekday), "relative")
    return build_day(count_weekday(context.reference, weekday, context.direction, near[0].lower()), "relative")


def count_weekday(reference: date, weekday: int, direction: int, near: str = "") -> date:
    """The day that `weekday` names, counted from `reference`; `near` is last, next, this, later or nothing."""
    ahead = (weekday - reference.weekday()) % 7
    if near == "last":
        return shift(reference, ahead - 7)
    if near == "next":
        return shift(reference, ahead or 7)
    if near == "later":
        return shift(reference, ahead)
    if direction == AHEAD:
        return shift(reference, ahead or 7) if near != "this" else shift(reference, ahead)
    return shift(reference, ahead - 7 if ahead else 0)


def read_weekdays(match: re.Match[str], context: Context) -> Period | None:
    """Two weekdays that follow each other."""
    first, last = _read_weekday(match["weekday"]), _read_weekday(match["weekday2"])
    if context.reference is None or first is None or last is None:
        return build_unknown()
    days = (last - first) % 7
    if context.direction == BEHIND:
        end = count_weekday(context.reference, last, BEHIND)
        return build_period(shift(end, -days), end, "range", "relative")
    start = count_weekday(context.reference, first, AHEAD)
    return build_period(start, shift(start, days), "range", "relative")


def read_today(match: re.Match[str], context: Context) -> Period | None:
    """The reference date or a day beside it."""
    if context.reference is None:
        return build_unknown()
    offsets = {"today": 0, "yesterday": -1, "tomorrow": 1, "ereyesterday": -2, "overmorrow": 2}
    offset = next(days for name, days in offsets.items() if match.groupdict().get(name))
    return build_day(shift(context.reference, offset), "relative")


def read_period(match: re.Match[str], context: Context) -> Period | None:
    """The last, this or the next week, weekend, month or year."""
    reference = context.reference
    if reference is None:
        return build_unknown()
    step = {"last": -1, "this": 0, "next": 1, "the": 1}[match["near"].lower().split(" ")[0]]
    within, unit = (match["within"] or "").lower(), match["unit"]
    if unit == "year":
        return build_year(min(max(reference.year + step, 1), 9999), "relative")
    if unit == "month":
        return build_month(*shift_months(reference, step), "relative")
    monday = shift(reference, 7 * step - reference.weekday())
    if unit == "weekend":
        # The last weekend of a Sunday is the one before; of any other day the one that is over.
        saturday = (
            shift(monday, 5) if step >= 0 or reference.weekday() == 6 else shift(reference, -reference.weekday() - 2)
        )
        return build_period(saturday, shift(saturday, 1), "range", "relative")
    sunday = shift(monday, 6)
    if step == 0 and within.startswith(("earl",)):
        sunday = reference
    elif step == 0 and within.startswith("late"):
        monday = reference
    return build_period(monday, sunday, "range", "relative")


def read_ago(match: re.Match[str], context: Context) -> Period | None:
    """So many days, weeks, months or years before the reference date or after it; as fine as the unit."""
    count = _read_number(match["number"])
    if context.reference is None or count is None:
        return build_unknown()
    count *= -1 if match["ago"] == "ago" else 1
    unit = match["unit"].rstrip("s")
    if unit == "day":
        return build_day(shift(context.reference, count), "relative")
    if unit in ("week", "fortnight"):
        return build_week(shift(context.reference, count * (14 if unit == "fortnight" else 7)), "relative")
    if unit == "month":
        return build_month(*shift_months(context.reference, count), "relative")
    return build_year(min(max(context.reference.year + count, 1), 9999), "relative")


def read_chained(match: re.Match[str], context: Context) -> Period | None:
    """A day counted from the date mentioned before it, which may lack its year."""
    groups = match.groupdict()
    number = _read_number(groups.get("number")) or 0
    offset = -1 if groups["minus"] else 1 if groups["plus"] else -number if groups["earlier"] else number
    before = context.before
    if before is None:
        return build_unknown()
    if before.precision == "day" and before.start is not None:
        return build_day(shift(before.start, offset), before.basis)
    yearless = re.fullmatch(r"XXXX-(\d\d)-(\d\d)", before.edtf or "")
    # 2001 is no leap year: 28 February and 1 March lie a day apart, as in most years.
    day = find_day(2001, int(yearless[1]), int(yearless[2])) if yearless else None
    if day is None:
        return build_unknown()
    moved = shift(day, offset)
    return build_unknown(f"XXXX-{moved.month:02d}-{moved.day:02d}")


def _pick(groups: dict[str, str | None], *names: str) -> str | None:
    return next((value for name in names if (value := groups.get(name))), None)


def _read_month(groups: dict[str, str | None]) -> int:
    number = _pick(groups, "monthno", "monthno2")
    if number:
        return int(number)
    return load_grammar().months[_pick(groups, "month", "month_1") or ""]


def _read_year(groups: dict[str, str | None], context: Context) -> int | None:
    year = _pick(groups, "year", "year_1")
    if year:
        return int(year)
    word = (groups.get("relyear") or "").split(" ")
    step = next((value for key, value in {"last": -1, "this": 0, "next": 1}.items() if key in word), None)
    if step is None or context.reference is None:
        return None
    return min(max(context.reference.year + step, 1), 9999)


def _read_weekday(word: str | None) -> int | None:
    return load_grammar().weekdays.get(word) if word else None


def _read_number(word: str | None) -> int | None:
    if not word:
        return None
    return int(word) if word.isdecimal() else load_grammar().numbers.get(word.lower())


READINGS: dict[str, Reading] = {
    "full": read_full,
    "range": read_range,
    "month": read_month,
    "year": read_year,
    "weekday": read_weekday,
    "weekdays": read_weekdays,
    "today": read_today,
    "period": read_period,
    "ago": read_ago,
    "chained": read_chained,
}
