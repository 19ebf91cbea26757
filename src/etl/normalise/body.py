"""Finding the body among the lines: the best run of prose, what closes it, what stands inside it."""

from __future__ import annotations

from etl.normalise.inserts import take_inserts
from etl.normalise.layout import REPEAT_KIND, Candidate, Layout, Take
from etl.normalise.lists import find_list_end, find_list_start, is_mostly_list
from etl.normalise.timestamps import holds_full_day
from etl.normalise.zones import MILD_COSTS, USUAL_COSTS, Costs, find_best_run

_OPENER_PROSE = 120.0
_OPENER_SHARE = 0.5
_CLOSED_PROSE = 60.0
# Bylines and times stand below a standfirst, too: up to the third line of prose they count as above the text.
_HEAD_PROSE = 3
_SHOUT_WORDS = 8
_HEAD, _TAIL = Take("other", "zone/head"), Take("other", "zone/tail")
_AFTER_OPENER, _CAPITALS = Take("related", "zone/after-opener"), Take("related", "zone/capitals")
_TEASER = (b"...", "…".encode())
# What stands inside bodies as often as around them: pictures, and advertisements that the story goes on below.
_FREE_KINDS = ("caption", "advertisement")
MAX_LOST_PROSE, MAX_LOST_ON_PAGE = 0.4, 0.65
MIN_KEPT_WORDS = 10
FOOT_KINDS = ("share", "follow", "alternate_address", "app_promo", "related", "newsletter", "tags", "copyright")


def mark_body(layout: Layout) -> None:
    """Sets the zone of the body and takes out what is furniture before, in and after it.

    Where that would cost most of the prose, milder costs of what is no prose are tried, then no zones at all; where
    even the lines that rules know hold most of the prose, the text is kept whole.
    """
    for costs in (USUAL_COSTS, MILD_COSTS):
        _mark_zone(layout, costs)
        if not _loses_too_much(layout):
            return
    _keep_edges(layout)
    if _loses_too_much(layout):
        _keep_all(layout)


def _mark_zone(layout: Layout, costs: Costs) -> None:
    layout.taken = [None] * len(layout.lines)
    scores = _score_lines(layout, costs)
    layout.stop = _find_stop(layout, scores)
    low, high = find_best_run(scores[: layout.stop])
    if low == high:
        low, high = 0, layout.stop
    layout.low, layout.high = find_list_start(layout, low), _find_close(layout, scores, low, high)
    layout.high = find_list_end(layout, layout.high)
    foot = _find_furniture(layout, layout.high)
    if layout.is_plain() or is_mostly_list(layout, layout.high, foot):
        layout.high = foot
    _take_lines(layout)
    take_inserts(layout)


def _score_lines(layout: Layout, costs: Costs) -> list[float]:
    """What each line adds to a run: prose pays its words, a short line costs, a furniture line costs more."""
    short = -float(costs.short_line)
    scores = [shape.pay or short for shape in layout.shapes]
    for i in [i for i, low in enumerate(layout.lows) if low.endswith(_TEASER)]:
        scores[i] = min(scores[i], 0.0)
    for i, candidate in enumerate(layout.candidates):
        if candidate is not None:
            scores[i] = 0.0 if candidate.take.kind in _FREE_KINDS else -costs.kind
    return scores


def _find_stop(layout: Layout, scores: list[float]) -> int:
    """The first line, below some prose, behind which nothing is the text's own; the number of lines if none."""
    for i in [i for i, candidate in enumerate(layout.candidates) if candidate is not None and candidate.closes]:
        if sum(score for score in scores[:i] if score > 0) >= _CLOSED_PROSE:
            return i
    return len(scores)


def _find_close(layout: Layout, scores: list[float], low: int, high: int) -> int:
    """The line behind the body: where a tail opener stands that no prose run of its own follows."""
    if not any(candidate.opener for candidate in layout.candidates[low:high] if candidate):
        return high
    best_after, run = [0.0] * (high - low), 0.0
    for i in range(high - 1, low, -1):
        run = scores[i] if run < 0 else run + scores[i]
        best = best_after[i - low]
        best_after[i - 1 - low] = run if run > best else best
    before = 0.0
    for i in range(low, high):
        candidate = layout.candidates[i]
        after = best_after[i - low]
        if candidate and candidate.opener and before > 0 and after < min(_OPENER_PROSE, _OPENER_SHARE * before):
            return i
        if scores[i] > 0:
            before += scores[i]
    return high


