"""The tokens of a sentence: words, punctuation, and each quoted stretch as one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate, chain
from typing import Any, NamedTuple

from etl.document import MASK, Document
from etl.marks import QuotedSpan
from etl.quotes.words import HOLE, QUOTE, Token, keeps_stop, read_word
from etl.spans import Span

_TOKEN = re.compile(r"([^\W_][\w’'&/-]*(?:(?:\.|(?<=\d)[:,](?=\d))[^\W_][\w’'&/-]*)*|[^\w\s]|_)")
_VISIBLE = re.compile(r"\S+")
_MAX_KNOWN = 1 << 16


class Reading(NamedTuple):
    """A stretch of text as tokens, and what the quoted ones hold.

    `offsets` are those of the body at which tokens begin and end, in turn: two for each.
    """

    tokens: list[Token]
    offsets: list[int]
    quoted: dict[int, QuotedSpan]

    def span(self, first: int, last: int) -> Span:
        """Where tokens[first:last] stand."""
        return Span(self.offsets[2 * first], self.offsets[2 * last - 1])


# What stands between two blanks: for each of its tokens (“said,” is two) the token, its length, and that of the gap
# behind it. The last gap is the blank.
_Piece = tuple[Any, ...]


class _Pieces(dict[str, _Piece]):
    """Pieces as written, kept once they are read. Bounded: texts never end."""

    def __missing__(self, written: str) -> _Piece:
        if len(self) >= _MAX_KNOWN:
            self.clear()
        parts = [*_split_words(written)[1:-1], " "]
        rows = zip(map(read_word, parts[::2]), map(len, parts[::2]), map(len, parts[1::2]), strict=True)
        piece = self[written] = tuple(chain.from_iterable(rows))
        return piece


_PIECES = _Pieces()


def read_tokens(document: Document, start: int, end: int) -> Reading:
    """The tokens of `document.masked[start:end]`; offsets count in the body."""
    text, quoted = document.masked[start:end], document.quoted_within(start, end)
    if HOLE in text:
        text = text.replace(HOLE, MASK)
    if quoted:
        text = _hide_quotes(text, quoted, start)
    # All in C: a loop of our own over the words is what this layer would spend most of its time on.
    lengths: list[Any] = list(chain.from_iterable(map(_PIECES.__getitem__, text.split())))
    tokens: list[Token] = lengths[::3]
    del lengths[::3]
    quotes = _place_quotes(tokens, lengths, quoted, end) if quoted else {}
    offsets = list(accumulate(lengths, initial=start))
    if offsets[-1] != end + 1:  # more than one blank between two words
        lengths = _measure(text)
        quotes = _place_quotes(tokens, lengths, quoted, end)
        offsets = list(accumulate(lengths, initial=start + len(text) - len(text.lstrip())))
    return Reading(tokens, offsets, quotes)


def _place_quotes(
    tokens: list[Token], lengths: list[Any], quoted: Sequence[QuotedSpan], end: int
) -> dict[int, QuotedSpan]:
    """The quoted stretches by the number of their token; their lengths go into `lengths`."""
    quotes: dict[int, QuotedSpan] = {}
    at = -1
    for span in quoted:
        at = tokens.index(QUOTE, at + 1)
        quotes[at], lengths[2 * at] = span, min(span.end, end) - span.start
    return quotes


def _hide_quotes(text: str, quoted: Sequence[QuotedSpan], start: int) -> str:
    """`text`, which begins at `start`, with one character in the place of each quoted stretch."""
    parts, at = [], 0
    for span in quoted:
        parts += [text[at : span.start - start], HOLE]
        at = span.end - start
    return "".join([*parts, text[at:]])


def _measure(text: str) -> list[Any]:
    """The lengths of words and gaps where more than one blank stands between two of them."""
    spans = [match.span() for match in _VISIBLE.finditer(text)]
    ends = [start for start, _ in spans[1:]] + [len(text) + 1]
    lengths: list[int] = []
    for (start, end), following in zip(spans, ends, strict=True):
        piece = list(_PIECES[text[start:end]])
        del piece[::3]
        lengths += [*piece[:-1], following - end]
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
