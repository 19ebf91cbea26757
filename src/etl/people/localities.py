"""Countries, demonyms, capitals, states and organizations next to offices, and the country that each gives."""

from __future__ import annotations

from typing import NamedTuple

from etl.organizations import load_organizations
from etl.scan import Hits


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
