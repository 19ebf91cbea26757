"""Every rule of data/lines and data/outlets, held to its own examples."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from etl.data import DataError
from etl.hygiene import clean_characters
from etl.normalise import load_line_rules
from etl.normalise.endings import EndingRule, parse_ending
from etl.normalise.outlets import parse_outlet
from etl.normalise.rules import LineRule, load_classifier, parse_rule

RULES = load_line_rules()
CLASSIFIER = load_classifier(rule for outlet in RULES.outlets.outlets for rule in outlet.rules)
CASES = Path(__file__).parents[2] / "cases" / "lines"


def read_cases(name: str) -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = tomllib.loads((CASES / name).read_text(encoding="utf-8"))["case"]
    return cases


@pytest.mark.parametrize("rule", CLASSIFIER.rules, ids=lambda rule: rule.rule_id)
def test_line_rule_hits_and_spares(rule: LineRule) -> None:
    for line in rule.hits:
        match = CLASSIFIER.classify(clean_characters(line))
        assert match is not None, line
        assert match.kind == rule.kind, line
    for line in rule.spares:
        assert CLASSIFIER.classify(clean_characters(line)) is None, line


@pytest.mark.parametrize("rule", RULES.endings.rules, ids=lambda rule: rule.rule_id)
def test_ending_rule_hits_and_spares(rule: EndingRule) -> None:
    for line in rule.hits:
        match = RULES.endings.find_ending(line, rule.of)
        assert match is not None, line
        assert match.kind == rule.kind, line
    for line in rule.spares:
        assert RULES.endings.find_ending(line, rule.of) is None, line


@pytest.mark.parametrize("case", read_cases("prose.toml"), ids=lambda case: case["line"][:40])
def test_prose_that_holds_furniture_words_is_no_furniture(case: dict[str, Any]) -> None:
    candidate = RULES.candidates.find_candidate(clean_characters(case["line"]))
    assert candidate is None or candidate.zone in case.get("zones", []), candidate


@pytest.mark.parametrize("case", read_cases("furniture.toml"), ids=lambda case: case["line"][:40])
def test_furniture_line_has_its_kind(case: dict[str, Any]) -> None:
    candidate = RULES.candidates.find_candidate(clean_characters(case["line"]))
    assert candidate is not None
    assert candidate.take.kind == case["kind"]


GOOD: dict[str, Any] = {
    "id": "a.b",
    "kind": "share",
    "zone": "any",
    "languages": ["en"],
    "phrases": ["x y"],
    "hits": ["x y"],
    "spares": [],
}


@pytest.mark.parametrize(
    "change",
    [
        {"colour": 1},
        {"kind": "nonsense"},
        {"zone": "middle"},
        {"patterns": ["a("], "literals": ["a"]},
        {"patterns": ["a"]},
        {"hits": []},
    ],
    ids=str,
)
def test_bad_rule_is_refused_with_its_place(change: dict[str, Any]) -> None:
    with pytest.raises(DataError, match=r"lines/x\.toml"):
        parse_rule(GOOD | change, "lines/x.toml", "lines")


def test_bad_ending_and_bad_outlet_are_refused() -> None:
    ending = {"id": "a", "kind": "credit", "of": "body", "pattern": "a", "literals": ["a"], "hits": ["a"], "spares": []}
    with pytest.raises(DataError, match="cut"):
        parse_ending(ending, "lines/x.toml", "lines")
    with pytest.raises(DataError, match="name of the file"):
        parse_outlet({"id": "other", "name": "Other"}, "outlets/x.toml")
