"""The place that stands above a record of what was said: "Oval Office", "Grand Hotel", "Oslo, Norway"."""

from __future__ import annotations

from collections import Counter

from etl.document import Document
from etl.places.finding import read_city, read_venue
from etl.places.gazetteer import load_gazetteer
from etl.scan import Hits
from etl.spans import PlaceMention

MAX_LINES, MAX_CHARS = 4, 60


def find_heading_place(document: Document, hits: Hits) -> PlaceMention | None:
    """The venue or city in the short lines above the first paragraph; None where they name none."""
    gazetteer = load_gazetteer()
    for paragraph in document.paragraphs[:MAX_LINES]:
        if paragraph.end - paragraph.start > MAX_CHARS:
            return None
        for hit in hits.within("venue", paragraph.start, paragraph.end):
            return read_venue(document.body, hit, gazetteer)
        for hit in hits.within("city", paragraph.start, paragraph.end):
            place = read_city(document.body, hit, hits, gazetteer, Counter())
            if place is not None:
                return place
    return None
