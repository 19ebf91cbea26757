"""Which candidates are names of persons, and whose: full names first, then what cites them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from etl.document import Document
from etl.people.complements import read_long_lead
from etl.people.evidence import Evidence
from etl.people.figures import Figure
from etl.people.leads import Lead, Leads
from etl.people.lexicon import NameWords, load_name_words
from etl.people.registry import Known
from etl.people.roster import Roster
from etl.people.shapes import Candidate, find_candidates, shift_title, take_last_word
from etl.people.spellings import PARTICLES, normalise_word
from etl.scan import Hits

_LIST = re.compile(r",? and |, ")
_WORD_AFTER = re.compile(r"(?:['’]s?)? ([A-Za-z.]+)")


@dataclass(slots=True)
class Name:
    """A candidate that names a person: with the words before it, and the figure it stands for."""

    candidate: Candidate
    lead: Lead | None
    figure: Figure
    # True where the name only modifies what follows ("the Sample administration").
    attributive: bool = False

    @property
    def start(self) -> int:
        """Where the mention begins, titles included."""
        return self.lead.start if self.lead else self.candidate.start


class Naming:
    """Reads the names of one document into a roster."""

    def __init__(self, document: Document, hits: Hits, leads: Leads, roster: Roster) -> None:
        self.document = document
        self.body = leads.body
        self.hits = hits
        self.leads = leads
        self.roster = roster
        self.words: NameWords = load_name_words()
        self.evidence = Evidence(hits, leads, roster)
        self.titles = {hit.start: hit for hit in hits.of("title")}
        self.last_cited: dict[str, Figure] = {}

    def read_names(self) -> list[Name]:
        """All names in the body, by start."""
        pairs = self._read_leads(self._list_candidates())
        full = [pair for pair in pairs if pair[0].person_id or len(pair[0].words) > 1]
        alone = self._list_cited(pairs, {normalise_word(c.words[-1]) for c, _ in full if not c.person_id})
        names: list[Name] = []
        for candidate, lead in sorted(full, key=lambda pair: (pair[0].person_id is None, -len(pair[0].words))):
            office = lead or read_long_lead(self.leads, candidate.start)
            if lead is None and office and not self.evidence.is_apart(candidate, alone):
                continue
            told = lead or (office if office and self.evidence.follows_body(candidate) else None)
            figure, lead = self._read_full_name(candidate, told, alone), office
            if figure:
                if office and office.country and figure.known is None:
                    self.roster.add_surname_of(figure, figure.name, office.country)
                figure.introduced.append(candidate.start)
                names.append(self._build_name(candidate, lead, figure))
        for name in names:
            name.figure.introduced.sort()
        named = {name.candidate.start for name in names}
        for candidate, lead in pairs:
            if candidate.start in named or candidate.person_id:
                continue
            if candidate.marked and not self.roster.is_cited_by(candidate.words[0]):
                continue
            if len(candidate.words) > 1:
                if not candidate.first_of_sentence or not self.evidence.is_known(candidate.words[-1]):
                    continue
                candidate, lead = take_last_word(candidate), None
            figure = self._read_single(candidate, lead)
            if figure:
                names.append(self._build_name(candidate, lead, figure))
        names.sort(key=lambda name: name.candidate.start)
        for name in names:
            name.figure.add_lead(name.lead)
        return names

    def _list_cited(self, pairs: list[tuple[Candidate, Lead | None]], surnames: set[str]) -> set[str]:
        """Those of `surnames` that the text cites alone."""
        if not surnames:
            return set()
        return {
            plain
            for c, lead in pairs
            if len(c.words) == 1
            and not c.marked
            and (plain := normalise_word(c.words[0])) in surnames
            and self.evidence.is_cited(c, lead)
        }

    def _list_candidates(self) -> list[Candidate]:
        found = find_candidates(self.document, self.body, self.hits)
        return [shift_title(c, self.titles) if c.person_id else c for c in found]

    def _read_leads(self, candidates: list[Candidate]) -> list[tuple[Candidate, Lead | None]]:
        """Each candidate with its lead; a plural title reaches over the list that follows it."""
        pairs: list[tuple[Candidate, Lead | None]] = []
        joined: dict[int, list[str | None]] = {}
        for candidate in candidates:
            start = candidate.start
            lead = full = self.leads.read_lead(start)
            if lead is None and self.leads.is_role_before(start):
                full = self.leads.read_lead_apart(start - 2)
                lead = full._replace(start=start) if full and full.plural else None
            if lead and full and lead.plural and (countries := self.leads.list_joined(full.start)):
                joined[len(pairs)] = [*countries, lead.country]
            if lead is None and pairs and pairs[-1][1] and pairs[-1][1].plural:
                before = pairs[-1][0]
                if _LIST.fullmatch(self.body, before.end, start):
                    lead = pairs[-1][1]._replace(start=start, country=None)
            pairs.append((candidate, lead))
        _spread_countries(pairs, joined)
        _settle_lists(pairs)
        return [(c, None if lead and self._is_of_another(c, lead) else lead) for c, lead in pairs]

    def _is_of_another(self, candidate: Candidate, lead: Lead) -> bool:
        """True for "his Turkish counterpart" before an Iranian minister: another heading or sentence begins there."""
        known = self.roster.registry.known(candidate.person_id) if candidate.person_id and lead.counterpart else None
        return bool(known and lead.country and known.person.country not in (None, lead.country))

    def _build_name(self, candidate: Candidate, lead: Lead | None, figure: Figure) -> Name:
        after = _WORD_AFTER.match(self.body, candidate.end)
        attributive = bool(after) and after.group(1).rstrip(".") in self.words.attributive  # type: ignore[union-attr]
        genitive = self.body.startswith(("'", "’"), candidate.end)
        return Name(candidate, lead, figure, attributive and not genitive)

    def _read_full_name(self, candidate: Candidate, lead: Lead | None, alone: set[str]) -> Figure | None:
        if candidate.person_id:
            known = self.roster.registry.known(candidate.person_id)
            return self._read_known(candidate, lead, known) if known else None
        cited = self.roster.find_name(candidate.name, candidate.words)
        if cited is None and candidate.words[0].lower() in PARTICLES:
            cited = self.roster.find_surname(candidate.words, lead)
        if cited:
            return cited
        if not self.evidence.is_name(candidate, lead, alone):
            return None
        return self.roster.add_new(candidate.words, self._write(candidate))

    def _read_known(self, candidate: Candidate, lead: Lead | None, known: Known) -> Figure:
        """The person of the registry, or a namesake of other office and country; cited as the text writes the name."""
        after = self.leads.find_apposition(candidate.end)
        # "X, a physicist" is told of statesmen too.
        words = [lead, after._replace(trade=None) if after else None]
        if any(self.roster.has_held(known, told.role, None) for told in words if told and told.role):
            figure = self.roster.add_known(known)
        elif self.roster.is_namesake(known) or any(told and self.evidence.contradicts(told, known) for told in words):
            figure = self.roster.add_namesake(known, self._write(candidate))
        else:
            figure = self.roster.add_known(known)
        self.roster.add_surname_of(figure, " ".join(candidate.words))
        return figure

    def _write(self, candidate: Candidate) -> str:
        """The name as the text writes it, accents and all."""
        return self.document.body[candidate.start : candidate.end]

    def _read_single(self, candidate: Candidate, lead: Lead | None) -> Figure | None:
        """Whom one capitalised word means: a figure of the document, else somebody the registry knows by it."""
        word = candidate.words[0]
        bearers = [f for f in self.roster.find_bearers(word) if not (f.known and self.roster.is_namesake(f.known))]
        if not (lead or bearers or word in self.words.given or self.roster.registry.bearers(normalise_word(word))):
            return None
        if candidate.marked and not (self.evidence.is_cited(candidate, lead) or self.evidence.is_acting(candidate)):
            return None
        if lead and lead.title and lead.title.given:
            return self.roster.find_regnal(word, lead)
        if bearers and not any(f.known and f.known.bare for f in bearers):
            bearers = [*bearers, *self.roster.add_bare(word, bearers)]
        if bearers:
            figure = bearers[0] if len(bearers) == 1 else self._choose_bearer(candidate, lead, bearers)
            if figure:
                self.last_cited[normalise_word(word)] = figure
            return figure
        if word in self.words.things or (candidate.first_of_sentence and word in self.words.small):
            return None
        figure = self.roster.find_titled(word, lead)
        if figure is None and lead and not lead.functional:
            figure = self.roster.find_inner(candidate.words)
        titled = lead and not lead.functional and not lead.plural and (lead.title or word not in self.words.given)
        if figure is None and titled:
            figure = self.roster.add_surname(self._write(candidate)) if len(word) > 2 and not word.isupper() else None
        if figure is None and word in self.words.given and lead is None and self.evidence.is_acting(candidate):
            figure = self.roster.find_given(word)
        return figure

    def _choose_bearer(self, candidate: Candidate, lead: Lead | None, bearers: list[Figure]) -> Figure | None:
        """Which of several bearers of a surname is meant; None where nothing tells them apart."""
        if lead and lead.role and not lead.functional:
            role, country = lead.role, lead.country
            fits = [f for f in bearers if self.roster.has_role(f, role, country, told=True)]
            fits = fits or [f for f in bearers if self.roster.has_role(f, role, country, told=False)]
            if len(fits) == 1:
                return fits[0]
        if lead and lead.title and lead.title.gender:
            bearers = [f for f in bearers if f.gender in (lead.title.gender, None)]
            if len(bearers) == 1:
                return bearers[0]
        return self._choose_owner(candidate, bearers)

    def _choose_owner(self, candidate: Candidate, bearers: list[Figure]) -> Figure | None:
        """A bare surname goes on meaning whom it meant, unless another bearer was named since the sentence before."""
        before = [f for f in bearers if f.introduced and f.introduced[0] < candidate.start]
        bare = [f for f in bearers if f.known and f.known.bare]
        if len(before) == 1 and not bare:
            return before[0]
        if not before:
            return bare[0] if len(bare) == 1 else None
        owner = bare[0] if len(bare) == 1 else self.last_cited.get(normalise_word(candidate.words[0]))
        if owner not in bearers or owner is None:
            owner = min(before, key=lambda f: f.introduced[0])
        here = self.document.sentence_number_at(candidate.start)
        for figure in before:
            if figure is owner:
                continue
            named = max(at for at in figure.introduced if at < candidate.start)
            if here - self.document.sentence_number_at(named) < 2 and named > self._last_named(owner, candidate.start):
                return None
        return owner

    def _last_named(self, figure: Figure, before: int) -> int:
        return max((at for at in figure.introduced if at < before), default=-1)


def _settle_lists(pairs: list[tuple[Candidate, Lead | None]]) -> None:
    """Each of "prime ministers Jane Sample and John Roe" is a prime minister, where two or more full names stand."""
    for number, (candidate, lead) in enumerate(pairs):
        before = pairs[number - 1][1] if number else None
        listed = lead and lead.plural and lead.start == candidate.start and before and before.role == lead.role
        if lead and listed and len(candidate.words) > 1 and len(pairs[number - 1][0].words) > 1:
            pairs[number] = (candidate, lead._replace(plural=False))
            pairs[number - 1] = (pairs[number - 1][0], before._replace(plural=False))  # type: ignore[union-attr]


def _spread_countries(pairs: list[tuple[Candidate, Lead | None]], joined: dict[int, list[str | None]]) -> None:
    """ "His Russian and Turkish counterparts X and Y": each has a country of his or her own.

    `joined` has the countries of a plural lead by the number of its pair.
    """
    for number, countries in joined.items():
        listed = pairs[number : number + len(countries)]
        if len(listed) == len(countries) and all(told for _, told in listed):
            for place, ((name, told), country) in enumerate(zip(listed, countries, strict=True)):
                pairs[number + place] = (name, told and told._replace(country=country))
