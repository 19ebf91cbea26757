"""The contexts of data/places.toml in which a name is a place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from etl.data import DataError, check_keys

KINDS = ("city", "country", "venue")
REACH_BEFORE = 110


@dataclass(frozen=True, slots=True)
class PlaceContext:
    """One context. `before` ends where the name starts, `after` begins where it ends; `both` asks for both.

    `never` are words that `before` cannot end with.
    """

    id: str
    kinds: tuple[str, ...]
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    both: bool
    hits: tuple[tuple[str, str], ...]
    spares: tuple[str, ...]
    never: frozenset[str] = frozenset()

    def fits(self, text: str, start: int, end: int, word: str) -> bool:
        """True if the name `text[start:end]`, before which `word` stands, is in this context."""
        ahead = None if word in self.never else self.before
        before = ahead is not None and ahead.search(text, max(0, start - REACH_BEFORE), start) is not None
        if before and not self.both:
            return True
        if self.after is None or (self.both and not before):
            return False
        return bool(self.after.match(text, end))


def parse_contexts(rows: list[dict[str, Any]], travel: list[str]) -> tuple[PlaceContext, ...]:
    """The contexts in the order of the file. Raises DataError where a row says anything unknown."""
    words = _join_words(travel)
    return tuple(_parse_context(row, words) for row in rows)


def _join_words(words: list[str]) -> str:
    """The words with and without a capital, as alternatives by their first letter: a search tries few of them."""
    by_letter: dict[str, list[str]] = {}
    for word in words:
        by_letter.setdefault(word[:1], []).append(word[1:])
    return "|".join(f"[{letter.upper()}{letter}](?:{'|'.join(rest)})" for letter, rest in by_letter.items())


def _parse_context(row: dict[str, Any], travel: str) -> PlaceContext:
    where = f"places.toml: context {row.get('id')}"
    check_keys(row, where, ("id", "kinds", "hits", "spares"), ("before", "after", "both", "never"))
    if not set(row["kinds"]) <= set(KINDS) or not ({"before", "after"} & set(row)):
        raise DataError(f"{where}: kinds are some of {KINDS}; before or after must stand there")
    before, after = (
        re.compile(row[key].replace("{travel}", travel)) if key in row else None for key in ("before", "after")
    )
    hits = tuple((hit["text"], hit["place"]) for hit in row["hits"])
    return PlaceContext(
        row["id"],
        tuple(row["kinds"]),
        before,
        after,
        row.get("both", False),
        hits,
        tuple(row["spares"]),
        frozenset(row.get("never", ())),
    )
