"""The title: a headline on a line of its own above the lead, or the metadata's."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz

from etl.normalise.captions import is_picture_text
from etl.normalise.layout import REPEAT_KIND, Layout
from etl.normalise.prose import count_words
from etl.normalise.sections import find_breadcrumb

_CACHE_LINES = 65_536
_WORD = re.compile(r"[^\W\d_]{3,}|\d+")
_OPEN_END = (";", ":", ",", "–", "—")
_MAX_WORDS, _MIN_WORDS, _MAX_SENTENCE_WORDS = 32, 3, 14
_STEM = 5
_SAME = 92.0
_LEAD_LINES, _STORY_LINES = 4, 30
# Set on the dev half of the lines benchmark.
_NEAR_LINES, _NEAR_SHARE = 12, 0.75
_BELOW_SIGNED, _TRAIL = 0.8, 2.0
_LABEL_WORDS = 4
# Many pages name their headline twice above the story: as the title of the page, in the trail, under a picture.
_AGAIN, _AGAIN_LINES = 0.5, 15
_OPENERS = 2
# A headline may have been used before, or be a teaser on another page, too: its words must then stand in the story.
_REPEATED, _MIN_REPEATED = 0.7, 2.0
_OUTLET_TAIL = re.compile(r"\s+[|–—•·-]\s+[^|–—]{2,40}$")
_DAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:yesterday|today|tomorrow)\b", re.IGNORECASE)
_SPEECH = re.compile(r"\b(?:said|told|added)\b")


class TitleLines(NamedTuple):
    """First and last line (inclusive) of the title, and the rule that chose them."""

    first: int
    last: int
    rule_id: str


def find_title(layout: Layout, metadata_title: str | None) -> TitleLines | None:
    """The lines that hold the title; None where the text begins with its lead."""
    if metadata_title:
        named = _find_named(layout, metadata_title)
        if named is not None:
            return TitleLines(named, named, "title/metadata")
    body = layout.list_body()
    if not body:
        return None
    best = _find_above(layout, body)
    if best is None:
        best = _find_first_line(layout, body)
    if best is None:
        return None
    return TitleLines(best.first, _extend(layout, best.first), best.rule_id)


def is_same_title(a: str, b: str) -> bool:
    """Whether two headlines are the same but for case, punctuation and an outlet's name at the end of `a`."""
    return is_like(a, fold_title(b))


def is_like(a: str, y: str) -> bool:
    """As is_same_title, for a second headline `y` that is folded already."""
    x = fold_title(a)
    if not x or not y or (x[0] != y[0] and x[-1] != y[-1]):
        return False
    if x == y or (x.startswith(y) and fold_title(_OUTLET_TAIL.sub("", a)) == y):
        return True
    return 4 * min(len(x), len(y)) >= 3 * max(len(x), len(y)) and fuzz.ratio(x, y) >= _SAME


@lru_cache(_CACHE_LINES)
def fold_title(text: str) -> str:
    """The words of a headline in lower case, without punctuation."""
    return " ".join(_WORD.findall(text.lower()))


def _find_named(layout: Layout, title: str) -> int | None:
    for i in range(min(len(layout.lines), layout.low + 3)):
        if is_same_title(layout.lines[i].text, title):
            return i
    return None


def _find_above(layout: Layout, body: list[int]) -> TitleLines | None:
    """The unclassified or repeated line above the body that looks most like a headline of it."""
    if not layout.low:
        return None
    story = b" ".join([layout.lows[i] for i in body[:_STORY_LINES]])
    trails, again = _list_trail_ends(layout), _list_again(layout)
    scores: dict[int, float] = {}
    signed = 0.0
    for i in [*range(layout.low), *(i for i in body[:_OPENERS] if fold_title(layout.lines[i].text) in again)]:
        take = layout.taken[i]
        if take is not None and take.kind in ("byline", "timestamp") and scores:
            signed = _BELOW_SIGNED
        if layout.shapes[i].lead or (take is not None and take.rule_id != "zone/head" and take.kind != REPEAT_KIND):
            continue
        if i == layout.low - 1 and layout.lines[layout.low].text[:2].islower():
            continue  # the body goes on with its sentence
        repeated = take is not None and take.kind == REPEAT_KIND
        score = _score_headline(layout, i, story) - _REPEATED * repeated
        if score > (_MIN_REPEATED if repeated else 0.0):
            text = fold_title(layout.lines[i].text)
            scores[i] = score - signed + _TRAIL * (text in trails) + _AGAIN * (text in again)
    if not scores:
        return None
    best = _pick(layout, scores)
    return TitleLines(best, best, "title/above-lead")


