"""Who of the persons of a document holds the office of a participant without a name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from etl.mentions.vocabulary import load_party_words
from etl.people import Cast, load_registry
from etl.records import Participant
from etl.spans import Person


def name_office(participant: Participant, cast: Cast, day: date | None) -> Participant:
    """The participant with the name of the only person of the document who holds that office.

    Of leaders, whose office is not told, the one whom the registry has as a head on `day`.
    """
    words = load_party_words()
    unique = participant.role in words.heads | words.unique | words.leaders | {"diplomat"}
    unique = unique or (participant.role or "").endswith((" minister", "parliament speaker"))
    unique = unique and not (participant.role or "").startswith("deputy")
    if participant.person_id or not unique or not participant.country or participant.basis == "delegation":
        return participant
    holders = [person for person in cast.persons if _holds(person, participant)]
    if participant.role == "diplomat":
        holders = [p for p in cast.persons if p.country == participant.country and _is_diplomat(p.role or "")]
    if not holders:  # without a reference date the registry's terms give no role, but they say who ever held the office
        holders = [person for person in cast.persons if _ever_held(person, participant)]
    if len(holders) != 1 and participant.role in words.leaders and day is not None:
        heads = [load_registry().holder(role, participant.country, day) for role in sorted(words.heads)]
        named = {person.person_id for person in heads if person is not None}
        holders = [person for person in cast.persons if person.person_id in named]
    if len(holders) != 1:
        return participant
    return replace(
        participant, person_id=holders[0].person_id, name=holders[0].name, role=holders[0].role or participant.role
    )


def _is_diplomat(role: str) -> bool:
    return role.endswith(tuple(load_party_words().diplomats))


def _holds(person: Person, participant: Participant) -> bool:
    words = load_party_words()
    heads = participant.role in words.leaders and person.role in words.heads
    return person.country == participant.country and (person.role == participant.role or heads)


def _ever_held(person: Person, participant: Participant) -> bool:
    words = load_party_words()
    leads = participant.role in words.heads | words.leaders
    if person.role in words.heads and not leads:
        return False  # whoever is president now was foreign minister before
    known = load_registry().known(person.person_id)
    return known is not None and any(
        office.country == participant.country
        and (office.role == participant.role or (participant.role in words.leaders and office.role in words.heads))
        for office in known.offices
    )
