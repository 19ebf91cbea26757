"""Places that no gazetteer has, told by the country behind them: "in Sagadi, Estonia, on Monday"."""

from __future__ import annotations

import re
from typing import NamedTuple

from etl.scan import Hits
from etl.spans import Hit

REACH = 70
_PREPOSITIONS = "on|for|to|with|where|when|and|at|from|during|after|last|this|late|early|as|that|who"
_NAME = r"(?:[A-Z][\w'’-]+)(?:[ -](?:[A-Z][\w'’-]+|de|del|la|el|al|am|an der|on|upon)){0,3}"
BEFORE = re.compile(rf"\b(?P<where>[Ii]n|[Aa]t|[Nn]ear|[Oo]utside) (?P<name>{_NAME}), (?:the )?$")
ENDS = (", ", ", the ")  # of what BEFORE finds
BEHIND = re.compile(rf"[,;.)]|$|\n| (?:{_PREPOSITIONS}|earlier|ahead|today|next)\b")
# No city: "in Kochi Prefecture, Japan".
NO_TOWN = re.compile(
    r"\b(?:Islands?|Provinces?|Regions?|County|Prefecture|State|Bay|Valley|District|Governorate|Oblast|Lake|Mount)\b"
)
# What may stand before a country and is no place: "in March, Peru said no".
NO_PLACES = ("month", "weekday", "country", "organization", "person", "surname", "demonym")
# Behind a country that does not say where a city lies, but takes part: it has a verb, or others beside it.
LISTED = re.compile(rf"(?:,? and|,) [A-Z]| (?!(?:{_PREPOSITIONS}|in|by)\b)[a-z]")
OWNER = re.compile(r"['’]s?\b|['’](?= )")


class Unknown(NamedTuple):
    """The name `body[start:end]`; `is_town` is False where the words say that it is no city."""

    start: int
    end: int
    is_town: bool


def find_unknown(body: str, country: Hit, hits: Hits) -> Unknown | None:
    """The name before a country's, where the two are one place. Behind "at" stands a site rather than a town."""
    if not body.endswith(ENDS, 0, country.start):  # most countries, told without the slow look back
        return None
    ahead = BEFORE.search(body, max(0, country.start - REACH), country.start)
    if ahead is None or is_owner(body, country.end) or BEHIND.match(body, country.end) is None:
        return None
    if any(hits.within(kind, ahead.start("name"), country.start) for kind in NO_PLACES):
        return None
    return Unknown(*ahead.span("name"), ahead["where"].lower() != "at" and not NO_TOWN.search(ahead["name"]))


def is_listed(body: str, end: int) -> bool:
    """True if a country that ends at `end` takes part, rather than says where the city before it lies."""
    return LISTED.match(body, end) is not None


def is_owner(body: str, end: int) -> bool:
    """True if the name that ends at `end` is an owner: "in Helsinki, Finland's president"."""
    return OWNER.match(body, end) is not None
