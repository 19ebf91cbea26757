"""Countries, demonyms, capitals, states and organizations next to offices, and the country that each gives."""

from __future__ import annotations

import re
from typing import NamedTuple

from etl.organizations import load_organizations
from etl.scan import Hits

_JOINT = re.compile(r"(?:,| and|, and) $")
_WORD_BEFORE = re.compile(r"[^\W\d_][\w'.-]*$")


class Place(NamedTuple):
    """A country, demonym, capital, state or organization before or after an office, and the country it gives."""

    start: int
    country: str | None
    kind: str


def list_places(hits: Hits) -> dict[int, Place]:
    """The places by their ends; of two that end together the longer, of two equally long the country, if they agree."""
    organizations = load_organizations()
    places: dict[int, Place] = {}
    for hit in hits.of("organization"):
        known = organizations.get(hit.value)
        places[hit.end] = Place(hit.start, known.country if known else None, "organization")
    for kind in ("region", "capital", "country", "demonym"):
        for start, end, _, value in hits.of(kind):
            other = places.get(end)
            if other is None or start < other.start:
                places[end] = Place(start, value, kind)
            elif start == other.start:
                country = value if other.country in (value, None) else None
                places[end] = Place(start, country, other.kind if other.kind != "organization" else kind)
    return places


class PlacedText:
    """A folded text with its places by their ends: what begins, ends and is joined where."""

    def __init__(self, body: str, places: dict[int, Place]) -> None:
        self.body = body
        self.places = places
        self.place_starts: dict[int, list[int]] = {}
        for end, place in places.items():
            self.place_starts.setdefault(place.start, []).append(end)
        self.genitives = self._list_genitives()

    def is_place(self, start: int) -> bool:
        """True if a country, a demonym, a capital or an organization begins at `start`."""
        return start in self.place_starts

    def is_country(self, start: int) -> bool:
        """True if a country, by its name or an alias, begins at `start`."""
        return any(self.places[end].kind == "country" for end in self.place_starts.get(start, ()))

    def is_demonym(self, start: int) -> bool:
        """True if a demonym begins at `start`: it says where somebody is from, as the name of a country does not."""
        return any(self.places[end].kind == "demonym" for end in self.place_starts.get(start, ()))

    def list_joined(self, start: int) -> list[str | None]:
        """The countries that "and" or a comma joins to the place at `start`: "Russian and" before "Turkish"."""
        countries: list[str | None] = []
        while joint := _JOINT.search(self.body, max(start - 6, 0), start):
            place = self.places.get(joint.start())
            if place is None:
                break
            countries.insert(0, place.country)
            start = place.start
        return countries

    def find_place(self, end: int) -> Place | None:
        """The place that ends at `end`, a genitive's ending aside."""
        return self.places.get(end) or self.genitives.get(end)

    def _list_genitives(self) -> dict[int, Place]:
        """The places by the ends of their genitives: after "Syria's", after "Netherlands'"."""
        found: dict[int, Place] = {}
        for end, place in self.places.items():
            if self.body[end : end + 1] == "'":
                found.setdefault(end + 1, place)
                if self.body[end + 1 : end + 2] == "s":
                    found[end + 2] = place
        return found

    def find_word_before(self, end: int) -> str:
        """The word before the blank before `end`, in small letters; "" where none is, the end of it if it is long."""
        first = max(end - 25, 0)
        word = self.body[self.body.rfind(" ", first, end - 1) + 1 or first : end - 1]
        if self.body[end - 1 : end] != " ":
            return ""
        if not word.isalpha():
            match = _WORD_BEFORE.search(word)
            word = match.group() if match else ""
        return word.lower()
