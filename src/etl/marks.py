"""Quotation marks: which marks of a body pair, found paragraph by paragraph in one pass.

Double marks are straight (", ''), curly, guillemets or low; styles may pair across (" with ”), and curly marks nest in
straight ones. Single marks count only outside double ones, and an apostrophe never opens. An opening mark without its
closing one ends with its paragraph, unless the next paragraph opens with a mark: then the quote goes on there.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from etl.spans import Span

DOUBLE_OPENERS = ('"', "“", "„", "‟", "«", "＂", "''", "``", "‘‘")
SENTENCE_ENDS = ".?!…"
# A pattern that begins with a class of characters is sought many times faster than one that begins with a choice.
_DOUBLE = re.compile(r"[\"“”„‟«»＂'`‘’](?:(?<=[\"“”„‟«»＂])|(?<=')'(?!'(?!'))|(?<=`)`|(?<=‘)‘|(?<=’)’)")
# How far back an attribution is sought between two opening marks.
_LOOK_BACK = 2000
_MAY_STAND_BEFORE = " \t\u00a0\n([{-–—/“”‘\"':;,.…«»|>"
_SINGLE_OPEN = re.compile(r"['‘](?:(?<=^.)|(?<=[\s(\[{—–:/-].))(?=[\w$£€\[…#@])")
_SINGLE_CLOSE = re.compile(r"['’](?<=[\w.,!?…%)\]—–-].)(?![\w'’])")
# Words whose first letters an apostrophe stands for ('em, 'til, '90s, rock 'n' roll).
_ELISION = re.compile(r"(?:em|til|till|cause|bout|n|round|cos|tis|twas|twill|\d0s|\d\d)\b", re.I)
_ATTRIBUTION = re.compile(r"[,.?!…]\s+(?:[\w.’'-]+\s+){0,5}(?:said|says|told|added|asked|wrote|replied)\b")


@dataclass(frozen=True, slots=True)
class QuotedSpan:
    """A stretch between marks: `start` and `end` with the outer marks, `pieces` the inner text without them.

    There is one piece a paragraph (or a mark that opens again after a full stop). `style` is the opening mark.
    `closed` is False where the paragraph ended before a closing mark came.
    """

    start: int
    end: int
    pieces: tuple[Span, ...]
    style: str
    closed: bool


class _Mark(NamedTuple):
    start: int
    end: int
    text: str
    opens: bool
    closes: bool


@dataclass(slots=True)
class _Open:
    """The quote that is open while the marks are read."""

    start: int
    style: str
    piece_start: int
    pieces: list[Span]
    depth: int = 0


def find_quoted(body: str, paragraphs: Sequence[Span]) -> tuple[QuotedSpan, ...]:
    """Every quoted stretch of `body`, sorted, none inside another. Linear in the length of the text; never raises."""
    found: list[QuotedSpan] = []
    open_quote: _Open | None = None
    for number, paragraph in enumerate(paragraphs):
        marks = _read_marks(body, paragraph)
        doubles, open_quote = _pair_doubles(body, marks, open_quote)
        if open_quote is not None:
            _end_piece(body, open_quote, paragraph.end)
            if not _opens_with_mark(body, paragraphs, number + 1):
                if open_quote.pieces:
                    doubles.append(_close(open_quote, paragraph.end, closed=False))
                open_quote = None
        blocked_from = max(open_quote.start, paragraph.start) if open_quote else paragraph.end
        found += _add_singles(body, paragraph, doubles, blocked_from)
    return tuple(found)


def _opens_with_mark(body: str, paragraphs: Sequence[Span], number: int) -> bool:
    return number < len(paragraphs) and body.startswith(DOUBLE_OPENERS, paragraphs[number].start)


def _read_marks(body: str, paragraph: Span) -> list[_Mark]:
    marks = []
    for match in _DOUBLE.finditer(body, paragraph.start, paragraph.end):
        start, end = match.span()
        before = body[start - 1] if start > paragraph.start else " "
        after = body[end] if end < paragraph.end else " "
        opens, closes = _judge_mark(match.group(), before, after)
        marks.append(_Mark(start, end, match.group(), opens, closes))
    return marks


def _judge_mark(mark: str, before: str, after: str) -> tuple[bool, bool]:
    """Whether a mark can open and whether it can close, by its form and its neighbours."""
    apart, joined = before.isspace(), not after.isspace()
    if mark in ("“", "``", "‘‘", "„", "‟"):
        return True, mark == "“" and not apart and not after.isalnum()
    if mark in ("”", "’’", "»"):
        return apart and after.isalnum(), True
    if mark == "«":
        return True, not apart and not after.isalnum()
    if apart and not joined:
        return True, True
    opens = joined and before in _MAY_STAND_BEFORE
    closes = not apart and before not in "([{" and not (before in "—–" and after.isalnum())
    return opens, closes


def _pair_doubles(body: str, marks: list[_Mark], current: _Open | None) -> tuple[list[QuotedSpan], _Open | None]:
    """The pairs of one paragraph, and the quote that is still open at its end."""
    found: list[QuotedSpan] = []
    surplus = _count_surplus(marks)
    for number, mark in enumerate(marks):
        if current is None:
            if mark.opens:
                current = _Open(mark.start, mark.text, mark.end, [])
        elif number == 0 and mark.opens and current.pieces and current.piece_start < 0:
            current.piece_start = mark.end  # the next paragraph of a quote opens again
        elif mark.opens and not mark.closes:
            current = _open_again(body, current, mark, surplus[number])
        elif mark.closes and current.depth:
            current.depth -= 1
        elif mark.closes:
            _end_piece(body, current, mark.start)
            if current.pieces:
                found.append(_close(current, mark.end, closed=True))
            current = None
    return found, current


def _count_surplus(marks: list[_Mark]) -> list[int]:
    """For each mark: the sure closing marks after it less the sure opening ones."""
    surplus, running = [0] * len(marks), 0
    for number in range(len(marks) - 1, -1, -1):
        surplus[number] = running
        mark = marks[number]
        if mark.opens != mark.closes:
            running += 1 if mark.closes else -1
    return surplus


def _open_again(body: str, current: _Open, mark: _Mark, surplus: int) -> _Open:
    """What an opening mark inside an open quote does: nest, begin a piece, be ignored, or begin a new quote."""
    if surplus >= 2 + current.depth:
        current.depth += 1
        return current
    before = body[max(current.piece_start, mark.start - _LOOK_BACK) : mark.start].rstrip()
    if before[-1:] and before[-1] in SENTENCE_ENDS and not current.depth and not _ATTRIBUTION.search(before):
        _end_piece(body, current, mark.start)
        current.piece_start = mark.end
        return current
    if mark.text != current.style or current.pieces:
        return current
    return _Open(mark.start, mark.text, mark.end, [])


def _end_piece(body: str, current: _Open, end: int) -> None:
    piece = trim(body, current.piece_start, end)
    if current.piece_start >= 0 and piece.start < piece.end:
        current.pieces.append(piece)
    current.piece_start = -1


def _close(current: _Open, end: int, *, closed: bool) -> QuotedSpan:
    return QuotedSpan(current.start, end, tuple(current.pieces), current.style, closed)


def trim(body: str, start: int, end: int) -> Span:
    """`start` and `end` moved inwards over white space."""
    while start < end and body[start].isspace():
        start += 1
    while end > start and body[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _add_singles(body: str, paragraph: Span, doubles: list[QuotedSpan], blocked_from: int) -> list[QuotedSpan]:
    """`doubles` and the single-marked stretches of the paragraph, sorted; an enclosing single swallows its doubles."""
    openers = [
        match.start()
        for match in _SINGLE_OPEN.finditer(body, paragraph.start, blocked_from)
        if not _ELISION.match(body, match.end()) and not _covers(doubles, match.start())
    ]
    if not openers:
        return doubles
    closers = [
        match.start()
        for match in _SINGLE_CLOSE.finditer(body, paragraph.start, blocked_from)
        if not _covers(doubles, match.start())
    ]
    singles: list[QuotedSpan] = []
    for number, start in enumerate(openers):
        if singles and start < singles[-1].end:
            continue
        stop = openers[number + 1] if number + 1 < len(openers) else paragraph.end
        end = _find_single_end(body, closers, start, stop)
        if end is None:
            continue
        piece = trim(body, start + 1, end)
        encloses = _begins_within(doubles, start, end)
        if piece.start < piece.end and not (encloses and body[end - 1] not in SENTENCE_ENDS + ","):
            singles.append(QuotedSpan(start, end + 1, (piece,), body[start], closed=True))
    outer = [double for double in doubles if not _covers(singles, double.start)]
    return sorted(outer + singles, key=lambda quoted: quoted.start)


def _covers(spans: list[QuotedSpan], offset: int) -> bool:
    number = bisect_left(spans, offset + 1, key=lambda quoted: quoted.start) - 1
    return number >= 0 and offset < spans[number].end


def _begins_within(spans: list[QuotedSpan], start: int, end: int) -> bool:
    number = bisect_left(spans, start, key=lambda quoted: quoted.start)
    return number < len(spans) and spans[number].start < end


def _find_single_end(body: str, closers: list[int], start: int, stop: int) -> int | None:
    """The closing mark of a single that opens at `start`, before the next opener at `stop`.

    After an s and before a word a mark may be a plural's apostrophe: it closes only where no surer mark follows.
    """
    unsure: int | None = None
    for number in range(bisect_left(closers, start + 2), len(closers)):
        closer = closers[number]
        if closer > stop:
            break
        if body[closer - 1] != "s" or body[closer + 1 : closer + 2] in ("", ".", ",", ";", ":", "!", "?", ")", "\n"):
            return closer
        unsure = closer if unsure is None else unsure
    return unsure
