"""What is remembered of a document: its lines by hash, what they look like and what stands beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import polars as pl

from etl.hygiene import is_regular
from etl.normalise import LineRules
from etl.normalise.lines import Line, split_lines
from etl.normalise.repeats import hash_line
from etl.normalise.zones import USUAL_COSTS, Shape, find_best_run, measure_line
from etl.records import RawArticle

MAX_CHARS = 450
REACH = 4
EDGE_LINES = 20
_CACHE_LINES = 65_536
RANKS = 3  # the longest paragraphs that stand for a document where it is compared with others
_MIN_LETTERS, _MIN_HEADLINE = 2, 5
_MASK = 2**64 - 1
_LETTER = re.compile(r"[^\W\d_]")
# An entry of a list, or a line that what follows completes: an introduction, a speaker, a dateline, a half sentence.
_ENTRY = re.compile(r"[-*•–—·▪‣◦]\s|\(?\d{1,3}[.)]\s|\(?[a-z][.)]\s|\\?#")
_OPEN = re.compile(r"[-–—,;:(/&]$")
_MARKUP = re.compile(r"[*_]+|</?[a-z]+>")

OBSERVATIONS: dict[str, pl.DataType] = {
    "record": pl.String(),  # fingerprint of the document
    "line": pl.UInt32(),  # its number among the document's lines
    "outlet": pl.String(),
    "key": pl.UInt64(),  # hash of the line
    "form": pl.UInt8(),  # FRAGMENT, SENTENCE or PROSE
    "place": pl.UInt8(),  # ABOVE, INSIDE or BELOW the document's best run of prose
    "between": pl.Boolean(),  # whether sentences stand directly above and below
    "listed": pl.Boolean(),  # whether it stands in a list that the text introduces
    "above": pl.UInt64(),  # hash of the lines above up to the first fragment, null where it is more than REACH away
    "below": pl.UInt64(),  # the same downwards
    "rank": pl.UInt8(),  # 1 to RANKS for the longest paragraphs of the run, else 0
    "headline": pl.Boolean(),  # whether it stands where a title does: the last longer fragment above the run
    "learnable": pl.Boolean(),  # whether the line may be furniture at all, by its words
}
FRAGMENT, SENTENCE, PROSE = 0, 1, 2
ABOVE, INSIDE, BELOW = 0, 1, 2


class _Page(NamedTuple):
    """The lines of a document with what each looks like; the run of prose is lines low to high (half open)."""

    lines: Sequence[Line]
    shapes: Sequence[Shape]
    keys: Sequence[int]
    listed: Sequence[bool]
    ranks: dict[int, int]
    headline: int  # -1: none
    low: int
    high: int


def observe_articles(raws: Iterable[RawArticle], rules: LineRules) -> pl.DataFrame:
    """A frame of OBSERVATIONS for the articles whose outlet is known; a text of one line teaches nothing."""
    rows: list[tuple[object, ...]] = []
    for raw in raws:
        if "\n" not in raw.text:
            continue
        lines = split_lines(raw.text, is_regular(raw.text))
        outlet = rules.outlets.resolve_metadata(raw.metadata) or _recognise_outlet(lines, rules)
        if outlet is None:
            continue
        fingerprint = raw.fingerprint
        rows += [(fingerprint, row[0], outlet, *row[1:]) for row in _observe_page(_build_page(lines))]
    return pl.DataFrame(rows, schema=OBSERVATIONS, orient="row")


def _recognise_outlet(lines: Sequence[Line], rules: LineRules) -> str | None:
    """The outlet whose own furniture, as its data file describes it, stands at the head or the foot of the text."""
    edges = lines if len(lines) <= 2 * EDGE_LINES else [*lines[:EDGE_LINES], *lines[-EDGE_LINES:]]
    for line in edges:
        candidate = rules.candidates.find_candidate(line.text)
        outlet = rules.outlets.of_rule(candidate.take.rule_id) if candidate else None
        if outlet:
            return outlet
    return None


def _build_page(lines: Sequence[Line]) -> _Page:
    read = [_read_line(line.text) for line in lines]
    keys, shapes = [key for key, _ in read], [shape for _, shape in read]
    low, high = find_best_run([shape.pay or -USUAL_COSTS.short_line for shape in shapes])
    paragraphs = sorted((i for i in range(low, high) if shapes[i].prose), key=lambda i: (-len(lines[i].text), i))
    ranks = {i: rank for rank, i in enumerate(paragraphs[:RANKS], 1)}
    return _Page(lines, shapes, keys, _find_listed(lines, shapes, low), ranks, _find_headline(shapes, low), low, high)


def _find_headline(shapes: Sequence[Shape], low: int) -> int:
    above = (i for i in range(low - 1, -1, -1) if not shapes[i].sentence and shapes[i].words >= _MIN_HEADLINE)
    return next(above, -1)


def _find_listed(lines: Sequence[Line], shapes: Sequence[Shape], low: int) -> list[bool]:
    """For each line whether it is a fragment in a list that a line with a colon at its end introduces in the text."""
    listed, inside = [], False
    for i, (line, shape) in enumerate(zip(lines, shapes, strict=True)):
        inside = inside and not shape.sentence
        listed.append(inside)
        inside = inside or (i >= low and _strip_markup(line.text).endswith(":"))
    return listed


def _strip_markup(text: str) -> str:
    return _MARKUP.sub("", text).strip() if "*" in text or "<" in text or "_" in text else text


def _observe_page(page: _Page) -> Iterator[tuple[object, ...]]:
    last = len(page.lines) - 1
    for i, (line, shape) in enumerate(zip(page.lines, page.shapes, strict=True)):
        rank = page.ranks.get(i, 0)
        learnable = len(line.text) <= MAX_CHARS and _may_be_furniture(line.text)
        if not rank and not learnable:
            continue
        yield (
            i,
            page.keys[i],
            PROSE if shape.prose else SENTENCE if shape.sentence else FRAGMENT,
            ABOVE if i < page.low else BELOW if i >= page.high else INSIDE,
            0 < i < last and page.shapes[i - 1].sentence and page.shapes[i + 1].sentence,
            page.listed[i],
            _name_neighbours(page, range(i - 1, max(-1, i - 1 - REACH), -1)),
            _name_neighbours(page, range(i + 1, min(last + 1, i + 1 + REACH))),
            rank,
            i == page.headline,
            learnable,
        )


def _name_neighbours(page: _Page, way: range) -> int | None:
    """A hash of the lines on the way up to and with the first fragment; None where there is none."""
    name = 0
    for i in way:
        name = (31 * name + page.keys[i]) & _MASK
        if not page.shapes[i].sentence and not page.shapes[i].prose:
            return name
    return None


@lru_cache(_CACHE_LINES)
def _read_line(text: str) -> tuple[int, Shape]:
    return hash_line(text), measure_line(text)


@lru_cache(_CACHE_LINES)
def _may_be_furniture(text: str) -> bool:
    """Whether the words of the line allow it: no separator or number, no list entry, nothing that others complete."""
    letters = _LETTER.findall(text[:40])
    return len(letters) >= _MIN_LETTERS and not _ENTRY.match(text) and not _OPEN.search(_strip_markup(text))
