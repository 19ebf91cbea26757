"""The subject of a trigger: the parties before it that its clause is about."""

from __future__ import annotations

import re
from typing import NamedTuple

from etl.mentions.party import Party
from etl.mentions.patterns import load_pattern
from etl.mentions.shapes import P, Shape

REACH, LIST_REACH = 190, 190


class Subject(NamedTuple):
    """The parties of the subject, and where they begin and end in the shape."""

    parties: tuple[Party, ...]
    start: int
    end: int


def find_subject(shape: Shape, start: int) -> Subject | None:
    """The subject of the verb or noun at `start` of the shape; None where no party stands before it in its clause."""
    text = shape.text
    floor, last = max(0, start - REACH), start
    while (at := _find_last_party(text, floor, last)) >= 0:
        party = shape.party_at(at)
        between = text[at + 1 : start]
        if between.endswith(" to ") and load_pattern("others-do").search(between):
            return None
        if (
            party is None
            or load_pattern("reports").search(between)
            or load_pattern("clause").search(
                load_pattern("relative").sub("", between + ("," if between.startswith(" who") else ""))
            )
        ):
            return None
        ahead = text[max(0, at - 90) : at]
        aside = load_pattern("open-relative").search(ahead) and "," in between
        follows = load_pattern("preposition").search(ahead) and not load_pattern("voiced-by").search(ahead)
        follows = follows and not re.match(r",? who ", between)
        follows = follows and not (party.kind == "pronoun" and party.size)  # "as he met B"
        if load_pattern("verb-follows").match(between) and load_pattern("conjunction").search(ahead):
            follows = False  # "after A met B"
        if load_pattern("second-verb").search(between) and load_pattern("object-of-verb").search(ahead):
            follows = True  # "A will meet B, and has met C"
        modifies = party.kind in ("pair", "format")
        modifies = modifies or bool(load_pattern("made-of").search(ahead))
        if not (modifies or party.possessive or aside or follows or re.match(r"['’]s?\W", between)):
            return _collect(shape, at, between)
        last = at
    return None


def find_right_subject(shape: Shape, start: int, behind: int) -> Subject | None:
    """In a meeting with B on Monday, A said: the party behind the comma after `behind`, where the noun leads."""
    if not load_pattern("leads").match(shape.text[:start]):
        return None
    match = load_pattern("right-subject").match(shape.text[behind:])
    if match is None or not re.search(r",\s*$|^,", match["rest"]):
        return None
    if not load_pattern("heads-clause").match(shape.text[behind + match.end("a") :]):
        return None
    first, last = behind + match.start("a"), behind + match.end("a")
    return Subject(tuple(shape.list_parties(first, last)), first, last)


def _find_last_party(text: str, floor: int, last: int) -> int:
    found = [match.start() for match in re.finditer(P, text[floor:last])]
    return floor + found[-1] if found else -1


def _collect(shape: Shape, at: int, behind: str) -> Subject:
    """The list of parties that ends at `at`: A, B and C; `behind` may hold more of it ("and officials")."""
    goes_on = load_pattern("more-behind").match(behind)
    text = shape.text
    first = at
    parties = [shape.party_at(at)]
    while (previous := _find_last_party(text, max(0, first - LIST_REACH), first)) >= 0:
        joined, between = shape.party_at(previous), text[previous + 1 : first]
        link = load_pattern("link").search(between)
        if joined is None or joined.possessive or link is None:
            break
        if link.start() > 0 and not load_pattern("apposed").match(between[: link.start()]):
            break
        # "In a meeting with B, A": a comma alone begins no list.
        if len(parties) == 1 and not goes_on and not load_pattern("link-word").search(between[link.start() :]):
            break
        parties.append(joined)
        first = previous
    return Subject(tuple(party for party in reversed(parties) if party), first, at + 1)