def _list_again(layout: Layout) -> set[str]:
    """The lines of a headline's length, folded, that stand twice or more at the top of the text."""
    counts = Counter(layout.lows[: layout.low + _AGAIN_LINES])
    if len(counts) == min(len(layout.lows), layout.low + _AGAIN_LINES):
        return set()
    top = zip(layout.lines, layout.lows[: layout.low + _AGAIN_LINES], strict=False)
    texts = {line.text for line, low in top if counts[low] > 1}
    return {fold_title(text) for text in texts if _MIN_WORDS <= text.count(" ") + 1 <= _MAX_WORDS} - {""}


def _list_trail_ends(layout: Layout) -> set[str]:
    """The last items of the breadcrumbs above the body: many name the headline there."""
    above = zip(layout.lines[: layout.low], layout.taken, strict=False)
    trails = [find_breadcrumb(line.text) for line, take in above if take is not None and take.kind == "breadcrumb"]
    return {fold_title(items[-1]) for items in trails if items}


def _pick(layout: Layout, scores: dict[int, float]) -> int:
    """The headline among the scored lines.

    A standfirst or a picture's text often says more of the story than the headline, but stands below it; a label of
    a few words may stand above it; a line with the outlet's name or the way to the page repeats it.
    """
    best = max(scores, key=lambda i: (scores[i], -i))
    near = [i for i in scores if i >= best - _NEAR_LINES and scores[i] >= _NEAR_SHARE * scores[best]]
    first = min(near)
    if count_words(layout.lines[first].text) <= _LABEL_WORDS and len(near) > 1:
        first = best if best != first else near[near.index(first) + 1]
    whole = f" {fold_title(layout.lines[first].text)} "
    for i in range(first + 1, min(layout.low + 2, len(layout.lines))):
        part = fold_title(layout.lines[i].text)
        if len(part.split()) >= _MIN_WORDS and 2 * len(part) >= len(whole) and _is_end(part, whole):
            return i
    return first


def _is_end(part: str, whole: str) -> bool:
    return part != whole.strip() and (whole.endswith(f" {part} ") or whole.startswith(f" {part} "))


def _score_headline(layout: Layout, i: int, story: bytes) -> float:
    text = layout.lines[i].text
    words = count_words(text)
    if not _MIN_WORDS <= words <= _MAX_WORDS or (words > _MAX_SENTENCE_WORDS and text.endswith((".", ".”", '."'))):
        return 0.0
    if (text[0] == "(" and text[-1] == ")") or is_picture_text(text):
        return 0.0
    stems = _stems(text)
    shared = sum([stem.encode() in story for stem in stems]) / max(len(stems), 4)
    score = 1.0 + 5.0 * shared - 0.1 * max(0, 8 - words) - 0.03 * max(0, words - 14)
    if text.endswith((".", ":", ";", ",")):
        score -= 1.0
    return score - 0.03 * min(layout.low - i, 60)


def _find_first_line(layout: Layout, body: list[int]) -> TitleLines | None:
    """The first body line where it is a headline: short, set off, no sentence of the story."""
    first = body[0]
    if len(body) < 2 or any(layout.taken[i] is None for i in range(first)):
        return None
    line, below = layout.lines[first], layout.lines[body[1]]
    words = count_words(line.text)
    if not _MIN_WORDS <= words <= _MAX_WORDS or not layout.shapes[body[1]].sentence or below.text[:1].islower():
        return None
    if layout.shapes[first].lead or _DAY.search(line.text) or _SPEECH.search(line.text):
        return None
    if line.text.endswith(("?", "!")) or not layout.shapes[first].sentence:
        return TitleLines(first, first, "title/first-line")
    set_off = below.first > line.last + 1 and words <= _MAX_SENTENCE_WORDS
    lead = _stems(" ".join(layout.lines[i].text for i in body[1:_LEAD_LINES]))
    stems = _stems(line.text)
    if set_off and line.text.endswith(".") and len(body) > 3 and 2 * len(stems & lead) >= len(stems):
        return TitleLines(first, first, "title/set-off-sentence")
    return None


def _extend(layout: Layout, i: int) -> int:
    """A headline that ends in an open mark goes on in the line directly below."""
    if not layout.lines[i].text.endswith(_OPEN_END) or i + 1 >= len(layout.lines):
        return i
    adjacent = layout.lines[i + 1].first == layout.lines[i].last + 1
    return i + 1 if adjacent and layout.shapes[i + 1].words <= _MAX_SENTENCE_WORDS else i


def _stems(text: str) -> set[str]:
    return {word[:_STEM] for word in _WORD.findall(text.lower())}
