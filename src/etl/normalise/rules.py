"""The kinds of furniture lines: rules read from data/lines and data/outlets, and the classifier of whole lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import ahocorasick_rs

from etl.data import DataError, check_keys, list_data, read_toml
from etl.normalise.prose import ProseGuard, load_guard
from schemas.vocabulary import PART_KINDS

ZONES = ("head", "any", "tail", "edges")  # edges: head or tail, never between body lines
REQUIRED = ("id", "kind", "zone", "languages", "hits", "spares")
OPTIONAL = ("phrases", "patterns", "literals", "guard", "opener", "closes", "takes_next", "max_chars")
# A longer line is prose or a legal notice; only a rule that spells it out may take it.
MAX_PATTERN_CHARS = 450
_PHRASE_MARGIN = 8  # punctuation that a line may have around a phrase

EDGES = "»«›‹>|•*▶►▼▲→←↓↑·‣●■□◆✓✔\u200b\ufeff \t"
_PUNCTUATION = EDGES + ".:;,!?…-–—_/\\()[]{}#+=&@~\"'“”„©"
_APOSTROPHES = "’‘`´"


@dataclass(frozen=True, slots=True)
class LineRule:
    """A rule for whole lines.

    `phrases` are compared with the line without case and outer punctuation; `patterns` are regular expressions that
    must match the whole line in lower case, apostrophes straight, bullets and arrows at its ends cut off. A pattern is
    tried only on lines that hold one of `literals`, or begin with it where it has a ^. `guard` false lets a rule take
    sentences: for patterns that spell the sentence's fixed words out. An `opener` closes the body where no prose
    follows, one that `closes` in any case; `takes_next` takes the next short line too.
    No pattern is tried on a line of over `max_chars`.
    """

    rule_id: str
    kind: str
    zone: str
    phrases: tuple[str, ...]
    patterns: tuple[re.Pattern[str], ...]
    literals: tuple[str, ...]
    hits: tuple[str, ...]
    spares: tuple[str, ...]
    guard: bool = True
    opener: bool = False
    takes_next: bool = False
    max_chars: int = MAX_PATTERN_CHARS
    closes: bool = False


class LineMatch(NamedTuple):
    """The rule that a whole line matches."""

    rule_id: str
    kind: str
    zone: str
    opener: bool = False
    takes_next: bool = False
    closes: bool = False


def fold_line(text: str) -> str:
    """A clean line as patterns see it: lower case, straight apostrophes, no bullets or arrows at its ends."""
    return _straighten(text.lower()).strip(EDGES)


def fold_phrase(text: str) -> str:
    """A clean line as phrases see it: as fold_line, without punctuation at its ends."""
    return _straighten(text.lower()).strip(_PUNCTUATION)


def _straighten(text: str) -> str:
    if not text.isascii():
        for mark in _APOSTROPHES:
            text = text.replace(mark, "'")
    return text


class _PatternIndex:
    """Patterns in the order of the rules, and an automaton of the literals that say which of them to try."""

    def __init__(self, rules: Iterable[LineRule]) -> None:
        self._patterns = [(rule, pattern) for rule in rules for pattern in rule.patterns]
        literals = _index_literals(self._patterns)
        self._by_literal = list(literals.values())
        self._at_start = [literal.startswith("^") for literal in literals]
        self._automaton = ahocorasick_rs.AhoCorasick(
            [literal.removeprefix("^") for literal in literals], implementation=ahocorasick_rs.Implementation.DFA
        )

    def find_rule(self, line: str) -> LineRule | None:
        """The first rule with a pattern that matches the whole folded line, or None."""
        numbers: set[int] = set()
        for i, start, _ in self._automaton.find_matches_as_indexes(line, overlapping=True):
            if not start or not self._at_start[i]:
                numbers.update(self._by_literal[i])
        length = len(line)
        for number in sorted(numbers):
            rule, pattern = self._patterns[number]
            if length <= rule.max_chars and pattern.fullmatch(line):
                return rule
        return None


class _Screen:
    """Says which of many sentences hold a literal of any of some patterns: one pass over all of them."""

    def __init__(self, rules: Iterable[LineRule]) -> None:
        literals = {literal for rule in rules for literal in rule.literals if rule.patterns}
        folded = sorted(re.sub(r"\A\^", "\n", literal).encode() for literal in literals)
        self._automaton = ahocorasick_rs.BytesAhoCorasick(folded, implementation=ahocorasick_rs.Implementation.DFA)

    def list_suspects(self, lows: Sequence[bytes]) -> list[int]:
        """Numbers, in order, of the lines that hold a literal.

        `lows` are clean lines in lower case that have no mark at their start which fold_line would cut off.
        """
        whole = b"\n" + b"\n".join(lows)
        if not whole.isascii():
            for mark in _APOSTROPHES:
                whole = whole.replace(mark.encode(), b"'")
        suspects: set[int] = set()
        number, at = -1, 0
        # A match that another one hides stands in the same line.
        for _, _, end in self._automaton.find_matches_as_indexes(whole):
            number += whole.count(b"\n", at, end)
            at = end
            suspects.add(number)
        return sorted(suspects)


class LineClassifier:
    """Finds the rule of a line: phrases first, then patterns in the order of the rules. Pure."""

    def __init__(self, rules: Sequence[LineRule], guard: ProseGuard) -> None:
        self.rules = tuple(rules)
        self.max_chars = max((rule.max_chars for rule in self.rules), default=MAX_PATTERN_CHARS)
        self._guard = guard
        self._phrases = _index_phrases(self.rules)
        self._longest_phrase = max(map(len, self._phrases), default=0) + _PHRASE_MARGIN
        self._all = _PatternIndex(self.rules)
        # Prose, most of what there is, needs to be held only against the rules that may take prose.
        unguarded = [rule for rule in self.rules if not rule.guard]
        self._unguarded = _PatternIndex(unguarded)
        self.list_suspects = _Screen(unguarded).list_suspects

    def knows_phrase(self, text: str) -> bool:
        """Whether the clean line `text` is a phrase of a rule."""
        return len(text) <= self._longest_phrase and fold_phrase(text) in self._phrases

    def classify(self, text: str) -> LineMatch | None:
        """The match of the clean line `text`, or None."""
        if len(text) > self.max_chars:
            return None
        # A small letter before a full stop: the last word of a sentence that a line break has cut off.
        cut_off = text[:1].islower() and text.endswith(".")
        if len(text) <= self._longest_phrase and not cut_off:
            known = self._phrases.get(fold_phrase(text))
            if known is not None:
                return _build_match(known)
        index = self._unguarded if self._guard.keeps(text) else self._all
        rule = index.find_rule(fold_line(text))
        return _build_match(rule) if rule else None


def _build_match(rule: LineRule) -> LineMatch:
    return LineMatch(rule.rule_id, rule.kind, rule.zone, rule.opener, rule.takes_next, rule.closes)


def _index_phrases(rules: Iterable[LineRule]) -> dict[str, LineRule]:
    index: dict[str, LineRule] = {}
    for rule in rules:
        for phrase in rule.phrases:
            key = fold_phrase(phrase)
            if not key or key in index:
                other = index[key].rule_id if key else "no letters"
                raise DataError(f"{rule.rule_id}: the phrase {phrase!r} stands twice or is empty ({other})")
            index[key] = rule
    return index


def _index_literals(patterns: Iterable[tuple[LineRule, re.Pattern[str]]]) -> dict[str, list[int]]:
    """The numbers of the patterns to try for each literal."""
    index: dict[str, list[int]] = {}
    for number, (rule, _) in enumerate(patterns):
        for literal in rule.literals:
            index.setdefault(literal, []).append(number)
    return index


def load_classifier(outlet_rules: Iterable[LineRule]) -> LineClassifier:
    """The classifier of all rules in data/lines, the outlets' own rules first.

    Raises DataError where a file has an unknown key, a bad pattern, or an id or phrase that stands twice.
    """
    rules = [*outlet_rules]
    for name in list_data("lines", ".toml"):
        table = read_toml(name)
        check_keys(table, name, (), ("rule", "ending"))
        rules += [parse_rule(entry, name, "lines") for entry in table.get("rule", [])]
    seen: set[str] = set()
    for rule in rules:
        if rule.rule_id in seen:
            raise DataError(f"{rule.rule_id}: the id stands twice")
        seen.add(rule.rule_id)
    return LineClassifier(rules, load_guard())


def parse_rule(entry: dict[str, Any], name: str, prefix: str) -> LineRule:
    """The rule that a `[[rule]]` table of the data file `name` says; its id is prefix/id. Raises DataError."""
    where = f"{name}, rule {entry.get('id', '?')}"
    check_keys(entry, where, REQUIRED, OPTIONAL)
    if entry["kind"] not in PART_KINDS or entry["zone"] not in ZONES:
        raise DataError(f"{where}: kind {entry['kind']!r} or zone {entry['zone']!r} is unknown")
    patterns = entry.get("patterns", [])
    literals = entry.get("literals", [])
    if bool(patterns) != bool(literals):
        raise DataError(f"{where}: patterns need literals, and literals patterns")
    if not (patterns or entry.get("phrases")) or not entry["hits"]:
        raise DataError(f"{where}: a rule needs phrases or patterns, and hits")
    return LineRule(
        rule_id=f"{prefix}/{entry['id']}",
        kind=entry["kind"],
        zone=entry["zone"],
        phrases=tuple(entry.get("phrases", ())),
        patterns=tuple(_compile(pattern, where) for pattern in patterns),
        literals=tuple(literals),
        hits=tuple(entry["hits"]),
        spares=tuple(entry["spares"]),
        guard=entry.get("guard", True),
        opener=entry.get("opener", False),
        takes_next=entry.get("takes_next", False),
        max_chars=entry.get("max_chars", MAX_PATTERN_CHARS),
        closes=entry.get("closes", False),
    )


def _compile(pattern: str, where: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern)
    except re.error as error:
        raise DataError(f"{where}: bad pattern {pattern!r}: {error}") from error
