"""What forbids that two clusters are one meeting, whatever else speaks for it."""

from __future__ import annotations

from etl.meetings.clusters import Cluster, join_days
from etl.meetings.days import ANY_DAY, WINDOW, intersect_days
from etl.meetings.tellings import CALLS
from etl.meetings.weights import Limits


def find_conflict(a: Cluster, b: Cluster, limits: Limits) -> str | None:
    """The name of what forbids the link, or None.

    days: no day fits both (days, weekdays, a day of the year), unless they follow one another in one city.
    places: two cities, or two countries; calls have no place. formats: a call is never in person. numbers: the fourth
    round is not the fifth. called_off: held and called off, unless both tell the same day (then the later knowledge
    wins, GUIDELINES).
    """
    formats = a.formats | b.formats
    if not (formats and formats <= CALLS) and (len(a.cities | b.cities) > 1 or len(a.countries | b.countries) > 1):
        return "places"
    if "in_person" in formats and not formats.isdisjoint(CALLS):
        return "formats"
    if len(a.numbers | b.numbers) > 1:
        return "numbers"
    if join_days(a, b, limits.visit_days) is None:
        return "days"
    if (a.is_held and b.is_off) or (a.is_off and b.is_held):
        return None if have_same_day(a, b) else "called_off"
    return None


def have_same_day(a: Cluster, b: Cluster) -> bool:
    """True if both are told to be on one day, and on the same."""
    return a.days.width == 1 and b.days.width == 1 and a.days.first == b.days.first


def find_conflict_within_article(a: Cluster, b: Cluster, limits: Limits) -> str | None:
    """As find_conflict, for two clusters of one article, where the writer keeps meetings apart by tense.

    earlier: one is a look back at an earlier meeting, the other is not, unless the dates settle it. planned: one is yet
    to come ("agreed to meet again"), the other has been held; unless both are on one day, or one of them has no date
    and no word says that another meeting is planned: then the held one is the later word.
    """
    found = find_conflict(a, b, limits)
    if found is not None:
        return found
    if a.looks_back != b.looks_back and not _have_close_dates(a, b, limits):
        return "earlier"
    apart = (a.is_held and b.is_planned and not b.is_held) or (b.is_held and a.is_planned and not a.is_held)
    return "planned" if apart and not (have_same_day(a, b) or _may_be_one(a, b)) else None


def _may_be_one(a: Cluster, b: Cluster) -> bool:
    """True if nothing tells a plan from the meeting of the same persons; sides and groups meet again and again."""
    if not (a.numbers & b.numbers) and (a.cast.is_sides or b.cast.is_sides):
        return False
    undated = ANY_DAY in (a.days, b.days)
    return undated and not (a.looks_ahead or b.looks_ahead or a.looks_back or b.looks_back)


def _have_close_dates(a: Cluster, b: Cluster, limits: Limits) -> bool:
    fine = all(c.days.width is not None and c.days.rank(limits.window_days) <= WINDOW for c in (a, b))
    return fine and intersect_days(a.days, b.days) is not None
