"""Fixtures that several test modules share: one sound row a table, and where the measuring texts stand."""

from __future__ import annotations

import gc
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import settings

from schemas import TABLES

# How long an example takes says more about the machine than about the code; timings stand in the benchmarks.
settings.register_profile("readout", deadline=None)
settings.load_profile("readout")

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"

ARTICLE, MENTION, MEETING, QUOTE = "a" * 16, "b" * 16, "c" * 16, "d" * 16

SOUND_ROWS: dict[str, dict[str, Any]] = {
    "articles": {
        "article_id": ARTICLE,
        "source_uri": "paper/one.txt",
        "section": ["News"],
        "published_at": datetime(2025, 10, 14, 9, 30, tzinfo=UTC),
        "published_on": date(2025, 10, 14),
        "published_basis": "metadata",
        "reference_date": date(2025, 10, 14),
        "reference_basis": "metadata",
        "language": "en",
        "body": "Kask met Arnason. He said: “Good.”",
        "n_words": 6,
        "coverage": "full",
        "rules_version": "0123456789ab",
    },
    "article_parts": {
        "article_id": ARTICLE,
        "part": 0,
        "kind": "title",
        "line_start": 1,
        "line_end": 1,
        "raw_start": 0,
        "raw_end": 4,
        "text": "Talk",
        "rule_id": "lines/title",
    },
    "people": {
        "person_id": "x-tarmo-kask",
        "name": "Tarmo Kask",
        "aliases": ["Kask"],
        "country": "EST",
        "n_quotes": 1,
        "n_meetings": 1,
    },
    "meetings": {
        "meeting_id": MEETING,
        "status": "held",
        "format": "in_person",
        "meeting_type": "talks",
        "laterality": "bilateral",
        "plover_event": "CONSULT",
        "cameo_code": "040",
        "date_edtf": "2025-10-14",
        "date_start": date(2025, 10, 14),
        "date_end": date(2025, 10, 14),
        "date_precision": "day",
        "date_basis": "explicit",
        "country": "EST",
        "participants": "Tarmo Kask (EST); Hildur Arnason (ISL)",
        "n_participants": 2,
        "n_mentions": 1,
        "n_articles": 1,
        "n_outlets": 1,
        "confidence": 0.9,
    },
    "meeting_participants": {
        "meeting_id": MEETING,
        "ordinal": 0,
        "person_id": "x-tarmo-kask",
        "name": "Tarmo Kask",
        "role": "prime minister",
        "country": "EST",
        "mention": "Kask",
        "basis": "name",
    },
    "meeting_mentions": {
        "mention_id": MENTION,
        "meeting_id": MEETING,
        "article_id": ARTICLE,
        "start": 0,
        "end": 17,
        "text": "Kask met Arnason.",
        "trigger": "met",
        "trigger_start": 5,
        "trigger_end": 8,
        "status": "held",
        "format": "in_person",
        "date_precision": "unknown",
        "date_basis": "none",
        "rule_id": "mentions/met",
        "link_score": 1.0,
        "link_reasons": [],
    },
    "mention_participants": {
        "mention_id": MENTION,
        "ordinal": 0,
        "person_id": "x-tarmo-kask",
        "name": "Tarmo Kask",
        "country": "EST",
        "mention": "Kask",
        "start": 0,
        "end": 4,
        "basis": "name",
    },
    "quotes": {
        "quote_id": QUOTE,
        "article_id": ARTICLE,
        "ordinal": 0,
        "type": "direct",
        "text": "Good.",
        "start": 28,
        "end": 33,
        "verbatim": ["Good."],
        "cue": "say",
        "cue_start": 21,
        "cue_end": 25,
        "speaker_mention": "He",
        "speaker_start": 18,
        "speaker_end": 20,
        "speaker_id": "x-tarmo-kask",
        "speaker_name": "Tarmo Kask",
        "speaker_kind": "person",
        "speaker_country": "EST",
        "speaker_basis": "pronoun",
        "rule_id": "quotes/direct-cue-before",
        "confidence": 0.9,
    },
    "rejected": {"source_uri": "paper/two.txt", "stage": "read", "check": "empty", "reason": "The file is empty."},
}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-golden", action="store_true", help="write tests/golden/<name>.toml where it is missing")


@pytest.fixture(scope="session")
def build_table() -> Callable[..., pl.DataFrame]:
    """Builds a frame of one table: the sound row, once for each mapping of changes (once unchanged without any)."""

    def build(table: str, *changes: dict[str, Any]) -> pl.DataFrame:
        empty = dict.fromkeys(TABLES[table].columns)
        rows = [empty | SOUND_ROWS[table] | change for change in changes or ({},)]
        return pl.DataFrame(rows, schema=TABLES[table].dtypes, orient="row")

    return build


@pytest.fixture
def sound_tables(build_table: Callable[..., pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """All tables with one sound row each; the references between them hold."""
    return {table: build_table(table) for table in TABLES}


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of measuring texts; the test is skipped where it is not there."""
    if not SHARED.is_dir():
        pytest.skip("the measuring texts are not beside this checkout")
    return SHARED


@pytest.fixture(scope="session")
def samples() -> Path:
    """The sample articles that the project ships."""
    return ROOT / "raw"


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    """Hands back what a run froze out of the collector, or libraries report it as leaked when the tests end."""
    gc.unfreeze()
