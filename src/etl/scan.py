"""One pass over a text for all lexicons: an Aho-Corasick automaton, word boundaries, longest hits per kind.

Text and surfaces are folded alike before they are compared, character for character, so that offsets stay true:
accents go (Erdoğan, Erdogan), typographic apostrophes and hyphens become plain ones, a no-break space a blank.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from functools import cache, lru_cache, partial
from typing import NamedTuple

import ahocorasick_rs

from etl.spans import Hit

# Letters that NFD does not take apart, and marks that writers use for one another.
_FOLDED = {
    **dict.fromkeys("’‘ʼʻ´`ʾʿ", "'"),
    **dict.fromkeys("‐‑", "-"),
    **dict.fromkeys("\u00a0\u2007\u2009\u202f", " "),
    "ı": "i",
    "ł": "l",
    "Ł": "L",
    "ø": "o",
    "Ø": "O",
    "đ": "d",
    "Đ": "D",
}
# The value of an entry that only hides shorter hits of its kind ("Latin America" is no hit for America).
SHIELD = ""
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_LONG = 400
# Where str.title will not do: it takes circled letters for letters, and the small sigma goes by its place.
_IRREGULAR = re.compile("[\u0345σς\u24b6-\u24e9\U0001f130-\U0001f189]")
# A Hit from its four values, without the call that the class itself would need for each.
_NEW_HIT = partial(tuple.__new__, Hit)
_CONTRACTIONS = frozenset({"s", "d", "ll", "ve", "re"})


class Entry(NamedTuple):
    """One surface form of a lexicon. A cased one must stand as written, or all in capitals."""

    surface: str
    kind: str
    value: str
    cased: bool = True


class Hits:
    """What a scan met, by kind. Within a kind hits do not overlap, unless one surface has several values."""

    __slots__ = ("_by_kind", "_starts")

    def __init__(self, by_kind: dict[str, tuple[Hit, ...]]) -> None:
        self._by_kind = by_kind
        self._starts: dict[str, list[int]] = {}

    def of(self, kind: str) -> tuple[Hit, ...]:
        """All hits of `kind`, by start."""
        return self._by_kind.get(kind, ())

    def within(self, kind: str, start: int, end: int) -> tuple[Hit, ...]:
        """The hits of `kind` that lie wholly in [start, end), by start."""
        hits = self._by_kind.get(kind)
        if not hits:
            return ()
        starts = self._starts.get(kind)
        if starts is None:
            starts = self._starts[kind] = [hit.start for hit in hits]
        first = bisect_left(starts, start)
        last = bisect_left(starts, end, first)
        if first == last:
            return ()
        found = hits[first:last]
        # Hits of a kind do not overlap: where the last ends inside, all do.
        return found if found[-1].end <= end else tuple(hit for hit in found if hit.end <= end)


class Scanner:
    """The automaton over all entries. Build it once; `scan` is pure and safe to share between threads."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        by_surface: dict[str, dict[tuple[str, str, str | None], None]] = defaultdict(dict)
        for surface, kind, value, cased in entries:
            shape = fold_text(surface)
            if not shape.strip():
                raise ValueError(f"lexicon entry without a surface: kind {kind!r}, value {value!r}")
            by_surface[_lower(shape)][kind, value, shape if cased else None] = None
        self._entries = [tuple(found) for found in by_surface.values()]
        surfaces = [_raise_initials(surface) for surface in by_surface]
        self._automaton = ahocorasick_rs.AhoCorasick(surfaces, store_patterns=False) if surfaces else None

    def scan(self, text: str) -> Hits:
        """All hits in `text`; offsets count its code points.

        A hit begins and ends at a word boundary ('s may follow). Within a kind the leftmost, then the longest win.
        """
        if self._automaton is None or not text:
            return Hits({})
        shape = fold_text(text)
        lower = _lower(shape)
        entries, length = self._entries, len(text)
        found: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
        for index, start, end in self._automaton.find_matches_as_indexes(_raise_initials(lower), overlapping=True):
            if end < length and ((after := lower[end]).isalnum() or (after == "'" and not _ends_word(lower, end))):
                continue
            if start and ((before := lower[start - 1]).isalnum() or (before == "'" and _is_inner(lower, start - 1))):
                continue
            written = shape[start:end]
            for kind, value, expected in entries[index]:
                if expected is None or written == expected or written.isupper():
                    found[kind].append((start, -end, value))
        return Hits({kind: _choose_longest(kind, hits) for kind, hits in found.items()})


