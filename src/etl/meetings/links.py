"""What speaks for a link between two clusters, by name; the weights stand in link_weights.toml."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from etl.meetings.casts import compare_casts
from etl.meetings.clusters import Cluster, is_moved_plan
from etl.meetings.constraints import find_conflict, find_conflict_within_article
from etl.meetings.copies import SAME
from etl.meetings.days import ANY_DAY, DAY, LONG, MONTH, WINDOW, find_day_before, intersect_days
from etl.meetings.likeness import Likeness
from etl.meetings.weights import Limits, LinkWeights

_WITHIN = {DAY: "same_day", WINDOW: "within_window", MONTH: "within_month", LONG: "within_year"}
_SIDES = ("same_countries", "same_person_and_side")
_EVERYBODY = ("same_participants", "same_roles")
_LITTLE = frozenset({"same_weekday", "same_month_of_year"})
_EXACT = frozenset({"same_day", "same_day_of_year"})


@dataclass(frozen=True, slots=True)
class Link:
    """Why two clusters are one meeting, and the sum of the weights."""

    total: float
    reasons: tuple[str, ...]


def weigh_link(
    a: Cluster, b: Cluster, weights: LinkWeights, likeness: Likeness, copied: str | None = None
) -> Link | None:
    """The link between clusters of different articles; None where it is forbidden, or their parties differ.

    `copied` names the reason where both tell it in one sentence (etl.meetings.copies). The sum may lie below the
    threshold. A single common party counts only with the same sentence, mere countries only with a common day.
    """
    cast = _compare(a, b)
    if cast is None or find_conflict(a, b, weights.limits) is not None:
        return None
    dates, places = list_date_reasons(a, b, weights.limits), list_place_reasons(a, b)
    if (cast == "one_participant" and copied != SAME) or (cast in _SIDES and _EXACT.isdisjoint(dates)):
        return None
    copies = copied or _find_likeness(a, b, dates, likeness, weights.limits)
    reasons = (
        *(cast, *_count_parties(a, b, cast), *dates, *places, *([copies] if copies else ())),
        *(["no_common_time"] if not copies and _are_untimed(a, b) and _tells_little(a, b, dates) else ()),
    )
    return Link(weights.add_up(reasons), reasons)


def weigh_link_within_article(a: Cluster, b: Cluster, weights: LinkWeights, copied: bool = False) -> Link | None:
    """The link between clusters of one article; None where it is forbidden. No threshold: one writer, one text.

    Delegations and groups stand for named parties only on the same day or in the same city.
    """
    cast = _compare(a, b)
    if cast is None or find_conflict_within_article(a, b, weights.limits) is not None:
        return None
    dates = [reason for reason in list_date_reasons(a, b, weights.limits) if not reason.endswith("_articles")]
    places = list_place_reasons(a, b)
    if cast in _SIDES and a.cast.is_sides != b.cast.is_sides and _EXACT.isdisjoint(dates) and "same_city" not in places:
        return None
    reasons = ("same_article", cast, *dates, *places, *([SAME] if copied else ()))
    return Link(weights.add_up(reasons), reasons)


def _compare(a: Cluster, b: Cluster) -> str | None:
    """How far their casts agree. Whom a later sentence adds need not stand in every account."""
    cast = compare_casts(a.cast, b.cast)
    if cast is not None or (a.told_cast is a.cast and b.told_cast is b.cast):
        return cast
    told = compare_casts(a.told_cast, b.told_cast)
    return told if told in _EVERYBODY and len(a.told_cast.parties) > 1 else None


def _find_likeness(a: Cluster, b: Cluster, dates: Sequence[str], likeness: Likeness, limits: Limits) -> str | None:
    """What it says for the link that articles are alike, where no common day says it: that they are nearly one text, or
    that they share many words and the weekday, or the city, where heads of two countries met."""
    if a.is_held != b.is_held or not _LITTLE.issuperset(dates):
        return None
    share = likeness.measure(a, b)
    if share >= limits.same_news:
        return "same_news"
    is_seldom = a.cast.is_heads and b.cast.is_heads and a.cast.is_abroad and bool(a.cities & b.cities)
    return "similar_articles" if share >= limits.alike and ("same_weekday" in dates or is_seldom) else None


def _are_untimed(a: Cluster, b: Cluster) -> bool:
    """True if only two parties meet and one side says nothing of when, or no more than that it was earlier."""
    timed = all(c.days.first is not None or (c.references and not c.looks_back) for c in (a, b))
    return not timed and min(len(a.core), len(b.core)) == 2


def _tells_little(a: Cluster, b: Cluster, dates: Sequence[str]) -> bool:
    """True if they have no common time, or only a weekday, and are no heads of two countries, who seldom meet."""
    if not _LITTLE.issuperset(dates):
        return False
    return not dates or not (a.cast.is_heads and b.cast.is_heads and a.cast.is_abroad)


def _count_parties(a: Cluster, b: Cluster, cast: str) -> list[str]:
    return ["several_participants"] if cast in _EVERYBODY and min(len(a.core), len(b.core)) > 2 else []


def list_date_reasons(a: Cluster, b: Cluster, limits: Limits) -> list[str]:
    """What the dates say for or against the link of clusters that do not contradict."""
    ranks = sorted(c.days.rank(limits.window_days) for c in (a, b))
    if a.days.width is not None and b.days.width is not None:
        if intersect_days(a.days, b.days) is not None:
            return [_WITHIN[ranks[1]]]
        return ["moved_plan" if is_moved_plan(a, b) else "consecutive_days"]
    told = list_references_reasons(a, b, limits)
    if _share(a, b, lambda c: c.days.day_of_year is not None):
        return ["same_day_of_year", *told]
    if any(is_news_of_day(x, y, limits) for x, y in ((a, b), (b, a))):
        return ["near_day_of_year"]
    if any(x.days.day_of_year and y.days.width for x, y in ((a, b), (b, a))):
        return [_WITHIN[ranks[1]]]
    if _share(a, b, lambda c: bool(c.days.weekdays)):
        return ["same_weekday", *told]
    if _share(a, b, lambda c: bool(c.days.months)):
        return ["same_month_of_year", *told]
    return told


def is_news_of_day(dated: Cluster, undated: Cluster, limits: Limits) -> bool:
    """True if one gives a day without a year, and the other, without a date, is news of the days after such a day."""
    if dated.days.day_of_year is None or undated.days != ANY_DAY or undated.looks_back or not undated.is_held:
        return False
    return any(find_day_before(dated.days.day_of_year, day, limits.near_days) for day in undated.references)


def _share(a: Cluster, b: Cluster, says: Callable[[Cluster], bool]) -> bool:
    """True if one says it and the other says it too, or gives a day (that fits, since they do not contradict)."""
    return any(says(x) and (says(y) or y.days.is_one_visit) for x, y in ((a, b), (b, a)))


def list_references_reasons(a: Cluster, b: Cluster, limits: Limits) -> list[str]:
    """near_articles or far_articles, where one has no date and the other's day, or both articles' days, are known."""
    if a.expected is None or b.expected is None:
        return []
    if a.expected[1] < b.expected[0] or b.expected[1] < a.expected[0]:
        return ["far_articles"]
    near = a.looks_back == b.looks_back and _are_near(_list_news_days(a), _list_news_days(b), limits.near_days)
    return ["near_articles"] if near else []


def _are_near(a: frozenset[int], b: frozenset[int], near_days: int) -> bool:
    few, many = (a, b) if len(a) <= len(b) else (b, a)
    return any(day + shift in many for day in few for shift in range(-near_days, near_days + 1))


def _list_news_days(cluster: Cluster) -> frozenset[int]:
    """The day of a dated cluster, else the days that its articles count from."""
    if cluster.days.first is not None and cluster.days.last is not None:
        return frozenset((cluster.days.first, cluster.days.last))
    return cluster.references


def list_place_reasons(a: Cluster, b: Cluster) -> list[str]:
    """What place, occasion and medium say for the link."""
    reasons = []
    if a.cities & b.cities:
        reasons.append("same_city")
    elif a.countries & b.countries:
        reasons.append("same_country")
    if a.venues & b.venues and not a.cities & b.cities:  # beside its city a venue says nothing more
        reasons.append("same_venue")
    if a.occasions & b.occasions:
        reasons.append("same_occasion")
    if a.numbers & b.numbers:
        reasons.append("same_number")
    if a.is_call and b.is_call:
        reasons.append("same_medium")
    return reasons
