"""What a match of a date rule says: one function a reading, named in data/date_words.toml by `reads`."""

from __future__ import annotations

import re
from datetime import date

from etl.dates.context import Context, Reading, find_weekday
from etl.dates.direction import AHEAD, BEHIND
from etl.dates.grammar import PART_WORDS, load_grammar
from etl.dates.periods import (
    Period,
    build_day,
    build_month,
    build_period,
    build_unknown,
    build_year,
    find_day,
    settle_near,
)
from etl.dates.relative import (
    read_ago,
    read_chained,
    read_period,
    read_today,
    read_weekday,
    read_weekdays,
)

# A day without a year is read as the nearest one; one against the direction must be this many times nearer.
AGAINST = 3
# A month without a year that begins so soon is the coming one: nobody calls the one of a year ago by its bare name.
SOON = 1


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
    found = choose_year(month, day, find_weekday(groups.get("weekday")), context)
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
    word = settle_near(near)
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
