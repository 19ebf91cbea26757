"""A warehouse in a temporary folder, and tables to publish in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

import polars as pl
import pytest

from etl.warehouse import Publication, Warehouse

RULES = "0123456789ab"
INPUTS = pl.DataFrame({"source_uri": ["paper/one.txt"], "mtime_ns": [1]})

Tables = dict[str, pl.DataFrame]


class Publish(Protocol):
    def __call__(self, warehouse: Warehouse, tables: Tables, **changes: Any) -> Publication: ...


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    """An empty warehouse, prepared."""
    warehouse = Warehouse(tmp_path / "warehouse")
    warehouse.prepare()
    return warehouse


@pytest.fixture
def publish() -> Publish:
    """Publishes tables under the lock, after recovery, as a run does."""

    def publish(warehouse: Warehouse, tables: Tables, **changes: Any) -> Publication:
        settings = {"inputs": INPUTS, "rules_version": RULES, "keep": 5} | changes
        with warehouse.lock():
            warehouse.recover()
            return warehouse.publish(tables, **settings)

    return publish


@pytest.fixture
def titled_tables(sound_tables: Tables, build_table: Callable[..., pl.DataFrame]) -> Callable[..., Tables]:
    """All tables; those of articles and quotes have `rows` rows that carry `word`, so that a mixture shows."""

    def build(word: str, rows: int = 3, start: int = 0) -> Tables:
        keys = [f"{number:016x}" for number in range(start, start + rows)]
        return sound_tables | {
            "articles": build_table("articles", *({"article_id": key, "title": word} for key in keys)),
            "quotes": build_table("quotes", *({"quote_id": key, "via": word} for key in keys)),
        }

    return build


@pytest.fixture
def empty_tables(sound_tables: Tables) -> Tables:
    """All tables without rows."""
    return {name: frame.clear() for name, frame in sound_tables.items()}
