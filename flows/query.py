"""SQL over the tables of one snapshot."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb
import polars as pl
import pyarrow.dataset

from etl.warehouse import Snapshot
from flows.errors import CommandError
from schemas import TABLES, build_arrow_schema


@contextmanager
def open_tables(snapshot: Snapshot) -> Iterator[duckdb.DuckDBPyConnection]:
    """A DuckDB connection that has each table of the snapshot as a view, and touches no other file."""
    with duckdb.connect() as connection:
        for table, contract in TABLES.items():
            dataset = pyarrow.dataset.dataset(
                list(map(str, snapshot.list_files(table))), schema=build_arrow_schema(contract), format="parquet"
            )
            connection.register(table, dataset)
        connection.execute("SET TimeZone = 'UTC'")
        # The tables come in through Arrow: no statement needs a file of its own, and none may write to the warehouse.
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        yield connection


def run_query(snapshot: Snapshot, query: str) -> pl.DataFrame:
    """Rows of the last statement of `query` over the tables of a snapshot. Raises CommandError."""
    with open_tables(snapshot) as connection:
        try:
            relation = connection.sql(query)
            if relation is None:
                raise CommandError("The query gives no table; write a SELECT.")
            frame: pl.DataFrame = relation.pl()
        except duckdb.Error as error:
            raise CommandError(f"DuckDB refuses the query: {error}") from error
    return frame


def format_csv(frame: pl.DataFrame) -> str:
    """The rows as CSV; a list stands as JSON in its cell."""
    nested = [name for name, dtype in frame.schema.items() if dtype.is_nested()]
    as_json = [
        pl.Series(name, [None if v is None else _to_json(v) for v in frame[name].to_list()], dtype=pl.String)
        for name in nested
    ]
    return frame.with_columns(as_json).write_csv()


def format_json(frame: pl.DataFrame) -> str:
    """The rows as a JSON array of objects, a line each; dates and times in ISO format."""
    rows = ",\n".join(_to_json(row) for row in frame.iter_rows(named=True))
    return f"[\n{rows}\n]\n" if rows else "[]\n"


def _to_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)
