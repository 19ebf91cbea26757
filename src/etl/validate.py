"""Contracts at work: rows that break one are split off with their reasons, and what hangs on them goes along.

Rows are split by pandera's `failure_cases`, never by `drop_invalid_rows`, which loses rows without a word on Polars
(see README, Decisions). Frames are eager: on a LazyFrame pandera checks the schema only.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import pandera.errors
import polars as pl
from pandera.config import ValidationDepth, config_context

from schemas import TABLES, Contract, keeps_contract

ROW = "__row"
VALUE_LENGTH = 200


class ContractError(Exception):
    """A whole table is not what its contract says (a column is missing, a type is wrong): our fault, no row's."""


def split_rows(
    frame: pl.DataFrame,
    contract: Contract,
    sources: pl.DataFrame,
    stage: str = "contract",
    leave_out: Sequence[str] = (),
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows of `frame` that keep the contract, and a frame in the shape of `rejected` for those that do not.

    `sources` has the columns key (the row's first key column) and source_uri, for the rejected rows. `leave_out`
    names columns that the frame does not have yet. Raises ContractError where the fault is the table's.
    """
    schema = contract.schema.remove_columns(list(leave_out)) if leave_out else contract.schema
    faults = _find_faults(frame, schema, contract.table)
    if faults is None:
        return frame, build_rejects([])
    bad = frame.with_row_index(ROW).join(faults.select(pl.col(ROW).unique()), on=ROW, how="semi")
    kept = frame.with_row_index(ROW).join(bad, on=ROW, how="anti", maintain_order="left").drop(ROW)
    # Removing rows can break a check that spans rows, so the kept ones are validated once more.
    kept, more = split_rows(kept, contract, sources, stage, leave_out)
    return kept, pl.concat([_describe_faults(bad, faults, contract, sources, stage), more])


def _find_faults(frame: pl.DataFrame, schema: Any, table: str) -> pl.DataFrame | None:
    if keeps_contract(frame, schema):
        return None
    try:
        with config_context(validation_depth=ValidationDepth.SCHEMA_AND_DATA):
            schema.validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as error:
        cases = error.failure_cases
        if cases["index"].null_count():
            told = cases.filter(pl.col("index").is_null()).select("column", "check", "failure_case").rows()
            raise ContractError(f"table {table}: {told}") from error
        faults: pl.DataFrame = cases.select(
            pl.col("index").cast(pl.UInt32).alias(ROW),
            pl.when(pl.col("schema_context") == "Column").then(pl.col("column")).alias("column"),
            pl.col("check").str.replace(r"\(.*$", "").alias("check"),
            pl.when(pl.col("schema_context") == "Column").then(pl.col("failure_case").cast(pl.String)).alias("value"),
        )
        return faults
    return None


def _describe_faults(
    bad: pl.DataFrame, faults: pl.DataFrame, contract: Contract, sources: pl.DataFrame, stage: str
) -> pl.DataFrame:
    rows = {row[ROW]: row for row in bad.to_dicts()}
    source_of = dict(sources.select("key", "source_uri").iter_rows())
    rejects = []
    for fault in faults.unique(maintain_order=True).to_dicts():
        row = rows[fault[ROW]]
        reason = f"The row breaks the check {fault['check']}" + (
            f" of column {fault['column']}" if fault["column"] else ""
        )
        rejects.append(
            describe_row(row, contract, source_of, stage, fault["check"], f"{reason} of table {contract.table}.")
            | {"column": fault["column"], "value": _cut(fault["value"])}
        )
    return build_rejects(rejects)


def describe_row(
    row: Mapping[str, Any], contract: Contract, source_of: Mapping[str, str], stage: str, check: str, reason: str
) -> dict[str, Any]:
    """One row of `rejected` for a row of a table; the whole row stands in row_json and can be restored from it."""
    values = {name: value for name, value in row.items() if name != ROW}
    first = contract.key[0] if contract.key else ""
    return {
        "source_uri": source_of.get(str(row.get(first)), "unknown"),
        "article_id": row.get("article_id"),
        "stage": stage,
        "table": contract.table,
        "row_key": ",".join(str(row.get(name)) for name in contract.key),
        "column": None,
        "check": check,
        "value": None,
        "reason": reason,
        "row_json": json.dumps(values, ensure_ascii=False, default=str),
    }


def build_rejects(rows: Sequence[Mapping[str, Any]]) -> pl.DataFrame:
    """A frame in the shape of `rejected`."""
    return pl.DataFrame(list(rows), schema=TABLES["rejected"].dtypes, orient="row")


def _cut(value: str | None) -> str | None:
    return value if value is None else value[:VALUE_LENGTH]


def restore_rows(rejected: pl.DataFrame, table: str, dtypes: Mapping[str, pl.DataType]) -> pl.DataFrame:
    """The rows of `table` that stand in `rejected`, read back from row_json, with the columns `dtypes`."""
    texts = rejected.filter(pl.col("table") == table)["row_json"].unique(maintain_order=True)
    rows = [json.loads(text) for text in texts]
    columns = {}
    for name, dtype in dtypes.items():
        values = [row.get(name) for row in rows]
        if dtype == pl.Date:
            columns[name] = pl.Series(name, values, dtype=pl.String).str.to_date()
        elif isinstance(dtype, pl.Datetime):
            columns[name] = pl.Series(name, values, dtype=pl.String).str.to_datetime(time_unit="us", time_zone="UTC")
        else:
            columns[name] = pl.Series(name, values, dtype=dtype)
    return pl.DataFrame(columns)


def check_tables(tables: Mapping[str, pl.DataFrame]) -> list[str]:
    """All that is wrong with the tables of one snapshot, a sentence each: contracts, keys, references, offsets."""
    faults = [fault for name in TABLES for fault in _check_contract(tables[name], TABLES[name])]
    faults += [fault for name in TABLES for fault in _check_references(tables, TABLES[name])]
    bodies = tables["articles"].select("article_id", "body")
    for name in ("quotes", "meeting_mentions"):
        faults += _check_offsets(tables[name], bodies, name)
    return faults


def _check_contract(frame: pl.DataFrame, contract: Contract) -> list[str]:
    try:
        found = _find_faults(frame, contract.schema, contract.table)
    except ContractError as error:
        return [str(error)]
    if found is None:
        return []
    counts = found.group_by("column", "check").len().sort("column", "check")
    return [
        f"{contract.table}{'.' + column if column else ''}: {n} rows break {check}"
        for column, check, n in counts.iter_rows()
    ]


def _check_references(tables: Mapping[str, pl.DataFrame], contract: Contract) -> list[str]:
    faults = []
    for reference in contract.references:
        keys = tables[reference.to].get_column(TABLES[reference.to].key[0]).implode()
        column = tables[contract.table].get_column(reference.column).drop_nulls()
        missing = column.filter(~column.is_in(keys))
        if len(missing):
            faults.append(
                f"{contract.table}.{reference.column}: {len(missing)} rows point at no row of {reference.to}, "
                f"such as {missing[0]}"
            )
    return faults


def _check_offsets(frame: pl.DataFrame, bodies: pl.DataFrame, table: str) -> list[str]:
    placed = frame.select("article_id", "start", "end", "text").join(bodies, on="article_id", how="inner")
    cut = pl.col("body").str.slice(pl.col("start"), pl.col("end") - pl.col("start"))
    wrong = placed.filter(cut != pl.col("text"))
    return [f"{table}: {len(wrong)} rows whose text is not body[start:end]"] if len(wrong) else []
