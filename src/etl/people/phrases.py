"""Role phrases ("the Syrian president", "his Russian counterpart"): where they stand and what they say."""

from __future__ import annotations

import re
from dataclasses import dataclass

from etl.people.figures import Figure
from etl.people.leads import Lead, Leads
from etl.people.naming import Name
from etl.people.roles import COUNTERPART, load_roles
from etl.scan import Hits
from etl.spans import Hit

_DETERMINER = re.compile(
    r"(?<![\w'])(the|a|an|his|her|their|its|our|my|another|one|some|this|no|any|every|each) $", re.IGNORECASE
)
# After "the premier": its adjective is meant ("the premier event"), unless a verb or a preposition follows.
_NOUN = re.compile(
    r" (?!(?:of|in|on|at|to|from|for|with|by|as|and|or|who|said|told|also|has|had|is|was|will|would)\b)[a-z]+[^sd\W]\b"
)
_FIRST = re.compile(r"(?:chief|top) ")
_CAPITAL = re.compile(r" [A-Z][a-z]")


@dataclass(slots=True)
class Phrase:
    """A role phrase in the body, and the figure it stands for, if that is known.

    `of_body` marks the office of an organization, which no office table of countries knows.
    """

    start: int
    end: int
    lead: Lead
    country: str | None
    determiner: str
    of_body: bool = False
    figure: Figure | None = None
    apposed: bool = False


class Phrases:
    """Finds the role phrases of one document outside of its names."""

    def __init__(self, hits: Hits, leads: Leads, names: list[Name]) -> None:
        self.body = leads.body
        self.leads = leads
        self.names = names
        self.hits = sorted((*hits.of("role"), *hits.of("function")), key=lambda hit: (hit.start, -hit.end))
        self.times = {hit.start for kind in ("weekday", "month") for hit in hits.of(kind)}
        self.by_end = {name.candidate.end: name for name in names}
        self.by_start = {name.start: name for name in names}

    def find_phrases(self) -> list[Phrase]:
        """The role phrases by start. Plurals are no phrases: they name no one person."""
        return [phrase for hit in self._list_free_hits() if (phrase := self._read_phrase(hit))]

    def _list_free_hits(self) -> list[Hit]:
        """Role nouns that are not part of a name's mention; of nouns side by side the last."""
        free, last = [], 0
        spans = iter([*((name.start, name.candidate.end) for name in self.names), (len(self.body) + 1,) * 2])
        start, end = next(spans)
        following = {hit.start for hit in self.hits if hit.value != COUNTERPART}
        for hit in self.hits:
            while end <= hit.start:
                start, end = next(spans)
            if hit.end + 1 in following and self.body[hit.end] == " ":
                continue  # "first lady historian": the last noun is the head
            if hit.start >= last and hit.end <= start:
                free.append(hit)
                last = hit.end
        return free

    def _read_phrase(self, hit: Hit) -> Phrase | None:
        if self.leads.is_plural(hit) or self._is_in_name(hit):
            return None
        lead = self.leads.read_phrase(hit)
        if lead.role == "premier" and _NOUN.match(self.body, hit.end):
            return None
        first = load_roles()[lead.role].first if lead.role in load_roles() and lead.country else None
        if first and _FIRST.match(self.body, lead.start):
            lead = lead._replace(role=first)
        complement = self.leads.find_complement(hit.end)
        match = _DETERMINER.search(self.body, max(lead.start - 9, 0), lead.start)
        determiner = match.group(1).lower() if match else ""
        country = lead.country or complement.country
        if lead.counterpart and not determiner:
            determiner = self.body[lead.start : lead.start + 6].split(" ")[0].lower()
        if not (determiner or country or self._stands_by_name(hit, lead, complement.end)):
            return None
        start = match.start(1) if match else lead.start
        return Phrase(start, complement.end, lead, country, determiner, complement.of_body)

    def _is_in_name(self, hit: Hit) -> bool:
        """True if the noun belongs to a longer name ("the Republican National Convention")."""
        return bool(_CAPITAL.match(self.body, hit.end)) and not (
            hit.end + 1 in self.by_start or hit.end + 1 in self.times or self.body[hit.start : hit.end].isupper()
        )

    def _stands_by_name(self, hit: Hit, lead: Lead, end: int) -> bool:
        """True for a bare role noun next to a name: "X, spokesman for", "Foreign Minister, X"."""
        after_name = self.body[lead.start - 2 : lead.start] == ", " and lead.start - 2 in self.by_end
        before_name = self.body[end : end + 2] == ", " and end + 2 in self.by_start
        return after_name or (before_name and self.body[hit.start].isupper())
