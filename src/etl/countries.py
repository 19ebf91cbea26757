"""Countries in English news: names, demonyms and the capitals that stand for governments; codes are ISO 3166-1 alpha-3.

States that are gone carry the code that ISO 3166-3 keeps of them (SUN, YUG, CSK, DDR, SCG). Names that English uses
for something else as well are listed in AMBIGUOUS with what settles them; whoever reads the hits applies it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from etl.data import DataError, read_csv, read_toml
from etl.scan import SHIELD, Entry

COLUMNS = ("iso3", "name", "aliases", "demonyms", "capital")

# Surfaces of several countries: they give one hit for each, and whoever needs one country takes none.
# "US" and "U.S." stand both as a name and as a demonym; Brussels and Geneva stand for organizations and are no capital
# here. Names that are a person's too (Jordan, Chad, Georgia, Israel, Washington) give country hits all the same: the
# people layer reads them as surnames after a given name or a title ("Michael Jordan", "Mr. Jordan").
AMBIGUOUS = frozenset({"Congolese"})


@dataclass(frozen=True, slots=True)
class Country:
    """One row of data/countries.csv. `capitals` are the names by which its government goes."""

    iso3: str
    name: str
    aliases: tuple[str, ...]
    demonyms: tuple[str, ...]
    capitals: tuple[str, ...]


@cache
def load_countries() -> dict[str, Country]:
    """Countries by code, in the order of data/countries.csv. Raises DataError where a code stands twice."""
    countries: dict[str, Country] = {}
    for row in read_csv("countries.csv", COLUMNS):
        if row["iso3"] in countries:
            raise DataError(f"countries.csv: {row['iso3']} stands there twice")
        lists = (tuple(filter(None, row[column].split(";"))) for column in COLUMNS[2:])
        countries[row["iso3"]] = Country(row["iso3"], row["name"], *lists)
    return countries


def lexicon_entries() -> Iterator[Entry]:
    """Entries of the kinds country, demonym and capital, all cased; the value is the code.

    Longer names that hold a country's and are something else (Latin America) are shields: they hide it.
    """
    for country in load_countries().values():
        surfaces = {
            "country": (country.name, *country.aliases),
            "demonym": country.demonyms,
            "capital": country.capitals,
        }
        for kind, names in surfaces.items():
            for name in names:
                yield Entry(name, kind, country.iso3)
                if name.startswith("the "):
                    yield Entry("T" + name[1:], kind, country.iso3)
    for kind, shields in read_toml("shields.toml").items():
        for shield in shields:
            yield Entry(shield, kind, SHIELD)
