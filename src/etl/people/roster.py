"""Who is who in one document: names that are spellings of one, and whom a bare surname means."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from etl.people.figures import Figure
from etl.people.leads import Lead
from etl.people.lexicon import load_name_words
from etl.people.registry import KNOWN_UNTIL, Known, Registry
from etl.people.roles import load_roles, rank_role
from etl.people.spellings import (
    PARTICLES,
    are_alike,
    are_one_name,
    build_key,
    normalise_word,
    surname_of,
)
from etl.scan import fold_text

# Beyond so many persons (a file of many articles) spellings are not compared: it would take the square of them.
_MANY = 400
# Told of somebody whose office is known, these say less than the office.
_VAGUE = frozenset({"official", "diplomat", "lawmaker"})


class Roster:
    """The figures of one document. `home` is the country whose government publishes it, if one does."""

    def __init__(self, registry: Registry, day: date | None, home: str | None = None) -> None:
        self.registry = registry
        self.day = day
        self.home = home
        self.figures: list[Figure] = []
        self._by_id: dict[str, Figure] = {}
        self._namesakes: dict[str, Figure] = {}
        self._by_surname: dict[str, list[Figure]] = defaultdict(list)
        self._by_initial: dict[str, dict[str, list[Figure]]] = defaultdict(dict)
        self._by_given: dict[str, list[Figure]] = defaultdict(list)
        self._offices: dict[str, list[tuple[str, str | None]]] = {}

    def add_known(self, known: Known) -> Figure:
        """The figure of a person of the registry."""
        figure = self._by_id.get(known.person.person_id)
        if figure is None:
            figure = self._add(Figure(len(self.figures), known.person.name, known, gender=known.person.gender))
            self._by_id[known.person.person_id] = figure
        return figure

    def add_namesake(self, known: Known, name: str) -> Figure:
        """The figure of somebody else who has the name of a person of the registry."""
        figure = self._namesakes.get(known.person.person_id)
        if figure is None:
            figure = self._namesakes[known.person.person_id] = self._add(Figure(len(self.figures), name))
        return figure

    def is_namesake(self, known: Known) -> bool:
        """True where the document named somebody else by the name of `known`."""
        return known.person.person_id in self._namesakes

    def add_surname_of(self, figure: Figure, name: str, country: str | None = None) -> None:
        """Lets the figure be cited by the surname of `name`, another spelling of it (Owji, named as Javad Oji)."""
        surname = normalise_word(surname_of(name, country).split()[-1])
        if figure not in self._by_surname[surname]:
            self._by_surname[surname].append(figure)
            self._by_initial[surname[:1]][surname] = self._by_surname[surname]

    def add_name(self, words: tuple[str, ...], name: str) -> Figure:
        """The figure of `name`, whose folded words are `words`: one that is there where they agree, else a new one."""
        return self.find_name(name, words) or self.add_new(words, name)

    def add_new(self, words: tuple[str, ...], name: str) -> Figure:
        """The figure of a name that is none of those there: somebody of the registry, else a new one."""
        known = self.registry.find_spelling(name)
        if known:
            return self.add_known(known)
        given = load_name_words().given.get(fold_text(words[0]))
        return self._add(Figure(len(self.figures), name, None, build_key(name), gender=given))

    def add_surname(self, word: str) -> Figure:
        """A new figure of whom the text gives no more than one word."""
        return self._add(Figure(len(self.figures), word))

    def find_name(self, name: str, words: tuple[str, ...]) -> Figure | None:
        """The figure that a name of several words refers to, if there is one."""
        key = build_key(name)
        alike = [f for f in self._list_alike(key.surname) if f.key and are_one_name(key, f.key)]
        if len(alike) == 1:
            return alike[0]
        if alike:
            return None
        tail = "".join(map(normalise_word, words))
        ends = [
            figure
            for figure in self._by_surname.get(normalise_word(words[-1]), ())
            if figure.key
            and len(figure.key.given) >= len(words)
            and "".join((*figure.key.given, figure.key.surname)).endswith(tail)
        ]
        return ends[0] if len(ends) == 1 else None

    def find_bearers(self, word: str) -> list[Figure]:
        """The figures that a single word may cite: those of this surname, else of one spelled nearly so."""
        plain = normalise_word(word)
        return self._by_surname.get(plain) or self._list_alike(plain)

    def _list_alike(self, surname: str) -> list[Figure]:
        """The figures with this surname or another spelling of it."""
        if len(self.figures) > _MANY:
            return self._by_surname.get(surname, [])
        others = self._by_initial.get(surname[:1])
        if not others:
            return []
        return [figure for other, figures in others.items() if are_alike(surname, other) for figure in figures]

    def is_cited_by(self, word: str) -> bool:
        """True if somebody of the document has exactly this surname."""
        return normalise_word(word) in self._by_surname

    def add_bare(self, word: str, bearers: Sequence[Figure] = ()) -> list[Figure]:
        """The person whom this surname names in the news at large, if there is exactly one and no bearer a namesake."""
        bare = [known for known in self.registry.bearers(normalise_word(word)) if known.bare]
        if any(self._namesakes.get(known.person.person_id) in bearers for known in bare):
            return []
        return [self.add_known(bare[0])] if len(bare) == 1 else []

    def find_surname(self, words: Sequence[str], lead: Lead | None) -> Figure | None:
        """Whom a surname with its particles cites ("von der Leyen"): a figure, else the person it names in the news."""
        if any(word.lower() not in PARTICLES for word in words[:-1]):
            return None
        surname = normalise_word(words[-1])
        tail = " " + " ".join(words).lower()
        figures = [f for f in self._by_surname.get(surname, ()) if fold_text(f.name).lower().endswith(tail)]
        if figures:
            return figures[0] if len(figures) == 1 else None
        known = [k for k in self.registry.bearers(surname) if fold_text(k.person.name).lower().endswith(tail)]
        if len(known) != 1:
            return None
        return self.add_known(known[0]) if known[0].bare or (lead and self._is_called(known[0], lead)) else None

    def _is_called(self, known: Known, lead: Lead) -> bool:
        """True if the words before a name say an office of `known`, or the first word of it: president of what."""
        if lead.role is None or lead.functional:
            return False
        long = [office for office in known.offices if office.role.startswith(f"{lead.role} of ")]
        return self.has_held(known, lead.role, lead.country) or any(
            self.day is None or office.may_hold(self.day) for office in long
        )

    def find_inner(self, words: Sequence[str]) -> Figure | None:
        """The only figure whose name has these words behind its first: "President Chaves" for Rodrigo Chaves Robles."""
        plain = [normalise_word(word) for word in words]
        found = []
        for figure in self.figures:
            inner = [normalise_word(word) for word in figure.name.split()[1:]]
            if any(inner[at : at + len(plain)] == plain for at in range(len(inner))):
                found.append(figure)
        return found[0] if len(found) == 1 else None

    def find_given(self, word: str) -> Figure | None:
        """The only figure whose name begins with this given name."""
        bearers = self._by_given.get(normalise_word(word), ())
        return bearers[0] if len(bearers) == 1 else None

    def find_titled(self, word: str, lead: Lead | None) -> Figure | None:
        """The person of the registry whom a surname means: by the office before it, or because it names nobody else."""
        bearers = self.registry.bearers(normalise_word(word))
        if lead and lead.role and not lead.functional:
            held = [k for k in bearers if self.has_held(k, lead.role, lead.country)]
            held = [k for k in held if k.bare] if len(held) > 1 else held
            return self.add_known(held[0]) if len(held) == 1 else None
        bare = [k for k in bearers if k.bare]
        if lead and lead.title and lead.title.gender:
            bare = [k for k in bare if k.person.gender == lead.title.gender]
        return self.add_known(bare[0]) if len(bare) == 1 else None

    def find_regnal(self, word: str, lead: Lead) -> Figure | None:
        """Whom a given name after King, Prince or Pope means: a figure so named, else the holder in the registry."""
        plain = normalise_word(word)
        figures = [
            f for f in self._by_given.get(plain, ()) if lead.title is None or f.gender in (lead.title.gender, None)
        ]
        if len(figures) == 1:
            return figures[0]
        held = [k for k in self.registry.namesakes(plain) if lead.role and self.has_held(k, lead.role, lead.country)]
        return self.add_known(held[0]) if len(held) == 1 and not figures else None

    def has_role(self, figure: Figure, role: str, country: str | None, *, told: bool) -> bool:
        """True if the figure has this role: as the text says (`told`), or by the registry on the day of the text.

        Since the text speaks of the office and of the person, a term of which no end is known may go on.
        """
        word = load_roles().get(role)
        given = [*figure.roles, *figure.functions] if told else self._list_terms(figure)
        for held, where in given:
            fits = word.stands_for(held, country) if word else held == role
            if fits and (country is None or (where or figure.country) == country):
                return True
        return False

    def list_offices(self, figure: Figure) -> list[tuple[str, str | None]]:
        """(role, country) by the registry: those on the day of the text; without a day, all."""
        if figure.known is None:
            return []
        person_id = figure.known.person.person_id
        held = self._offices.get(person_id)
        if held is None:
            offices = self.registry.roles(person_id, self.day)
            held = self._offices[person_id] = list(dict.fromkeys((office.role, office.country) for office in offices))
        return held

    def _list_terms(self, figure: Figure) -> list[tuple[str, str | None]]:
        day = self.day
        if figure.known is None or day is None or day <= KNOWN_UNTIL:
            return self.list_offices(figure)
        return [(office.role, office.country) for office in figure.known.offices if office.may_hold(day)]

    def find_role(self, figure: Figure) -> str | None:
        """The office the text gives, else the registry's on the day, else its only one, else a function in the text."""
        offices = {role for role, _ in self.list_offices(figure)}
        for role, _ in figure.roles:
            if role in _VAGUE and len(offices) == 1:
                continue
            word = load_roles().get(role)
            fuller = [held for held in sorted(offices) if held.startswith(f"{role} of ")]
            if not fuller and word and word.covers:
                fuller = [held for held in sorted(offices) if word.stands_for(held)]
            if not fuller and word and word.covers and figure.known:
                fuller = sorted({office.role for office in figure.known.offices if word.stands_for(office.role)})
            if not role.startswith("former "):
                return fuller[0] if len(fuller) == 1 else role
        if len(offices) == 1 or (offices and self.day):
            return min(offices, key=lambda role: (rank_role(role), role))
        told = [*figure.roles, *figure.functions]
        return told[0][0] if told else None

    def _add(self, figure: Figure) -> Figure:
        if figure.key is None and " " in figure.name:
            figure.key = build_key(figure.name)
        self.figures.append(figure)
        country = figure.known.person.country if figure.known else None
        surname = normalise_word(surname_of(figure.name, country).split()[-1])
        self._by_surname[surname].append(figure)
        self._by_initial[surname[:1]][surname] = self._by_surname[surname]
        if figure.key:
            self._by_given[figure.key.given[0] if figure.key.given else ""].append(figure)
        return figure

    def has_held(self, known: Known, role: str, country: str | None) -> bool:
        """True if the office that the text gives is the person's on its day; with "former" before it, at any time."""
        former = role.startswith("former ")
        word = load_roles().get(role.removeprefix("former "))
        return any(
            (word.stands_for(office.role) if word else office.role == role)
            and (country is None or office.country == country or known.person.country == country)
            and (former or self.day is None or office.may_hold(self.day))
            for office in known.offices
        )
