"""Figures out of counts: the formula, what an uncounted rule gets, and that the counts are of rules that there are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.confidence import build_confidences, load_confidences
from etl.cues import load_cues
from etl.data import DataError, read_toml
from etl.mentions import load_triggers

# test_cues.py says that these are all that the code names.
QUOTE_RULES = sorted(rule.removeprefix("quotes/") for rule in load_cues().rules)


def find_type(rule: str) -> str:
    return "direct" if rule == "marks-only" else rule.partition("-")[0]


def test_few_rows_stay_near_the_type_and_many_leave_it() -> None:
    counts = {"direct": {"often": {"a": [800, 1000]}, "seldom": {"a": [0, 1], "b": [0, 1]}}}
    figures = build_confidences(counts, 10, ("a", "b"))
    assert figures.types["direct"] == round(800.5 / 1003, 3)
    assert figures.find("often", "direct") == round((800 + 10 * 800.5 / 1003) / 1010, 3)
    assert figures.find("seldom", "direct") == round(10 * (800.5 / 1003) / 12, 3)
    assert figures.find("new", "direct") == figures.types["direct"]
    with pytest.raises(KeyError):
        figures.find("new", "sung")


@given(rows=st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), max_size=6), strength=st.integers(1, 50))
def test_figures_are_never_certain(rows: list[tuple[int, int]], strength: int) -> None:
    counts = {"direct": {f"rule{n}": {"a": [min(pair), max(pair)]} for n, pair in enumerate(rows)}}
    figures = build_confidences(counts, strength, ("a",))
    assert all(0 <= figure <= 1 for figure in (*figures.rules.values(), *figures.types.values()))
    low, high = (choose([*figures.rules.values(), figures.types["direct"]]) for choose in (min, max))
    assert low <= figures.types["direct"] <= high


@pytest.mark.parametrize("pair", [[2, 1], [-1, 1], [1]])
def test_unsound_counts_are_refused(pair: list[int]) -> None:
    with pytest.raises(DataError, match="right at most rows"):
        build_confidences({"direct": {"rule": {"a": pair}}}, 10, ("a",))


def test_counts_of_unknown_gold_are_refused() -> None:
    with pytest.raises(DataError, match="other"):
        build_confidences({"direct": {"rule": {"other": [1, 1]}}}, 10, ("a",))


@pytest.mark.parametrize("rule", QUOTE_RULES)
def test_each_rule_of_the_quotes_has_a_figure_or_that_of_its_type(rule: str) -> None:
    figures = load_confidences("quotes")
    expected = figures.rules[rule] if rule in figures.rules else figures.types[find_type(rule)]
    assert figures.find(rule, find_type(rule)) == expected
    assert 0 < expected < 1


def test_each_family_of_triggers_has_a_figure() -> None:
    figures = load_confidences("meetings")
    for family in load_triggers().families.values():
        assert family.confidence == figures.find(family.id.removeprefix("mentions/"), "meeting")
        assert 0 < family.confidence < 1


def test_the_counts_are_of_rules_that_there_are() -> None:
    data = read_toml("confidence.toml")
    counted = {rule: name for name, rules in data["quotes"]["counts"].items() for rule in rules}
    assert {rule: find_type(rule) for rule in counted} == counted
    assert set(counted) <= set(QUOTE_RULES)
    families = {family.removeprefix("mentions/") for family in load_triggers().families}
    assert set(data["meetings"]["counts"]["meeting"]) <= families
