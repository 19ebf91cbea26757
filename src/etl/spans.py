"""Places in a body and what the layers find there. Offsets count code points in `articles.body`, half open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple


class Span(NamedTuple):
    """`body[start:end]`."""

    start: int
    end: int


class Hit(NamedTuple):
    """A lexicon entry that the scan met: its place, the lexicon (`kind`) and the entry (`value`)."""

    start: int
    end: int
    kind: str
    value: str


class Person(NamedTuple):
    """Somebody the document names: of the registry, or x- and the slug of the fullest name in the text."""

    person_id: str
    name: str
    country: str | None = None
    gender: str | None = None  # "f", "m" or None: for pronouns only
    role: str | None = None  # office at the reference date, or the one that the text gives
    wikidata_qid: str | None = None


class PersonMention(NamedTuple):
    """Words that refer to a person. `head_start` is where the name begins after titles ("President [Putin]").

    `basis` is name, role, pronoun or counterpart. `person` is null where a role names nobody known;
    `role` and `country` are what these words say ("the Syrian president": president, SYR).
    """

    start: int
    end: int
    head_start: int
    text: str
    person: Person | None
    basis: str
    role: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date expression and the days that it allows; all dates null where nothing fixes them ("Wednesday").

    `edtf` may stand without dates (XXXX-03-16). `basis` is explicit, relative or none. `origin` is the expression that
    gives the day of one that only refers to it: "that day" behind "March 16".
    """

    start: int
    end: int
    text: str
    date_start: date | None
    date_end: date | None
    precision: str
    edtf: str | None
    basis: str
    origin: DateMention | None = None


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place named as a place: a city, a country or a venue; what it implies stands beside it."""

    start: int
    end: int
    text: str
    city: str | None
    country: str | None
    venue: str | None = None
    geonames_id: int | None = None
