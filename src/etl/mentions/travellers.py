"""Who went to the other side: "Ana Ruiz travelled to Peru, and talks were held between the two sides"."""

from __future__ import annotations

from dataclasses import replace

from etl.countries import load_countries
from etl.document import Document
from etl.mentions.participants import build_person
from etl.mentions.party import Party
from etl.mentions.patterns import load_pattern
from etl.people import Cast
from etl.records import Participant


def name_traveller(document: Document, cast: Cast, party: Party, found: list[Participant]) -> list[Participant]:
    """ "Ana Ruiz travelled to Peru, and talks were held between the two sides": she for her country's side."""
    if not all(participant.basis == "delegation" for participant in found):
        return found
    start = document.sentence_at(party.start).start
    named = [m for m in cast.within(start, party.start) if m.person and m.basis == "name"]
    last = named[-1] if named else None
    if last is None or last.person is None or not load_pattern("trip").match(document.masked, last.end + 1):
        return found
    person = last.person
    home = person.country or _find_home(document, found, last.end, party.start)
    words = document.body[party.start : party.end]
    traveller = replace(build_person(person, party, words, "group"), country=home)
    return [traveller if home and p.country == home else p for p in found]


def _find_home(document: Document, sides: list[Participant], start: int, end: int) -> str | None:
    """The one of two countries to which the traveller did not go; None where the text names both or neither."""
    known, text = load_countries(), document.masked[start:end]
    names = {p.country: (known[p.country].name, *known[p.country].aliases) for p in sides if p.country}
    there = [country for country in names if any(name in text for name in names[country])]
    others = [p.country for p in sides if p.country not in there]
    return others[0] if len(there) == 1 == len(others) else None
