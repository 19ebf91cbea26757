"""Readings that count from the reference date or from the date before: weekdays, weeks, days ago, the next day."""

from __future__ import annotations

import re
from datetime import date

from etl.dates.context import Context, find_number, find_weekday
from etl.dates.direction import AHEAD, BEHIND
from etl.dates.periods import (
    Period,
    build_day,
    build_month,
    build_period,
    build_unknown,
    build_week,
    build_year,
    find_day,
    settle_near,
    shift,
    shift_months,
)


def read_weekday(match: re.Match[str], context: Context) -> Period | None:
    """A weekday counted from the reference date: behind, the latest up to it; ahead, the next after it."""
    if context.reference is None:
        return build_unknown()
    weekday = find_weekday(match["weekday"])
    week = (match["week"] or "").split(" ")
    if weekday is None:
        return None
    if len(week) > 1:
        weeks = {"last": -7, "this": 0, "next": 7}[week[-2]]
        monday = shift(context.reference, weeks - context.reference.weekday())
        return build_day(shift(monday, weekday), "relative")
    near = settle_near(match["near"])
    return build_day(count_weekday(context.reference, weekday, context.direction, near), "relative")


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
    first, last = find_weekday(match["weekday"]), find_weekday(match["weekday2"])
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
    step = {"last": -1, "this": 0, "next": 1, "the": 1}[settle_near(match["near"])]
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
    count = find_number(match["number"])
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
    number = find_number(groups.get("number")) or 0
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
