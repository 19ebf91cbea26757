"""A cluster: the tellings that are taken for one meeting, and what they say together."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property, lru_cache
from typing import NamedTuple, Never, TypeVar

from etl.meetings.casts import Cast, build_cast
from etl.meetings.days import Days, intersect_days, join_consecutive
from etl.meetings.parties import Party, fold_words, unite_parties
from etl.meetings.tellings import CALLS, HELD, OFF, PLANNED, Telling
from etl.records import hash_key

T = TypeVar("T", str, int)
_SAMPLE = 2  # articles
_NOTHING: frozenset[Never] = frozenset()


class _Told(NamedTuple):
    key: str
    seed: str
    parts: tuple[Telling] | tuple[Cluster, Cluster]
    days: Days
    parties: tuple[Party, ...]
    told: tuple[Party, ...]  # without those whom only a later sentence adds
    cast: Cast
    told_cast: Cast
    cities: frozenset[str]
    countries: frozenset[str]
    venues: frozenset[str]
    occasions: frozenset[str]
    numbers: frozenset[int]  # in a series
    statuses: frozenset[str]
    formats: frozenset[str]  # as far as words or a place say so
    sample: tuple[str, ...]  # the first few of its articles by id
    references: frozenset[int]  # the days that its articles count from, where known
    expected: tuple[int, int] | None  # the days on which all that is told of it may have been
    looks_back: bool  # all of its tellings look back at an earlier meeting than their article is about
    looks_ahead: bool  # a telling is planned, and another than one that its article tells as held


class Cluster(_Told):
    """Tellings of one meeting. Never changed: joining two makes a third. `key` is the smallest mention_id, `seed` the
    mention_id that the cluster began with.

    Joining costs the same however many tellings there are: they hang in a tree of `parts`, and what is compared is
    kept as sets of different values.
    """

    @property
    def tellings(self) -> tuple[Telling, ...]:
        """All tellings, by mention_id."""
        return self.parts if len(self.parts) == 1 else self._all_tellings

    @cached_property
    def _all_tellings(self) -> tuple[Telling, ...]:
        found: list[Telling] = []
        waiting: list[Telling | Cluster] = [self]
        while waiting:
            item = waiting.pop()
            if isinstance(item, Telling):
                found.append(item)
            else:
                waiting.extend(item.parts)
        return tuple(sorted(found, key=lambda telling: telling.mention_id))

    @cached_property
    def meeting_id(self) -> str:
        return hash_key(self.key)

    @cached_property
    def articles(self) -> frozenset[str]:
        return frozenset(telling.article_id for telling in self.tellings)

    @property
    def core(self) -> tuple[Party, ...]:
        """The parties that tell the meeting from others."""
        return self.cast.parties

    @property
    def is_call(self) -> bool:
        return not self.formats.isdisjoint(CALLS)

    @property
    def is_held(self) -> bool:
        return HELD in self.statuses

    @property
    def is_planned(self) -> bool:
        return not self.statuses.isdisjoint(PLANNED)

    @property
    def is_off(self) -> bool:
        return not self.statuses.isdisjoint(OFF)


def build_cluster(telling: Telling) -> Cluster:
    """The cluster of one telling."""
    parties = unite_parties((), telling.parties)
    told = parties if telling.told == telling.parties else unite_parties((), telling.told)
    return Cluster(
        key=telling.mention_id,
        seed=telling.mention_id,
        parts=(telling,),
        days=telling.days,
        parties=parties,
        told=told,
        cast=build_cast(parties),
        told_cast=build_cast(told),
        cities=_fold(telling.city),
        countries=_fold(telling.country),
        venues=_fold(telling.venue),
        occasions=_fold(telling.occasion),
        numbers=_NOTHING if telling.number is None else frozenset((telling.number,)),
        statuses=_put_alone(telling.status),
        formats=_NOTHING if telling.is_open else _put_alone(telling.format),
        sample=(telling.article_id,),
        references=_NOTHING if telling.reference is None else _put_alone(telling.reference),
        expected=telling.expected,
        looks_back=telling.looks_back,
        looks_ahead=telling.looks_ahead,
    )


def _fold(text: str | None) -> frozenset[str]:
    return _put_alone(fold_words(text)) if text else _NOTHING


@lru_cache(maxsize=10_000)
def _put_alone(value: T) -> frozenset[T]:
    return frozenset((value,))


def join_days(a: Cluster, b: Cluster, visit_days: int) -> Days | None:
    """The days of both together; None where they contradict. Days that follow one another in one city are a visit; what
    was planned for the day before or after was held on the day on which it was held."""
    both = intersect_days(a.days, b.days)
    if both is None and is_moved_plan(a, b):
        return a.days if a.is_held else b.days
    if both is None and a.cities & b.cities and not (a.is_call or b.is_call) and a.is_held == b.is_held:
        return join_consecutive(a.days, b.days, visit_days)
    return both


def is_moved_plan(a: Cluster, b: Cluster) -> bool:
    """True if one was planned, in person, for the day before or after that on which the other was held: put off by a
    day, or told in an article that is dated a day late. Not what was held on the sidelines of something else."""
    if a.is_held == b.is_held or not (a.is_planned or b.is_planned) or a.is_off or b.is_off or a.is_call or b.is_call:
        return False
    if a.days.width != 1 or b.days.width != 1 or a.days.first is None or b.days.first is None:
        return False
    return abs(a.days.first - b.days.first) == 1 and a.occasions == b.occasions


def join_clusters(a: Cluster, b: Cluster, visit_days: int) -> Cluster:
    """One cluster of both, begun by `a`. Raises ValueError where their days contradict."""
    days = join_days(a, b, visit_days)
    if days is None:
        raise ValueError(f"clusters {a.key} and {b.key}: their days contradict")
    parties = unite_parties(a.parties, b.parties)
    told = unite_parties(a.told, b.told)
    return Cluster(
        key=min(a.key, b.key),
        seed=a.seed,
        parts=(a, b),
        days=days,
        parties=parties,
        told=told,
        cast=build_cast(parties),
        told_cast=build_cast(told),
        cities=_unite(a.cities, b.cities),
        countries=_unite(a.countries, b.countries),
        venues=_unite(a.venues, b.venues),
        occasions=_unite(a.occasions, b.occasions),
        numbers=_unite(a.numbers, b.numbers),
        statuses=_unite(a.statuses, b.statuses),
        formats=_unite(a.formats, b.formats),
        sample=tuple(sorted({*a.sample, *b.sample}))[:_SAMPLE],
        references=_unite(a.references, b.references),
        expected=_join_expected(a, b, days),
        looks_back=a.looks_back and b.looks_back,
        looks_ahead=a.looks_ahead or b.looks_ahead,
    )


def _join_expected(a: Cluster, b: Cluster, days: Days) -> tuple[int, int] | None:
    """The days that both expect; all days that either does, where they have none in common."""
    if days.first is not None and days.last is not None:
        return days.first, days.last
    if a.expected is None or b.expected is None:
        return a.expected or b.expected
    first, last = max(a.expected[0], b.expected[0]), min(a.expected[1], b.expected[1])
    return (first, last) if first <= last else (min(a.expected[0], b.expected[0]), max(a.expected[1], b.expected[1]))


def _unite(a: frozenset[T], b: frozenset[T]) -> frozenset[T]:
    """Both together; a set that holds the other already is not copied."""
    return a if b <= a else b if a <= b else a | b


def sort_clusters(clusters: Iterable[Cluster]) -> list[Cluster]:
    """Clusters by key: the same order whatever order the rows came in."""
    return sorted(clusters, key=lambda cluster: cluster.key)
