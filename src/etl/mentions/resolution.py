"""From the parties of a frame to participants: pronouns, the parties told before, offices that the document fills."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TypeAlias

from etl.document import Document
from etl.mentions.frames import Frame
from etl.mentions.holders import name_office
from etl.mentions.participants import build_person
from etl.mentions.party import Party
from etl.mentions.patterns import load_pattern
from etl.mentions.travellers import name_traveller
from etl.mentions.vocabulary import load_party_words
from etl.people import Cast
from etl.records import Participant
from etl.spans import Person

# How far before its sentence a person may be named whom a pronoun stands for.
PRONOUN_REACH = 400
Sides: TypeAlias = tuple[tuple[Participant, ...], tuple[Participant, ...]]


def resolve_sides(
    document: Document,
    cast: Cast,
    frame: Frame,
    before: list[tuple[Participant, ...]],
    day: date | None,
    speaker: Person | None = None,
) -> Sides | None:
    """The participants of both sides; None where a party cannot be told.

    `day` is the reference date, `speaker` who says "I" in the text.
    """
    sides = []
    frame = _name_other_side(document, cast, frame)
    for parties in (frame.a, frame.b):
        side: list[Participant] = []
        for party in parties:
            if party.kind == "pronoun" and document.body[party.start : party.end] == "I":
                others: list[Participant] | None = None if len(parties) == 1 else []  # "the president and I"
                found = [build_person(speaker, party, "I", "pronoun")] if speaker else others
            else:
                found = _resolve_party(document, cast, party, before, day)
            if found is None:
                return None
            side += found
        sides.append(tuple(side))
    a, b = _turn_pronouns(document, cast, frame, (sides[0], sides[1]))
    own = tuple(p for p in a if not _is_counterpart(p))  # "he and his Peruvian counterpart"
    return _fill_counterparts(a, own), _fill_counterparts(b, a)


def _name_other_side(document: Document, cast: Cast, frame: Frame) -> Frame:
    """ "In a meeting with B, the two sides said": the other side is who the sentence before was about."""
    both = len(frame.a) == 1 and frame.a[0].kind == "before" and frame.adjunct in ("in", "during", "at")
    if not both or len(frame.b) != 1 or frame.b[0].kind != "person":
        return frame
    person = _find_named_last(document, cast, frame.a[0].start)
    met = frame.b[0].participants[0]
    if person is None or person.person_id == met.person_id:
        return frame
    party = frame.a[0]
    words = document.body[party.start : party.end]
    return frame._replace(a=(Party(party.start, party.end, "person", (build_person(person, party, words, "group"),)),))


def _turn_pronouns(document: Document, cast: Cast, frame: Frame, sides: Sides) -> Sides:
    """ "In a call with B, he said": where the pronoun was taken for B it stands for who was named before B."""
    a, b = sides
    met = {p.person_id for p in b if p.person_id}
    if len(a) != 1 or a[0].basis != "pronoun" or a[0].person_id not in met or frame.a[0].kind != "pronoun":
        return sides
    sentence = document.sentence_at(frame.a[0].start)
    earlier = [m for m in cast.before(max(0, sentence.start - PRONOUN_REACH), sentence.start) if m.person]
    options = [m.person for m in earlier if m.person and m.person.person_id not in met]
    if not options or not options[-1]:
        return sides
    word = document.body[frame.a[0].start : frame.a[0].end]
    return (build_person(options[-1], frame.a[0], word, "pronoun"),), b


def settle_crowds(frame: Frame, sides: Sides, place: str | None) -> Sides:
    """People of no country that is told are the country's whose one side they met, unless they come from abroad.

    `place` is the country where they met; abroad nobody knows whose they are.
    """
    crowds = {party.start for party in (*frame.a, *frame.b) if party.kind == "people"}
    met = {p.country for side in sides for p in side if p.start not in crowds and p.country}
    country = next(iter(met), None)
    if not crowds or len(met) != 1 or place not in (None, country):
        return sides
    abroad = load_party_words().abroad
    a, b = (
        tuple(
            replace(p, country=country)
            if p.start in crowds and not p.country and not p.organization and not abroad & set((p.role or "").split())
            else p
            for p in side
        )
        for side in sides
    )
    return a, b


def _resolve_party(
    document: Document, cast: Cast, party: Party, before: list[tuple[Participant, ...]], day: date | None
) -> list[Participant] | None:
    if party.kind == "before":
        found = _resolve_before(document, cast, party, before)
        return _name_offices(found and name_traveller(document, cast, party, found), cast, day)
    if party.kind == "pronoun":
        return _name_offices(_resolve_pronoun(document, cast, party, before), cast, day)
    return [name_office(participant, cast, day) for participant in party.participants]


def _name_offices(found: list[Participant] | None, cast: Cast, day: date | None) -> list[Participant] | None:
    return None if found is None else [name_office(participant, cast, day) for participant in found]


def _resolve_before(
    document: Document, cast: Cast, party: Party, before: list[tuple[Participant, ...]]
) -> list[Participant] | None:
    """The two leaders: the parties of the last encounter told, if there are as many; else the countries named last."""
    words = document.body[party.start : party.end]
    for told in reversed(before):
        countries = [country for country in dict.fromkeys(p.country for p in told) if country]
        sides_only = all(p.role == "delegation" for p in told)
        if party.role or sides_only:
            if len(countries) == party.size:
                return [_build_office(country, party, words) for country in countries]
        elif party.size in (0, len(told)) and _fits(words, told):
            return [_refer(participant, party, words, "group") for participant in told]
        if len(told) > 1 and not party.role and not party.size:
            break
    role = words.split()[-1].removesuffix("s")
    named = {m.person for m in cast.before(0, party.start)}
    persons = [person for person in cast.persons if person.role == role and person in named]
    if party.size and len(persons) == party.size and not party.role:
        return [build_person(person, party, words, "group") for person in persons]
    pair = _list_pair_before(document, cast, party.start) if party.size in (0, 2) and not party.role else []
    if pair and _fits(words, [build_person(person, party, words, "group") for person in pair]):
        return [build_person(person, party, words, "group") for person in pair]
    return None


def _fits(words: str, told: Sequence[Participant]) -> bool:
    """False for "the two presidents" where both are known to have another office."""
    role = load_party_words().each.get(words.split()[-1])
    named = [p.role for p in told if p.role and p.role != "delegation"]
    exact = role is not None and role not in load_party_words().leaders | {"minister", "speaker"}
    return not exact or len(named) < len(told) or any(role in known or known in role for known in named if role)


def _list_pair_before(document: Document, cast: Cast, start: int) -> list[Person]:
    """The only two persons whom the sentence names before `start`, or, where it names none, the sentence before."""
    number = document.sentence_number_at(start)
    for sentence in reversed(document.sentences[max(0, number - 1) : number + 1]):
        named = cast.within(sentence.start, min(sentence.end, start))
        former = {m.person for m in named if (m.role or "").startswith("former")}
        persons = [p for p in dict.fromkeys(m.person for m in named if m.person is not None) if p not in former]
        if persons:
            return persons if len(persons) == 2 else []
    return []


def _build_office(country: str, party: Party, words: str) -> Participant:
    """A country's side, or its office where the words name one ("the two presidents")."""
    each = load_party_words().each
    role = party.role or each.get(words.split()[-1], "delegation")
    if role in load_party_words().lands | {"delegation", "delegations"}:
        return Participant(None, None, "delegation", country, None, words, party.start, party.end, "delegation")
    return Participant(None, None, role, country, None, words, party.start, party.end, "role")


