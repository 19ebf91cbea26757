"""A list of whom somebody met, and the meetings with each told after it: then the list is of several encounters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from etl.mentions.rows import Telling


def split_summaries(told: Iterable[Telling]) -> list[Telling]:
    """The tellings, in their order; a list of whom one person met is split where two or more are told of alone."""
    tellings = list(told)
    pairs = [telling for telling in tellings if len(telling.participants) == 2 and len(_list_persons(telling)) == 2]
    return [each for telling in tellings for each in _split(telling, pairs)]


def _split(telling: Telling, pairs: list[Telling]) -> list[Telling]:
    persons = _list_persons(telling)
    inner = {_list_persons(pair) for pair in pairs if pair.status == telling.status and _list_persons(pair) < persons}
    actors = frozenset.intersection(*inner) if len(inner) > 1 else frozenset()
    if len(persons) < 3 or len(actors) != 1:
        return [telling]
    actor = next(p for p in telling.participants if p.person_id in actors)
    others = [p for p in telling.participants if p is not actor]
    return [
        replace(telling, participants=(actor, other), number=telling.number + number)
        for number, other in enumerate(others)
    ]


def _list_persons(telling: Telling) -> frozenset[str]:
    return frozenset(p.person_id for p in telling.participants if p.person_id)
