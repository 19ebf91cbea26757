"""Trips: where somebody is, and when, by a sentence that tells no encounter, for the encounters told right after it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from etl.mentions.evidence import When, Where, find_when, find_where
from etl.mentions.patterns import load_pattern
from etl.mentions.shapes import Shape
from etl.mentions.subjects import find_subject
from etl.records import Participant

# Sentences behind the trip in which the traveller is taken to be there.
REACH = 2
NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
LONGEST = 10  # days; a longer trip says little of when somebody was met
# A trip that the first sentence tells is what the article is about, so it reaches further.
LEAD_REACH = 6


@dataclass(frozen=True, slots=True)
class Trip:
    """A traveller's place and day; `sentence` is the number of the sentence that tells them."""

    sentence: int
    traveller: Participant
    when: When | None
    where: Where
    is_visit: bool


def find_trip(shape: Shape, sentence: int, status: str = "held") -> Trip | None:
    """The trip that a sentence tells of one named person; None where it tells none, or no place of it."""
    match = load_pattern("trip").search(shape.text)
    if match is None or load_pattern("no-trip").search(shape.text[: match.start()]):
        return None
    where = find_where(shape, match.start(), match.end())
    traveller = _find_traveller(shape, match.start())
    if where is None or traveller is None:
        return None
    when = find_when(shape, match.start(), match.end(), status, None)
    if when is not None:
        when = _count_days(when, shape.text)
    is_visit = bool(load_pattern("visit").fullmatch(match[0]))
    return Trip(sentence, traveller, when, where, is_visit)


def _find_traveller(shape: Shape, start: int) -> Participant | None:
    """The one named person who travels: the subject of the verb, or the owner of the noun ("Ruiz's visit to Oslo")."""
    owner = load_pattern("holder").search(shape.text, 0, start)
    if owner is not None:
        parties = tuple(shape.list_parties(owner.start("a"), owner.end("a")))
    else:
        subject = find_subject(shape, start)
        parties = subject.parties if subject else ()
    travellers = [participant for party in parties for participant in party.participants]
    return travellers[0] if len(travellers) == 1 and travellers[0].person_id is not None else None


def _count_days(when: When, text: str) -> When:
    """The days of a trip: "a three-day visit that starts on Monday" runs from Monday to Wednesday."""
    lasting, first = load_pattern("lasting").search(text), when.start
    if lasting is None or first is None or when.precision != "day":
        return when
    days = NUMBERS.get(lasting["number"].lower()) or int(lasting["number"])
    return replace(when, end=first + timedelta(days - 1), precision="range") if 1 < days <= LONGEST else when
