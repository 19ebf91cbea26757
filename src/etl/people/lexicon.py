"""Titles, given names and other words that names are told by, and the entries of the people layer for the scanner."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from etl.data import DataError, check_keys, read_toml
from etl.people.registry import load_registry
from etl.people.roles import COUNTERPART, list_plural_surfaces, load_roles
from etl.people.spellings import PARTICLES, list_spellings
from etl.scan import SHIELD, Entry, fold_text

__all__ = ["lexicon_entries", "list_plural_surfaces", "load_name_words", "load_titles"]

NAME_WORD_LISTS = (
    *("small", "things", "surnames_too", "attributive", "regions", "particles", "dropped"),
    *("complement", "before_things"),
    *("family_first", "also_western", "family_first_countries", "turned_countries", "neutral", "former", "deputy"),
)


@dataclass(frozen=True, slots=True)
class Title:
    """One row of data/titles.toml."""

    forms: tuple[str, ...]
    gender: str | None = None
    given: bool = False
    role: str | None = None
    trade: str | None = None


@dataclass(frozen=True, slots=True)
class NameWords:
    """Words of data/name_words.toml and given_names.toml, accents folded. `given` gives the gender, None where open."""

    small: frozenset[str]
    things: frozenset[str]
    surnames_too: frozenset[str]
    attributive: frozenset[str]
    before_things: frozenset[str]
    given: dict[str, str | None]
    common: frozenset[str]
    places: frozenset[str]
    # All that may have to be cut from a run of capitalised words.
    doubtful: frozenset[str]


@cache
def load_titles() -> dict[str, Title]:
    """Titles by surface. Raises DataError where the file is wrong or a surface stands there twice."""
    titles: dict[str, Title] = {}
    for row in read_toml("titles.toml")["title"]:
        check_keys(row, "titles.toml", ("forms",), ("gender", "given", "role", "trade"))
        title = Title(
            tuple(row["forms"]), row.get("gender"), row.get("given", False), row.get("role"), row.get("trade")
        )
        for form in title.forms:
            if titles.setdefault(form, title) is not title:
                raise DataError(f"titles.toml: {form!r} stands there twice")
    return titles


@cache
def load_name_words() -> NameWords:
    """The words that names are told by. Raises DataError where a file lacks a list."""
    words, given = read_toml("name_words.toml"), read_toml("given_names.toml")
    check_keys(words, "name_words.toml", NAME_WORD_LISTS)
    check_keys(given, "given_names.toml", ("male", "female", "either", "common", "places"))
    genders: dict[str, str | None] = dict.fromkeys(_fold(given["male"]), "m")
    genders |= dict.fromkeys(_fold(given["female"]), "f")
    genders |= dict.fromkeys(_fold(given["either"]), None)
    small, things = frozenset(_fold(words["small"])), frozenset(_fold(words["things"]))
    return NameWords(
        small=small,
        things=things,
        surnames_too=frozenset(_fold(words["surnames_too"])),
        attributive=frozenset(words["attributive"]),
        before_things=frozenset(words["before_things"]),
        given=genders,
        common=frozenset(_fold(given["common"])),
        places=frozenset(_fold(given["places"])),
        doubtful=small | things | PARTICLES,
    )


def _fold(names: Iterable[str]) -> list[str]:
    return [fold_text(name) for name in names]


def lexicon_entries() -> Iterator[Entry]:
    """Entries of the kinds person, surname (of those whom it names alone), title, role, function and region.

    The value is the person_id, the title's first surface, the canonical role or the country. Plurals are roles too.
    """
    for known in load_registry():
        for spelling in known.list_spellings():
            if load_registry().find_name(spelling) is known:
                yield Entry(spelling, "person", known.person.person_id)
        if known.bare:
            for spelling in list_spellings(known.surname):
                yield Entry(spelling, "surname", known.person.person_id)
    for surface, title in load_titles().items():
        yield Entry(surface, "title", title.forms[0])
    for role in load_roles().values():
        kind = "function" if role.functional else "role"
        for surface in dict.fromkeys((*role.forms, *role.plurals)):
            yield Entry(surface, kind, role.value, cased=False)
    for region in read_toml("name_words.toml")["regions"]:
        yield Entry(region, "region", "USA")
    for shield in read_toml("roles.toml")["shields"]:
        yield Entry(shield, "role", SHIELD, cased=False)
    yield Entry(COUNTERPART, "function", COUNTERPART, cased=False)
    yield Entry(COUNTERPART + "s", "function", COUNTERPART, cased=False)
    yield Entry("opposite number", "function", COUNTERPART, cased=False)
    yield Entry("opposite numbers", "function", COUNTERPART, cased=False)
