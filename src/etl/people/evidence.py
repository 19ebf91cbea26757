"""What speaks for a run of capitalised words being a person, and against its being somebody of the registry."""

from __future__ import annotations

import re

from etl.people.leads import Lead, Leads
from etl.people.lexicon import load_name_words
from etl.people.registry import Known
from etl.people.roles import load_surfaces, load_traders
from etl.people.roster import Roster
from etl.people.shapes import Candidate
from etl.people.spellings import normalise_word
from etl.scan import Hits
from etl.spans import Hit

_AUXILIARY = re.compile(
    r" (?:(?:has|had|have|also|then|later|further|reportedly|recently|himself|herself|earlier) ){0,2}"
)
_INITIAL = re.compile(r"[A-Z]\.(?:[A-Z]\.)*")
_AFTER_NAME = re.compile(r",? (?:who|whose)\b|, (?:aged )?\d\d\b|(?: [JS]r\.)")
_APPOSED = re.compile(r", (?:(?:the|a|an|his|her|their) )?")
_ENDS = re.compile(r"(?: [IVX]+)?[,.]")
_ACTS = re.compile(
    r",? who\b| (?:also|then|later|earlier|is|was|has|had|will|would|met|meets|spoke|arrived|visited|hosted|left|flew"
    r"|went|called|wants|wanted|held|holds)\b"
)
_OFFICE_ENDS = re.compile(r" (?:of|for|to|at|in|on)\b|[,.;:)]|\s*$")
_AUXILIARY_LETTERS = frozenset("hatlfre")
# Offices that somebody holds in one's own country, unlike envoys, experts and heads.
_STATE_OFFICES = ("minister", "president", "premier", "chancellor", "senator", "governor", "mayor", "king", "lawmaker")
# After these the name of an organization goes on.
_INNER = frozenset({"and", "of", "for", "the", "in", "on", "at", "&"})
_THING_OF = re.compile(r"([A-Z][a-z]+) (?:of|for) (?:the )?$")
_ADDRESSED = frozenset({"tell", "ask", "inform", "call", "remind", "urge"})
_APPOSITION_REACH = 60
_APPOSITION_WORDS = 4
_OF = re.compile(r" of (?:the )?")
_CLAUSE = re.compile(r"[,.;:]|\b(?:and|who|that|with|by|to|is|was|are|were|has|had|said)\b")


