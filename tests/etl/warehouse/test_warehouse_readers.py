"""The tables in other tools' hands: DuckDB, Polars, pandas and pyarrow, at rest and during a switch."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import duckdb
import pandas
import polars as pl
import pyarrow
import pyarrow.dataset
import pytest

from etl.warehouse import Warehouse
from schemas import TABLES


def read_duckdb(root: Path, table: str) -> pyarrow.Table:
    return duckdb.connect().sql(f"from read_parquet('{root}/{table}/**/*.parquet')").to_arrow_table()


def read_polars(root: Path, table: str) -> pyarrow.Table:
    return pl.read_parquet(f"{root}/{table}/**/*.parquet").to_arrow(compat_level=pl.CompatLevel.oldest())


def read_pandas(root: Path, table: str) -> pyarrow.Table:
    return pyarrow.Table.from_pandas(pandas.read_parquet(root / table), preserve_index=False)


def read_pyarrow(root: Path, table: str) -> pyarrow.Table:
    return pyarrow.dataset.dataset(root / table).to_table()


READERS = [read_duckdb, read_polars, read_pandas, read_pyarrow]


@pytest.mark.parametrize("read", READERS)
def test_any_reader_gets_the_rows(read: Callable, warehouse: Warehouse, publish, titled_tables) -> None:
    tables = titled_tables("read me", rows=4)
    publish(warehouse, tables)
    for table, contract in TABLES.items():
        key = list(contract.key or ["source_uri"])
        rows = read(warehouse.root, table)
        assert rows.column_names == list(contract.columns)
        assert rows.select(key).to_pylist() == tables[table].select(key).to_dicts()


@pytest.mark.parametrize("read", READERS)
def test_any_reader_gets_the_types(read: Callable, warehouse: Warehouse, publish, sound_tables) -> None:
    publish(warehouse, sound_tables)
    (article,) = read(warehouse.root, "articles").to_pylist()
    wanted = sound_tables["articles"].to_dicts()[0]
    for column in ("section", "body", "n_words", "published_at", "published_on"):
        assert article[column] == wanted[column]
    assert article["duplicate_of"] is None


@pytest.mark.parametrize("read", READERS)
def test_any_reader_gets_tables_without_rows(read: Callable, warehouse: Warehouse, publish, empty_tables) -> None:
    publish(warehouse, empty_tables)
    for table, contract in TABLES.items():
        rows = read(warehouse.root, table)
        assert rows.num_rows == 0
        assert rows.column_names == list(contract.columns)


def test_a_folder_with_pattern_characters_is_read(tmp_path: Path, publish, titled_tables) -> None:
    warehouse = Warehouse(tmp_path / "year=2026 [a]*")
    warehouse.prepare()
    tables = titled_tables("old")
    snapshot = publish(warehouse, tables).snapshot
    assert snapshot.read_table("quotes").equals(tables["quotes"])


def test_a_reader_during_switches_sees_one_snapshot(warehouse: Warehouse, publish, titled_tables) -> None:
    ids = [publish(warehouse, titled_tables(word, rows=40)).snapshot.id for word in ("old", "new")]
    stop = threading.Event()

    def switch() -> None:
        with warehouse.lock():
            while not stop.is_set():
                for snapshot_id in ids:
                    warehouse.roll_back(snapshot_id)

    seen, through_links = [], []
    writer = threading.Thread(target=switch)
    writer.start()
    try:
        for _ in range(40):
            snapshot = warehouse.open_current()
            seen.append({*snapshot.read_table("articles")["title"], *snapshot.read_table("quotes")["via"]})
            try:
                words = pl.read_parquet(f"{warehouse.root}/quotes/**/*.parquet")["via"]
            except FileNotFoundError:  # a switch overtook the reader between its listing and its reading
                continue
            through_links.append((words.len(), set(words)))
    finally:
        stop.set()
        writer.join()
    assert {frozenset(words) for words in seen} == {frozenset({"old"}), frozenset({"new"})}
    assert all((length, len(words)) == (40, 1) for length, words in through_links)


def test_a_snapshot_that_was_resolved_stays_readable_after_a_switch(
    warehouse: Warehouse, publish, titled_tables
) -> None:
    publish(warehouse, titled_tables("old"))
    old = warehouse.open_current()
    publish(warehouse, titled_tables("new"))
    assert set(old.read_table("quotes")["via"]) == {"old"}
    assert set(warehouse.open_current().read_table("quotes")["via"]) == {"new"}
