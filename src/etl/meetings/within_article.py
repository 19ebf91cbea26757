"""Mentions of one article that are one meeting."""

from __future__ import annotations

from collections.abc import Iterable

from etl.meetings.clusters import Cluster, build_cluster, join_clusters
from etl.meetings.constraints import is_look_back
from etl.meetings.links import Link, weigh_link_within_article
from etl.meetings.tellings import Telling
from etl.meetings.weights import LinkWeights

Links = dict[str, Link]  # by mention_id: the link that first put it into a cluster with others


def group_tellings(tellings: Iterable[Telling], weights: LinkWeights, links: Links) -> list[Cluster]:
    """The clusters of one article. Adds to `links` why each mention was put to others.

    Mentions with the finest dates and the most parties come first, so that the vague ones ("the talks") find what they
    belong to; each goes to the cluster that most speaks for, then to the nearest before it in the text.
    """
    clusters: list[Cluster] = []
    for telling in sorted(tellings, key=lambda telling: _order(telling, weights)):
        alone = build_cluster(telling)
        options = [(link, c) for c in clusters if (link := weigh_link_within_article(alone, c, weights)) is not None]
        if not options:
            clusters.append(alone)
            continue
        link, chosen = min(options, key=lambda option: _prefer(option[0], option[1], telling, weights))
        record_link(links, link, (alone, chosen))
        clusters[clusters.index(chosen)] = join_clusters(alone, chosen, weights.limits.visit_days)
    return clusters


def _order(telling: Telling, weights: LinkWeights) -> tuple[int, int, int, str]:
    rank = telling.days.rank(weights.limits.window_days)
    return (rank, -len(telling.parties), telling.start, telling.mention_id)


def _prefer(link: Link, cluster: Cluster, telling: Telling, weights: LinkWeights) -> tuple[float, bool, int, str]:
    """Smallest is best: by weight, then what the article is about, then the nearest, rather before than after."""
    distance = min(
        telling.start - other.start if other.start <= telling.start else 2 * (other.start - telling.start)
        for other in cluster.tellings
    )
    return (-link.total, is_look_back(cluster, weights.limits), distance, cluster.key)


def record_link(links: Links, link: Link, clusters: Iterable[Cluster]) -> None:
    """Notes `link` for all mentions of `clusters` that have none yet."""
    for cluster in clusters:
        for telling in cluster.tellings:
            links.setdefault(telling.mention_id, link)
