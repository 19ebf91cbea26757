"""The country of an office that nobody is named for, by the body it belongs to: "Peru's Border Guard Commander"."""

from __future__ import annotations

from typing import NamedTuple

from etl.mentions.groups import list_owners
from etl.mentions.patterns import load_pattern
from etl.scan import Hits
from etl.spans import Hit

REACH = 80


class Body(NamedTuple):
    """Where an office begins and ends with its body, and the country or organization that owns it."""

    start: int
    end: int
    owner: Hit


def find_body(text: str, start: int, end: int, hits: Hits) -> Body | None:
    """The body before or behind the office `text[start:end]`; None where the text names none. Offsets in the body."""
    for owner in reversed(list_owners(hits, max(0, start - REACH), start)):
        if load_pattern("body-ahead").fullmatch(text, owner.end, start):
            return Body(owner.start, end, owner)
        if load_pattern("among-officials").fullmatch(text, owner.end, start):
            return Body(start, end, owner)
    link = load_pattern("body-behind").match(text, end)
    if link is None:
        return None
    for owner in list_owners(hits, link.end(), link.end() + REACH):
        if not load_pattern("body-lead").fullmatch(text, link.end(), owner.start):
            return None
        name = load_pattern("body-name").match(text, owner.end)
        if name is None and owner.start > link.end():
            return Body(start, owner.end, owner)
        return Body(start, name.end(), owner) if name and not load_pattern("beyond-body").search(name[0]) else None
    return None
