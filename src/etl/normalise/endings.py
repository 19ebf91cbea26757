"""What stands at the end of a line that is otherwise kept: credits, licences, end marks, media tags."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import ahocorasick_rs

from etl.data import DataError, check_keys, list_data, read_toml
from schemas.vocabulary import PART_KINDS

PLACES = ("title", "body", "caption")
ENDING_CHARS = 420  # an ending is sought in so many last characters


@dataclass(frozen=True, slots=True)
class EndingRule:
    """A rule for the end of a title, of one of the last body lines, or of a caption.

    `pattern` is searched near the end of the line as it stands (white space folded one to one); its group `cut` is
    the part, its group `credit`, where it has one, the credit. It begins, and one of `literals` stands, within the
    last `within` characters.
    """

    rule_id: str
    kind: str
    of: str
    pattern: re.Pattern[str]
    literals: tuple[str, ...]
    hits: tuple[str, ...]
    spares: tuple[str, ...]
    within: int = ENDING_CHARS


class EndingMatch(NamedTuple):
    """The end of a line that a rule takes: offsets in the searched text."""

    start: int
    end: int
    kind: str
    rule_id: str
    credit: str | None


class _Index(NamedTuple):
    """The rules of one place, and an automaton of their literals; `owners` names the rule of each literal."""

    rules: list[EndingRule]
    owners: list[int]
    automaton: ahocorasick_rs.AhoCorasick


def _build_index(rules: list[EndingRule]) -> _Index:
    pairs = [(literal, i) for i, rule in enumerate(rules) for literal in rule.literals]
    literals = [literal for literal, _ in pairs]
    automaton = ahocorasick_rs.AhoCorasick(literals, implementation=ahocorasick_rs.Implementation.DFA)
    return _Index(rules, [i for _, i in pairs], automaton)


class Endings:
    """The rules by the place they apply to, in the order of the data."""

    def __init__(self, rules: Sequence[EndingRule]) -> None:
        self.rules = tuple(rules)
        self._by_place = {place: _build_index([rule for rule in rules if rule.of == place]) for place in PLACES}

    def find_ending(self, text: str, place: str) -> EndingMatch | None:
        """The first rule for `place` that takes the end of `text`; None where none does."""
        index = self._by_place[place]
        end = len(text)
        tail = text[-ENDING_CHARS:].lower()
        owners = set()
        for literal, start, _ in index.automaton.find_matches_as_indexes(tail, overlapping=True):
            i = index.owners[literal]
            if len(tail) - start <= index.rules[i].within:
                owners.add(i)
        for i in sorted(owners):
            rule = index.rules[i]
            match = rule.pattern.search(text, max(0, end - rule.within))
            if match:
                credit = match.groupdict().get("credit")
                return EndingMatch(match.start("cut"), match.end("cut"), rule.kind, rule.rule_id, credit)
        return None


def load_endings(more: Iterable[EndingRule]) -> Endings:
    """`more` (the outlets' own) and the rules of the `[[ending]]` tables in data/lines. Raises DataError."""
    rules = [*more]
    for name in list_data("lines", ".toml"):
        rules += [parse_ending(entry, name, "lines") for entry in read_toml(name).get("ending", [])]
    return Endings(rules)


def parse_ending(entry: dict[str, Any], name: str, prefix: str) -> EndingRule:
    """The rule that an `[[ending]]` table of the data file `name` says; its id is prefix/id. Raises DataError."""
    where = f"{name}, ending {entry.get('id', '?')}"
    check_keys(entry, where, ("id", "kind", "of", "pattern", "literals", "hits", "spares"), ("within",))
    if entry["kind"] not in PART_KINDS or entry["of"] not in PLACES or not entry["hits"]:
        raise DataError(f"{where}: kind or place is unknown, or there is no hit")
    try:
        pattern = re.compile(entry["pattern"] + r"\s*\Z")
    except re.error as error:
        raise DataError(f"{where}: bad pattern: {error}") from error
    if "cut" not in pattern.groupindex:
        raise DataError(f"{where}: the pattern has no group 'cut'")
    return EndingRule(
        f"{prefix}/{entry['id']}",
        entry["kind"],
        entry["of"],
        pattern,
        tuple(entry["literals"]),
        tuple(entry["hits"]),
        tuple(entry["spares"]),
        entry.get("within", ENDING_CHARS),
    )
