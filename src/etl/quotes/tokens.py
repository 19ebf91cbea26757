"""The tokens of a sentence: words, punctuation, and each quoted stretch as one."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from etl.document import Document
from etl.marks import QuotedSpan
from etl.sentences import load_abbreviations

_TOKEN = re.compile(r"([^\W_][\w’'&/-]*(?:\.[^\W_][\w’'&/-]*)*\.?|[^\w\s]|_)")
_DASHES = frozenset("-–—")
_ACRONYM = re.compile(r"(?:[A-Za-z]\.)+")

STOPS = frozenset({",", ".", ";", ":", "-", "?", "!", "…"})
WORDS = frozenset({"name", "word", "number"})


class Token(NamedTuple):
    """A word, a quoted stretch with its marks, or a mark of punctuation. `low` is in lower case, apostrophes plain.

    `kind` is name (a capitalised word), word, number, quote, or the punctuation itself ("-" for any dash).
    """

    start: int
    end: int
    low: str
    kind: str


def read_tokens(document: Document, start: int, end: int) -> list[Token]:
    """The tokens of `document.masked[start:end]`; offsets count in the body."""
    tokens: list[Token] = []
    position = start
    for quoted in document.quoted_within(start, end):
        _read_plain(document.masked, position, quoted.start, tokens)
        tokens.append(Token(quoted.start, min(quoted.end, end), "", "quote"))
        position = quoted.end
    if position < end:
        _read_plain(document.masked, position, end, tokens)
    return tokens


def _read_plain(text: str, start: int, end: int, tokens: list[Token]) -> None:
    # The hottest loop of the layer: tuple.__new__ builds a Token in half the time that Token() takes, and to split is
    # faster than to ask each match for its place.
    build, add, last = tuple.__new__, tokens.append, start
    parts = iter(_TOKEN.split(text[start:end]))
    for gap, written in zip(parts, parts, strict=False):  # the gap behind the last token has none to go with
        first = last + len(gap)
        last = first + len(written)
        low, kind, stop = _classify(written)
        if stop:
            add(build(Token, (first, last - 1, low, kind)))
            add(build(Token, (last - 1, last, ".", ".")))
        else:
            add(build(Token, (first, last, low, kind)))


@lru_cache(maxsize=1 << 16)
def _classify(written: str) -> tuple[str, str, bool]:
    """Lower case, kind, and whether a full stop at the end is none of the word."""
    char = written[0]
    if char.isalpha():
        stop = written[-1] == "." and not _keeps_stop(written)
        low = (written[:-1] if stop else written).lower().replace("’", "'")
        return low, "name" if char.isupper() else "word", stop
    if char.isdigit():
        return written, "number", False
    return char, "-" if char in _DASHES else char, False


def _keeps_stop(written: str) -> bool:
    words = load_abbreviations()
    return _ACRONYM.fullmatch(written) is not None or written[:-1] in words.titles or written[:-1] in words.general


def kind_at(tokens: list[Token], at: int) -> str:
    """The kind of token `at`; "" where there is none."""
    return tokens[at].kind if 0 <= at < len(tokens) else ""


def low_at(tokens: list[Token], at: int) -> str:
    """Token `at` in lower case; "" where there is none."""
    return tokens[at].low if 0 <= at < len(tokens) else ""


def inner_text(document: Document, quoted: QuotedSpan) -> str:
    """The words between the marks, from the first piece to the last."""
    return document.body[quoted.pieces[0].start : quoted.pieces[-1].end]
