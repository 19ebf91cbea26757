"""Part files: the same rows give the same bytes, and any reader finds types and descriptions in them."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import polars as pl
import pyarrow
import pyarrow.parquet
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.warehouse import WarehouseError, parts
from etl.warehouse.parts import cut_rows, encode_frame, sort_rows, write_parquet, write_part
from schemas import TABLES, build_arrow_schema, build_empty_frame


def encode(table: str, frame: pl.DataFrame) -> bytes:
    contract = TABLES[table]
    return encode_frame(sort_rows(frame, contract), build_arrow_schema(contract))


REJECTED = st.lists(
    st.fixed_dictionaries(
        {
            "source_uri": st.sampled_from(["a.txt", "b.txt", "ü.txt"]),
            "stage": st.just("read"),
            "check": st.sampled_from(["empty", "binary"]),
            "value": st.none() | st.text(max_size=3),
            "reason": st.just("It is so."),
        }
    ),
    max_size=12,
)


@settings(max_examples=30, deadline=None)
@given(rows=REJECTED, seed=st.integers(0, 9), cut=st.integers(0, 12))
def test_same_rows_in_any_order_and_any_chunks_give_the_same_bytes(rows: list[dict], seed: int, cut: int) -> None:
    contract = TABLES["rejected"]
    frame = pl.DataFrame(rows, schema=contract.dtypes)
    shuffled = frame.sample(fraction=1.0, shuffle=True, seed=seed)
    chunked = pl.concat([shuffled[:cut], shuffled[cut:]], rechunk=False)
    assert encode("rejected", chunked) == encode("rejected", frame)


@pytest.mark.parametrize("table", TABLES)
def test_a_part_has_the_contract_types_and_descriptions(table: str, build_table: Callable[..., pl.DataFrame]) -> None:
    contract = TABLES[table]
    content = encode(table, build_table(table))
    schema = pyarrow.parquet.read_schema(BytesIO(content))
    described = {field.name: field.metadata[b"description"].decode() for field in schema}
    assert described == contract.descriptions
    assert schema.metadata[b"key"].decode() == ",".join(contract.key)
    assert not any("view" in str(field.type) or "dictionary" in str(field.type) for field in schema)
    assert pl.read_parquet(BytesIO(content)).equals(build_table(table))


def test_a_part_is_zstd_with_statistics_and_row_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "ROW_GROUP_ROWS", 2)
    frame = pl.DataFrame({"key": ["a", "b", "c"]})
    metadata = pyarrow.parquet.read_metadata(BytesIO(encode_frame(frame)))
    assert [metadata.row_group(group).num_rows for group in range(metadata.num_row_groups)] == [2, 1]
    column = metadata.row_group(0).column(0)
    assert (column.compression, column.statistics.min, column.statistics.max) == ("ZSTD", "a", "b")
    assert column.has_column_index


def test_a_null_that_the_contract_forbids_is_not_written(build_table: Callable[..., pl.DataFrame]) -> None:
    with pytest.raises((ValueError, pyarrow.ArrowInvalid)):
        encode("articles", build_table("articles", {"source_uri": None}))


@pytest.mark.parametrize(("rows", "heights"), [(0, [0]), (1, [1]), (10, [10]), (11, [6, 5]), (25, [9, 9, 7])])
def test_rows_are_cut_into_parts_of_about_equal_height(
    rows: int, heights: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "MAX_ROWS", 10)
    frame = pl.DataFrame({"number": range(rows)}, schema={"number": pl.Int64})
    slices = list(cut_rows(frame))
    assert [piece.height for piece in slices] == heights
    assert pl.concat(slices).equals(frame)


def test_long_texts_are_cut_into_more_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "MAX_TEXT_BYTES", 100)
    slices = list(cut_rows(pl.DataFrame({"body": ["x" * 60, None, "y" * 120, "z"]})))
    assert [piece.height for piece in slices] == [2, 2]


def test_a_part_is_named_by_its_bytes(tmp_path: Path) -> None:
    contract = TABLES["people"]
    entry = write_part(tmp_path, build_empty_frame(contract), build_arrow_schema(contract))
    assert entry.name == f"{entry.sha256[:32]}.parquet"
    assert (entry.rows, entry.bytes) == (0, (tmp_path / entry.name).stat().st_size)


def test_a_part_that_reads_back_otherwise_is_an_error(tmp_path: Path) -> None:
    frame = pl.DataFrame({"number": [1]})
    with pytest.raises(WarehouseError, match="does not read back"):
        write_parquet(tmp_path / "part.parquet", encode_frame(frame), frame + 1)