def fold_text(text: str) -> str:
    """`text` without accents, with plain apostrophes, hyphens and blanks; as long as `text`, case kept."""
    if text.isascii():
        return text
    return _fold_long(text) if len(text) >= _LONG else _fold_accents(text)


def _fold_accents(text: str) -> str:
    for char in sorted(set(_NOT_ASCII.findall(text))):
        plain = _fold_char(char)
        if plain != char:
            text = text.replace(char, plain)
    return text


# Several layers fold the same body, one after the other.
_fold_long = lru_cache(maxsize=8)(_fold_accents)


@cache
def _fold_char(char: str) -> str:
    plain = _FOLDED.get(char)
    if plain is None:
        base = unicodedata.normalize("NFD", char)
        plain = base[0] if len(base) > 1 and all(unicodedata.combining(mark) for mark in base[1:]) else char
    return plain


def _lower(shape: str) -> str:
    """Lower case, as long as `shape`: a letter whose small form is longer stays as it is."""
    lower = shape.lower()
    if len(lower) == len(shape):
        return lower
    return "".join(small if len(small := char.lower()) == 1 else char for char in shape)


def _raise_initials(lower: str) -> str:
    """`lower` with a capital wherever no cased letter stands before: matches in it begin where words do.

    Hits inside of words ("un" in "under"), most of all that the automaton would meet, are never built that way.
    """
    raised = lower.title()
    if all(map(_has_no_case, set(_NOT_ASCII.findall(lower)))):
        return raised
    if len(raised) == len(lower) and raised.lower() == lower and not _IRREGULAR.search(lower):
        return raised
    pairs = zip(" " + lower, lower, strict=False)
    return "".join(char if _is_cased_letter(before) else _raise_char(char) for before, char in pairs)


@cache
def _has_no_case(char: str) -> bool:
    return not _IRREGULAR.match(char) and char.lower() == char.upper() == char.title() == char


@cache
def _is_cased_letter(char: str) -> bool:
    return char.isalnum() and (char + "a").title().endswith("a")


@cache
def _raise_char(char: str) -> str:
    """The capital of `char` if it is one letter and nobody else's; else `char`."""
    capital = char.title()
    return capital if len(capital) == 1 and capital.lower() == char else char


def _is_inner(lower: str, at: int) -> bool:
    """True for the apostrophe of Ja'afari: what follows it is no word of its own."""
    return at > 0 and lower[at - 1].isalnum()


def _ends_word(lower: str, at: int) -> bool:
    """True if the apostrophe at `at` closes the word before it: a genitive, a contraction or a quotation mark."""
    tail = at + 1
    while tail < len(lower) and lower[tail].isalpha() and tail <= at + 3:
        tail += 1
    return tail == at + 1 or lower[at + 1 : tail] in _CONTRACTIONS


def _choose_longest(kind: str, found: list[tuple[int, int, str]]) -> tuple[Hit, ...]:
    chosen: list[Hit] = []
    last_start, last_end = -1, 0
    for start, minus_end, value in sorted(set(found)) if len(found) > 1 else found:
        if start >= last_end or (start == last_start and -minus_end == last_end):
            if value != SHIELD:
                chosen.append(_NEW_HIT((start, -minus_end, kind, value)))
            last_start, last_end = start, -minus_end
    return tuple(chosen)
