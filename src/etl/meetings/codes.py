"""PLOVER and CAMEO codes of a meeting, by the rules of meeting_codes.toml."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, NamedTuple

from etl.data import DataError, check_keys, read_toml
from etl.meetings.parties import fold_words
from schemas import vocabulary

DATA = "meeting_codes.toml"
Side = tuple[str | None, str | None]  # office and country of one who takes part
CONDITIONS = ("event", "format", "laterality", "place", "role", "meeting_type")


@dataclass(frozen=True, slots=True)
class CodeRule:
    """A code and what must hold for it: for each condition one of its values."""

    code: str
    conditions: tuple[tuple[str, frozenset[str]], ...]

    def fits(self, facts: Mapping[str, Collection[str]]) -> bool:
        return all(not values.isdisjoint(facts[name]) for name, values in self.conditions)


@dataclass(frozen=True, slots=True)
class CodeRules:
    """What meeting_codes.toml says; the first rule that fits decides."""

    events: Mapping[str, str]
    modes: tuple[CodeRule, ...]
    cameo: tuple[CodeRule, ...]
    meeting_types: tuple[str, ...]
    call_formats: frozenset[str]
    plain_types: frozenset[str]
    organizations: re.Pattern[str]


class Codes(NamedTuple):
    """The codes of one meeting."""

    plover_event: str
    plover_mode: str | None
    cameo_code: str


@cache
def load_code_rules() -> CodeRules:
    """The rules of the package. Raises DataError where a rule is not what it must be."""
    table: dict[str, Any] = read_toml(DATA)
    check_keys(table, DATA, ("plover_event", "plover_mode", "cameo_code", "organizations", "meeting_type"))
    check_keys(table["plover_event"], f"{DATA}, plover_event", vocabulary.MEETING_STATUSES)
    types, organizations = table["meeting_type"], table["organizations"]
    check_keys(types, f"{DATA}, meeting_type", ("order", "call_formats", "plain"))
    check_keys(organizations, f"{DATA}, organizations", ("words", "hits", "spares"))
    order = tuple(types["order"])
    if sorted(order) != sorted(vocabulary.MEETING_TYPES):
        raise DataError(f"{DATA}, meeting_type: order must name each of {list(vocabulary.MEETING_TYPES)} once")
    cameo = _read_rules(table["cameo_code"], "code", vocabulary.CAMEO_CODES)
    if cameo[-1].conditions:
        raise DataError(f"{DATA}: the last cameo_code must have no condition, so that every meeting gets one")
    modes = _read_rules(table["plover_mode"], "mode", vocabulary.PLOVER_MODES)
    words = "|".join(re.escape(fold_words(word)) for word in organizations["words"])
    calls, plain = frozenset(types["call_formats"]), frozenset(types["plain"])
    return CodeRules(table["plover_event"], modes, cameo, order, calls, plain, re.compile(rf"\b(?:{words})\b"))


def _read_rules(rows: Iterable[dict[str, Any]], key: str, allowed: Collection[str]) -> tuple[CodeRule, ...]:
    rules = []
    for row in rows:
        check_keys(row, f"{DATA}, {key} {row.get(key)}", (key,), CONDITIONS)
        if row[key] not in allowed:
            raise DataError(f"{DATA}: {key} {row[key]} is none of {list(allowed)}")
        rules.append(CodeRule(row[key], tuple((name, frozenset(row[name])) for name in CONDITIONS if name in row)))
    return tuple(rules)


def build_codes(
    status: str,
    meeting_format: str,
    meeting_type: str,
    laterality: str,
    country: str | None,
    sides: Sequence[Side],
) -> Codes:
    """The codes of a meeting in `country`; `sides` are the offices and countries of those who take part."""
    roles = frozenset([fold_words(role) for role, _ in sides if role])
    place = _find_place(country, list_countries(sides))
    return _choose_codes(status, meeting_format, meeting_type, laterality, roles, place)


@lru_cache(maxsize=10_000)
def _choose_codes(
    status: str, meeting_format: str, meeting_type: str, laterality: str, roles: frozenset[str], place: tuple[str, ...]
) -> Codes:
    rules = load_code_rules()
    event = rules.events[status]
    facts: dict[str, Collection[str]] = {
        "event": (event,),
        "format": (meeting_format,),
        "laterality": (laterality,),
        "meeting_type": (meeting_type,),
        "role": roles,
        "place": place,
    }
    mode = next((rule.code for rule in rules.modes if rule.fits(facts)), None)
    return Codes(event, mode, next(rule.code for rule in rules.cameo if rule.fits(facts)))


def list_countries(sides: Iterable[Side]) -> list[str | None]:
    """The country that each party meets for; None for one that speaks for an organization, or of unknown country."""
    return [None if role and _is_of_organization(role) else country for role, country in sides]


@lru_cache(maxsize=10_000)
def _is_of_organization(role: str) -> bool:
    return load_code_rules().organizations.search(fold_words(role)) is not None


def choose_type(types: Collection[str], meeting_format: str) -> str:
    """What the meeting is called, out of what its mentions call it."""
    rules = load_code_rules()
    found = next(name for name in rules.meeting_types if name in types)
    return "call" if meeting_format in rules.call_formats and found in rules.plain_types else found


def _find_place(country: str | None, countries: list[str | None]) -> tuple[str, ...]:
    """`participant` where one of several countries is host, `third` where none is and all are known; else empty."""
    known = {code for code in countries if code is not None}
    if country is None or len(known) < 2:
        return ()
    if country in known:
        return ("participant",)
    return ("third",) if None not in countries else ()


def find_laterality(countries: Iterable[str | None]) -> str:
    """How many countries take part, as far as it can be told: one of unknown country may be of any."""
    everyone = list(countries)
    known = {code for code in everyone if code is not None}
    if len(known) > 3:
        return "multilateral"
    if None in everyone or not known:
        return "unknown"
    return ("domestic", "bilateral", "trilateral")[len(known) - 1]
