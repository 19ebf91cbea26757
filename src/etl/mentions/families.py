"""The trigger families of data/triggers.toml and what each says of an encounter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from etl.confidence import load_confidences
from etl.data import DataError, check_keys, read_toml
from etl.mentions.patterns import load_patterns
from etl.scan import Entry

FILE = "triggers.toml"
FRAMES = ("met", "noun", "hosted", "invited", "joined", "told", "reference")
STATUSES = ("cancelled", "postponed", "denied", "conditional", "wish", "proposed", "scheduled", "behind", "not_held")
REQUIRED = ("id", "frame", "forms", "format", "meeting_type", "hits", "spares")
OPTIONAL = ("with", "gap", "pair", "pair_only", "pair_with_cue", "cue_for_to", "named")


@dataclass(frozen=True, slots=True)
class Family:
    """One family. `prepositions` are those that must stand before the object; empty: none or "with"."""

    id: str
    frame: str
    forms: tuple[str, ...]
    format: str
    meeting_type: str
    confidence: float
    prepositions: tuple[str, ...]
    gap: bool
    pair: bool
    pair_only: bool
    pair_with_cue: bool
    cue_for_to: bool
    named: bool
    hits: tuple[str, ...]
    spares: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Triggers:
    """All families by id, and the patterns of status, format, occasion and stop rules."""

    families: dict[str, Family]
    statuses: dict[str, re.Pattern[str]]
    stop_before: re.Pattern[str]
    stop_behind: re.Pattern[str]
    sport: frozenset[str]
    sport_limit: int
    formats: dict[str, re.Pattern[str]]
    occasions: tuple[re.Pattern[str], ...]
    occasion_ends: re.Pattern[str]
    headline_words: re.Pattern[str]


@cache
def load_triggers() -> Triggers:
    """The rules of data/triggers.toml. Raises DataError where it, or frames.toml, says anything unknown."""
    load_patterns()  # a fault in them is told at once, and not by the first article that needs one
    table = read_toml(FILE)
    check_keys(table, FILE, ("family", "status", "stop", "format", "occasion", "headline"))
    check_keys(table["headline"], f"{FILE}: headline", ("words",))
    check_keys(table["status"], f"{FILE}: status", STATUSES)
    check_keys(table["stop"], f"{FILE}: stop", ("before", "behind", "sport", "sport_limit"))
    check_keys(table["format"], f"{FILE}: format", ("phone", "video", "title_phone", "title_video"))
    check_keys(table["occasion"], f"{FILE}: occasion", ("patterns", "ends"))
    stop = table["stop"]
    families = [_parse_family(row) for row in table["family"]]
    return Triggers(
        families={family.id: family for family in families},
        statuses={name: re.compile(table["status"][name], re.IGNORECASE) for name in STATUSES},
        stop_before=re.compile(r"\b(?:" + "|".join(stop["before"]) + r")[ -]$", re.IGNORECASE),
        stop_behind=re.compile(
            r"^ (?:[a-z]+ly )?(?:the |all |some |any |such )?(?:[a-z-]+ )?(?:" + "|".join(stop["behind"]) + r")\b"
        ),
        sport=frozenset(stop["sport"]),
        sport_limit=stop["sport_limit"],
        formats={name: re.compile(pattern) for name, pattern in table["format"].items()},
        occasions=tuple(re.compile(pattern) for pattern in table["occasion"]["patterns"]),
        occasion_ends=re.compile(table["occasion"]["ends"]),
        headline_words=re.compile(r"(?<=\W)(?:" + "|".join(table["headline"]["words"]) + r")(?!\w)"),
    )


def _parse_family(row: dict[str, Any]) -> Family:
    check_keys(row, f"{FILE}: family {row.get('id')}", REQUIRED, OPTIONAL)
    if row["frame"] not in FRAMES:
        raise DataError(f"{FILE}: family {row['id']}: frame {row['frame']!r} is none of {FRAMES}")
    flags = {name: bool(row.get(name, False)) for name in OPTIONAL if name != "with"}
    return Family(
        id=row["id"],
        frame=row["frame"],
        forms=tuple(row["forms"]),
        format=row["format"],
        meeting_type=row["meeting_type"],
        confidence=load_confidences("meetings").find(row["id"].removeprefix("mentions/"), "meeting"),
        prepositions=tuple(row.get("with", ())),
        hits=tuple(row["hits"]),
        spares=tuple(row["spares"]),
        **flags,
    )


def describe_rule(rule_id: str) -> Family:
    """The family whose id a mention row carries. Raises KeyError for an id that triggers.toml does not have."""
    return load_triggers().families[rule_id]


def list_trigger_entries() -> Iterator[Entry]:
    """Entries of the kind trigger, in any case; the value is the family's id."""
    for family in load_triggers().families.values():
        for form in family.forms:
            yield Entry(form, "trigger", family.id, cased=False)


def find_occasion(text: str) -> str | None:
    """What the encounter of a sentence took place on the sidelines of ("NATO summit"), or None."""
    triggers = load_triggers()
    for pattern in triggers.occasions:
        match = pattern.search(text)
        if match:
            occasion = triggers.occasion_ends.sub("", " ".join(match["occasion"].split())).strip(" -–—’'")
            if occasion:
                return occasion
    return None
