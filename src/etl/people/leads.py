"""The words before a name or around a role noun that say what office it is and whose: titles, demonyms, "former"."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import NamedTuple

from etl.data import read_toml
from etl.document import Document
from etl.people.lexicon import Title, load_titles
from etl.people.localities import Place, PlacedText, list_places
from etl.people.roles import COUNTERPART, DEPUTY, load_plurals, load_roles, load_surfaces
from etl.scan import Hits, fold_text
from etl.spans import Hit

_WORDS = read_toml("name_words.toml")
_FORMER = frozenset(_WORDS["former"])
_DEPUTY = frozenset(_WORDS["deputy"])
# Words between the country and the office that change neither.
_EMPTY = frozenset(_WORDS["neutral"])
_POSSESSIVE = frozenset({"his", "her", "their", "its", "our", "my"})
_LINK = re.compile(r" (?:of|for|to|in|at|with)(?: the)? $")
_TO_THE = re.compile(r" (?:to|of|for) the $")
_REPUBLIC = " of the Republic"
_STYLE = re.compile(
    r"(?:[A-Z][\w'-]+ ){0,3}(?:Republic|Kingdom|State|Sultanate|Emirate|Principality|Commonwealth|Union|Federation"
    r"|Grand Duchy) of (?:the )?"
)
_COMPLEMENT = re.compile(r" (?:(of|to|for) (?:the )?|in the (?:country|capital|kingdom|region)\b)")
_OF_WHAT = re.compile(r" of (?:the )?[A-Z][\w'-]+(?: [A-Z][\w'-]+){0,3}")
_STATE = re.compile(
    r" (?:government|administration|parliament|army|military|navy|delegation|team|embassy|presidency|republic|people"
    r"|armed forces|air force|police|ground forces|nation|cabinet|senate|judiciary|side)\b",
    re.IGNORECASE,
)
_PORTFOLIO = re.compile(r"((?:[A-Z][a-z]+(?:,? and |, | ))*[A-Z][a-z]+) $")
_HYPHENED = re.compile(r"(?<!\w)(ex|vice)[- ]$", re.IGNORECASE)
# Its last two characters.
_EX = frozenset({"x-", "x ", "X-", "X ", "e-", "e ", "E-", "E "})
_REACH = 60
_ARTICLE_AFTER = re.compile(r", (?:an?|the) ")
_APPOSITION = 40
# A leader of Ohio is no leader of the country, as its senator is one of the country's.
_NATIONAL = frozenset({"leader", "president", "speaker", "secretary"})


class Lead(NamedTuple):
    """What stands before a name: where it starts, and the office, country, courtesy title and number it states."""

    start: int
    role: str | None = None
    country: str | None = None
    title: Title | None = None
    functional: bool = False
    plural: bool = False
    counterpart: bool = False
    # The role of roles.toml marked `elsewhere` that the words state.
    trade: str | None = None


class Complement(NamedTuple):
    """What follows a role noun: its end, the country it gives; `of_body` where it is an organization's office."""

    end: int
    country: str | None = None
    of_body: bool = False


