"""The tokens of a sentence: words, punctuation, and each quoted stretch as one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate, chain
from operator import itemgetter
from typing import NamedTuple

from etl.document import MASK, Document
from etl.marks import QuotedSpan
from etl.quotes.words import HOLE, QUOTE, Token, keeps_stop, read_word
from etl.spans import Span

_TOKEN = re.compile(r"([^\W_][\w’'&/-]*(?:(?:\.|(?<=\d)[:,](?=\d))[^\W_][\w’'&/-]*)*|[^\w\s]|_)")
_VISIBLE = re.compile(r"\S+")
_MAX_KNOWN = 1 << 16


class Reading(NamedTuple):
    """A stretch of text as tokens; `starts` and `ends` are their offsets in the body, `quoted` what quotes hold."""

    tokens: list[Token]
    starts: list[int]
    ends: list[int]
    quoted: dict[int, QuotedSpan]

    def span(self, first: int, last: int) -> Span:
        """Where tokens[first:last] stand."""
        return Span(self.starts[first], self.ends[last - 1])


class _Piece(NamedTuple):
    """What stands between two blanks: its tokens (“said,” is two), the lengths of each and of the gap behind it.

    The last gap is the blank.
    """

    tokens: tuple[Token, ...]
    lengths: tuple[int, ...]


class _Pieces(dict[str, _Piece]):
    """Pieces as written, kept once they are read. Bounded: texts never end."""

    def __missing__(self, written: str) -> _Piece:
        if len(self) >= _MAX_KNOWN:
            self.clear()
        parts = _split_words(written)
        piece = self[written] = _Piece(tuple(map(read_word, parts[1::2])), (*map(len, parts[1:-1]), 1))
        return piece


_PIECES = _Pieces()
_TOKENS_OF, _LENGTHS_OF = itemgetter(0), itemgetter(1)


def read_tokens(document: Document, start: int, end: int) -> Reading:
    """The tokens of `document.masked[start:end]`; offsets count in the body."""
    text, quoted = document.masked[start:end], document.quoted_within(start, end)
    if HOLE in text:
        text = text.replace(HOLE, MASK)
    if quoted:
        text = _hide_quotes(text, quoted, start)
    pieces = list(map(_PIECES.__getitem__, text.split()))
    # All in C: a loop of our own over the words is what this layer would spend most of its time on.
    tokens = list(chain.from_iterable(map(_TOKENS_OF, pieces)))
    lengths = list(chain.from_iterable(map(_LENGTHS_OF, pieces)))
    if sum(lengths) != len(text) + 1:
        start, lengths = start + len(text) - len(text.lstrip()), _measure(text)
    quotes: dict[int, QuotedSpan] = {}
    at = -1
    for span in quoted:
        at = tokens.index(QUOTE, at + 1)
        quotes[at], lengths[2 * at] = span, min(span.end, end) - span.start
    offsets = list(accumulate(lengths, initial=start))
    return Reading(tokens, offsets[:-1:2], offsets[1::2], quotes)


def _hide_quotes(text: str, quoted: Sequence[QuotedSpan], start: int) -> str:
    """`text`, which begins at `start`, with one character in the place of each quoted stretch."""
    parts, at = [], 0
    for span in quoted:
        parts += [text[at : span.start - start], HOLE]
        at = span.end - start
    return "".join([*parts, text[at:]])


def _measure(text: str) -> list[int]:
    """The lengths of words and gaps where more than one blank stands between two of them."""
    spans = [match.span() for match in _VISIBLE.finditer(text)]
    ends = [start for start, _ in spans[1:]] + [len(text) + 1]
    lengths: list[int] = []
    for (start, end), following in zip(spans, ends, strict=True):
        lengths += [*_PIECES[text[start:end]].lengths[:-1], following - end]
    return lengths


def _split_words(text: str) -> list[str]:
    """Gaps and words in turn, beginning and ending with a gap, which may be empty."""
    parts = _TOKEN.split(text)
    at = 0
    for _ in range(parts.count(".")):
        at = parts.index(".", at + 1)
        if at > 2 and not parts[at - 1] and parts[at - 2][0].isalnum() and keeps_stop(parts[at - 2] + "."):
            parts[at - 2 : at + 1] = [parts[at - 2] + "."]
            at -= 2
    return parts
