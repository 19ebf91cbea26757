"""The place of a caption, a text that the document's scan does not reach."""

from __future__ import annotations

import re

from etl.places.gazetteer import load_gazetteer
from etl.places.venues import resolve_venue
from etl.scan import fold_text
from etl.spans import PlaceMention

_IN_NAME = re.compile(r"\bin (?:the )?((?:[A-Z][\w'-]+ ?){1,3})")
MUCH_LARGER = 4


def find_caption_place(text: str) -> PlaceMention | None:
    """The venue or city that a caption names as its place; offsets count in `text`. None where it names none, or where
    cities of several countries share the name."""
    shape = fold_text(text)
    venue = resolve_venue(shape)
    if venue is not None:
        surface = next(fold_text(s) for s in sorted(venue.surfaces, key=len, reverse=True) if fold_text(s) in shape)
        start = shape.index(surface)
        end = start + len(surface)
        return PlaceMention(start, end, text[start:end], venue.city, venue.country, venue.name)
    cities = load_gazetteer().cities
    for match in _IN_NAME.finditer(shape):
        words = match[1].split()
        for count in range(len(words), 0, -1):
            options = cities.get(" ".join(words[:count]), ())
            if options and (len(options) == 1 or options[0].population >= MUCH_LARGER * options[1].population):
                start = match.start(1)
                end = start + len(" ".join(words[:count]))
                return PlaceMention(start, end, text[start:end], options[0].name, options[0].country)
    return None
