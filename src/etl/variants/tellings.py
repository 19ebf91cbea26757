"""A telling: one quote with what is compared, its words, and what is known of who said it, where and when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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


def build_tellings(rows: pl.DataFrame, words: Sequence[Word]) -> dict[int, Telling]:
    """Tellings by their rank, out of rows of sources.rank_rows; these name words by their number in `words`."""
    form_of, concept_of = [word.form for word in words], [word.concept for word in words]
    weight_of = {word.concept: word.weight for word in words}
    numbers = frozenset(word.concept for word in words if word.is_number)
    negations = frozenset(number for number, word in enumerate(words) if word.is_negation)
    tellings = {}
    for (
        rank,
        quote_id,
        article_id,
        type_name,
        speaker,
        meeting,
        meetings,
        day,
        chain,
        tokens,
        marked,
        total,
    ) in rows.select(_COLUMNS).rows():
        forms = tuple(map(form_of.__getitem__, tokens))
        concepts = tuple(filter(None, map(concept_of.__getitem__, tokens)))
        if type_name == "direct":
            quoted, quoted_total = forms, total
        else:
            quoted = tuple(map(form_of.__getitem__, marked or ()))
            quoted_total = sum(map(weight_of.__getitem__, set(map(concept_of.__getitem__, marked or ()))))
        tellings[rank] = Telling(
            quote_id,
            article_id,
            type_name,
            speaker,
            meeting,
            frozenset(meetings or ()),
            day,
            chain,
            forms,
            quoted,
            quoted_total,
            concepts,
            dict(zip(concepts, map(weight_of.__getitem__, concepts), strict=True)),
            total,
            numbers.intersection(concepts),
            not negations.isdisjoint(tokens),
        )
    return tellings
