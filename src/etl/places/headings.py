"""The place that stands above a record of what was said: "Oval Office", "Oslo, Norway"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from etl.countries import load_countries
from etl.places.gazetteer import City, load_gazetteer
from etl.places.venues import resolve_venue
from etl.scan import fold_text
from etl.spans import PlaceMention

_CITY_AND_LAND = re.compile(r"(?P<city>[A-Z][\w .'-]{1,30}), (?P<land>[A-Z][\w .'-]{2,40})")


def find_heading_place(lines: Iterable[str]) -> PlaceMention | None:
    """The first venue or city with its country that the lines name; offsets count in its line. None where none does."""
    for line in lines:
        text = line.strip(" *")
        place = _read_city(fold_text(text), text)
        venue = resolve_venue(text)
        if place is not None:
            return place
        if venue is not None:
            return PlaceMention(0, len(text), text, venue.city, venue.country, venue.name)
    return None


def find_dateline_city(dateline: str) -> City | None:
    """The city of a dateline ("TEHRAN", "New York"), the largest of its name; None where GeoNames has none."""
    name = fold_text(dateline.split(",")[0].strip())
    cities = load_gazetteer().cities
    return next((found[0] for form in (name, name.title()) if (found := cities.get(form))), None)


def _read_city(shape: str, text: str) -> PlaceMention | None:
    found = _CITY_AND_LAND.fullmatch(shape)
    country = _list_lands().get(found["land"].strip(" .")) if found else None
    if found is None or country is None:
        return None
    cities = load_gazetteer().cities.get(found["city"], ())
    city = next((city.name for city in cities if city.country == country), text[: found.end("city")])
    return PlaceMention(0, len(text), text, city, country)


@cache
def _list_lands() -> dict[str, str]:
    """ISO code by folded name of a country, or of a state of the US."""
    lands = {fold_text(state): "USA" for state in load_gazetteer().states}
    for country in load_countries().values():
        for name in (country.name, *country.aliases):
            lands[fold_text(name)] = country.iso3
    return lands
