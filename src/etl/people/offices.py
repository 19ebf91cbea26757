"""Whom role phrases stand for: somebody named next to them, somebody of the document, or the holder of the office."""

from __future__ import annotations

import re
from bisect import bisect_left

from etl.document import Document
from etl.people.figures import Figure
from etl.people.leads import Leads
from etl.people.naming import Name
from etl.people.phrases import Phrase, Phrases
from etl.people.roles import load_roles
from etl.people.roster import Roster
from etl.scan import Hits

_DEFINITE = frozenset({"the", "this", ""})
_COPULA = re.compile(r",? (?:who )?is $")
_VERB = re.compile(r" (?:has|had|is|was|will|would|also|then|did|does|can|could|may|might|must|should)\b")
# The secretary of a fair is not the secretary of the text.
_OTHER_COMPLEMENT = re.compile(r" (?:of|in|for) (?!(?:the|a) (?:country|text|statement))(?!a |an |this |last |\d)")
_NEAR = 2
_PHRASES = 20
# As far back as the party before a counterpart may stand.
_REACH = 600


class Offices:
    """Resolves the role phrases of one document, after its names were read."""

    def __init__(self, document: Document, hits: Hits, leads: Leads, roster: Roster, names: list[Name]) -> None:
        self.document = document
        self.body = leads.body
        self.roster = roster
        self.names = names
        self.found = Phrases(hits, leads, names)
        cues = hits.of("cue")
        self.cues, self.cue_ends = {hit.start for hit in cues}, {hit.end for hit in cues}
        self._starts = [name.candidate.start for name in names]
        self._fits: dict[tuple[str, str | None, bool], list[Figure]] = {}

    def read_phrases(self) -> list[Phrase]:
        """The role phrases outside of the names, by start: those next to a name are its apposition, others resolved."""
        phrases = self.found.find_phrases()
        for phrase in phrases:
            self._find_apposition(phrase)
        self._read_counterparts()
        for phrase in phrases:
            if not phrase.apposed and not phrase.lead.counterpart:
                self._resolve(phrase)
        for number, phrase in enumerate(phrases):
            if phrase.lead.counterpart:
                self._resolve_counterpart(phrase, phrases[max(number - _PHRASES, 0) : number])
        return [phrase for phrase in phrases if self._is_worth_telling(phrase)]

    def _find_apposition(self, phrase: Phrase) -> None:
        """Binds "X, the Russian president" and "the Russian president, X"; countries must not contradict."""
        name, speaks = None, phrase.end + 1 in self.cues or _VERB.match(self.body, phrase.end)
        if self.body[phrase.start - 2 : phrase.start] == ", " and not speaks:
            name = self.found.by_end.get(phrase.start - 2)
        elif not phrase.lead.functional and phrase.determiner == "the":
            copula = _COPULA.search(self.body, max(phrase.start - 9, 0), phrase.start)
            name = self.found.by_end.get(copula.start()) if copula else None
        if name is None and self.body[phrase.end : phrase.end + 2] == ", ":
            name = self.found.by_start.get(phrase.end + 2)
        if name is None or name.attributive or not self._agree(name.figure, phrase):
            return
        phrase.figure, phrase.apposed = name.figure, True
        if not phrase.lead.counterpart:
            name.figure.add_lead(phrase.lead._replace(country=phrase.country))

    def _agree(self, figure: Figure, phrase: Phrase) -> bool:
        if phrase.country and figure.country and figure.country != phrase.country:
            return False
        if self.roster.day is None or phrase.lead.role is None:
            return True
        holder = self.roster.registry.holder(phrase.lead.role, phrase.country or figure.country, self.roster.day)
        return holder is None or (figure.known is not None and figure.known.person.person_id == holder.person_id)

    def _resolve(self, phrase: Phrase) -> None:
        """The figure of the document with that role, else the one who held the office on the day of the text."""
        role, country = phrase.lead.role, phrase.country
        if role is None or phrase.determiner not in _DEFINITE or _OTHER_COMPLEMENT.match(self.body, phrase.end):
            return
        if not phrase.of_body and not self._find_capital(phrase):
            phrase.figure = self._find_holder(role, country, phrase.start, None)

    def _find_capital(self, phrase: Phrase) -> bool:
        """True if "the Leader" means a supreme leader of the document: then the phrase has figure and office."""
        word = load_roles().get(phrase.lead.role or "")
        if word is None or word.capital is None or phrase.country is not None:
            return False
        if not self.body.startswith(word.value.capitalize(), phrase.lead.start):
            return False
        fits = self._list_fits(word.capital, None, True) or self._list_fits(word.capital, None, False)
        if len(fits) != 1:
            return False
        phrase.figure, phrase.lead = fits[0], phrase.lead._replace(role=word.capital)
        return True

    def _find_holder(self, role: str, country: str | None, at: int, but: Figure | None) -> Figure | None:
        if country is None and self.roster.home and self.roster.day:
            # "The President" in a text of his own government.
            country = self.roster.home if self.roster.registry.holder(role, self.roster.home, self.roster.day) else None
        for told in (True, False):
            fits = [figure for figure in self._list_fits(role, country, told) if figure is not but]
            if len(fits) == 1:
                return fits[0]
            if fits:
                return self._choose_near(fits, at)
        if country is None and not _is_worldwide(role, self.roster):
            return None
        word = load_roles().get(role)
        if self.roster.day is None or word is None:
            return None
        for held in dict.fromkeys((role, *word.covers)):
            holder = self.roster.registry.holder(held, country, self.roster.day)
            known = self.roster.registry.known(holder.person_id) if holder else None
            if known:
                self._fits.clear()
                return self.roster.add_known(known)
        return None

    def _list_fits(self, role: str, country: str | None, told: bool) -> list[Figure]:
        fits = self._fits.get((role, country, told))
        if fits is None:
            fits = [f for f in self.roster.figures if self.roster.has_role(f, role, country, told=told)]
            self._fits[role, country, told] = fits
        return fits

    def _list_names(self, start: int, end: int) -> list[Name]:
        """The names that begin in [start, end)."""
        return self.names[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def _choose_near(self, figures: list[Figure], at: int) -> Figure | None:
        """The only one of `figures` that is named before `at`, or in this sentence and the two before it."""
        named = [figure for figure in figures if figure.introduced and figure.introduced[0] < at]
        if len(named) == 1:
            return named[0]
        here = self.document.sentence_number_at(at)
        first = self.document.sentences[max(here - _NEAR, 0)]
        near = {name.figure.number for name in self._list_names(first.start, at)}
        fits = [figure for figure in figures if figure.number in near]
        return fits[0] if len(fits) == 1 else None

    def _read_counterparts(self) -> None:
        """ "his Russian counterpart X": X has the role of the one before, in the country of the demonym."""
        for name in self.names:
            if not (name.lead and name.lead.counterpart):
                continue
            at = name.candidate.start
            others = [n for n in self._list_names(at - _REACH, at) if n.figure is not name.figure]
            role = self.roster.find_role(others[-1].figure) if others else None
            role = self._fit_role(role, name.figure)
            name.lead = name.lead._replace(role=role)
            name.figure.add_lead(name.lead)

    def _fit_role(self, role: str | None, figure: Figure) -> str | None:
        """The role of the party before, as it is called in the figure's own country: chancellor, not president."""
        offices = list(dict.fromkeys(held for held, _ in self.roster.list_offices(figure)))
        if role is None or not offices or role in offices:
            return role
        kin = [held for held in offices if load_roles()[held].family == _family_of(role)]
        return next(iter(kin or offices)) if len(kin) == 1 or len(offices) == 1 else None

    def _resolve_counterpart(self, phrase: Phrase, phrases: list[Phrase]) -> None:
        """Without a name: the role of the party before it, held in the country of the phrase. `phrases` come before."""
        at = phrase.start
        before: list[tuple[int, Figure | None, str | None, str | None]] = [
            (n.candidate.start, n.figure, self.roster.find_role(n.figure), n.figure.country)
            for n in self._list_names(at - _REACH, at)
        ]
        before += [(p.start, p.figure, p.lead.role, p.country) for p in phrases if at - _REACH < p.start < at]
        before = [item for item in before if item[2] and (phrase.country is None or item[3] != phrase.country)]
        if not before:
            return
        _, figure, role, _ = max(before, key=lambda item: item[0])
        if role is None or role.startswith("former "):
            return
        phrase.lead = phrase.lead._replace(role=role)
        if phrase.figure is not None:
            phrase.figure.add_lead(phrase.lead._replace(country=phrase.country))
            self._fits.clear()
            return
        if phrase.country is None:
            return
        for name in (role, *_list_kin(role)):
            phrase.figure = self._find_holder(name, phrase.country, phrase.start, figure)
            if phrase.figure is not None:
                phrase.lead = phrase.lead._replace(role=name)
                return

    def _is_worth_telling(self, phrase: Phrase) -> bool:
        """Functions ("his wife", "a student") are told only where they are somebody, or speak."""
        if phrase.lead.counterpart:
            return True
        if phrase.lead.role is None:
            return False  # a kinship or a camp: no role
        if not phrase.lead.functional or phrase.figure is not None:
            return True
        return phrase.end + 1 in self.cues or phrase.start - 1 in self.cue_ends


def _family_of(role: str) -> str | None:
    known = load_roles().get(role)
    return known.family if known else None


def _list_kin(role: str) -> list[str]:
    """Roles that are counterparts of `role` under another name: foreign secretary for foreign minister."""
    family = _family_of(role)
    return [other.value for other in load_roles().values() if family and other.family == family and other.value != role]


def _is_worldwide(role: str, roster: Roster) -> bool:
    """True for offices that no country has: the UN secretary-general."""
    return roster.day is not None and roster.registry.holder(role, None, roster.day) is not None