def _resolve_pronoun(
    document: Document, cast: Cast, party: Party, before: list[tuple[Participant, ...]]
) -> list[Participant] | None:
    word = document.body[party.start : party.end]
    if word.lower() in ("they", "them", "their"):
        if before:
            return [_refer(participant, party, word, "pronoun") for participant in before[-1]]
        pair = _list_pair_before(document, cast, party.start)
        return [build_person(person, party, word, "pronoun") for person in pair] or None
    if " " in word:
        person = _find_named_last(document, cast, party.start)
        return [build_person(person, party, word, "role")] if person else None
    person = _find_clause_subject(document, cast, party.start) or cast.resolve_pronoun(word.lower(), party.start)
    return [build_person(person, party, word, "pronoun")] if person else None


def _find_clause_subject(document: Document, cast: Cast, start: int) -> Person | None:
    """Who "he" is in "King A arrived in Lima, where he was received": the only person of the clause before."""
    sentence = document.sentence_at(start)
    if not load_pattern("relative-place").search(document.masked, sentence.start, start):
        return None
    named = [m.person for m in cast.within(sentence.start, start)]
    return named[0] if len(named) == 1 else None


def _find_named_last(document: Document, cast: Cast, start: int) -> Person | None:
    """The first person whom the sentence before names, or else the one before that: "the official" who speaks on."""
    number = document.sentence_number_at(start)
    for sentence in reversed(document.sentences[max(0, number - 2) : number]):
        named = [m.person for m in cast.within(sentence.start, sentence.end) if m.person is not None]
        if named:
            return named[0]
    return None


def _refer(participant: Participant, party: Party, words: str, basis: str) -> Participant:
    return replace(participant, mention=words, start=party.start, end=party.end, basis=basis)


def _fill_counterparts(side: tuple[Participant, ...], other: tuple[Participant, ...]) -> tuple[Participant, ...]:
    """Counterparts have the office of the one party on the other side."""
    roles = [participant.role for participant in other if participant.role]
    if len(other) != 1 or not roles:
        return side
    return tuple(replace(p, role=roles[0], basis="counterpart") if _is_counterpart(p) else p for p in side)


def _is_counterpart(participant: Participant) -> bool:
    unnamed = participant.person_id is None and participant.country is not None
    return unnamed and (participant.basis == "counterpart" or participant.role == "counterparts")
