"""The participants of a meeting out of those of its mentions: each party once, by what is best known of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from etl.meetings.clusters import Cluster
from etl.meetings.parties import (
    SAME_OFFICE,
    SAME_PARTY,
    Party,
    build_party,
    fold_words,
    load_party_rules,
    match_parties,
)
from etl.meetings.tellings import PartyRow
from schemas import vocabulary

_CACHED = 100_000


class Participant(NamedTuple):
    """The columns of meeting_participants that tell who it is."""

    person_id: str | None
    name: str | None
    role: str | None
    country: str | None
    organization: str | None
    mention: str
    basis: str


def build_participants(cluster: Cluster) -> list[Participant]:
    """Who took part, in the order of meeting_participants.

    One row a person, an office, an organization, a group. An office, or a side of which nobody is told, gives way to a
    person who fulfils it. Two registered or unregistered persons of different ids stay two, whatever their names.
    """
    rows_of: dict[Party, list[PartyRow]] = {}
    for row in _list_rows(cluster):
        party = build_party(row.person_id, row.name, row.role, row.country, row.organization)
        rows_of.setdefault(party, []).append(row)
    kept = _group_parties(tuple(rows_of))
    found = [_consolidate([row for party in group for row in rows_of[party]]) for group in kept]
    found.sort(key=_sort_participant)
    return found


@lru_cache(maxsize=_CACHED)
def _group_parties(parties: tuple[Party, ...]) -> tuple[tuple[Party, ...], ...]:
    """The parties, those that are one together, without those that give way; the same few meet again and again."""
    groups: list[list[Party]] = []
    for party in parties:
        group = next((g for g in groups if any(_are_one(party, other) for other in g)), None)
        if group is None:
            groups.append([party])
        else:
            group.append(party)
    return tuple(map(tuple, _drop_fulfilled(groups)))


def _list_rows(cluster: Cluster) -> list[PartyRow]:
    """The rows of all mentions, the persons first, in an order of their own."""
    rows = [row for telling in cluster.tellings for row in telling.rows]
    rows.sort(key=lambda row: (row.person_id is None, row.name is None))  # else by mention_id and ordinal, as they came
    return rows


def _are_one(a: Party, b: Party) -> bool:
    if a.person_id is not None and b.person_id is not None:
        return a.person_id == b.person_id
    if a.is_person != b.is_person:
        return match_parties(a, b) == SAME_OFFICE
    if a.is_person:
        return match_parties(a, b) == SAME_PARTY
    return (a.roles, a.country, a.organization and fold_words(a.organization)) == (
        b.roles,
        b.country,
        b.organization and fold_words(b.organization),
    )


def _drop_fulfilled(groups: Sequence[list[Party]]) -> list[list[Party]]:
    """Without the sides and delegations for which somebody of their country stands."""
    fulfilled = load_party_rules().fulfilled
    countries = {party.country for group in groups for party in group if not party.is_generic} - {None}
    return [group for group in groups if not all(_is_fulfilled(party, fulfilled, countries) for party in group)]


def _is_fulfilled(party: Party, fulfilled: frozenset[str], countries: set[str | None]) -> bool:
    return party.is_generic and bool(party.roles) and party.roles <= fulfilled and party.country in countries


def _consolidate(rows: Sequence[PartyRow]) -> Participant:
    if len(rows) == 1:
        row = rows[0]
        return Participant(row.person_id, row.name, row.role, row.country, row.organization, row.mention, row.basis)
    persons = [row for row in rows if row.person_id is not None] or [row for row in rows if row.name] or list(rows)
    best = min(persons, key=lambda row: (vocabulary.PARTICIPANT_BASES.index(row.basis), row.mention_id, row.ordinal))
    return Participant(
        person_id=best.person_id,
        name=_choose(row.name for row in persons),
        role=_choose_role(row.role for row in rows),
        country=_choose(row.country for row in persons) or _choose(row.country for row in rows),
        organization=_choose(row.organization for row in rows),
        mention=best.mention,
        basis=best.basis,
    )


def _choose(values: Iterable[str | None]) -> str | None:
    """The most frequent value; of equally frequent ones the longest, then the first in order."""
    told = [value for value in values if value is not None]
    if len(told) < 2:
        return told[0] if told else None
    counts = Counter(told)
    return min(counts, key=lambda value: (-counts[value], -len(value), value), default=None)


def _choose_role(values: Iterable[str | None]) -> str | None:
    """The most frequent office that says something, else any."""
    told = [value for value in values if value is not None]
    generic = load_party_rules().generic
    return _choose(value for value in told if fold_words(value) not in generic) or _choose(told)


def _sort_participant(row: Participant) -> tuple[bool, str, str, str, str, str]:
    """Persons by name, then offices, then organizations."""
    return (
        row.name is None,
        row.name or row.role or "~",
        row.country or "",
        row.organization or "",
        row.person_id or "",
        row.mention,
    )


def describe_participants(rows: Iterable[Participant]) -> str:
    """The participants for reading: "Ada Okoro (NGA); foreign minister (NOR)"."""
    return "; ".join([_describe(row) for row in rows])


def _describe(row: Participant) -> str:
    what = row.name or row.organization or row.role or row.mention
    return f"{what} ({row.country})" if row.country else what