def _find_furniture(layout: Layout, start: int) -> int:
    """The first line from `start` on that opens the foot of a page; lists and last words come before it."""
    for i in range(start, len(layout.lines)):
        candidate = layout.candidates[i]
        if candidate is not None and (candidate.opener or candidate.take.kind in (*FOOT_KINDS, REPEAT_KIND)):
            return i
    return len(layout.lines)


def _take_lines(layout: Layout) -> None:
    low, high, taken, shapes = layout.low, layout.high, layout.taken, layout.shapes
    shouting = set() if layout.is_plain() else {i for i, line in enumerate(layout.lines) if line.text.isupper()}
    after_opener = False
    label: Take | None = None
    prose = 0
    for i, candidate in enumerate(layout.candidates):
        inside = low <= i < high
        if candidate is None:
            if inside:
                prose += shapes[i].prose
        elif inside and prose < _HEAD_PROSE and _may_lead(layout, i, candidate):
            taken[i] = candidate.take
            label = candidate.take if candidate.takes_next else None
            continue
        elif _fits(candidate.zone, "body" if inside else "head" if i < low else "tail"):
            taken[i] = candidate.take
            after_opener = after_opener or (candidate.opener and i >= high)
            label = candidate.take if candidate.takes_next else None
            continue
        if not inside:
            taken[i] = _HEAD if i < low else _AFTER_OPENER if after_opener else _TAIL
        elif i in shouting and shapes[i].words >= _SHOUT_WORDS:
            taken[i] = _CAPITALS
        elif label and not shapes[i].sentence:
            taken[i] = label
        label = None


def _may_lead(layout: Layout, i: int, candidate: Candidate) -> bool:
    """Whether line i, below the first lines of prose, may still be of the head. A clock time alone heads an entry."""
    if candidate.take.kind == "timestamp" and candidate.zone == "edges" and not holds_full_day(layout.lines[i].text):
        return False
    return _fits(candidate.zone, "head")


def _fits(rule_zone: str, zone: str) -> bool:
    if rule_zone == "any":
        return True
    return zone in ("head", "tail") if rule_zone == "edges" else rule_zone == zone


def _loses_too_much(layout: Layout) -> bool:
    """Whether the lines taken hold over 40 % of the words in prose, or next to nothing is left.

    The dump of a whole page, known by its many furniture lines, has the prose of other articles: there it is 65 %.
    Lines that are furniture by their words or that the outlet is known to repeat, and readers' comments, are not the
    text's own prose and do not count; captions are.
    """
    prose = [i for i, shape in enumerate(layout.shapes[: layout.stop]) if shape.prose]
    if prose and not any(map(layout.taken.__getitem__, prose)):
        return False
    limit = MAX_LOST_ON_PAGE if layout.is_page() else MAX_LOST_PROSE
    kept = words = 0
    for i in prose:
        candidate = layout.candidates[i]
        if candidate is None or candidate.take.kind in _FREE_KINDS:
            words += layout.shapes[i].words
            kept += layout.shapes[i].words if layout.taken[i] is None else 0
    if kept < (1 - limit) * words:
        return True
    left = sum(s.words for s, t in zip(layout.shapes, layout.taken, strict=True) if t is None)
    return left < min(MIN_KEPT_WORDS, sum(s.words for s in layout.shapes))


def _keep_edges(layout: Layout) -> None:
    """Gives up the zones: takes only lines that a rule knows, head rules before the first prose, tail rules behind."""
    prose = [i for i, shape in enumerate(layout.shapes) if shape.prose and layout.candidates[i] is None]
    first, last = (prose[0], prose[-1]) if prose else (0, len(layout.lines))
    layout.low, layout.high = 0, len(layout.lines)
    for i, candidate in enumerate(layout.candidates):
        zone = "head" if i < first else "tail" if i > last else "body"
        layout.taken[i] = candidate.take if candidate and _fits(candidate.zone, zone) else None


def _keep_all(layout: Layout) -> None:
    """Makes every line body."""
    layout.low, layout.high = 0, len(layout.lines)
    layout.taken = [None] * len(layout.lines)
