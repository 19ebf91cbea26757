"""The date grammar of data/date_words.toml: its rules as compiled patterns, its words as lexicon entries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from etl.data import DataError, check_keys, read_toml
from etl.scan import Entry

FILE = "date_words.toml"
# In the order in which they are tried.
NEEDS = ("month", "year", "weekday", "date_word")
_GROUP_NAME = re.compile(r"\(\?P<\w+>")
DAY = r"(?:0?[1-9]|[12]\d|3[01])"
ORDINAL = r"(?:st|nd|rd|th)?(?![\d:%]|[.,]\d(?!\d{3}\b)|,\d{3}\b)\b"
DAY_PARTS = "morning|afternoon|evening|night|noon|midday"
PART_WORDS = {
    "early": "early", "the beginning": "early", "beginning": "early", "the start": "early", "mid": "mid",
    "the middle": "mid", "middle": "mid", "late": "late", "the end": "late", "end": "late",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class DateRule:
    """One rule: its pattern, the kind of hit that it needs, the reading that it uses, and its examples."""

    id: str
    needs: str
    reads: str
    pattern: re.Pattern[str]
    reference: date | None
    hits: tuple[tuple[str, str], ...]
    spares: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grammar:
    """All rules and words. `rules` by the kind of hit that they need, in the order of the file.

    `any_rule` holds for each kind one pattern that matches where any of its rules does.
    """

    rules: dict[str, tuple[DateRule, ...]]
    any_rule: dict[str, re.Pattern[str]]
    months: dict[str, int]
    weekdays: dict[str, int]
    numbers: dict[str, int]
    words: tuple[str, ...]
    ahead: re.Pattern[str]
    behind: re.Pattern[str]


@cache
def load_grammar() -> Grammar:
    """The grammar of data/date_words.toml. Raises DataError where the file says anything unknown."""
    table = read_toml(FILE)
    check_keys(table, FILE, ("months", "weekdays", "words", "numbers", "direction", "rule"))
    months = {
        name: number for number, (full, more) in enumerate(table["months"].items(), start=1) for name in (full, *more)
    }
    weekdays = {name: number for number, name in enumerate(table["weekdays"]["names"])}
    numbers = {str(word): int(value) for word, value in table["numbers"].items()}
    slots = _build_slots(months, weekdays, numbers)
    rules = [_parse_rule(rule, slots) for rule in table["rule"]]
    by_need = {need: tuple(rule for rule in rules if rule.needs == need) for need in NEEDS}
    return Grammar(
        rules=by_need,
        any_rule={need: _join_patterns(found) for need, found in by_need.items()},
        months=months,
        weekdays=weekdays,
        numbers=numbers,
        words=tuple(table["words"]["date_word"]),
        ahead=_join_cues(table["direction"]["ahead"]),
        behind=_join_cues(table["direction"]["behind"]),
    )


def lexicon_entries() -> Iterator[Entry]:
    """Entries of the kinds month, weekday (as written) and date_word (in any case)."""
    grammar = load_grammar()
    for name, number in grammar.months.items():
        yield Entry(name, "month", str(number))
    for name, number in grammar.weekdays.items():
        yield Entry(name, "weekday", str(number))
    for word in grammar.words:
        yield Entry(word, "date_word", word, cased=False)


def _parse_rule(rule: dict[str, Any], slots: dict[str, str]) -> DateRule:
    check_keys(
        rule, f"{FILE}: rule {rule.get('id')}", ("id", "needs", "reads", "pattern", "hits", "spares"), ("reference",)
    )
    if rule["needs"] not in NEEDS:
        raise DataError(f"{FILE}: rule {rule['id']}: needs {rule['needs']!r}, which is none of {NEEDS}")
    pattern = rule["pattern"]
    for name, expression in slots.items():
        pattern = _fill_slot(pattern, name, expression)
    try:
        compiled = re.compile(pattern)
    except re.error as error:
        raise DataError(f"{FILE}: rule {rule['id']}: pattern: {error}") from error
    hits = tuple((hit["text"], hit["edtf"]) for hit in rule["hits"])
    return DateRule(
        rule["id"], rule["needs"], rule["reads"], compiled, rule.get("reference"), hits, tuple(rule["spares"])
    )


def _join_patterns(rules: tuple[DateRule, ...]) -> re.Pattern[str]:
    """The patterns as alternatives; their groups lose their names, which may stand in several."""
    return re.compile("|".join(f"(?:{_GROUP_NAME.sub('(?:', rule.pattern.pattern)})" for rule in rules))


def _fill_slot(pattern: str, name: str, expression: str) -> str:
    """`pattern` with {name} as a named group; what stands in it a second time gets a number behind its name."""
    count = 0
    while (at := pattern.find(f"{{{name}}}")) >= 0:
        group = name if count == 0 else f"{name}_{count}"
        pattern = f"{pattern[:at]}(?P<{group}>{expression}){_get_tail(name)}{pattern[at + len(name) + 2 :]}"
        count += 1
    return pattern


def _get_tail(name: str) -> str:
    return ORDINAL if name in ("day", "day2") else ""


def _build_slots(months: dict[str, int], weekdays: dict[str, int], numbers: dict[str, int]) -> dict[str, str]:
    month = r"\b(?:" + "|".join(re.escape(name) for name in sorted(months, key=len, reverse=True)) + r")(?!\w|-\w)"
    weekday = r"\b(?:" + "|".join(weekdays) + r")\b"
    return {
        "month2": month,
        "month": month,
        "weekday2": weekday,
        "weekday": weekday,
        "day2": r"\b" + DAY,
        "day": r"\b" + DAY,
        "year": r"\b(?:1[89]|20)\d\d(?!\d)",
        "number": r"(?i:" + "|".join(numbers) + r")|\d{1,2}",
        "part": r"\b(?i:" + "|".join(sorted(PART_WORDS, key=len, reverse=True)) + ")",
        "daypart": rf"(?:{DAY_PARTS})",
    }


def _join_cues(cues: list[str]) -> re.Pattern[str]:
    # "will be held": the participle behind "be" belongs to the cue before it.
    return re.compile(r"(?<!\bbe )\b(?:" + "|".join(cues) + r")\b", re.IGNORECASE)
