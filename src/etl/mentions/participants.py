"""The participants of an encounter together: each once, and whether they can have met."""

from __future__ import annotations

from etl.mentions.families import Family
from etl.mentions.party import Party
from etl.mentions.vocabulary import load_party_words
from etl.records import Participant
from etl.spans import Person


def build_person(person: Person, party: Party, words: str, basis: str) -> Participant:
    """The participant whom the words of a party stand for."""
    return Participant(
        person.person_id, person.name, person.role, person.country, None, words, party.start, party.end, basis
    )


def join_parties(a: tuple[Participant, ...], b: tuple[Participant, ...]) -> tuple[Participant, ...]:
    """All participants once; a country's delegation gives way to a person or an office of that country."""
    found: list[Participant] = []
    for participant in (*a, *b):
        key = _key(participant)
        if all(_key(other) != key for other in found):
            found.append(participant)
    headed = {p.country for p in found if p.country and p.basis != "delegation" and not _is_crowd(p)}
    return tuple(p for p in found if p.country not in headed or p.organization or p.basis != "delegation")


def _key(participant: Participant) -> tuple[str | None, ...]:
    if participant.person_id:
        return (participant.person_id,)
    return (None, participant.role, participant.country, participant.organization)


def are_parties(a: tuple[Participant, ...], b: tuple[Participant, ...], family: Family) -> bool:
    """True where at least two parties with an identity meet, and not one body its own people."""
    joined = join_parties(a, b)
    if (
        (all(_is_crowd(p) for p in a) and not any(p.person_id for p in b))
        or len(joined) < 2
        or not any(p.person_id or p.country or p.organization for p in joined)
    ):
        return False
    bare = [p for p in joined if not (p.person_id or p.country or p.organization or p.basis == "group")]
    if len(bare) > 1 or (bare and bare[0].basis == "role" and not any(p.person_id for p in joined)):
        return False  # "The President met the press"
    if b and ({_key(p) for p in a} & {_key(p) for p in b}):
        return False
    if (
        family.named
        and b
        and all(p.basis == "delegation" and p.role == "delegation" for p in b)
        and not _is_delegation(b)
    ):
        return False
    if bare and bare[0].basis == "role":
        return True
    sides = {(p.country, p.organization) for p in joined}
    if len(sides) == 1 and not all(p.person_id for p in joined):
        # One country: only named persons, or a person and a group that is not his or her own people.
        # So are the officials of a government who meet people of the country.
        own = [
            p
            for p in joined
            if p.person_id or (p.basis in ("group", "role", "delegation") and p.country and not _is_crowd(p))
        ]
        others = [p for p in joined if not p.person_id and (p.role in load_party_words().alone or _is_crowd(p))]
        return bool(own) and len(own) + len(others) == len(joined) and (bool(others) or len(own) == 1)
    return True


def _is_crowd(participant: Participant) -> bool:
    words = load_party_words()
    role = f" {participant.role}"
    crowd = participant.basis == "group" and participant.role not in words.group | words.alone
    return crowd and any(role.endswith(f" {noun}") for noun in words.people | words.vague)


def _is_delegation(side: tuple[Participant, ...]) -> bool:
    return any("delegation" in p.mention.lower() for p in side)


def are_only_countries(participants: tuple[Participant, ...]) -> bool:
    """True where no person, office or group takes part by name or role."""
    return all(p.basis == "delegation" or p.role in load_party_words().bare for p in participants)
