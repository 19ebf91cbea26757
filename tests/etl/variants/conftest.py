"""Small tables out of quotes as the cases write them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl
import pytest

from etl.variants import find_variants
from schemas import TABLES

Row = Mapping[str, Any]


class Story:
    """Tables of the quotes; each starts after the one before it."""

    def __init__(self, quotes: Sequence[Row], articles: Mapping[str, Row] | None = None) -> None:
        facts = articles or {}
        ids = list(dict.fromkeys(quote.get("article", "a") for quote in quotes))
        self.quotes = _build("quotes", [_build_quote(number, quote) for number, quote in enumerate(quotes)])
        self.articles = _build("articles", [_build_article(key, quotes, facts.get(key, {})) for key in ids])
        met = {(q.get("article", "a"), q["meeting"], q["speaker"]) for q in quotes if q.get("meeting")}
        for quote in quotes:
            tells = facts.get(quote.get("article", "a"), {}).get("tells", ())
            met |= {(quote.get("article", "a"), meeting, quote["speaker"]) for meeting in tells}
        mentions = [
            {"mention_id": f"{a}{m}", "article_id": a, "meeting_id": m, "status": "held", "date_precision": "unknown"}
            for a, m in sorted({(a, m) for a, m, _ in met})
        ]
        self.mentions = _build("meeting_mentions", mentions)
        parties = sorted({(m, speaker) for _, m, speaker in met})
        self.participants = _build("meeting_participants", [{"meeting_id": m, "person_id": p} for m, p in parties])

    def find(self) -> dict[str, str]:
        return dict(find_variants(self.quotes, self.articles, self.mentions, self.participants).iter_rows())


def _build(table: str, rows: Sequence[Row]) -> pl.DataFrame:
    empty = dict.fromkeys(TABLES[table].columns)
    return pl.DataFrame([empty | row for row in rows], schema=TABLES[table].dtypes, orient="row")


def _build_quote(number: int, quote: Row) -> Row:
    speaker = quote.get("speaker")
    return {
        "quote_id": quote["id"],
        "article_id": quote.get("article", "a"),
        "type": quote.get("type", "direct"),
        "text": quote["text"],
        "verbatim": _find_verbatim(quote),
        "start": 1000 * number,
        "speaker_id": speaker,
        "speaker_name": speaker,
        "speaker_kind": "unknown" if speaker is None else "person",
        "meeting_id": quote.get("meeting"),
        "continues": quote.get("continues"),
    }


def _find_verbatim(quote: Row) -> list[str]:
    """The words in curly marks of a mixed quote, all of a direct one."""
    kind = quote.get("type", "direct")
    return [quote["text"]] if kind == "direct" else re.findall("“(.+?)”", quote["text"])


def _build_article(key: str, quotes: Sequence[Row], facts: Row) -> Row:
    days = [quote["day"] for quote in quotes if quote.get("article", "a") == key and quote.get("day")]
    day = date.fromisoformat(days[0]) if days else None
    copy_of = facts.get("copy_of")
    return {"article_id": key, "source_uri": f"{key}.txt", "reference_date": day, "duplicate_of": copy_of}


@pytest.fixture(scope="session")
def build_story() -> type[Story]:
    return Story
