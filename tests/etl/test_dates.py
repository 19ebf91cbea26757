from __future__ import annotations

import string
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.dates import DateRule, build_edtf, find_dates_in_text, load_grammar, parse_date

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parents[1] / "cases" / "dates" / "expressions.toml").read_text(encoding="utf-8")
)["case"]
RULES: list[DateRule] = [rule for rules in load_grammar().rules.values() for rule in rules]


@pytest.mark.parametrize(
    ("rule", "text", "edtf"), [(rule, *hit) for rule in RULES for hit in rule.hits], ids=lambda value: str(value)[:40]
)
def test_rule_hits_its_examples(rule: DateRule, text: str, edtf: str) -> None:
    reference = rule.reference
    found = find_dates_in_text(text, reference)
    assert edtf in [mention.edtf or "" for mention in found], found


@pytest.mark.parametrize(
    ("rule", "text"), [(rule, text) for rule in RULES for text in rule.spares], ids=lambda value: str(value)[:40]
)
def test_rule_spares_its_counter_examples(rule: DateRule, text: str) -> None:
    spans = [mention.text for mention in find_dates_in_text(text, date(2024, 7, 25))]
    matches = [text[slice(*match.span())] for match in rule.pattern.finditer(text)]
    assert not set(spans) & set(matches), spans


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:50] for case in CASES])
def test_expressions_of_a_text(case: dict[str, Any]) -> None:
    found = find_dates_in_text(case["text"], case.get("reference"))
    assert [[mention.text, mention.edtf or "", mention.precision] for mention in found] == case["dates"]


@given(
    st.lists(
        st.sampled_from(
            ["on", "Wednesday", "15", "March", "2023", "mid-March", "last", "year", "a day earlier", "May", "17-19",
             ",", "the next day", "two", "weeks", "ago", "30", "February", "31", "2023-03-15", "and", "of", "\n",
             "this week"]
        ),
        max_size=14,
    ).map(" ".join)
    | st.text(string.printable + "’–“”\u00a0", max_size=60),
    st.none() | st.dates(),
)  # fmt: skip
def test_offsets_are_true_and_dates_as_precise_as_told(text: str, reference: date | None) -> None:
    end = 0
    for mention in find_dates_in_text(text, reference):
        assert text[mention.start : mention.end] == mention.text
        assert mention.start >= end
        end = mention.end
        assert (mention.date_start is None) == (mention.precision == "unknown") == (mention.basis == "none")
        if mention.date_start and mention.date_end:
            assert (mention.date_start == mention.date_end) == (mention.precision == "day")
            assert mention.edtf == build_edtf(mention.date_start, mention.date_end, mention.precision, mention.text)
    assert find_dates_in_text(text, reference) == find_dates_in_text(text, reference)


def test_no_day_is_taken_from_a_clock() -> None:
    for text in ("They met today.", "They met on Wednesday.", "They met last month.", "They met on 16 March."):
        assert [mention.date_start for mention in find_dates_in_text(text, None)] == [None]


@pytest.mark.parametrize(
    ("columns", "edtf"),
    [
        ((date(2023, 3, 15), date(2023, 3, 15), "day", "15 March"), "2023-03-15"),
        ((date(2023, 3, 1), date(2023, 3, 31), "month", None), "2023-03"),
        ((date(2023, 3, 11), date(2023, 3, 20), "range", "mid-March"), "2023-03-11/2023-03-20"),
        ((None, None, "unknown", "16 March"), "XXXX-03-16"),
        ((None, None, "unknown", "Wednesday"), None),
        ((None, None, "unknown", None), None),
    ],
)
def test_edtf_is_found_again_from_the_columns(columns: tuple[Any, ...], edtf: str | None) -> None:
    assert build_edtf(*columns) == edtf


def test_parse_date_reads_what_a_mention_says() -> None:
    period = parse_date("Thursday", date(2024, 7, 25), 1)
    assert period is not None
    assert period.start == date(2024, 8, 1)
    assert parse_date("no date", date(2024, 7, 25)) is None
