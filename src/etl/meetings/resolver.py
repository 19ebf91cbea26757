"""Mentions to meetings: one row per meeting in the world, whatever the number of articles that tell it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

import polars as pl

from etl.collector import pause_collector
from etl.meetings.across_articles import join_articles
from etl.meetings.clusters import Cluster
from etl.meetings.consolidation import build_meeting
from etl.meetings.facts import Facts
from etl.meetings.likeness import Likeness
from etl.meetings.tellings import Telling, read_tellings
from etl.meetings.weights import LinkWeights, load_link_weights
from etl.meetings.within_article import Links, group_tellings
from schemas import TABLES


@dataclass(frozen=True, slots=True)
class Resolution:
    """Frames in the shape of their tables, rows sorted by key."""

    mentions: pl.DataFrame
    meetings: pl.DataFrame
    meeting_participants: pl.DataFrame


def resolve_mentions(
    mentions: pl.DataFrame, participants: pl.DataFrame, articles: pl.DataFrame, facts: Facts
) -> Resolution:
    """The meetings that `mentions` tell of, each mention with its meeting_id and why it was linked.

    `mentions` has the columns of meeting_mentions without meeting_id, link_score and link_reasons; `participants` those
    of mention_participants; of `articles` article_id, outlet, published_on, reference_date and body are read. The order
    of the rows does not matter. meeting_id is the hash of the smallest mention_id.
    """
    with pause_collector():
        return _resolve(mentions, participants, articles, facts)


def _resolve(mentions: pl.DataFrame, participants: pl.DataFrame, articles: pl.DataFrame, facts: Facts) -> Resolution:
    weights = load_link_weights()
    links: Links = {}
    tellings = read_tellings(mentions, participants, articles, facts)
    bodies = dict(articles.select("article_id", "body").iter_rows())
    clusters = find_clusters(tellings, weights, links, Likeness(bodies))
    outlets = dict(articles.select("article_id", "outlet").iter_rows())
    built = [build_meeting(cluster, outlets, facts) for cluster in clusters]
    return Resolution(
        _build_mentions(mentions, clusters, weights, links),
        _build_frame("meetings", list(map(itemgetter(*TABLES["meetings"].columns), [meeting for meeting, _ in built]))),
        _build_frame(
            "meeting_participants",
            [(meeting["meeting_id"], number, *row) for meeting, rows in built for number, row in enumerate(rows)],
        ),
    )


def find_clusters(tellings: list[Telling], weights: LinkWeights, links: Links, likeness: Likeness) -> list[Cluster]:
    """The tellings in clusters, one a meeting: first within each article, then across articles."""
    by_article: defaultdict[str, list[Telling]] = defaultdict(list)
    for telling in tellings:
        by_article[telling.article_id].append(telling)
    grouped = [group for _, told in sorted(by_article.items()) for group in group_tellings(told, weights, links)]
    return join_articles(grouped, weights, links, likeness)


def _build_mentions(
    mentions: pl.DataFrame, clusters: list[Cluster], weights: LinkWeights, links: Links
) -> pl.DataFrame:
    rows: list[tuple[str, str, float, list[str]]] = []
    for cluster in clusters:
        for telling in cluster.tellings:
            link = links.get(telling.mention_id)
            # A meeting with one mention is that mention: nothing was inferred.
            score, reasons = (weights.scale(link.total), list(link.reasons)) if link is not None else (1.0, [])
            rows.append((telling.mention_id, cluster.meeting_id, score, reasons))
    names = ("mention_id", "meeting_id", "link_score", "link_reasons")
    dtypes = TABLES["meeting_mentions"].dtypes
    linked = pl.DataFrame(rows, schema={name: dtypes[name] for name in names}, orient="row")
    joined = mentions.join(linked, on="mention_id", how="inner")
    return joined.select(list(dtypes)).sort("mention_id")


def _build_frame(table: str, rows: Sequence[tuple[Any, ...]]) -> pl.DataFrame:
    contract = TABLES[table]
    return pl.DataFrame(rows, schema=contract.dtypes, orient="row").sort(contract.key)