class Leads(PlacedText):
    """The title, role and place hits of one document by their ends, and the phrases that they form."""

    def __init__(self, document: Document, hits: Hits) -> None:
        super().__init__(fold_text(document.body), list_places(hits))
        self._known_roles, self._plurals = load_roles(), load_plurals()
        self.roles: dict[int, Hit] = {}
        for kind in ("function", "role"):
            self.roles |= {hit.end: hit for hit in hits.of(kind)}
        self.role_ends = sorted(self.roles)
        self.titles = {hit.end: hit for hit in hits.of("title")}
        # Where a title, a role or a place ends.
        self._ends = {*self.roles, *self.titles, *self.places, *self.genitives}

    def read_lead(self, head: int) -> Lead | None:
        """The titles and roles directly before `head`, where a name begins; None where there are none."""
        if head - 1 not in self._ends or self.body[head - 1] != " ":
            return None
        lead = Lead(head)
        while lead.start > 0 and self.body[lead.start - 1] == " ":
            longer = self._extend(lead, lead.start - 1)
            if longer is None:
                break
            lead = longer
        if not (lead.role or lead.title or lead.counterpart or lead.functional):
            return None
        if lead.role is None and lead.title is None and not lead.counterpart:
            return lead._replace(start=head)  # "his brother X": kinship speaks for a person and is no title
        return self._take_governor(lead)

    def is_role_before(self, start: int) -> bool:
        """True if a role phrase and a comma stand directly before `start`: "the minister, X", "the Emir of Kano, X"."""
        if self.body[start - 2 : start] != ", ":
            return False
        if start - 2 in self.roles:
            return True
        last = bisect_left(self.role_ends, start - 2)
        return last > 0 and bool(_OF_WHAT.fullmatch(self.body, self.role_ends[last - 1], start - 2))

    def _take_governor(self, lead: Lead) -> Lead:
        """ "Adviser to the President X": X is the adviser."""
        link = _TO_THE.search(self.body, max(lead.start - 8, 0), lead.start)
        role = self.roles.get(link.start()) if link and lead.role else None
        if role is None or role.value == COUNTERPART:
            return lead
        return self._take_role(Lead(lead.start, None, None, lead.title), role)

    def find_apposition(self, end: int) -> Lead | None:
        """The role phrase in apposition to the name that ends at `end`: "X, a Scottish actor and"."""
        article = _ARTICLE_AFTER.match(self.body, end)
        if article is None:
            return None
        start = article.end()
        for hit_end in range(start + 3, start + _APPOSITION):
            hit = self.roles.get(hit_end)
            if hit and hit.value != COUNTERPART:
                phrase = self.read_phrase(hit)
                return phrase if phrase.start == start else None
        return None

    def read_lead_apart(self, end: int) -> Lead | None:
        """The role phrase that ends at `end`, before a comma: "the Syrian and Iraqi presidents, X and Y"."""
        hit = self.roles.get(end)
        return self.read_phrase(hit) if hit else None

    def is_plural(self, hit: Hit) -> bool:
        """True for the hit of a role noun that names several: presidents, counterparts."""
        surface = self.body[hit.start : hit.end].lower()
        return surface.endswith("s") if hit.value == COUNTERPART else surface in self._plurals

    def read_phrase(self, hit: Hit) -> Lead:
        """The phrase that a role noun heads, up to its left end without article: "Syria's former president"."""
        lead = self._take_role(Lead(hit.end), hit)
        while lead.start > 0 and self.body[lead.start - 1] == " ":
            longer = self._extend(lead, lead.start - 1)
            if longer is None or longer.title is not lead.title:
                break
            lead = longer
        return lead

    def find_complement(self, end: int) -> Complement:
        """Where "of Syria", "to Moscow" after a role noun ends, and the country that "of" gives, if there is any."""
        if self.body.endswith(_REPUBLIC, 0, end):  # "President of the Republic of Peru"
            longer = self.find_complement(end - len(_REPUBLIC))
            if longer.country:
                return longer
        match = _COMPLEMENT.match(self.body, end)
        if not match:
            return Complement(end)
        if match.group(1) is None:
            return Complement(match.end())
        style = _STYLE.match(self.body, match.end())
        start = style.end() if style and match.end() not in self.place_starts else match.end()
        for place_end in sorted(self.place_starts.get(start, ()), reverse=True):
            place = self.places[place_end]
            if not 1 < place_end - start <= _REACH or self.body[place_end : place_end + 1] == "-":
                continue
            country = place.country if match.group(1) == "of" and place.kind != "region" else None
            if place.kind == "demonym":
                state = _STATE.match(self.body, place_end)
                return Complement(state.end(), country) if state else Complement(end)
            return Complement(place_end, country, of_body=place.kind == "organization")
        return Complement(end)

    def _extend(self, lead: Lead, end: int) -> Lead | None:
        """`lead` with the title, role, place or adjective that ends at `end`; None where none does."""
        role = self.roles.get(end)
        if role and lead.role is None and not lead.counterpart:
            return self._take_role(lead, role)
        title = self.titles.get(end)
        if title and lead.role is None:
            known = load_titles()[title.value]
            return Lead(title.start, known.role, lead.country, known, trade=known.trade or lead.trade)
        place = self.find_place(end)
        if place:
            return self._take_place(lead, place)
        if lead.role is not None or lead.counterpart:
            return self._take_adjective(lead)
        return None

    def _take_role(self, lead: Lead, hit: Hit) -> Lead:
        surface = self.body[hit.start : hit.end].lower()
        if hit.value == COUNTERPART:
            return Lead(hit.start, None, lead.country, lead.title, counterpart=True, plural=surface.endswith("s"))
        role = self._known_roles[hit.value]
        start, value = hit.start, role.value
        if value == "minister":
            start, value = self._take_portfolio(start, value)
        singular = self._plurals.get(surface)
        if role.relation:
            return Lead(start, None, lead.country, lead.title, functional=True, plural=singular is not None)
        if role.functional:
            # A trade goes by the word of the text.
            value = next((form for form in role.forms if form.lower() == (singular or surface)), role.value)
        prefix = _HYPHENED.search(self.body, max(start - 5, 0), start) if self.body[start - 2 : start] in _EX else None
        if prefix:
            word = "former" if prefix.group(1).lower() == "ex" else DEPUTY
            start, value = prefix.start(), f"{word} {value}"
        country = lead.country or role.country
        trade = role.value if role.elsewhere else None
        return Lead(start, value, country, lead.title, role.functional, singular is not None, trade=trade)

    def _take_portfolio(self, start: int, value: str) -> tuple[int, str]:
        """ "Water and Forests Minister": the capitalised words before a bare Minister are its portfolio."""
        match = _PORTFOLIO.search(self.body, max(start - _REACH, 0), start)
        if not match or self.body[start] != "M":
            return start, value
        first = match.start(1)
        for end in range(first + 1, start):
            place = self.places.get(end)
            if place and first <= place.start:
                first = end + (3 if self.body.startswith("'s ", end) else 1)
        portfolio = self.body[first : start - 1].lower()
        if not portfolio or any(word in _EMPTY | _FORMER | _DEPUTY for word in portfolio.split()):
            return start, value
        return first, f"{portfolio} {value}"

    def _take_place(self, lead: Lead, place: Place) -> Lead | None:
        """ "Syrian", "Syria's" before a role; "President of Syria", "spokesman at Syria's Ministry" before a name."""
        if lead.role is not None or lead.counterpart:
            country = None if place.kind == "region" and lead.role in _NATIONAL else place.country
            return lead._replace(start=place.start, country=lead.country or country)
        owner = self.find_place(place.start - 1) if self.body[place.start - 1 : place.start] == " " else None
        # What follows "spokesman for Iran's" is no name.
        for part in (place, owner) if lead.start - 1 in self.places else ():
            link = _LINK.search(self.body, max(part.start - 9, 0), part.start) if part else None
            role = self.roles.get(link.start()) if link else None
            if part and link and role and role.value != COUNTERPART:
                country = part.country if part is owner or link.group().startswith(" of") else None
                longer = self._take_role(Lead(part.start, None, country, lead.title), role)
                body = self.body[place.start : lead.start].strip()
                office = load_surfaces().get(f"{role.value} of the {body}".lower())
                return longer._replace(role=office) if office else longer
        return lead._replace(start=place.start, country=place.country) if lead.title else None

    def _take_adjective(self, lead: Lead) -> Lead | None:
        word, role = self.find_word_before(lead.start), lead.role
        found = lead.start - 1 - len(word)
        if word in _FORMER and role:
            role = role if role.startswith("former ") else f"former {role}"
        elif word in _DEPUTY and role:
            role = role if role.startswith(DEPUTY) else f"{DEPUTY} {role}"
        elif not (word in _EMPTY or (lead.counterpart and word in _POSSESSIVE)):
            return None
        return lead._replace(start=found, role=role)
