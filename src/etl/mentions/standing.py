"""Standing relations: countries, and a person and a country, speak to each other all the time."""

from __future__ import annotations

from etl.mentions.context import Context
from etl.mentions.frames import Frame, Trigger
from etl.mentions.participants import are_only_countries
from etl.mentions.patterns import load_pattern
from etl.mentions.rows import Telling


def is_standing(context: Context, telling: Telling, frame: Frame, trigger: Trigger) -> bool:
    """True where nothing tells the encounter from others of the same parties: no day, no place, no number."""
    bare = are_only_countries(telling.participants) or _is_person_and_country(frame) or _is_general(frame, trigger)
    return bare and not _is_concrete(context, telling, trigger)


def _is_person_and_country(frame: Frame) -> bool:
    """True for "Ana Ruiz and Peru": whom she met there, and when, nobody says."""
    kinds = [{party.kind for party in side} for side in (frame.a, frame.b)]
    return {"country"} in kinds and any(side and side <= {"person", "pronoun"} for side in kinds)


def _is_general(frame: Frame, trigger: Trigger) -> bool:
    """True for "talks between the officials of the two countries": they speak all the time."""
    several = trigger.shape.text[trigger.end - 1] == "s"
    return several and not frame.b and len(frame.a) == 1 and frame.a[0].kind == "before" and bool(frame.a[0].role)


def _is_concrete(context: Context, telling: Telling, trigger: Trigger) -> bool:
    """Countries alone speak to each other all the time; an encounter of theirs has a day, a place or a number."""
    if context.is_sport:
        return False
    told = telling.when is not None or telling.where is not None or telling.status in ("cancelled", "postponed")
    return told or bool(load_pattern("numbered").search(trigger.shape.text))
