"""A cluster to its rows: one meeting and its participants."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from etl.meetings.clusters import Cluster
from etl.meetings.codes import Codes, Side, build_codes, choose_type, find_laterality, list_countries
from etl.meetings.dating import build_date
from etl.meetings.facts import Facts
from etl.meetings.participants import Participant, build_participants, describe_participants
from etl.meetings.tellings import PLANNED, Telling

Row = dict[str, Any]

# Where nothing tells which knowledge is later, the first of these holds (DESIGN, meetings).
STATUS_ORDER = ("held", "cancelled", "denied", "postponed", "scheduled", "proposed")
FORMAT_ORDER = ("phone", "video", "in_person", "unknown")


def build_meeting(cluster: Cluster, outlets: Mapping[str, str | None], facts: Facts) -> tuple[Row, list[Participant]]:
    """The row of meetings of a cluster, and those of meeting_participants in their order. `outlets` by article_id."""
    tellings, participants, status = cluster.tellings, build_participants(cluster), find_status(cluster)
    formats = {t.format for t in tellings}
    meeting_format = next(name for name in FORMAT_ORDER if name in formats)
    rules = [facts.describe_rule(t.rule_id) for t in tellings]
    types, sides = frozenset([rule.meeting_type for rule in rules]), tuple([(p.role, p.country) for p in participants])
    city, country = _choose([t.city for t in tellings]), _choose([t.country for t in tellings])
    articles = {t.article_id for t in tellings}
    meeting_type, laterality, codes = _classify(status, meeting_format, types, country, sides)
    meeting = {
        "meeting_id": cluster.meeting_id,
        "status": status,
        "format": meeting_format,
        "meeting_type": meeting_type,
        "laterality": laterality,
        **codes._asdict(),
        **build_date(cluster, facts)._asdict(),
        "venue": _choose([t.venue for t in tellings]),
        "city": city,
        "country": country,
        "geonames_id": facts.find_geonames_id(city, country) if city else None,
        "occasion": _choose([t.occasion for t in tellings]),
        "participants": describe_participants(participants),
        "n_participants": len(participants),
        "n_mentions": len(tellings),
        "n_articles": len(articles),
        "n_outlets": len({outlets.get(article_id) for article_id in articles}),
        "confidence": max([rule.confidence for rule in rules]),
    }
    return meeting, participants


@lru_cache(maxsize=10_000)
def _classify(
    status: str, meeting_format: str, types: frozenset[str], country: str | None, sides: tuple[Side, ...]
) -> tuple[str, str, Codes]:
    """Type, laterality and codes; offices of few countries meet again and again."""
    meeting_type = choose_type(types, meeting_format)
    laterality = find_laterality(list_countries(sides))
    return meeting_type, laterality, build_codes(status, meeting_format, meeting_type, laterality, country, sides)


def find_status(cluster: Cluster) -> str:
    """What the latest article says; articles that cannot be dated may be as late as any, and then the order decides.

    That something was planned, told after the day for which it was planned, is no later knowledge: it does not undo
    what others say became of it.
    """
    if len(cluster.tellings) == 1:
        return cluster.tellings[0].status
    told = [t for t in cluster.tellings if not _is_stale_plan(t, cluster.days.last)] or list(cluster.tellings)
    days = [t.reference for t in told if t.reference is not None]
    latest = max(days, default=None)
    late = {t.status for t in told if t.reference is None or t.reference == latest}
    return next(status for status in STATUS_ORDER if status in late)


def _is_stale_plan(telling: Telling, last_day: int | None) -> bool:
    if telling.status not in PLANNED or telling.reference is None or last_day is None:
        return False
    return telling.reference > last_day


def _choose(values: Sequence[str | None]) -> str | None:
    """The most frequent value; of equally frequent ones the first in order."""
    if len(values) == 1:
        return values[0]
    told = [value for value in values if value is not None]
    if len(told) < 2:
        return told[0] if told else None
    counts = Counter(told)
    return min(counts, key=lambda value: (-counts[value], value), default=None)
