"""Places: cities, countries and venues where the text uses them as places, and what GeoNames knows of them."""

from __future__ import annotations

from etl.places.captions import find_caption_place
from etl.places.finding import find_places
from etl.places.gazetteer import City, Gazetteer, find_geonames_id, lexicon_entries, load_gazetteer
from etl.places.headings import find_dateline_city, find_heading_place
from etl.places.venues import Venue, load_venues, resolve_venue

__all__ = [
    "City",
    "Gazetteer",
    "Venue",
    "find_caption_place",
    "find_dateline_city",
    "find_geonames_id",
    "find_heading_place",
    "find_places",
    "lexicon_entries",
    "load_gazetteer",
    "load_venues",
    "resolve_venue",
]
