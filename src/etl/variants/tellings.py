"""A telling: one quote with what is compared, its words, and what is known of who said it, where and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from etl.variants.lexicon import Word

_COLUMNS = (
    "rank", "quote_id", "article_id", "type", "speaker", "meeting_id", "meetings", "day", "chain", "tokens", "quoted",
    "total",
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Telling:
    """One quote. `concepts` are what its words count as, in order; `weights` the weight of each, `total` their sum.

    `speaker` is None where nobody is named; `day` (counted from 1970) is the day that its article counts from;
    `meetings` are those at which it may have been said, `meeting` the one at which it was; `chain` is the quote_id of
    the first stretch of the quote that it is a stretch of. `quoted` are the words in its marks, `quoted_total` their
    weight.
    """

    quote_id: str
    article_id: str
    type: str
    speaker: str | None
    meeting: str | None
    meetings: frozenset[str]
    day: int | None
    chain: str
    forms: tuple[str, ...]
    quoted: tuple[str, ...]
    quoted_total: float
    concepts: tuple[str, ...]
    weights: Mapping[str, float]
    total: float
    numbers: frozenset[str]
    is_negated: bool


def build_tellings(rows: pl.DataFrame, words: Mapping[str, Word]) -> dict[int, Telling]:
    """Tellings by their rank, out of rows of sources.rank_rows."""
    forms = {token: word.form for token, word in words.items()}
    concepts = {token: word.concept for token, word in words.items()}
    weights = {word.concept: word.weight for word in words.values()}
    numbers = frozenset(word.concept for word in words.values() if word.is_number)
    negations = frozenset(token for token, word in words.items() if word.is_negation)
    tellings = {}
    for row in rows.select(_COLUMNS).iter_rows(named=True):
        tokens, marked = row["tokens"], row["quoted"] or ()
        told = tuple(map(forms.__getitem__, tokens))
        counted = tuple(filter(None, map(concepts.__getitem__, tokens)))
        is_direct = row["type"] == "direct"
        tellings[row["rank"]] = Telling(
            quote_id=row["quote_id"],
            article_id=row["article_id"],
            type=row["type"],
            speaker=row["speaker"],
            meeting=row["meeting_id"],
            meetings=frozenset(row["meetings"] or ()),
            day=row["day"],
            chain=row["chain"],
            forms=told,
            quoted=told if is_direct else tuple(map(forms.__getitem__, marked)),
            quoted_total=row["total"] if is_direct else sum(weights[c] for c in set(map(concepts.__getitem__, marked))),
            concepts=counted,
            weights={concept: weights[concept] for concept in counted},
            total=row["total"],
            numbers=numbers.intersection(counted),
            is_negated=not negations.isdisjoint(tokens),
        )
    return tellings
