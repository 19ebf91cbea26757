"""The date of a meeting out of those of its tellings: the finest that they support, and what it rests on."""

from __future__ import annotations

import calendar
from datetime import date
from typing import NamedTuple

from etl.meetings.clusters import Cluster
from etl.meetings.days import Days, list_days
from etl.meetings.facts import Facts
from etl.meetings.tellings import HELD, Telling, to_date
from etl.meetings.weights import load_link_weights

# Where several tellings give the same date, the basis that needs the least inference is kept.
BASES = ("explicit", "caption", "dateline", "metadata", "relative", "cross_article", "none")


class MeetingDate(NamedTuple):
    """The date columns of a meeting."""

    date_edtf: str | None
    date_start: date | None
    date_end: date | None
    date_precision: str
    date_basis: str


def build_date(cluster: Cluster, facts: Facts) -> MeetingDate:
    """The days that all tellings allow together.

    The basis is that of the telling that gives exactly this date, or lies inside it where it is a visit; it is
    cross_article where only the words of several articles together give it ("Wednesday" in one, "15 March" in
    another, the month and year in a third; or a weekday in one that counts from the date of another). The rows of
    meeting_mentions keep what their own article says.
    """
    if len(cluster.tellings) == 1 and cluster.days.is_plain:
        return _copy_date(cluster.tellings[0], facts)
    days = _settle(_count_from_news(cluster))
    start, end = to_date(days.first), to_date(days.last)
    if start is None or end is None:
        edtfs = {facts.build_edtf(None, None, "unknown", t.date_text) for t in cluster.tellings if t.date_text}
        edtf = min((text for text in edtfs if text is not None), default=None)
        return MeetingDate(edtf, None, None, "unknown", _find_vague_basis(cluster))
    giver = _find_giver(cluster, days)
    precision = find_precision(start, end)
    if giver is not None:
        edtf = facts.build_edtf(start, end, precision, giver.date_text)
        return MeetingDate(edtf, start, end, precision, giver.basis)
    basis = "cross_article" if len(cluster.articles) > 1 else _find_finest_basis(cluster)
    return MeetingDate(facts.build_edtf(start, end, precision, None), start, end, precision, basis)


def _copy_date(telling: Telling, facts: Facts) -> MeetingDate:
    """The date of the only telling, which has nothing to be settled."""
    start, end = to_date(telling.days.first), to_date(telling.days.last)
    if start is None or end is None:
        edtf = facts.build_edtf(None, None, "unknown", telling.date_text) if telling.date_text else None
        return MeetingDate(edtf, None, None, "unknown", telling.basis)
    precision = find_precision(start, end)
    return MeetingDate(facts.build_edtf(start, end, precision, telling.date_text), start, end, precision, telling.basis)


def _count_from_news(cluster: Cluster) -> Days:
    """The days of the cluster; where one article has only the weekday, or a day without a year, and another, without a
    day, only its own date, the last such day up to then: news of what was held is a few days old at most."""
    days = cluster.days
    if days.first is not None or len(cluster.articles) < 2 or not (days.day_of_year or len(days.weekdays) == 1):
        return days
    told = [t for t in cluster.tellings if t.status == HELD and not t.looks_back]
    reach = load_link_weights().limits.news_days
    last = [_find_last(days, t.reference, reach) for t in told if t.reference is not None]
    found = {day for day in last if day is not None}
    return Days(min(found), min(found)) if len(found) == 1 else days


def _find_last(days: Days, reference: int, reach: int) -> int | None:
    return next((day for day in range(reference, reference - reach - 1, -1) if days.allows(day)), None)


def _settle(days: Days) -> Days:
    """A window in which only one day, or the days of one month, fit all that is said is that day or that month."""
    if days.is_plain:
        return days
    possible = list_days(days)
    is_whole = bool(possible) and len(possible) == possible[-1] - possible[0] + 1
    return Days(possible[0], possible[-1]) if is_whole else days


def _find_giver(cluster: Cluster, days: Days) -> Telling | None:
    exact = [t for t in cluster.tellings if (t.days.first, t.days.last) == (days.first, days.last)]
    if not exact and days.whole:
        exact = [t for t in cluster.tellings if t.days.is_one_visit]
    return min(exact, key=lambda t: (BASES.index(t.basis), t.mention_id), default=None)


def _find_finest_basis(cluster: Cluster) -> str:
    dated = [t for t in cluster.tellings if t.days.width is not None]
    return min(dated, key=lambda t: (t.days.width, BASES.index(t.basis), t.mention_id)).basis


def _find_vague_basis(cluster: Cluster) -> str:
    return min((t.basis for t in cluster.tellings), key=BASES.index)


def find_precision(start: date, end: date) -> str:
    """day, month, year or range, as the two ends say."""
    if start == end:
        return "day"
    last = calendar.monthrange(end.year, end.month)[1]
    if (start.year, start.month, start.day, end.day) == (end.year, end.month, 1, last):
        return "month"
    whole_year = (start.month, start.day, end.month, end.day) == (1, 1, 12, 31) and start.year == end.year
    return "year" if whole_year else "range"
