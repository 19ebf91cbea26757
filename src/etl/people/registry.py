"""The persons of public life that the package knows: their names, their offices, and who held one on a day."""

from __future__ import annotations

import calendar
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from etl.data import DataError, read_csv
from etl.people.roles import load_roles
from etl.people.spellings import (
    are_one_name,
    build_key,
    has_all_given,
    list_spellings,
    normalise_word,
    surname_of,
    turn_name,
)
from etl.scan import fold_text
from etl.spans import Person

# One fact a line, for a text editor. people: name is the one that English reference works use; gender f, m or empty;
# country by ISO 3166-1 alpha-3; wikidata_qid only where checked; bare is "yes" where the surname names nobody else.
# offices: from and until are a day, a month or a year; both empty where only the office is known, until empty where the
# term had no end on KNOWN_UNTIL; country is empty for offices of international bodies; source may stay empty.
PEOPLE_COLUMNS = ("person_id", "name", "gender", "country", "wikidata_qid", "bare")
ALIAS_COLUMNS = ("person_id", "alias")
OFFICE_COLUMNS = ("person_id", "role", "country", "from", "until", "source")

# offices.csv was written with what was known on this day: an office without an end is told up to it, not beyond.
KNOWN_UNTIL = date(2025, 6, 30)
_SHORT_DAYS = 200


@dataclass(frozen=True, slots=True)
class Office:
    """One term. `first` and `last` are the outermost days that the file allows; both None where it gives no dates."""

    person_id: str
    role: str
    country: str | None
    first: date | None
    last: date | None

    def holds(self, day: date) -> bool:
        """True if the person may have held the office on `day`."""
        return self.first is not None and self.first <= day <= (self.last or KNOWN_UNTIL)

    def may_hold(self, day: date) -> bool:
        """True also beyond KNOWN_UNTIL for a term without an end: what a text must say itself ("President Putin")."""
        return self.first is not None and self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Known:
    """A person of the registry. `bare`: in news the surname alone names this person."""

    person: Person
    aliases: tuple[str, ...]
    offices: tuple[Office, ...]
    bare: bool

    def list_spellings(self) -> list[str]:
        """The surfaces of name and aliases, and of the name with the family name on its other side."""
        turned = turn_name(self.person.name, self.person.country)
        names = (self.person.name, *self.aliases, *([turned] if turned else []))
        return [spelling for name in names for spelling in list_spellings(name)]

    @property
    def surname(self) -> str:
        """What the person is cited by: Putin, al-Assad, bin Salman, Xi."""
        return surname_of(self.person.name, self.person.country)


def _list_surnames(entry: Known) -> list[str]:
    """The surname and its other spellings: those of aliases that begin with the same given name (Ghalibaf, Qalibaf)."""
    given = normalise_word(entry.person.name.split()[0])
    cited = [
        entry.surname,
        *(
            surname_of(alias, entry.person.country)
            for alias in entry.aliases
            if normalise_word(alias.split()[0]) == given
        ),
    ]
    return list(dict.fromkeys(normalise_word(name.split()[-1]) for name in cited))


class Registry:
    """Persons by id and offices by role and country."""

    def __init__(self, known: dict[str, Known]) -> None:
        self._known = known
        self._terms: dict[tuple[str, str | None], list[Office]] = defaultdict(list)
        surnames: dict[str, list[Known]] = defaultdict(list)
        self._names: dict[str, Known] = {}
        for entry in known.values():
            for name in (entry.person.name, *entry.aliases):
                self._names |= dict.fromkeys((fold_text(spelling).lower() for spelling in list_spellings(name)), entry)
        for entry in known.values():  # a name of somebody else comes before one that is turned round
            for spelling in entry.list_spellings():
                self._names.setdefault(fold_text(spelling).lower(), entry)
        self._given: dict[str, list[str]] = defaultdict(list)
        for entry in known.values():
            self._given[normalise_word(entry.person.name.split()[0])].append(entry.person.person_id)
            for surname in _list_surnames(entry):
                surnames[surname].append(entry)
            for office in entry.offices:
                self._terms[office.role, office.country].append(office)
        self._surnames = {surname: tuple(bearers) for surname, bearers in surnames.items()}

    def __iter__(self) -> Iterator[Known]:
        return iter(self._known.values())

    def person(self, person_id: str) -> Person | None:
        """The person with this id, without a role: that depends on the day."""
        entry = self._known.get(person_id)
        return entry.person if entry else None

    def known(self, person_id: str) -> Known | None:
        """All that the registry says of a person."""
        return self._known.get(person_id)

    def find_name(self, name: str) -> Known | None:
        """The person whose name or alias this is, accents and case aside."""
        return self._names.get(fold_text(name).lower())

    def find_spelling(self, name: str) -> Known | None:
        """The one person of whom `name`, with all its given names, is a spelling."""
        key = build_key(name)
        alike = [
            known
            for known in self.bearers(key.surname)
            if are_one_name(key, known_key := build_key(known.person.name)) and has_all_given(key, known_key)
        ]
        return alike[0] if len(alike) == 1 else None

    def bearers(self, surname: str) -> tuple[Known, ...]:
        """Everybody whose surname ends in this word, as normalise_word writes it."""
        return self._surnames.get(surname, ())

    def namesakes(self, given: str) -> tuple[Known, ...]:
        """Everybody whose name begins with this word, as normalise_word writes it."""
        return tuple(self._known[person_id] for person_id in self._given.get(given, ()))

    def holder(self, role: str, country: str | None, day: date) -> Person | None:
        """Who held the office on `day`; None where the table names nobody or several, or several hold it at once."""
        known = load_roles().get(role)
        if known is None or known.many:
            return None
        holders = {office.person_id for office in self._terms.get((role, country), ()) if office.holds(day)}
        return self._known[holders.pop()].person if len(holders) == 1 else None

    def roles(self, person_id: str, day: date | None) -> tuple[Office, ...]:
        """The person's offices on `day`; where `day` is None, all but the short ones and those held beside a longer."""
        entry = self._known.get(person_id)
        if entry is None:
            return ()
        if day is None:
            return tuple(office for office in entry.offices if not _is_minor(office, entry.offices))
        return tuple(office for office in entry.offices if office.holds(day))


