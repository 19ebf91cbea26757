"""Venues of data/venues.toml: buildings and sites whose city is known by their name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from etl.data import DataError, check_keys, read_toml
from etl.scan import fold_text

FILE = "venues.toml"


@dataclass(frozen=True, slots=True)
class Venue:
    """A building or site. `city` is null where the site lies in none."""

    name: str
    aliases: tuple[str, ...]
    city: str | None
    country: str

    @property
    def surfaces(self) -> tuple[str, ...]:
        """The name and its aliases."""
        return (self.name, *self.aliases)


@cache
def load_venues() -> dict[str, Venue]:
    """Venues by name. Raises DataError where a name stands twice or the file says anything unknown."""
    venues: dict[str, Venue] = {}
    table = read_toml(FILE)
    check_keys(table, FILE, ("venue",))
    for row in table["venue"]:
        check_keys(row, f"{FILE}: {row.get('name')}", ("name", "aliases", "country"), ("city",))
        if row["name"] in venues:
            raise DataError(f"{FILE}: {row['name']} stands there twice")
        venues[row["name"]] = Venue(row["name"], tuple(row["aliases"]), row.get("city"), row["country"])
    return venues


@cache
def _compile_surfaces() -> tuple[re.Pattern[str], dict[str, Venue]]:
    by_surface = {fold_text(surface): venue for venue in load_venues().values() for surface in venue.surfaces}
    names = sorted(by_surface, key=lambda name: (-len(name), name))
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, names)) + r")(?!\w)"), by_surface


def resolve_venue(place_text: str | None) -> Venue | None:
    """The venue that a place text names ("Moscow's Vnukovo airport"), or None."""
    if not place_text:
        return None
    pattern, by_surface = _compile_surfaces()
    match = pattern.search(fold_text(place_text))
    return by_surface[match[0]] if match else None
