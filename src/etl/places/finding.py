"""Places of a body: cities, countries and venues where the text uses them as places, not as governments."""

from __future__ import annotations

import re
from collections import Counter

from etl.countries import AMBIGUOUS
from etl.document import Document
from etl.places.gazetteer import City, Gazetteer
from etl.places.unknown import find_unknown, is_listed, is_owner
from etl.scan import Hits
from etl.spans import Hit, PlaceMention

# A city of several countries that the text does not settle is the largest one, if it is this many times larger.
MUCH_LARGER = 4
# A smaller city counts only where the text names its country, or where places.toml names it.
SMALL = 100_000
NOT_A_CITY = re.compile(r"^ (?:Times|Post|Tribune|Herald|Daily|Institute|University|United|Airlines)\b")
CAPITAL_PHRASE = re.compile(r"^(?:['’]s)? capital\b(?: (?:city )?(?:of )?(?=[A-Z])|, (?=[A-Z]))?")
# A town that no gazetteer needs to know: "in the Mongolian town of Darkhan".
TOWN_PHRASE = re.compile(
    r" (?:[a-z-]+ ){0,2}?(?:city|town|village|resort|port) of ((?:[A-Z][\w'’-]+)(?: [A-Z][\w'’-]+){0,2})"
)
JOINT = re.compile(r"(?:,? and |, | & )$")


def find_places(document: Document, hits: Hits, gazetteer: Gazetteer) -> tuple[PlaceMention, ...]:
    """All places of the body, sorted, not overlapping."""
    countries = Counter(hit.value for kind in ("country", "demonym", "capital") for hit in hits.of(kind))
    found: list[PlaceMention] = []
    taken = 0
    for hit in _list_candidates(document.body, hits, gazetteer):
        if hit.start < taken:
            continue
        place = _read_place(document.body, hit, hits, gazetteer, countries, found[-1] if found else None)
        if place is not None:
            found.append(place)
            taken = place.end
    return tuple(found)


def _list_candidates(body: str, hits: Hits, gazetteer: Gazetteer) -> list[Hit]:
    """Hits that may be places, by start; a venue before a city before a country, the longer before the shorter."""
    order = {"venue": 0, "city": 1, "country": 2, "region": 3, "demonym": 4}
    candidates: list[Hit] = []
    for kind in ("venue", "city", "country", "region"):
        candidates += hits.of(kind)
    candidates += [
        hit for hit in hits.of("demonym") if body.startswith(" capital", hit.end) or TOWN_PHRASE.match(body, hit.end)
    ]
    return sorted(candidates, key=lambda hit: (hit.start, -hit.end, order[hit.kind]))


def _is_part_of_a_name(hit: Hit, hits: Hits) -> bool:
    """True if a longer name of a person holds the words."""
    return any(
        other.start < hit.end and hit.start < other.end and other.end - other.start > hit.end - hit.start
        for kind in ("person", "surname")
        for other in hits.within(kind, hit.start - 60, hit.end + 60)
    )


def _read_place(
    body: str, hit: Hit, hits: Hits, gazetteer: Gazetteer, countries: Counter[str], before: PlaceMention | None
) -> PlaceMention | None:
    if hit.kind == "demonym":
        return _read_capital(body, hit, hits, gazetteer) or _read_town(body, hit, hits, gazetteer)
    if hit.kind == "country" and (capital := _read_capital(body, hit, hits, gazetteer)) is not None:
        return capital
    if hit.kind in ("country", "region") and (unknown := _read_unknown(body, hit, hits, gazetteer, before)) is not None:
        return unknown
    if not _is_located(body, hit, gazetteer, before) or _is_part_of_a_name(hit, hits):
        return None
    if hit.kind == "venue":
        venue = gazetteer.venues[hit.value]
        return _build(body, hit.start, hit.end, venue.city, venue.country, gazetteer, venue.name)
    if hit.kind == "city":
        return _read_city(body, hit, hits, gazetteer, countries)
    if body[hit.start : hit.end] in AMBIGUOUS:
        return None
    return _build(body, hit.start, hit.end, None, hit.value, gazetteer)


def _read_unknown(
    body: str, hit: Hit, hits: Hits, gazetteer: Gazetteer, before: PlaceMention | None
) -> PlaceMention | None:
    found = find_unknown(body, hit, hits)
    if found is None or (before is not None and before.end > found.start):
        return None
    is_town = found.is_town and body[found.start : found.end] not in gazetteer.stop
    name = body[found.start : found.end] if is_town else None
    return _build(body, found.start, hit.end, name, hit.value, gazetteer)


def _is_located(body: str, hit: Hit, gazetteer: Gazetteer, before: PlaceMention | None) -> bool:
    kind = "country" if hit.kind == "region" else hit.kind
    # "in Oslo and Bergen": a name joined to a place is one.
    joined = before is not None and hit.start - before.end <= 6 and JOINT.fullmatch(body, before.end, hit.start)
    if joined and kind == ("city" if before is not None and before.city else "country"):
        return True
    ahead = body[max(0, hit.start - 24) : hit.start]
    word = ahead[:-1].rsplit(" ", 1)[-1].lower() if ahead.endswith(" ") else ""
    if word == "in":
        return True
    looks_back = word in gazetteer.openers or word.endswith(("'s", "’s", "s’"))
    for context in gazetteer.contexts:
        if (
            kind in context.kinds
            and (looks_back or context.before is None)
            and context.fits(body, hit.start, hit.end, word)
        ):
            return True
    return False


