"""Our dates against dateparser, and our EDTF against edtf, where these two are right.

dateparser gives one day and no precision: of a month or a year only the month and the year are compared. It reads a
weekday on that weekday as the one a week ago, where news means the day itself (GUIDELINES), so those are left out.
"""

from __future__ import annotations

import calendar
from datetime import date, datetime

import dateparser
import edtf
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from etl.dates import AHEAD, BEHIND, find_dates_in_text, load_grammar, parse_date

DAYS = st.dates(date(1950, 1, 1), date(2090, 12, 31))
MONTHS, WEEKDAYS = list(calendar.month_name)[1:], list(calendar.day_name)
NUMBERS = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
SETTINGS = settings(max_examples=150, deadline=None)
EXAMPLES = [
    (text, rule.reference) for rules in load_grammar().rules.values() for rule in rules for text, _ in rule.hits
]


def ask_dateparser(text: str, reference: date, direction: int = BEHIND) -> date | None:
    prefer = "past" if direction == BEHIND else "future"
    base = datetime.combine(reference, datetime.min.time())
    options: dict[str, object] = {"RELATIVE_BASE": base, "PREFER_DATES_FROM": prefer}
    found = dateparser.parse(text, languages=["en"], settings=options)
    return found.date() if found else None


@SETTINGS
@given(DAYS, DAYS, st.integers(0, 6))
def test_full_dates_are_those_of_dateparser(day: date, reference: date, form: int) -> None:
    month = MONTHS[day.month - 1]
    text = [
        f"{day.day} {month} {day.year}",
        f"{month} {day.day}, {day.year}",
        f"{WEEKDAYS[day.weekday()]}, {month} {day.day}, {day.year}",
        f"{WEEKDAYS[day.weekday()]}, {day.day} {month} {day.year}",
        f"{month[:3] if month != 'September' else 'Sept'} {day.day}, {day.year}",
        f"the {day.day}th of {month} {day.year}" if 3 < day.day < 21 else f"{day.day} {month} {day.year}",
        day.isoformat(),
    ][form]
    period = parse_date(text, reference)
    assert period is not None
    assert (period.start, period.end, period.basis) == (day, day, "explicit")
    assert ask_dateparser(text, reference) == day


@SETTINGS
@given(
    DAYS,
    st.sampled_from(["today", "yesterday", "tomorrow", "the day before yesterday", "three days ago", "ten days ago"]),
)
def test_days_beside_the_reference_are_those_of_dateparser(reference: date, text: str) -> None:
    period = parse_date(text, reference)
    assert period is not None
    assert period.start == period.end == ask_dateparser(text, reference)


@SETTINGS
@given(DAYS, st.integers(0, 6), st.sampled_from([AHEAD, BEHIND]))
def test_weekdays_are_those_of_dateparser(reference: date, weekday: int, direction: int) -> None:
    assume(weekday != reference.weekday())
    period = parse_date(WEEKDAYS[weekday], reference, direction)
    assert period is not None
    assert period.start == period.end == ask_dateparser(WEEKDAYS[weekday], reference, direction)


@SETTINGS
@given(DAYS, DAYS)
def test_days_without_a_year_lie_near_the_reference(day: date, reference: date) -> None:
    """dateparser always looks into the past; where that day is the nearest one too, both agree."""
    assume((day.month, day.day) != (2, 29))
    text = f"{MONTHS[day.month - 1]} {day.day}"
    period, expected = parse_date(text, reference), ask_dateparser(text, reference)
    assert period is not None
    assert expected is not None
    assert period.start is not None
    if (reference - expected).days <= 180:
        assert period.start == expected
    assert abs((period.start - reference).days) <= 366


@SETTINGS
@given(DAYS, st.sampled_from(NUMBERS), st.sampled_from(["weeks", "months", "years"]))
def test_longer_ago_is_as_coarse_as_its_unit_and_holds_the_day_of_dateparser(
    reference: date, number: str, unit: str
) -> None:
    text = f"{number} {unit} ago"
    period, expected = parse_date(text, reference), ask_dateparser(text, reference)
    assert period is not None
    assert expected is not None
    assert period.start is not None
    assert period.end is not None
    assert period.start <= expected <= period.end
    assert period.precision == {"weeks": "range", "months": "month", "years": "year"}[unit]


@SETTINGS
@given(DAYS, DAYS, st.sampled_from(["last month", "next month", "last year", "next year", "month and year"]))
def test_months_and_years_are_those_of_dateparser(day: date, reference: date, text: str) -> None:
    text = f"{MONTHS[day.month - 1]} {day.year}" if text == "month and year" else text
    period, expected = parse_date(text, reference), ask_dateparser(text, reference)
    assert period is not None
    assert expected is not None
    assert period.start is not None
    assert period.start.year == expected.year
    assert "year" in text or period.start.month == expected.month


def find_all_edtf(text: str, reference: date | None) -> list[str]:
    return [mention.edtf for mention in find_dates_in_text(text, reference) if mention.edtf is not None]


@pytest.mark.parametrize(("text", "reference"), EXAMPLES, ids=[text for text, _ in EXAMPLES])
def test_edtf_of_the_rules_is_valid_and_has_our_bounds(text: str, reference: date | None) -> None:
    for day in (reference, None):
        for mention in find_dates_in_text(text, day):
            if mention.edtf is None:
                continue
            parsed = edtf.parse_edtf(mention.edtf)
            if mention.date_start is not None:
                assert mention.date_end is not None
                bounds = (parsed.lower_strict()[:3], parsed.upper_strict()[:3])
                assert bounds == (mention.date_start.timetuple()[:3], mention.date_end.timetuple()[:3])


@SETTINGS
@given(
    st.lists(
        st.sampled_from(
            ["March 15", "March 15, 2021", "mid-March last year", "from May 17 to 19", "in June", "Monday", "and",
             "the next day", "that day", "last week", "two months ago", "in 2019", "15 to 18 June 2014", "."]
        ),
        max_size=10,
    ).map(" ".join),
    st.none() | DAYS,
)  # fmt: skip
def test_every_edtf_of_a_text_is_valid(text: str, reference: date | None) -> None:
    for value in find_all_edtf(text, reference):
        assert str(edtf.parse_edtf(value)) == value


def test_the_oracle_refuses_what_is_no_edtf() -> None:
    for value in ("2023-13-01", "15 March 2021", "2023-3-1"):
        with pytest.raises(edtf.parser.edtf_exceptions.EDTFParseException):
            edtf.parse_edtf(value)
