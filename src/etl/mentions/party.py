"""One stretch of a sentence that names parties of an encounter."""

from __future__ import annotations

from typing import NamedTuple

from etl.mentions.patterns import load_pattern
from etl.records import Participant


class Party(NamedTuple):
    """One stretch of a sentence that names parties. Offsets count in the body.

    `kind` is person, office, group, delegation, country, organization, pair (Iran-Oman), before (the parties told
    before) or pronoun; `size` is the number of parties that "the two leaders" asks for, 0 where it asks for none (of
    pronouns 1 where they are subjects), and `role` the office that "the foreign ministers of the two countries" gives
    to each country told before.
    """

    start: int
    end: int
    kind: str
    participants: tuple[Participant, ...]
    size: int = 0
    possessive: bool = False
    role: str | None = None


def is_possessive(text: str, end: int) -> bool:
    """True where "'s" follows what ends at `end`, or closes it."""
    return bool(load_pattern("possessive").match(text[end : end + 3])) or text[end - 2 : end] in ("'s", "’s")


def overlaps(start: int, end: int, spans: list[tuple[int, int]]) -> bool:
    """True if [start, end) shares a character with one of `spans`."""
    return any(first < end and start < last for first, last in spans)