def _is_minor(office: Office, offices: tuple[Office, ...]) -> bool:
    """True for an office of some months, or held beside another of the same person all the time."""
    if office.first is None or len(offices) == 1:
        return False
    last = office.last or KNOWN_UNTIL
    if office.last and (last - office.first).days < _SHORT_DAYS:
        return True
    return any(
        other.role != office.role
        and other.first
        and other.first <= office.first
        and last <= (other.last or KNOWN_UNTIL)
        for other in offices
        if (other.first, other.last) != (office.first, office.last)
    )


@cache
def load_registry() -> Registry:
    """The registry of data/people.csv, aliases.csv and offices.csv. Raises DataError where a row is wrong."""
    aliases: dict[str, list[str]] = defaultdict(list)
    for row in read_csv("aliases.csv", ALIAS_COLUMNS):
        aliases[row["person_id"]].append(row["alias"])
    offices: dict[str, list[Office]] = defaultdict(list)
    for row in read_csv("offices.csv", OFFICE_COLUMNS):
        offices[row["person_id"]].append(_parse_office(row))
    known: dict[str, Known] = {}
    for row in read_csv("people.csv", PEOPLE_COLUMNS):
        person_id = row["person_id"]
        if person_id in known:
            raise DataError(f"people.csv: {person_id} stands there twice")
        known[person_id] = _build_known(row, tuple(aliases.pop(person_id, ())), tuple(offices.pop(person_id, ())))
    if aliases or offices:
        raise DataError(f"aliases.csv, offices.csv: no such person in people.csv: {sorted({*aliases, *offices})}")
    return Registry(known)


def _build_known(row: dict[str, str], aliases: tuple[str, ...], offices: tuple[Office, ...]) -> Known:
    if row["gender"] not in ("f", "m", "") or row["bare"] not in ("yes", ""):
        raise DataError(f"people.csv: {row['person_id']}: gender is f, m or empty, bare is yes or empty")
    person = Person(
        person_id=row["person_id"],
        name=row["name"],
        country=row["country"] or None,
        gender=row["gender"] or None,
        wikidata_qid=row["wikidata_qid"] or None,
    )
    return Known(person, aliases, offices, row["bare"] == "yes")


def _parse_office(row: dict[str, str]) -> Office:
    first, last = _bound(row["from"], last=False), _bound(row["until"], last=True)
    if (first is None and last is not None) or (first and last and last < first):
        raise DataError(f"offices.csv: {row['person_id']}, {row['role']}: from {row['from']!r} until {row['until']!r}")
    return Office(row["person_id"], row["role"], row["country"] or None, first, last)


def _bound(text: str, *, last: bool) -> date | None:
    """The first or the last day of a year, a month or a day written as in ISO 8601."""
    if not text:
        return None
    try:
        numbers = [int(part) for part in text.split("-")]
        year, month = numbers[0], numbers[1] if len(numbers) > 1 else (12 if last else 1)
        day = numbers[2] if len(numbers) > 2 else (calendar.monthrange(year, month)[1] if last else 1)
        return date(year, month, day)
    except (ValueError, IndexError) as error:
        raise DataError(f"offices.csv: {text!r} is no year, month or day: {error}") from error
