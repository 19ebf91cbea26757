"""Blocks: which meetings a new account is compared with at all, so that the cost grows with the number of accounts.

Accounts meet under a key: two of the parties, by any of their anchors, or the countries that meet. Where a key has more
than a few meetings, those are compared that also share a sign of time or place which can, with the parties, make a
link strong enough. Of more than `crowd` such meetings none can be told from another: they are passed over.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from itertools import combinations

from etl.meetings.clusters import Cluster
from etl.meetings.links import expect_days
from etl.meetings.weights import Limits

Sign = tuple[str, int]  # what is said, and when: a day, a season; 0 where the first says it all

_FEW = 8  # so many meetings are compared without looking for signs
_SHORT = 62  # windows up to this many days are found by each of their days
_VISIT = 7  # stretches up to this many days are found by each of their days of the year
_SEASON = 92  # days
_SEASONS = 5  # what may have been in more seasons than these has none
_ANY, _NONE = -1, -2  # all that is said, in whichever season; that of no season


class Blocks:
    """An index of meetings by number."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._clusters: dict[int, Cluster] = {}
        self._numbers: dict[Sign, int] = {}  # signs are compared often: by number
        self._signs: dict[int, tuple[int, ...]] = {}  # of meetings under a key that has many
        self._members: defaultdict[str, set[int]] = defaultdict(set)
        self._signed: dict[str, defaultdict[int, set[int]]] = {}  # the keys that have many

    def find_neighbours(self, cluster: Cluster) -> set[int]:
        """Numbers of the meetings that may be the same as `cluster`."""
        found: set[int] = set()
        sought: list[int] | None = None
        for key in list_sought_keys(cluster):
            signed = self._signed.get(key)
            if signed is None:
                self._add_all(found, self._members.get(key))
                continue
            if sought is None:
                sought = self._list_known(list_sought_signs(cluster, self._limits))
            if not signed.keys().isdisjoint(sought):
                for sign in sought:
                    if sign in signed:
                        self._add_all(found, signed[sign])
        return found

    def _list_known(self, signs: Iterable[Sign]) -> list[int]:
        """The numbers of the signs that any meeting has."""
        numbers = self._numbers
        return [numbers[sign] for sign in signs if sign in numbers]

    def _add_all(self, found: set[int], members: set[int] | None) -> None:
        if members and len(members) <= self._limits.crowd:
            new = members - found
            if len(found) + len(new) <= self._limits.crowd:
                found |= new

    def put(self, number: int, cluster: Cluster) -> None:
        """Has the new meeting `number` found by what `cluster` says."""
        self._clusters[number] = cluster
        for key in list_keys(cluster):
            members = self._members[key]
            members.add(number)
            if key in self._signed:
                self._sign(key, number)
            elif len(members) > _FEW:
                self._signed[key] = defaultdict(set)
                for member in members:
                    self._sign(key, member)

    def _sign(self, key: str, number: int) -> None:
        signs = self._signs.get(number)
        if signs is None:
            numbers = self._numbers
            found = list_signs(self._clusters[number], self._limits)
            signs = self._signs[number] = tuple([numbers.setdefault(sign, len(numbers)) for sign in found])
        signed = self._signed[key]
        for sign in signs:
            signed[sign].add(number)

    def remove(self, number: int) -> None:
        """Has meeting `number` found no more."""
        cluster = self._clusters.pop(number, None)
        for key in list_keys(cluster) if cluster is not None else ():
            self._members[key].discard(number)
            if key in self._signed:
                for sign in self._signs[number]:
                    self._signed[key][sign].discard(number)
        self._signs.pop(number, None)


def list_keys(cluster: Cluster) -> list[str]:
    """The keys under which a meeting is found."""
    countries = _find_countries(cluster)
    keys = [*cluster.pairs, *([f"countries {countries}"] if countries else ())]
    return [*keys, f"sides {countries}"] if countries and _has_side(cluster) else keys


def list_sought_keys(cluster: Cluster) -> list[str]:
    """The keys under which others are looked for. Countries find each other where nobody of a side is told."""
    countries = _find_countries(cluster)
    if not countries:
        return list(cluster.pairs)
    return [*cluster.pairs, f"{'countries' if _has_side(cluster) else 'sides'} {countries}"]


def _find_countries(cluster: Cluster) -> str | None:
    """The countries that meet on a day, as one key; None where fewer than two are known."""
    if cluster.days.day_of_year is None and not cluster.days.is_one_visit:
        return None
    countries = {party.country for party in cluster.core if party.country is not None}
    return " ".join(sorted(countries)) if len(countries) > 1 else None


def _has_side(cluster: Cluster) -> bool:
    return any(party.is_generic for party in cluster.core)


def list_sought_signs(cluster: Cluster, limits: Limits) -> list[Sign]:
    """The signs by which others are looked for, those that say most first.

    What has a day is looked for by it; what has none, by all that else may tell it.
    """
    days, signs = cluster.days, list[Sign]()
    if days.first is not None and days.last is not None and days.last - days.first < _SHORT:
        grace = 1 if days.is_one_visit else 0
        signs = [("day", day) for day in range(days.first - grace, days.last + grace + 1)]
        if grace:
            return signs
    elif days.first is None:
        near = range(-limits.near_days, limits.near_days + 1)
        around = sorted({reference + shift for reference in cluster.references for shift in near})
        signs = [(name, day) for day in around for name in ("day", "news")]
    if days.day_of_year is not None:
        signs.append(_find_day_of_year(*days.day_of_year))
    return signs + list_places(cluster, limits, sought=True)


def _find_day_of_year(month: int, day: int) -> Sign:
    return "day of year", 100 * month + day


def list_signs(cluster: Cluster, limits: Limits) -> list[Sign]:
    """The signs by which a meeting is found: its days, else those on which news of it stands; its places."""
    days, signs = cluster.days, list[Sign]()
    if days.first is not None and days.last is not None:
        if days.last - days.first < _SHORT:
            signs = [("day", day) for day in range(days.first, days.last + 1)]
        if days.last - days.first < _VISIT:
            told = map(date.fromordinal, range(days.first, days.last + 1))
            signs += [_find_day_of_year(day.month, day.day) for day in told]
    else:
        signs = [("news", day) for day in cluster.references]
        if days.day_of_year is not None:
            signs.append(_find_day_of_year(*days.day_of_year))
    return signs + list_places(cluster, limits)


def list_places(cluster: Cluster, limits: Limits, sought: bool = False) -> list[Sign]:
    """The cities of a meeting; what weighs less than a city two by two, and alone where more than two meet."""
    small = [
        *[f"country {name}" for name in sorted(cluster.countries)],
        *[f"venue {name}" for name in sorted(cluster.venues)],
        *[f"occasion {name}" for name in sorted(cluster.occasions)],
    ]
    signs = [f"city {name}" for name in sorted(cluster.cities)]
    signs += [" + ".join(pair) for pair in combinations(small, 2)]
    signs += small if len(cluster.core) > 2 else []
    if not signs:
        return []
    seasons = _list_seasons(cluster, limits)
    buckets = ([*seasons, _NONE] if seasons else [_ANY]) if sought else [*(seasons or [_NONE]), _ANY]
    return [(sign, bucket) for sign in signs for bucket in buckets]


def _list_seasons(cluster: Cluster, limits: Limits) -> list[int]:
    expected = expect_days(cluster, limits)
    if expected is None or expected[1] - expected[0] > _SEASON * (_SEASONS - 1):
        return []
    return list(range(expected[0] // _SEASON, expected[1] // _SEASON + 1))
