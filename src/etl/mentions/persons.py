"""Persons as parties: names and offices, and the two put together."""

from __future__ import annotations

from dataclasses import replace

from etl.document import Document
from etl.mentions.bodies import find_body
from etl.mentions.party import Party, is_possessive
from etl.mentions.patterns import load_pattern
from etl.mentions.vocabulary import load_party_words
from etl.organizations import load_organizations
from etl.records import Participant
from etl.scan import Hits
from etl.spans import PersonMention


def merge_appositions(parties: list[Party], text: str) -> list[Party]:
    """His Cuban counterpart, Ana Ruiz; Ana Ruiz, the Cuban foreign minister: one party with name, role and country."""
    merged: list[Party] = []
    for party in parties:
        before = merged[-1] if merged else None
        between = text[before.end : party.start] if before else ""
        if before is not None and between == ", " and _is_unfinished(before, party):
            continue  # "Ana Ruiz, the head of Peru's council"
        if before is not None and between == " and " and _is_double(before, party):
            merged[-1] = _take_office(before, party)
            continue
        apposed = between in (", ", " ") or load_pattern("acronym").fullmatch(between) or _is_posted(before, between)
        if before is None or not apposed or (joined := _join(before, party)) is None:
            merged.append(party)
        else:
            merged[-1] = joined
    return merged


def _is_double(before: Party, party: Party) -> bool:
    """True for "Peruvian Vice President and head of the Space Agency Ana Ruiz": one person with two offices."""
    first, second = before.participants[0], party.participants[0]
    if first.basis != "role" or first.person_id or second.basis != "name" or second.person_id is None:
        return False
    heads = load_party_words().heads - {"prime minister"}
    same = first.country is not None and first.role not in heads and second.country in (None, first.country)
    return (
        same
        and not first.mention.lower().startswith("the ")
        and bool(load_pattern("second-office").match(second.mention))
    )


def _take_office(office: Party, party: Party) -> Party:
    told, person = office.participants[0], party.participants[0]
    participant = replace(person, role=told.role or person.role, country=person.country or told.country)
    return Party(office.start, party.end, "person", (participant,), possessive=party.possessive)


def _is_posted(before: Party | None, between: str) -> bool:
    """True for "the Swiss ambassador in Lima" before a name."""
    return (
        before is not None
        and before.participants[0].basis == "role"
        and bool(load_pattern("posted").fullmatch(between))
    )


def _is_unfinished(before: Party, party: Party) -> bool:
    named, described = before.participants[0], party.participants[0]
    return party.possessive and described.basis == "role" and named.person_id is not None and named.basis == "name"


def _join(first: Party, second: Party) -> Party | None:
    one, other = first.participants[0], second.participants[0]
    named, described = (one, other) if other.basis != "name" else (other, one)
    if (named.basis, described.basis) not in (("name", "role"), ("name", "counterpart")):
        return None
    same = described.person_id in (None, named.person_id)
    if not same or (named.country and described.country and named.country != described.country):
        return None
    participant = replace(
        named, role=named.role or described.role, country=named.country or described.country,
        mention=named.mention, basis="counterpart" if described.basis == "counterpart" else "name",
    )  # fmt: skip
    return Party(first.start, second.end, "person", (participant,), possessive=second.possessive)


def _find_country_behind(text: str, end: int, hits: Hits) -> str | None:
    """The country of "Prime Minister Ana Ruiz of Ecuador"."""
    link = load_pattern("of-country").match(text, end)
    options = hits.within("country", link.end() - 4, link.end() + 40) if link else ()
    return next((hit.value for hit in options if link and hit.start in (link.end(), link.end() - 4)), None)


def _find_office_organization(mention: PersonMention, hits: Hits) -> str | None:
    """The organization whose office it is: the IAEA chief."""
    return next((hit.value for hit in hits.within("organization", mention.start, mention.end)), None)


def _is_top_diplomat(mention: PersonMention) -> bool:
    return mention.role == "diplomat" and bool(load_pattern("top-of-all").search(mention.text))


def read_person(text: str, mention: PersonMention, document: Document, hits: Hits) -> Party | None:
    """The party that a name or an office is; None for quoted words, and where it only says what somebody else is."""
    words = load_party_words()
    if document.is_quoted(mention.start) or words.exclude.search(mention.text):
        return None
    if words.modifies.search(text, max(0, mention.start - 48), mention.start):
        return None
    person = mention.person
    organization = _find_office_organization(mention, hits) if person is None and mention.country is None else None
    role = "foreign minister" if _is_top_diplomat(mention) else mention.role
    role = role or ("counterpart" if person is None and mention.basis == "counterpart" else None)
    start, end, country = mention.start, mention.end, mention.country
    if (person is None or person.country is None) and role is not None and country is None and organization is None:
        body = find_body(text, start, end, hits)
        if body is not None:
            start, end = (body.start, body.end) if person is None else (body.start, end)
            named = body.owner.kind == "organization"
            country, organization = (None, body.owner.value) if named else (body.owner.value, None)
    if organization is not None and country is None:
        country = load_organizations()[organization].country
    if person is None and (role is None or (country is None and organization is None)):
        return None
    participant = Participant(
        person_id=person.person_id if person else None,
        name=person.name if person else None,
        role=role or (person.role if person else None),
        country=country or (person.country if person else None) or _find_country_behind(text, mention.end, hits),
        organization=organization,
        mention=text[start:end],
        start=start,
        end=end,
        basis=mention.basis,
    )
    possessive = is_possessive(text, end)
    comma = mention.text.find(", ")
    if possessive and comma > 0 and participant.basis == "name" and ", Jr" not in mention.text:
        # "Ana Ruiz, the head of Peru's council": the office is the council's, and the name ends at the comma.
        participant = replace(participant, role=person.role if person else None, mention=mention.text[:comma])
        possessive, end = False, mention.start + comma
        participant = replace(participant, end=end)
    return Party(start, end, "person", (participant,), possessive=possessive)
