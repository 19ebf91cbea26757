"""A list of whom somebody met, and the meetings with each told after it: then the list is of several encounters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from etl.mentions.rows import Telling, are_days_apart


def split_summaries(told: Iterable[Telling]) -> list[Telling]:
    """The tellings, in their order; a list of whom one person met is split where two or more are told of alone."""
    listed = list(told)
    tellings = [telling for telling in listed if not _is_covered(telling, listed)]
    pairs = [telling for telling in tellings if len(telling.participants) == 2 and len(_list_persons(telling)) == 2]
    return [each for telling in tellings for each in _split(telling, pairs)]


def _is_covered(telling: Telling, others: list[Telling]) -> bool:
    """True for "in Oslo for talks with officials" in a sentence that names the officials whom somebody met."""
    groups = [p for p in telling.participants if not p.person_id]
    if not groups or any(p.basis != "group" or not p.country for p in groups):
        return False
    lands = {p.country for p in groups}
    return any(
        other is not telling
        and not are_days_apart(telling.when, other.when)
        and (other.sentence == telling.sentence or _may_be_one(telling, other))
        and _list_persons(telling) < _list_persons(other)
        and lands <= {p.country for p in other.participants if p.person_id not in _list_persons(telling)}
        for other in others
    )


def _may_be_one(group: Telling, other: Telling) -> bool:
    """True where what is told of the group says nothing else than what is told of persons."""
    where = group.where
    return (
        group.format == other.format
        and group.status in (other.status, "scheduled", "held")
        and other.status in ("held", "scheduled")
        and (where is None or other.where is None or where.country == other.where.country)
    )


def _split(telling: Telling, pairs: list[Telling]) -> list[Telling]:
    persons = _list_persons(telling)
    inner = {_list_persons(pair) for pair in pairs if pair.status == telling.status and _list_persons(pair) < persons}
    grouped = any(p.basis == "group" for p in telling.participants)  # "several leaders including A, B and C"
    enough = len(inner) > 1 or (grouped and len(inner) == 1)
    actors = frozenset.intersection(*inner) if enough else frozenset()
    first = telling.participants[0].person_id
    actors = frozenset({first} if grouped and first in actors else actors)
    if len(persons) < 3 or len(actors) != 1:
        return [telling]
    actor = next(p for p in telling.participants if p.person_id in actors)
    others = [p for p in telling.participants if p is not actor and not (grouped and p.basis == "group")]
    return [
        replace(telling, participants=(actor, other), number=telling.number + number)
        for number, other in enumerate(others)
    ]


def _list_persons(telling: Telling) -> frozenset[str]:
    return frozenset(p.person_id for p in telling.participants if p.person_id)
