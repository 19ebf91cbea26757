"""Records to frames: the only place that knows how a record becomes a row of a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import Any

import polars as pl

from etl.records import Article, Derived, Mention, Quote, Reject
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
        "article_parts": _build_parts(articles),
        "quotes": _build_frame("quotes", [quote for item in derived for quote in item.quotes], Quote),
        "meeting_mentions": _build_frame("meeting_mentions", mentions, Mention),
        "mention_participants": _build_participants(mentions),
        "rejected": _build_frame("rejected", rejects, Reject),
    }


def _build_frame(table: str, records: Sequence[Any], record_type: type) -> pl.DataFrame:
    known = record_type.__annotations__
    missing = [name for name in phase_a_dtypes(table) if name not in known]
    if missing:
        raise TypeError(f"{record_type.__name__} lacks the columns {missing} of {table}")
    return _fill_frame(table, records, {})


def _build_parts(articles: Sequence[Article]) -> pl.DataFrame:
    parents = [article.article_id for article in articles for _ in article.parts]
    return _fill_frame("article_parts", [part for a in articles for part in a.parts], {"article_id": parents})


def _build_participants(mentions: Sequence[Mention]) -> pl.DataFrame:
    keys: dict[str, Sequence[Any]] = {
        "mention_id": [mention.mention_id for mention in mentions for _ in mention.participants],
        "ordinal": [ordinal for mention in mentions for ordinal in range(len(mention.participants))],
    }
    return _fill_frame("mention_participants", [party for m in mentions for party in m.participants], keys)


def _fill_frame(table: str, records: Sequence[Any], keys: Mapping[str, Sequence[Any]]) -> pl.DataFrame:
    """A frame of `keys`, columns that stand beside the records, and of the records' fields for all other columns."""
    columns = []
    for name, dtype in phase_a_dtypes(table).items():
        values = keys[name] if name in keys else list(map(attrgetter(name), records))
        if isinstance(dtype, pl.List):
            values = list(map(list, values))
        columns.append(pl.Series(name, values, dtype=dtype))
    return pl.DataFrame(columns)
