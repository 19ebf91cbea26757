"""Clusters of different articles that are one meeting: best links first, each checked against whole clusters.

No transitive closure: a link holds only if the two whole clusters do not contradict. Finer dates go first. Whatever
has no day of its own is linked to a candidate that stands alone: where two candidates cannot be one meeting and neither
is clearly better, nothing is linked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from etl.meetings.blocks import Blocks
from etl.meetings.clusters import Cluster, join_clusters, sort_clusters
from etl.meetings.constraints import find_conflict
from etl.meetings.days import DAY, UNDATED
from etl.meetings.links import Link, weigh_link
from etl.meetings.weights import LinkWeights
from etl.meetings.within_article import Links, record_link


def join_articles(clusters: Iterable[Cluster], weights: LinkWeights, links: Links) -> list[Cluster]:
    """The clusters of all articles, joined, sorted by key. Adds to `links` why."""
    pool = _Pool(sort_clusters(clusters), weights, links)
    tiers: defaultdict[int, list[int]] = defaultdict(list)
    for number, cluster in enumerate(pool.first):
        tiers[cluster.days.rank(weights.limits.window_days)].append(number)
    _join_days(pool, tiers[DAY])
    for rank in range(DAY + 1, UNDATED + 1):
        for number in tiers[rank]:
            _join_vague(pool, number, rank)
    return pool.list_joined()


class _Pool:
    """The clusters as they grow. A number names the cluster that the first one of that number has grown into."""

    def __init__(self, first: Sequence[Cluster], weights: LinkWeights, links: Links) -> None:
        self.first = first
        self.weights = weights
        self.links = links
        self.blocks = Blocks(first)
        self._home = list(range(len(first)))
        self._grown = list(first)

    def find_home(self, number: int) -> int:
        while self._home[number] != number:
            self._home[number] = self._home[self._home[number]]
            number = self._home[number]
        return number

    def get(self, number: int) -> Cluster:
        return self._grown[self.find_home(number)]

    def find_neighbours(self, number: int) -> list[int]:
        """Homes of the clusters that may be the same meeting as this one."""
        own = self.find_home(number)
        homes = {self.find_home(other) for other in self.blocks.find_neighbours(self.first[number])}
        return sorted(homes - {own})

    def weigh(self, a: int, b: int) -> Link | None:
        """The link between two homes, if it is strong enough. What one article keeps apart stays apart."""
        one, other = self.get(a), self.get(b)
        if one.articles & other.articles:
            return None
        link = weigh_link(one, other, self.weights)
        return link if link is not None and link.total >= self.weights.limits.threshold else None

    def join(self, a: int, b: int, link: Link) -> None:
        a, b = sorted((self.find_home(a), self.find_home(b)))
        record_link(self.links, link, (self._grown[a], self._grown[b]))
        self._grown[a] = join_clusters(self._grown[a], self._grown[b], self.weights.limits.visit_days)
        self._home[b] = a

    def list_joined(self) -> list[Cluster]:
        return sort_clusters(self._grown[number] for number, home in enumerate(self._home) if number == home)


def _join_days(pool: _Pool, numbers: Sequence[int]) -> None:
    dated = set(numbers)
    found = []
    for number in numbers:
        for other in pool.blocks.find_neighbours(pool.first[number]):
            if other > number and other in dated and (link := pool.weigh(number, other)) is not None:
                found.append((-link.total, number, other))
    for _, number, other in sorted(found):
        a, b = pool.find_home(number), pool.find_home(other)
        # Both may have grown since: the link must hold between what they are now.
        if a != b and (link := pool.weigh(a, b)) is not None:
            pool.join(a, b, link)


def _join_vague(pool: _Pool, number: int, rank: int) -> None:
    limits = pool.weights.limits
    own = pool.find_home(number)
    if pool.get(own).days.rank(limits.window_days) < rank:
        return
    options = []
    for other in pool.find_neighbours(number):
        found = pool.get(other)
        if found.days.rank(limits.window_days) <= rank and (link := pool.weigh(own, other)) is not None:
            options.append((-link.total, found.key, other, link))
    if not options:
        return
    options.sort(key=lambda option: option[:2])
    _, _, best, link = options[0]
    rivals = [other for total, _, other, _ in options[1:] if -total > link.total - limits.margin]
    if not any(_are_apart(pool, best, rival) for rival in rivals):
        pool.join(own, best, link)


def _are_apart(pool: _Pool, a: int, b: int) -> bool:
    """True if the two cannot be one meeting."""
    one, other = pool.get(a), pool.get(b)
    return bool(one.articles & other.articles) or find_conflict(one, other, pool.weights.limits) is not None
