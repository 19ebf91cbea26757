"""Blocks: which clusters are compared at all. Two clusters meet where they share a key and may share a month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import combinations, product
from typing import TypeVar

from etl.meetings.clusters import Cluster

T = TypeVar("T", int, str)
_Index = defaultdict[str, defaultdict[T | None, list[int]]]

_KEYED_PARTIES = 5  # of long lists the first few in sorted order; two accounts of one list share most of them
_MONTHS = 3  # windows that touch more months than these are kept without month


def list_keys(cluster: Cluster) -> list[str]:
    """The keys of a cluster: each pair of its parties by each of their anchors, its countries, its long sentences."""
    anchors = [party.anchors for party in cluster.core[:_KEYED_PARTIES]]
    keys = {" + ".join(sorted(pair)) for one, other in combinations(anchors, 2) for pair in product(one, other)}
    countries = sorted({party.country for party in cluster.core if party.country is not None})
    if len(countries) > 1 and cluster.days.width is not None:
        keys.add("countries " + " ".join(countries))
    keys.update(f"sentence {sentence}" for sentence in cluster.sentences)
    return sorted(keys)


def list_months(cluster: Cluster) -> list[int | None]:
    """The months, counted from year 0, that the days and one day of grace touch; [None] if they are too many."""
    first, last = cluster.days.first, cluster.days.last
    if first is None or last is None:
        return [None]
    start, end = (date.fromordinal(max(1, day)) for day in (first - 1, last + 1))
    months = range(start.year * 12 + start.month, end.year * 12 + end.month + 1)
    return list(months) if len(months) <= _MONTHS else [None]


class Blocks:
    """An index of clusters by their number in a list: by key, and within a key by month and by city."""

    def __init__(self, clusters: Sequence[Cluster]) -> None:
        self._by_month: _Index[int] = defaultdict(lambda: defaultdict(list))
        self._by_city: _Index[str] = defaultdict(lambda: defaultdict(list))
        for number, cluster in enumerate(clusters):
            for key in list_keys(cluster):
                for month in list_months(cluster):
                    self._by_month[key][month].append(number)
                for city in cluster.cities or (None,):
                    self._by_city[key][city].append(number)

    def find_neighbours(self, cluster: Cluster) -> list[int]:
        """Numbers of the clusters that share a key with `cluster`, sorted.

        Those of other months are left out, or where it has no month those of other cities (a call has no place).
        """
        months = list_months(cluster)
        if months != [None]:
            return _collect(self._by_month, list_keys(cluster), {*months, None})
        cities = {*cluster.cities, None} if cluster.cities and not cluster.is_call else None
        return _collect(self._by_city, list_keys(cluster), cities)


def _collect(index: _Index[T], keys: Iterable[str], within: set[T | None] | None) -> list[int]:
    found: set[int] = set()
    for key in keys:
        members: Mapping[T | None, list[int]] = index.get(key, {})
        for part in members if within is None else within:
            found.update(members.get(part, ()))
    return sorted(found)
