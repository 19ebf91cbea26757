"""Mentions of one article that are one meeting."""

from __future__ import annotations

from bisect import bisect, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from etl.meetings.clusters import Cluster, build_cluster, join_clusters
from etl.meetings.links import Link, weigh_link_within_article
from etl.meetings.parties import Party
from etl.meetings.tellings import Telling
from etl.meetings.weights import LinkWeights

_FEW = 8  # of so many mentions each is compared with each

Links = dict[str, Link]  # by mention_id: the link that put it into a cluster with others


@dataclass(slots=True)
class Group:
    """A cluster of one article as it grows: where its tellings begin, and their sentences."""

    article_id: str
    cluster: Cluster
    starts: list[int] = field(default_factory=list)
    sentences: set[str] = field(default_factory=set)

    def add(self, telling: Telling) -> None:
        insort(self.starts, telling.start)
        if telling.sentence:
            self.sentences.add(telling.sentence)

    def measure_distance(self, start: int) -> int:
        """Characters to the nearest telling; one behind `start` counts as twice as far."""
        here = bisect(self.starts, start)
        before = [start - self.starts[here - 1]] if here else []
        behind = [2 * (self.starts[here] - start)] if here < len(self.starts) else []
        return min(before + behind)


def group_tellings(tellings: Iterable[Telling], weights: LinkWeights, links: Links) -> list[Group]:
    """The clusters of one article. Adds to `links` why each mention was put to others.

    Mentions with the finest dates and the most parties come first, so that the vague ones ("the talks") find what they
    belong to; each goes to the cluster that most speaks for, then to the nearest before it in the text.
    """
    groups: list[Group] = []
    known: defaultdict[str, set[int]] = defaultdict(set)
    ordered = sorted(tellings, key=lambda telling: _order(telling, weights))
    for telling in ordered:
        alone = build_cluster(telling)
        candidates = _find_candidates(alone, known) if len(ordered) > _FEW else range(len(groups))
        number = _choose_group(alone, telling, [(n, groups[n]) for n in candidates], weights, links)
        if number is None:
            number = len(groups)
            groups.append(Group(telling.article_id, alone))
        groups[number].add(telling)
        if len(ordered) > _FEW:
            for key in _list_keys(alone.core):
                known[key].add(number)
    return groups


def _find_candidates(alone: Cluster, known: Mapping[str, set[int]]) -> set[int]:
    return {number for key in _list_sought(alone.core) if key in known for number in known[key]}


def _choose_group(
    alone: Cluster, telling: Telling, candidates: Iterable[tuple[int, Group]], weights: LinkWeights, links: Links
) -> int | None:
    """Puts `alone` into the group that it belongs to; the number of that group, None where it stands alone."""
    options = []
    for number, group in candidates:
        link = weigh_link_within_article(alone, group.cluster, weights, telling.sentence in group.sentences)
        if link is not None:
            # Smallest is best: by weight, then what the article is about, then the nearest, rather before than after.
            rank = (-link.total, group.cluster.looks_back, group.measure_distance(telling.start), group.cluster.key)
            options.append((rank, group, number, link))
    if not options:
        return None
    _, chosen, number, link = min(options, key=lambda option: option[0])
    links.setdefault(chosen.cluster.seed, link)
    links[telling.mention_id] = link
    chosen.cluster = join_clusters(chosen.cluster, alone, weights.limits.visit_days)
    return number


def _order(telling: Telling, weights: LinkWeights) -> tuple[int, int, int, str]:
    rank = telling.days.rank(weights.limits.window_days)
    return (rank, -len(telling.parties), telling.start, telling.mention_id)


def _list_keys(parties: Iterable[Party]) -> Iterator[str]:
    """What these parties are found by. A side is found by everybody of its country, and finds everybody."""
    for party in parties:
        yield from party.found_by
        yield f"country {party.country}"
        if party.is_generic:
            yield f"side {party.country}"


def _list_sought(parties: Iterable[Party]) -> Iterator[str]:
    for party in parties:
        yield from party.sought
        yield f"{'country' if party.is_generic else 'side'} {party.country}"
