"""Clusters of different articles that are one meeting: the surest first, each checked against whole clusters.

No transitive closure: a link holds only if the two whole clusters do not contradict. Finer dates go first; the vague
ones then find what stands there. Where two candidates cannot be one meeting and neither is clearly better, nothing is
linked. What has grown by a link is looked at again: it may now be the same as another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations

from etl.meetings.blocks import Blocks
from etl.meetings.clusters import Cluster, join_clusters, sort_clusters
from etl.meetings.constraints import find_conflict
from etl.meetings.copies import Copies, sketch_sentences
from etl.meetings.likeness import Likeness
from etl.meetings.links import Link, weigh_link
from etl.meetings.weights import LinkWeights
from etl.meetings.within_article import Group, Links


def join_articles(groups: Iterable[Group], weights: LinkWeights, links: Links, likeness: Likeness) -> list[Cluster]:
    """The clusters of all articles, joined, sorted by key. Adds to `links` why."""
    pool = _Pool(weights, links, likeness)
    for group in sorted(groups, key=lambda group: _order(group.cluster, weights)):
        pool.place(group)
    return pool.list_joined()


def _order(cluster: Cluster, weights: LinkWeights) -> tuple[int, bool, int, bool, bool, str]:
    """The finest dates first; then who tells most: of persons, of many parties, of a city, of a day to count from."""
    return (
        cluster.days.rank(weights.limits.window_days),
        cluster.cast.has_side,
        -len(cluster.core),
        not cluster.cities,
        not cluster.references,
        cluster.key,
    )


class _Pool:
    """The meetings as they grow, by number. A meeting is found by others once it is settled."""

    def __init__(self, weights: LinkWeights, links: Links, likeness: Likeness) -> None:
        self._weights = weights
        self._likeness = likeness
        self._links = links
        self._blocks = Blocks(weights.limits)
        self._grown: dict[int, Cluster] = {}
        self._articles: dict[int, set[str]] = {}
        self._copies = Copies(weights.limits.crowd)
        self._count = 0

    def place(self, group: Group) -> None:
        """Joins the cluster to the meeting that it tells, or makes it one of its own."""
        number = self._count
        self._count += 1
        self._grown[number] = group.cluster
        self._articles[number] = {group.article_id}
        sketches = sketch_sentences(group.sentences)
        copies = self._copies.find(sketches)
        while (found := self._find_meeting(number, copies)) is not None:
            number = self._join(number, *found)
        self._copies.add(number, sketches)
        self._blocks.put(number, self._grown[number])

    def list_joined(self) -> list[Cluster]:
        return sort_clusters(self._grown.values())

    def _find_meeting(self, number: int, copies: Mapping[int, str]) -> tuple[int, Link] | None:
        """The meeting that this one is too, and why; None where none or more than one comes into question."""
        cluster = self._grown[number]
        options = []
        for other in self._blocks.find_neighbours(cluster) | copies.keys():
            if other == number or other not in self._grown:
                continue
            if (link := self._weigh(number, other, copies.get(other))) is not None:
                options.append((-link.total, self._grown[other].key, other, link))
        if not options:
            return None
        options.sort(key=lambda option: option[:2])
        _, _, best, link = options[0]
        equals = [other for total, _, other, _ in options if -total > link.total - self._weights.limits.margin]
        return None if any(self._are_apart(a, b) for a, b in combinations(equals, 2)) else (best, link)

    def _weigh(self, a: int, b: int, copied: str | None) -> Link | None:
        """The link between two meetings, if it is strong enough. What one article keeps apart stays apart."""
        if not self._articles[a].isdisjoint(self._articles[b]):
            return None
        link = weigh_link(self._grown[a], self._grown[b], self._weights, self._likeness, copied)
        return link if link is not None and link.total >= self._weights.limits.threshold else None

    def _are_apart(self, a: int, b: int) -> bool:
        """True if the two cannot be one meeting."""
        shared = not self._articles[a].isdisjoint(self._articles[b])
        return shared or find_conflict(self._grown[a], self._grown[b], self._weights.limits) is not None

    def _join(self, a: int, b: int, link: Link) -> int:
        """Makes the two one; the number of the one with more articles, which they have from now on."""
        for number in (a, b):
            if len(self._articles[number]) == 1:
                self._links[self._grown[number].seed] = link
        joined = join_clusters(self._grown[b], self._grown[a], self._weights.limits.visit_days)
        kept, gone = (a, b) if len(self._articles[a]) > len(self._articles[b]) else (b, a)
        self._blocks.remove(b)
        del self._grown[gone]
        self._grown[kept] = joined
        self._articles[kept] |= self._articles.pop(gone)
        self._copies.move(gone, kept)
        return kept
