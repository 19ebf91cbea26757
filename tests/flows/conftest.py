"""A warehouse with a few rows and a run's summary, made without the pipeline."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from etl.records import hash_key
from etl.runs import RunSummary
from etl.warehouse import Warehouse
from schemas import TABLES

RULES = "0123456789ab"
BODY = "“The bridge opens in May,” Ilka Brandt said.\n\nThe ferry <stops> that day | for good."
TEXT = "The bridge opens in May,"
ARTICLE = hash_key("harbour/bridge.txt", BODY)
QUOTE = hash_key(ARTICLE, 1, 1 + len(TEXT), "direct")


def build_tables(**overrides: list[dict[str, Any]]) -> dict[str, pl.DataFrame]:
    """All tables: one article, its quote and its speaker, unless `overrides` has other rows for a table."""
    rows: dict[str, list[dict[str, Any]]] = {
        "articles": [
            {
                "article_id": ARTICLE,
                "source_uri": "harbour/bridge.txt",
                "outlet": "harbour-post",
                "section": ["Town"],
                "published_on": date(2024, 3, 1),
                "published_basis": "metadata",
                "reference_date": date(2024, 3, 1),
                "reference_basis": "metadata",
                "language": "en",
                "body": BODY,
                "n_words": 15,
                "coverage": "full",
                "rules_version": RULES,
            }
        ],
        "people": [
            {
                "person_id": "x-ilka-brandt",
                "name": "Ilka Brandt",
                "aliases": ["Ilka Brandt"],
                "n_quotes": 1,
                "n_meetings": 0,
            }
        ],
        "quotes": [
            {
                "quote_id": QUOTE,
                "article_id": ARTICLE,
                "ordinal": 0,
                "type": "direct",
                "text": TEXT,
                "start": 1,
                "end": 1 + len(TEXT),
                "verbatim": [TEXT],
                "cue": "say",
                "cue_start": BODY.index("said"),
                "cue_end": BODY.index("said") + 4,
                "speaker_mention": "Ilka Brandt",
                "speaker_start": BODY.index("Ilka"),
                "speaker_end": BODY.index(" said"),
                "speaker_id": "x-ilka-brandt",
                "speaker_name": "Ilka Brandt",
                "speaker_kind": "person",
                "speaker_basis": "name",
                "rule_id": "quotes/marks-then-cue",
                "confidence": 0.9,
            }
        ],
    } | overrides
    return {name: pl.DataFrame(rows.get(name, []), schema=contract.dtypes) for name, contract in TABLES.items()}


def publish(folder: Path, tables: dict[str, pl.DataFrame]) -> Warehouse:
    """The warehouse in `folder` after these tables were published."""
    warehouse = Warehouse(folder)
    warehouse.prepare()
    with warehouse.lock():
        warehouse.publish(tables, pl.DataFrame({"file": ["harbour/bridge.txt"]}), RULES, keep=5)
    return warehouse


Publish = Callable[..., Warehouse]
Summarise = Callable[..., RunSummary]


@pytest.fixture
def publish_tables(tmp_path: Path) -> Publish:
    """Publishes the tables, with other rows where they are given, in tmp_path/warehouse."""
    return lambda **overrides: publish(tmp_path / "warehouse", build_tables(**overrides))


@pytest.fixture
def warehouse(publish_tables: Publish) -> Warehouse:
    """A warehouse with one article, one quote, one person."""
    return publish_tables()


SUMMARY = RunSummary(
    snapshot_id="000002-0123456789ab",
    published=True,
    rules_version=RULES,
    warehouse="/data/warehouse",
    inputs={"read": 12, "unchanged": 3, "vanished": 0},
    derived=1200,
    reused=30,
    rows={"articles": 1230, "quotes": 4000, "meetings": 70},
    added={"articles": 1200, "quotes": 3900, "meetings": 60},
    removed={"articles": 0, "quotes": 2, "meetings": 0},
    rejects={"binary": 1, "empty": 7},
    rejected_inputs=8,
    total_inputs=1238,
    outlets={"harbour-post": 1230},
    new_quotes=[{"source_uri": "a.txt", "speaker_name": None, "text": "Ships <b>wait</b> | for\nthe tide"}],
    new_meetings=[{"date_edtf": "2024-03-01", "status": "held", "participants": "Ilka Brandt; Oslo delegation"}],
    rejected_examples=[{"source_uri": "b.txt", "check": "empty", "reason": "The file is empty."}],
    recovered=["a staging folder was removed"],
    seconds=12.34,
)


@pytest.fixture
def summarise_run() -> Summarise:
    """A run's summary with other fields where they are given."""
    return lambda **fields: replace(SUMMARY, **fields)
