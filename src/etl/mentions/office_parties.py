"""Offices as parties that nobody's name stands for: those of bodies, and further ones of a list."""

from __future__ import annotations

from etl.document import Document
from etl.mentions.bodies import find_body
from etl.mentions.groups import is_plural
from etl.mentions.party import Party, is_possessive, overlaps
from etl.mentions.patterns import load_pattern
from etl.mentions.vocabulary import load_party_words
from etl.people import Cast
from etl.records import Participant
from etl.scan import Hits

MINISTER = "minister"


def list_offices(document: Document, start: int, end: int, hits: Hits, taken: list[tuple[int, int]]) -> list[Party]:
    """Offices of bodies that stand for nobody the text names: "Peru's Border Guard Commander"."""
    found = []
    text = document.masked
    for hit in (*hits.within("role", start, end), *hits.within("function", start, end)):
        if overlaps(hit.start, hit.end, taken) or document.is_quoted(hit.start) or is_plural(text, hit):
            continue
        deputy = load_pattern("deputy").search(text, max(start, hit.start - 8), hit.start)
        if hit.value in load_party_words().heading and deputy is None:
            continue
        body = find_body(text, deputy.start() if deputy else hit.start, hit.end, hits)
        if body is None or overlaps(body.start, body.end, taken):
            continue
        ahead = text[max(start, body.start - 32) : body.start]
        if load_pattern("name-behind").match(text, body.end) or load_pattern("apposed-ahead").search(ahead):
            continue  # it says what somebody with a name is
        country, organization = (
            (None, body.owner.value) if body.owner.kind == "organization" else (body.owner.value, None)
        )
        mention = text[body.start : body.end]
        role = f"deputy {hit.value}" if deputy else hit.value
        office = Participant(None, None, role, country, organization, mention, body.start, body.end, "role")
        found.append(Party(body.start, body.end, "person", (office,), possessive=is_possessive(text, body.end)))
        taken.append((body.start, body.end))
    return found


def list_sole_offices(document: Document, cast: Cast, start: int, end: int) -> list[Party]:
    """Offices of which the text says neither whose they are nor who holds them: "The Secretary-General met with"."""
    words = load_party_words()
    found = []
    for mention in cast.within(start, end):
        sole = mention.person is None and mention.country is None and mention.role in words.sole
        if not sole or not load_pattern("sole-office").fullmatch(mention.text) or document.is_quoted(mention.start):
            continue
        if any(other.person is not None and other.role == mention.role for other in cast.mentions):
            continue  # one of these may be meant
        office = Participant(None, None, mention.role, None, None, mention.text, mention.start, mention.end, "role")
        possessive = is_possessive(document.masked, mention.end)
        found.append(Party(mention.start, mention.end, "person", (office,), possessive=possessive))
    return found


def list_more_offices(document: Document, hits: Hits, found: list[Party], start: int, end: int) -> list[Party]:
    """The further ministers of "the Peruvian foreign minister, oil minister and trade minister"."""
    text, ends = document.masked, {party.end: party for party in found if _is_office(party)}
    more: list[Party] = []
    for hit in hits.within("role", start, end) if ends else ():
        gap = load_pattern("next-office").search(text, max(start, hit.start - 20), hit.start)
        party = ends.get(gap.start()) if gap else None
        if party is None or not hit.value.endswith(MINISTER) or is_plural(text, hit):
            continue
        if load_pattern("name-behind").match(text, hit.end) or document.is_quoted(hit.start):
            continue
        country = party.participants[0].country
        words = text[hit.start : hit.end]
        office = Participant(None, None, hit.value, country, None, words, hit.start, hit.end, "role")
        more.append(Party(hit.start, hit.end, "person", (office,), possessive=is_possessive(text, hit.end)))
        ends[hit.end] = more[-1]
    return more


def _is_office(party: Party) -> bool:
    first = party.participants[0]
    told = party.kind == "person" and first.basis == "role" and first.country
    return bool(told) and (first.role or "").endswith(MINISTER)
