"""Records to frames: the only place that knows how a record becomes a row of a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from operator import attrgetter
from typing import Any

import polars as pl

from etl.records import Article, Derived, Mention, Part, Participant, Quote, Reject
from schemas import TABLES

# Columns that only phase B can fill; phase A's frames do not have them.
PHASE_B_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "articles": ("duplicate_of",),
    "article_parts": (),
    "quotes": ("meeting_id", "variant_of"),
    "meeting_mentions": ("meeting_id", "link_score", "link_reasons"),
    "mention_participants": (),
    "rejected": (),
}
PHASE_A_TABLES: tuple[str, ...] = tuple(PHASE_B_COLUMNS)


def phase_a_dtypes(table: str) -> dict[str, pl.DataType]:
    """Columns and types of a table's phase-A frame, in the order of the contract."""
    later = PHASE_B_COLUMNS[table]
    return {name: dtype for name, dtype in TABLES[table].dtypes.items() if name not in later}


def build_frames(derived: Sequence[Derived], rejects: Sequence[Reject]) -> dict[str, pl.DataFrame]:
    """One frame for each of `PHASE_A_TABLES`, with the columns of `phase_a_dtypes`, in the order of the records."""
    articles = [item.article for item in derived]
    mentions = [mention for item in derived for mention in item.mentions]
    return {
        "articles": _build_frame("articles", articles, Article),
        "article_parts": _build_child_frame(
            "article_parts", Part, "article_id", ((a.article_id, p) for a in articles for p in a.parts)
        ),
        "quotes": _build_frame("quotes", [quote for item in derived for quote in item.quotes], Quote),
        "meeting_mentions": _build_frame("meeting_mentions", mentions, Mention),
        "mention_participants": _build_participants(mentions),
        "rejected": _build_frame("rejected", rejects, Reject),
    }


def _build_frame(table: str, records: Sequence[Any], record_type: type) -> pl.DataFrame:
    dtypes = phase_a_dtypes(table)
    known = {field.name for field in fields(record_type)}
    missing = [name for name in dtypes if name not in known]
    if missing:
        raise TypeError(f"{record_type.__name__} lacks the columns {missing} of {table}")
    return pl.DataFrame(
        {name: pl.Series(name, _read_column(records, name), dtype=dtype) for name, dtype in dtypes.items()}
    )


def _read_column(records: Iterable[Any], name: str) -> list[Any]:
    values = map(attrgetter(name), records)
    return [list(value) if isinstance(value, tuple) else value for value in values]


def _build_child_frame(table: str, record_type: type, parent_key: str, rows: Iterable[tuple[str, Any]]) -> pl.DataFrame:
    pairs = list(rows)
    dtypes = phase_a_dtypes(table)
    columns: dict[str, list[Any]] = {parent_key: [parent for parent, _ in pairs]}
    for name in dtypes:
        if name != parent_key:
            columns[name] = [getattr(record, name) for _, record in pairs]
    return pl.DataFrame({name: pl.Series(name, columns[name], dtype=dtype) for name, dtype in dtypes.items()})


def _build_participants(mentions: Sequence[Mention]) -> pl.DataFrame:
    rows: list[tuple[str, int, Participant]] = [
        (mention.mention_id, ordinal, party)
        for mention in mentions
        for ordinal, party in enumerate(mention.participants)
    ]
    columns: dict[str, list[Any]] = {
        "mention_id": [mention_id for mention_id, _, _ in rows],
        "ordinal": [ordinal for _, ordinal, _ in rows],
    }
    dtypes = phase_a_dtypes("mention_participants")
    for name in dtypes:
        if name not in columns:
            columns[name] = [getattr(party, name) for _, _, party in rows]
    return pl.DataFrame({name: pl.Series(name, columns[name], dtype=dtype) for name, dtype in dtypes.items()})
