"""Captions that carry no credit: known by where they stand and what they repeat."""

from __future__ import annotations

import itertools
import re
from functools import cache

from etl.data import check_keys, read_toml
from etl.normalise.layout import Layout, Take
from etl.normalise.prose import count_words, ends_sentence

_SIDE = re.compile(r"\((?:[LRC]|left|right|cent(?:er|re)|[2-4](?:nd|rd|th)-?[ ]?[LR]|C-[LR]|[LRC]-[LRC])\)")
_PARTY = re.compile(r"\b(?:Sen|Rep|Gov|Senator|Representative|Governor|Congress\w+)\b")
_WORD = re.compile(r"\w+")
_MIN_WORDS, _MIN_REPEAT_WORDS = 10, 14
_SAME_SHARE = 0.6
_BULLETS = "-–—•*·"
_MIN_LINES, _MAX_LINES = 6, 300


@cache
def _load_words() -> re.Pattern[str]:
    table = read_toml("lines/words/pictures.toml")
    check_keys(table, "pictures.toml", ("words",))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, table['words']))})\b", re.IGNORECASE)


def is_picture_text(text: str) -> bool:
    """Whether a line tells who stands where in a picture, or the kind of picture: data/lines/words/pictures.toml."""
    return ("(" in text and _SIDE.search(text) is not None) or _load_words().search(text) is not None


def mark_captions(layout: Layout) -> list[str]:
    """Marks the captions that no credit gives away; the texts of all captions, in order."""
    _mark_sides(layout)
    _mark_repeats(layout)
    return [take.text or layout.lines[i].text for i, take in layout.list_taken() if take.kind == "caption"]


def _mark_sides(layout: Layout) -> None:
    """A line above the lead that tells who stands left or right in a picture."""
    body = layout.list_body()
    last_prose = next((j for j in reversed(body) if layout.shapes[j].prose), -1)
    for i in [*range(layout.low), *body[:1]]:
        take, text = layout.taken[i], layout.lines[i].text
        if i >= last_prose or (take is not None and take.rule_id != "zone/head"):
            continue
        if "(" in text and _SIDE.search(text) and not _PARTY.search(text) and count_words(text) >= _MIN_WORDS // 2:
            layout.taken[i] = Take("caption", "caption/sides")


def _mark_repeats(layout: Layout) -> None:
    """A long line without a full stop that repeats most words of a line above it, in a text whose lines end in one."""
    body = layout.list_body()
    long = [i for i in body if layout.shapes[i].words >= _MIN_WORDS]
    if not _MIN_LINES <= len(long) <= _MAX_LINES:
        return
    open_ = [i for i in long if not ends_sentence(layout.lines[i].text) and layout.lines[i].text[-1] not in ":;,"]
    if not open_ or len(open_) * 2 > len(long):
        return
    closed = [(i, _list_pairs(layout.lines[i].text)) for i in long if i not in open_]
    for i in open_:
        if layout.shapes[i].words < _MIN_REPEAT_WORDS or layout.lines[i].text[0] in _BULLETS:
            continue
        pairs = _list_pairs(layout.lines[i].text)
        if any(j < i - 1 and len(pairs & other) >= _SAME_SHARE * len(pairs) for j, other in closed):
            layout.taken[i] = Take("caption", "caption/repeats-text")


def _list_pairs(text: str) -> set[tuple[str, str]]:
    words = _WORD.findall(text.lower())
    return set(itertools.pairwise(words))
