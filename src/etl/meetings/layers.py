"""The lower layers of the package as the resolver's facts."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from etl.dates import build_edtf
from etl.meetings.facts import RuleFacts
from etl.mentions import describe_rule, find_occasion
from etl.places import find_geonames_id, resolve_venue


class LayerFacts:
    """Facts by the rules and lexicons of the package."""

    def describe_rule(self, rule_id: str) -> RuleFacts:
        return describe_rule(rule_id)

    def find_occasion(self, text: str) -> str | None:
        return find_occasion(text)

    def resolve_venue(self, place_text: str) -> str | None:
        venue = resolve_venue(place_text)
        return venue.name if venue is not None else None

    def find_geonames_id(self, city: str, country: str | None) -> int | None:
        return find_geonames_id(city, country)

    def build_edtf(
        self, date_start: date | None, date_end: date | None, precision: str, date_text: str | None
    ) -> str | None:
        return _build_edtf(date_start, date_end, precision, date_text)


# "on Monday" and the like stand in thousands of mentions.
_build_edtf = lru_cache(maxsize=10_000)(build_edtf)
