"""Lists that end a body: numbered items, timetables and results, and articles that are mostly their list."""

from __future__ import annotations

import re

from etl.normalise.layout import REPEAT_KIND, Layout

_NUMBERED = re.compile(r"^\(?\d{1,3}[.)]\s?\S")
_ROW = re.compile(r"\d.*?\s[–—@-]\s|\s[–—@-]\s.*?\d|\d.*:\s|:\s.*\d")
_LINK = re.compile(r"(?:https?://|www\.)\S+")
_BULLET = re.compile(r"[-–—•*·▪►]\s*\S")
_MIN_ITEMS = 4
# A heading of the list below it may be shorter.
_MIN_WORDS = 5
_MIN_NUMBERED, _MIN_ROWS = 0.8, 0.8
# An article is mostly its list where the list has so many lines, and half of all.
_LONG_LIST, _MAX_FURNITURE, _FURNITURE_SHARE = 50, 20, 0.2


def find_list_end(layout: Layout, start: int) -> int:
    """The line behind the list that begins at line `start`, directly below the last prose of a body; `start` if none.

    A list is made of lines that no rule knows, addresses of its items aside: numbered items below a line that
    announces them, rows that each have a figure and a dash or colon (the first line may be their heading), or so
    many lines that the text is mostly a list.
    """
    end = start
    while end < len(layout.lines) and _may_be_item(layout, end):
        end += 1
    texts = [line.text for line in layout.lines[start:end] if not _LINK.fullmatch(line.text)]
    if len(texts) < _MIN_ITEMS:
        return start
    announced = texts[1:] if layout.announces(start) else texts if layout.announces(start - 1) else []
    if announced and _is_share(_NUMBERED, announced, _MIN_NUMBERED):
        return end
    if are_rows(texts[1:]):
        return end
    return start


def find_list_start(layout: Layout, start: int) -> int:
    """The line that announces the bullets with which the body begins at `start`; `start` where none does."""
    first = start
    while first > 0 and layout.candidates[first - 1] is None and _BULLET.match(layout.lines[first - 1].text):
        first -= 1
    above = first - 1
    if not layout.announces(above) or layout.candidates[above] is not None or layout.shapes[above].words < _MIN_WORDS:
        return start
    return above if _BULLET.match(layout.lines[first].text) else start


def is_mostly_list(layout: Layout, start: int, end: int) -> bool:
    """Whether the lines from `start` to `end` that no rule knows are half of the text, and many.

    Not in the dump of a page, which has many different lines that rules know; a list repeats the few it has. Where
    the outlet's own furniture is known, that does not count: what is left is the text's.
    """
    if end - start < _LONG_LIST:
        return False
    kinds = [candidate.take.kind if candidate else None for candidate in layout.candidates]
    repeats = kinds.count(REPEAT_KIND)
    unknown = kinds[start:end].count(None)
    if unknown < _LONG_LIST:
        return False
    if repeats >= _MAX_FURNITURE:
        return 2 * unknown >= kinds.count(None)
    known = {line.text for line, kind in zip(layout.lines, kinds, strict=True) if kind not in (None, REPEAT_KIND)}
    few = max(_MAX_FURNITURE, _FURNITURE_SHARE * unknown)
    return 2 * unknown >= len(kinds) - repeats and len(known) < few


def are_rows(texts: list[str]) -> bool:
    """Whether the lines are rows of a timetable or of results: nearly all have a figure and a dash or colon."""
    return _is_share(_ROW, texts, _MIN_ROWS)


def _may_be_item(layout: Layout, i: int) -> bool:
    return layout.candidates[i] is None or _LINK.fullmatch(layout.lines[i].text) is not None


def _is_share(pattern: re.Pattern[str], texts: list[str], share: float) -> bool:
    return sum(pattern.search(text) is not None for text in texts) >= share * len(texts)
