"""A cluster: the tellings that are taken for one meeting, and what they say together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from etl.meetings.days import Days, intersect_days, join_consecutive
from etl.meetings.parties import Party, find_core, fold_words, unite_parties
from etl.meetings.tellings import CALLS, HELD, OFF, PLANNED, Telling


@dataclass(frozen=True, slots=True)
class Cluster:
    """Tellings of one meeting. Never changed: joining two makes a third. `key` is the smallest mention_id."""

    key: str
    tellings: tuple[Telling, ...]
    days: Days
    parties: tuple[Party, ...]
    core: tuple[Party, ...]
    cities: frozenset[str]
    countries: frozenset[str]
    venues: frozenset[str]
    occasions: frozenset[str]
    statuses: frozenset[str]
    formats: frozenset[str]
    articles: frozenset[str]
    sentences: frozenset[str]

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

    @property
    def is_earlier(self) -> bool:
        return all(telling.is_earlier for telling in self.tellings)


def build_cluster(telling: Telling) -> Cluster:
    """The cluster of one telling."""
    parties = unite_parties((), telling.parties)
    return Cluster(
        key=telling.mention_id,
        tellings=(telling,),
        days=telling.days,
        parties=parties,
        core=find_core(parties),
        cities=_fold(telling.city),
        countries=_fold(telling.country),
        venues=_fold(telling.venue),
        occasions=_fold(telling.occasion),
        statuses=frozenset((telling.status,)),
        formats=frozenset((telling.format,)),
        articles=frozenset((telling.article_id,)),
        sentences=frozenset((telling.sentence,) if telling.sentence else ()),
    )


def _fold(text: str | None) -> frozenset[str]:
    return frozenset((fold_words(text),) if text else ())


def join_days(a: Cluster, b: Cluster, visit_days: int) -> Days | None:
    """The days of both together; None where they contradict. Days that follow one another in one city are a visit."""
    both = intersect_days(a.days, b.days)
    if both is None and a.cities & b.cities and not (a.is_call or b.is_call) and a.is_held == b.is_held:
        return join_consecutive(a.days, b.days, visit_days)
    return both


def join_clusters(a: Cluster, b: Cluster, visit_days: int) -> Cluster:
    """One cluster of both. Raises ValueError where their days contradict."""
    days = join_days(a, b, visit_days)
    if days is None:
        raise ValueError(f"clusters {a.key} and {b.key}: their days contradict")
    parties = unite_parties(a.parties, b.parties)
    return Cluster(
        key=min(a.key, b.key),
        tellings=tuple(sorted((*a.tellings, *b.tellings), key=lambda telling: telling.mention_id)),
        days=days,
        parties=parties,
        core=find_core(parties),
        cities=a.cities | b.cities,
        countries=a.countries | b.countries,
        venues=a.venues | b.venues,
        occasions=a.occasions | b.occasions,
        statuses=a.statuses | b.statuses,
        formats=a.formats | b.formats,
        articles=a.articles | b.articles,
        sentences=a.sentences | b.sentences,
    )


def list_references(cluster: Cluster) -> list[int]:
    """The days that the cluster's articles count from, where known, sorted."""
    return sorted({telling.reference for telling in cluster.tellings if telling.reference is not None})


def sort_clusters(clusters: Iterable[Cluster]) -> list[Cluster]:
    """Clusters by key: the same order whatever order the rows came in."""
    return sorted(clusters, key=lambda cluster: cluster.key)