class Evidence:
    """Looks at the words around the candidates of one document."""

    def __init__(self, hits: Hits, leads: Leads, roster: Roster) -> None:
        self.hits = hits
        self.leads = leads
        self.body = leads.body
        self.roster = roster
        self.words = load_name_words()
        self.cues = {hit.start for hit in hits.of("cue")}
        self.cue_ends = {hit.end: hit for hit in hits.of("cue")}
        self.cities = {(hit.start, hit.end) for hit in hits.of("city")}

    def contradicts(self, told: Lead, known: Known) -> bool:
        """True where the words state a trade or, as an office or a demonym, a country that `known` does not have."""
        if told.trade:
            return bool(known.offices) and known.person.person_id not in load_traders().get(told.trade, ())
        own = {known.person.country, *(office.country for office in known.offices)} - {None}
        if told.role is None or told.country is None or not own or told.country in own:
            return False
        return told.role.endswith(_STATE_OFFICES) or (told.functional and self.leads.is_demonym(told.start))

    def is_name(self, candidate: Candidate, lead: Lead | None, alone: set[str]) -> bool:
        """True if something speaks for a person: what stands before or after, a given name, a later bare surname."""
        words = candidate.words
        if words[-1] in self.words.things and words[-1] not in self.words.surnames_too:
            return False
        if lead and not lead.plural:
            return True
        if self._ends_thing(candidate.start):
            return False
        if (candidate.start, candidate.end) in self.cities:
            return False
        doubtful = self.words.places | self.words.common if candidate.first_of_sentence else self.words.places
        if words[0] in self.words.given and words[0] not in doubtful:
            return True
        if any(_INITIAL.fullmatch(word) for word in words[:-1]) and not words[1].endswith("ing"):
            return True  # but for "A. Building more roads" of a list
        if self._has_evidence_after(candidate):
            return True
        return normalise_word(words[-1]) in alone and not (candidate.first_of_sentence and self.is_known(words[-1]))

    def is_apart(self, candidate: Candidate, alone: set[str]) -> bool:
        """True if a name after the complement of an office is none of its words: "head of Ports and Air Navigation"."""
        if candidate.person_id or self.leads.find_word_before(candidate.start) not in _INNER:
            return True
        return candidate.words[0] in self.words.given or normalise_word(candidate.words[-1]) in alone

    def follows_body(self, candidate: Candidate) -> bool:
        """True for two to four words right behind the name of a body that ends an office: "head of the Bureau X Y"."""
        before = self.leads.find_word_before(candidate.start).capitalize()
        if before not in self.words.things or not self.body[candidate.start - 1 - len(before)].isupper():
            return False
        free = all(word not in self.words.things and word not in self.words.places for word in candidate.words)
        return free and 1 < len(candidate.words) < 5

    def _ends_thing(self, start: int) -> bool:
        """True where the words before make a thing of a name: "the magazine X", "Museum of X"."""
        before = self.leads.find_word_before(start)
        if before in self.words.before_things and self.body[start - 1 - len(before)].islower():
            return True
        thing = _THING_OF.search(self.body, max(start - 30, 0), start)
        return thing is not None and thing.group(1) in self.words.things

    def is_known(self, surname: str) -> bool:
        """True if somebody of the document or of the news at large goes by this surname."""
        bearers = self.roster.registry.bearers(normalise_word(surname))
        return bool(self.roster.find_bearers(surname)) or any(known.bare for known in bearers)

    def _has_evidence_after(self, candidate: Candidate) -> bool:
        end = candidate.end
        if self.leads.is_role_before(candidate.start) and _ENDS.match(self.body, end):
            return True
        if _AFTER_NAME.match(self.body, end) or self.is_speaking(candidate):
            return True
        of = _OF.match(self.body, end)  # "Jane Sample of Finland"
        if of and self.leads.is_country(of.end()):
            return True
        apposed = _APPOSED.match(self.body, end)
        if not apposed:
            return False
        stop = end + _APPOSITION_REACH
        nearest: list[Hit] = [*self.hits.within("role", end, stop), *self.hits.within("function", end, stop)]
        if apposed.group() == ", " and self.body[end + 2 : end + 3].isupper() and not self.leads.is_place(end + 2):
            # "Jane Sample, Minister for Trade" is an apposition, "in Fort Sample, Minister Roe said" is none.
            if candidate.words[-1].lower() in load_surfaces():
                return False  # "Party Member, Director of"
            nearest = [hit for hit in nearest if _OFFICE_ENDS.match(self.body, hit.end)]
        gaps = [self.body[apposed.end() : hit.start] for hit in nearest]
        return any(gap.count(" ") <= _APPOSITION_WORDS and not _CLAUSE.search(gap) for gap in gaps)

    def is_speaking(self, candidate: Candidate) -> bool:
        """True if a reporting cue stands directly after the name, or before it ("said Jane Sample")."""
        end = candidate.end
        if self.body[end + 1 : end + 2] in _AUXILIARY_LETTERS:
            gap = _AUXILIARY.match(self.body, end)
            if gap and gap.end() in self.cues:
                return True
        elif end + 1 in self.cues and self.body[end] == " ":
            return True
        cue = self.cue_ends.get(candidate.start - 1)
        return cue is not None and cue.value not in _ADDRESSED

    def is_acting(self, candidate: Candidate) -> bool:
        """True if the name is the subject of what follows: it speaks, "Anwar, who", "Anwar has"."""
        return self.is_speaking(candidate) or bool(_ACTS.match(self.body, candidate.end))

    def is_cited(self, candidate: Candidate, lead: Lead | None) -> bool:
        """True if a single word is used as people are cited: with a title or with a cue."""
        return bool(lead and not lead.functional) or self.is_speaking(candidate)