def _read_city(body: str, hit: Hit, hits: Hits, gazetteer: Gazetteer, countries: Counter[str]) -> PlaceMention | None:
    if NOT_A_CITY.match(body[hit.end : hit.end + 16]) or _is_inside_longer(hit, hits):
        return None
    options = gazetteer.cities[hit.value]
    for land in hits.within("country", hit.start, hit.end):  # "in Venezuela" is no town of Cuba
        if (land.start, land.end) != (hit.start, hit.end):
            continue  # Port of Spain
        options = tuple(option for option in options if option.country == land.value)
    if not options:
        return None
    country, end = _find_country_behind(body, hit, hits)
    if country and is_listed(body, end) and all(option.country != country for option in options):
        country, end = None, hit.end  # "In Geneva, Peru and Chile agreed"
    country = country or _find_country_ahead(body, hit, hits)
    city = _choose_city(options, country, countries)
    if city is None and country is None:
        return None
    if country is None and hit.value not in gazetteer.named and options[0].population < SMALL:
        options = tuple(option for option in options if countries[option.country])
        if not options:
            return None
        city = options[0]
    name = city.name if city else body[hit.start : hit.end]
    return _build(body, hit.start, end, name, country or (city.country if city else None), gazetteer)


def _is_inside_longer(hit: Hit, hits: Hits) -> bool:
    """True if a longer name of a country or an organization holds the city (New Mexico, University of Oslo)."""
    return any(
        other.start <= hit.start and hit.end <= other.end and other.end - other.start > hit.end - hit.start
        for kind in ("country", "organization")
        for other in hits.within(kind, max(0, hit.start - 60), hit.end + 60)
    )


def _find_country_behind(body: str, hit: Hit, hits: Hits) -> tuple[str | None, int]:
    """Country that follows the city ("Trieste, Italy"), and where the place then ends."""
    gap = re.match(r", (?:the )?", body[hit.end : hit.end + 8])
    if gap:
        start = hit.end + gap.end()
        for kind in ("country", "region"):
            for other in hits.within(kind, hit.end + 1, start + 60):
                if other.start in (start, hit.end + 2) and not is_owner(body, other.end):
                    return other.value, other.end
    return None, hit.end


def _find_country_ahead(body: str, hit: Hit, hits: Hits) -> str | None:
    """Country whose city the text calls it ("the Italian city of Trieste", "Italy's Trieste")."""
    for other in hits.within("demonym", max(0, hit.start - 50), hit.start):
        between = body[other.end : hit.start]
        if re.fullmatch(
            r" (?:[a-z]+ )?(?:\w+ )?(?:city|town|capital|resort|port|port city|village)(?: of|,)? ", between
        ):
            return other.value
    for other in hits.within("country", max(0, hit.start - 50), hit.start):
        if re.fullmatch(r"(?:'s|’s) (?:[a-z]+ ){0,2}(?:of )?", body[other.end : hit.start]):
            return other.value
    return None


def _choose_city(options: tuple[City, ...], country: str | None, countries: Counter[str]) -> City | None:
    if country is not None:
        return next((option for option in options if option.country == country), None)
    if len(options) == 1 or options[0].population >= MUCH_LARGER * options[1].population:
        return options[0]
    named = [option for option in options if countries[option.country]]
    if len({option.country for option in named}) == 1:
        return named[0]
    return None


def _read_capital(body: str, hit: Hit, hits: Hits, gazetteer: Gazetteer) -> PlaceMention | None:
    """The Russian capital, Russia's capital: Moscow; with a name behind it ("the capital, Moscow") to its end."""
    capital = gazetteer.capitals.get(hit.value)
    phrase = CAPITAL_PHRASE.match(body[hit.end : hit.end + 24])
    if capital is None or phrase is None or body[hit.start : hit.end] in AMBIGUOUS:
        return None
    start = hit.start - 4 if body[max(0, hit.start - 4) : hit.start].lower() == "the " else hit.start
    end = body.index(" capital", hit.end) + len(" capital")
    for other in hits.within("city", hit.end, hit.end + 40):
        if other.start == hit.end + phrase.end() and any(c.country == hit.value for c in gazetteer.cities[other.value]):
            city = next(c for c in gazetteer.cities[other.value] if c.country == hit.value)
            return _build(body, start, other.end, city.name, hit.value, gazetteer)
    located = re.search(
        r"\b(?:[Ii]n|[Ii]nto|[Tt]o|[Ff]rom|[Aa]t|[Nn]ear|[Ll]eft|[Rr]each\w*|[Vv]isit\w*)\s$",
        body[max(0, start - 12) : start],
    )
    return _build(body, start, end, capital, hit.value, gazetteer) if located else None


def _read_town(body: str, hit: Hit, hits: Hits, gazetteer: Gazetteer) -> PlaceMention | None:
    """A town whose country the text names and that the gazetteer does not have; the others are read as cities."""
    phrase = TOWN_PHRASE.match(body, hit.end)
    if phrase is None or body[hit.start : hit.end] in AMBIGUOUS:
        return None
    start, end = phrase.span(1)
    if any(other.start == start for kind in ("city", "venue") for other in hits.within(kind, start, end + 40)):
        return None
    return _build(body, start, end, body[start:end], hit.value, gazetteer)


def _build(
    body: str,
    start: int,
    end: int,
    city: str | None,
    country: str | None,
    gazetteer: Gazetteer,
    venue: str | None = None,
) -> PlaceMention:
    geonames = gazetteer.ids.get((city, country)) if city and country else None
    return PlaceMention(start, end, body[start:end], city, country, venue, geonames)
