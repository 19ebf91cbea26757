"""Trips: where somebody is, and when, by a sentence that tells no encounter, for the encounters told right after it."""

from __future__ import annotations

from dataclasses import dataclass

from etl.mentions.evidence import When, Where, find_when, find_where
from etl.mentions.patterns import load_pattern
from etl.mentions.shapes import Shape
from etl.mentions.subjects import find_subject

# Sentences behind the trip in which the traveller is taken to be there.
REACH = 2
# A trip that the first sentence tells is what the article is about, so it reaches further.
LEAD_REACH = 6


@dataclass(frozen=True, slots=True)
class Trip:
    """A traveller's place and day; `sentence` is the number of the sentence that tells them."""

    sentence: int
    person_id: str
    when: When | None
    where: Where
    is_visit: bool


def find_trip(shape: Shape, sentence: int, status: str = "held") -> Trip | None:
    """The trip that a sentence tells of one named person; None where it tells none, or no place of it."""
    match = load_pattern("trip").search(shape.text)
    if match is None or load_pattern("no-trip").search(shape.text[: match.start()]):
        return None
    subject = find_subject(shape, match.start())
    where = find_where(shape, match.start(), match.end())
    travellers = [p.person_id for party in subject.parties for p in party.participants] if subject else []
    if where is None or len(travellers) != 1 or travellers[0] is None:
        return None
    when = find_when(shape, match.start(), match.end(), status, None)
    is_visit = bool(load_pattern("visit").fullmatch(match[0]))
    return Trip(sentence, travellers[0], when, where, is_visit)
