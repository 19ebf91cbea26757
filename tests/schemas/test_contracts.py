"""Every check of every contract: one sound row passes, a row with a single fault fails just that check."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow
import pytest

from etl.validate import ContractError, split_rows
from schemas import TABLES, build_arrow_schema, build_empty_frame

CASES = tomllib.loads((Path(__file__).parent.parent / "cases/contracts.toml").read_text())["fault"]


def split(frame, table):
    key = TABLES[table].key[0] if TABLES[table].key else "source_uri"
    sources = frame.select(key=key).with_columns(source_uri=pl.lit("paper/one.txt"))
    return split_rows(frame, TABLES[table], sources)


@pytest.mark.parametrize("table", TABLES)
def test_sound_row_is_accepted(table, build_table):
    kept, rejected = split(build_table(table), table)
    assert (len(kept), len(rejected)) == (1, 0)


@pytest.mark.parametrize("table", TABLES)
def test_empty_table_is_accepted(table):
    kept, rejected = split(build_empty_frame(TABLES[table]), table)
    assert (len(kept), len(rejected)) == (0, 0)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['table']}-{case['check']}-{case['label']}")
def test_single_fault_is_named(case: dict[str, Any], build_table):
    fault = case["change"] | dict.fromkeys(case.get("null", []))
    sound_too = case.get("beside", False)
    frame = build_table(case["table"], *([{}] if sound_too else []), fault)
    kept, rejected = split(frame, case["table"])
    assert len(kept) == int(sound_too)
    assert rejected["check"].unique().to_list() == [case["check"]]
    assert rejected["stage"].unique().to_list() == ["contract"]


def test_every_check_has_a_case():
    told = {(case["table"], case["check"]) for case in CASES}
    checks = {(name, check.name) for name, contract in TABLES.items() for check in contract.schema.checks}
    assert checks - told == set()


@pytest.mark.parametrize("table", [name for name, contract in TABLES.items() if contract.key])
def test_key_stands_once(table, build_table):
    kept, rejected = split(build_table(table, {}, {}), table)
    assert len(kept) == 0
    assert "unique" in rejected["check"].str.join("").item()


REQUIRED = [
    (table, name)
    for table, contract in TABLES.items()
    for name, nullable in contract.nullable.items()
    if not nullable and name not in contract.key
]


@pytest.mark.parametrize(("table", "name"), REQUIRED)
def test_nothing_is_null_that_may_not_be(table, name, build_table):
    kept, rejected = split(build_table(table, {name: None}), table)
    assert len(kept) == 0
    assert (name, "not_nullable") in rejected.select("column", "check").rows()


def test_nan_is_no_confidence(build_table):
    kept, rejected = split(build_table("quotes", {"confidence": float("nan")}), "quotes")
    assert len(kept) == 0
    assert set(rejected["column"]) == {"confidence"}


@pytest.mark.parametrize("table", TABLES)
def test_other_type_is_a_fault_of_the_table(table, build_table):
    last = TABLES[table].columns[-1]
    with pytest.raises(ContractError, match=table):
        split(build_table(table).with_columns(pl.lit(True).alias(last)), table)


@pytest.mark.parametrize("table", TABLES)
def test_other_order_is_a_fault_of_the_table(table, build_table):
    with pytest.raises(ContractError, match=table):
        split(build_table(table).select(reversed(TABLES[table].columns)), table)


@pytest.mark.parametrize("table", TABLES)
def test_missing_column_is_a_fault_of_the_table(table, build_table):
    with pytest.raises(ContractError, match=table):
        split(build_table(table).drop(TABLES[table].columns[-1]), table)


@pytest.mark.parametrize("table", TABLES)
def test_every_column_is_described_in_the_arrow_schema(table):
    schema = build_arrow_schema(TABLES[table])
    assert all(len(field.metadata[b"description"]) > 10 for field in schema)
    assert not any(pyarrow.types.is_dictionary(field.type) for field in schema)
