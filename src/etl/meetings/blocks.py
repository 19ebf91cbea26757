"""Blocks: which meetings a new account is compared with at all, so that the cost grows with the number of accounts.

Accounts meet under a key: two of the parties, by any of their anchors, or the countries that meet. Where a key has more
than a few meetings, those are compared that also share a sign of time or place which can, with the parties, make a
link strong enough. Of more than `crowd` such meetings none can be told from another: they are passed over.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import combinations

from etl.meetings.clusters import Cluster
from etl.meetings.weights import Limits

Sign = tuple[str, int]  # what is said, and when: a day, a season; 0 where the first says it all

_FEW = 8  # so many meetings are compared without looking for signs
_SHORT = 62  # windows up to this many days are found by each of their days
_VISIT = 7  # stretches up to this many days are found by each of their days of the year
_TOLD = 16  # of what is told for years, the last articles
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
        self._keys: dict[str, _Key] = {}

    def find_neighbours(self, cluster: Cluster) -> set[int]:
        """Numbers of the meetings that may be the same as `cluster`."""
        found: set[int] = set()
        sought: list[int] | None = None
        for name in list_sought_keys(cluster):
            key = self._keys.get(name)
            if key is None:
                continue
            if len(key.members) <= _FEW:
                self._add_all(found, key.members)
                continue
            signed = self._sign_members(key)
            if sought is None:
                sought = self._list_known(list_sought_signs(cluster, self._limits))
            for sign in sought:
                if sign in signed:
                    self._add_all(found, signed[sign])
        return found

    def _list_known(self, signs: Iterable[Sign]) -> list[int]:
        """The numbers of the signs that any meeting has."""
        numbers = self._numbers
        return [numbers[sign] for sign in signs if sign in numbers]

    def _add_all(self, found: set[int], members: set[int]) -> None:
        if len(members) <= self._limits.crowd:
            new = members - found
            if len(found) + len(new) <= self._limits.crowd:
                found |= new

    def put(self, number: int, cluster: Cluster) -> None:
        """Has the new meeting `number` found by what `cluster` says."""
        self._clusters[number] = cluster
        for name in list_keys(cluster):
            key = self._keys.get(name)
            if key is None:
                key = self._keys[name] = _Key()
            key.members.add(number)
            key.unsigned.append(number)

    def _sign_members(self, key: _Key) -> dict[int, set[int]]:
        """The members of the key by sign. Keys that nobody asks for are spared that."""
        for number in key.unsigned:
            if number in key.members:
                for sign in self._find_signs(number):
                    key.signed[sign].add(number)
        key.unsigned.clear()
        return key.signed

    def _find_signs(self, number: int) -> tuple[int, ...]:
        signs = self._signs.get(number)
        if signs is None:
            numbers = self._numbers
            found = list_signs(self._clusters[number])
            signs = self._signs[number] = tuple([numbers.setdefault(sign, len(numbers)) for sign in found])
        return signs

    def remove(self, number: int) -> None:
        """Has meeting `number` found no more."""
        cluster = self._clusters.pop(number, None)
        signs = self._signs.pop(number, ())
        for name in list_keys(cluster) if cluster is not None else ():
            key = self._keys[name]
            key.members.discard(number)
            for sign in signs:
                if sign in key.signed:
                    key.signed[sign].discard(number)


@dataclass(slots=True)
class _Key:
    """The meetings under one key, and by sign as far as they were asked for."""

    members: set[int] = field(default_factory=set)
    unsigned: list[int] = field(default_factory=list)
    signed: defaultdict[int, set[int]] = field(default_factory=lambda: defaultdict(set))


def list_keys(cluster: Cluster) -> list[str]:
    """The keys under which a meeting is found."""
    cast = cluster.cast
    if cast.countries is None or not _is_on_a_day(cluster):
        return list(cast.found_by)
    keys = [*cast.found_by, f"countries {cast.countries}"]
    return [*keys, f"sides {cast.countries}"] if cast.has_side else keys


def list_sought_keys(cluster: Cluster) -> list[str]:
    """The keys under which others are looked for. Countries find each other where nobody of a side is told."""
    cast = cluster.cast
    if cast.countries is None or not _is_on_a_day(cluster):
        return list(cast.sought)
    return [*cast.sought, f"{'countries' if cast.has_side else 'sides'} {cast.countries}"]


def _is_on_a_day(cluster: Cluster) -> bool:
    return cluster.days.day_of_year is not None or cluster.days.is_one_visit


def list_sought_signs(cluster: Cluster, limits: Limits) -> list[Sign]:
    """The signs by which others are looked for, those that say most first.

    What has a day is looked for by it; what has none, by all that else may tell it.
    """
    days, signs = cluster.days, list[Sign]()
    if days.first is not None and days.last is not None and days.last - days.first < _SHORT:
        # Consecutive days of a visit, or a plan that was moved by a day.
        grace = 1 if days.is_one_visit and (cluster.cities or cluster.is_planned) and not cluster.is_call else 0
        signs = [("day", day) for day in range(days.first - grace, days.last + grace + 1)]
        if days.is_one_visit:
            return signs
    elif days.first is None:
        near = range(-limits.near_days, limits.near_days + 1)
        told = sorted(cluster.references)[-_TOLD:]
        around = sorted({reference + shift for reference in told for shift in near})
        signs = [(name, day) for day in around for name in ("day", "news")]
        if not days.weekdays and days.day_of_year is None:
            told_on = [date.fromordinal(day) for day in around]
            signs += [_find_day_of_year(day.month, day.day) for day in told_on]
    if days.day_of_year is not None:
        signs.append(_find_day_of_year(*days.day_of_year))
    return signs + list_places(cluster, sought=True)


def _find_day_of_year(month: int, day: int) -> Sign:
    return "day of year", 100 * month + day


def list_signs(cluster: Cluster) -> list[Sign]:
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
    return signs + list_places(cluster)


def list_places(cluster: Cluster, sought: bool = False) -> list[Sign]:
    """The cities of a meeting; what weighs less than a city two by two, and alone where more than two meet."""
    places = cluster.cities, cluster.countries, cluster.venues, cluster.occasions
    signs = _name_places(*places, len(cluster.core) > 2) if any(places) else ()
    if not signs:
        return []
    seasons = _list_seasons(cluster)
    buckets = ([*seasons, _NONE] if seasons else [_ANY]) if sought else [*(seasons or [_NONE]), _ANY]
    return [(sign, bucket) for sign in signs for bucket in buckets]


@lru_cache(maxsize=10_000)
def _name_places(
    cities: frozenset[str],
    countries: frozenset[str],
    venues: frozenset[str],
    occasions: frozenset[str],
    are_many: bool,
) -> tuple[str, ...]:
    small = [
        *[f"country {name}" for name in sorted(countries)],
        *[f"venue {name}" for name in sorted(venues)],
        *[f"occasion {name}" for name in sorted(occasions)],
    ]
    signs = [f"city {name}" for name in sorted(cities)]
    signs += [" + ".join(pair) for pair in combinations(small, 2)]
    return tuple(signs + small if are_many else signs)


def _list_seasons(cluster: Cluster) -> list[int]:
    expected = cluster.expected
    if expected is None or expected[1] - expected[0] > _SEASON * (_SEASONS - 1):
        return []
    return list(range(expected[0] // _SEASON, expected[1] // _SEASON + 1))
