"""Outlet memory over whole runs: incremental warehouses have the rows of a rebuild, whatever came, changed or went."""

from __future__ import annotations

import hashlib
import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from etl.pipeline import IngestRequest, ingest, reading
from etl.warehouse import Warehouse
from schemas import TABLES

HEAD = ["Skerry Post", "Tide tables"]
FOOT = ["Ring the news desk", "Find the Post in every harbour"]


def write_article(raw: Path, name: str, number: int, head: bool = True, foot: bool = True, outlet: str = "Skerry Post"):
    own = [
        f"The island council met on Monday and voted {number} to {number + 1} against a second ferry for the north.",
        f"Councillor {'ABCDEFGHIJ'[number % 10]}strid Moe said the {number} boats that the islands had were enough.",
    ]
    text = "\n".join([*(HEAD if head else []), *own, *(FOOT if foot else [])])
    (raw / f"{name}.jsonl").write_text(json.dumps({"id": number, "text": text, "outlet": outlet}) + "\n")


def take_in(raw: Path, warehouse: Path, workers: int = 1, **options):
    ingest(IngestRequest(raw=raw, warehouse=warehouse, workers=workers, confirmed=True, **options))
    snapshot = Warehouse(warehouse).current
    return {table: snapshot.read_table(table) for table in TABLES}


def assert_same(tables, others):
    for table in TABLES:
        assert_frame_equal(tables[table], others[table])


def list_kinds(tables) -> list[str]:
    return tables["article_parts"]["kind"].to_list()


def test_second_document_teaches_and_its_going_unlearns(tmp_path):
    raw = tmp_path / "raw"
    raw.mkdir()
    write_article(raw, "one", 1)
    first = take_in(raw, tmp_path / "kept")
    assert "outlet_repeat" not in list_kinds(first)
    write_article(raw, "two", 2)
    second = take_in(raw, tmp_path / "kept")
    assert list_kinds(second).count("outlet_repeat") == 8
    assert all("Post" not in body for body in second["articles"]["body"])
    assert_same(second, take_in(raw, tmp_path / "fresh"))
    (raw / "one.jsonl").unlink()
    third = take_in(raw, tmp_path / "kept", missing="drop")
    assert "outlet_repeat" not in list_kinds(third)
    assert_same(third, take_in(raw, tmp_path / "alone"))


def test_file_that_is_gone_still_teaches_and_learns_when_it_is_back(tmp_path):
    raw = tmp_path / "raw"
    raw.mkdir()
    write_article(raw, "one", 1)
    take_in(raw, tmp_path / "kept")
    text = (raw / "one.jsonl").read_bytes()
    (raw / "one.jsonl").unlink()
    write_article(raw, "two", 2)
    without = take_in(raw, tmp_path / "kept")
    assert list_kinds(without).count("outlet_repeat") == 4
    assert_same(without, take_in(raw, tmp_path / "kept", rebuild=True))
    (raw / "one.jsonl").write_bytes(text)
    back = take_in(raw, tmp_path / "kept")
    assert_same(back, take_in(raw, tmp_path / "fresh"))


def test_articles_whose_lines_keep_their_verdict_are_not_derived_again(tmp_path):
    raw = tmp_path / "raw"
    raw.mkdir()
    for number in (1, 2):
        write_article(raw, str(number), number)
    write_article(raw, "other", 5, outlet="Kelp Courier")
    take_in(raw, tmp_path / "kept")
    write_article(raw, "3", 3)
    summary = ingest(IngestRequest(raw=raw, warehouse=tmp_path / "kept", workers=1))
    assert (summary.derived, summary.reused) == (1, 3)
    again = ingest(IngestRequest(raw=raw, warehouse=tmp_path / "kept", workers=1))
    assert not again.published


def test_memory_goes_on_in_its_part_files(tmp_path):
    raw = tmp_path / "raw"
    raw.mkdir()
    for number in range(12):
        write_article(raw, str(number), number)
    take_in(raw, tmp_path / "kept")
    before = Warehouse(tmp_path / "kept").current
    write_article(raw, "12", 12)
    take_in(raw, tmp_path / "kept")
    after = Warehouse(tmp_path / "kept").current
    assert {file.name for file in before.manifest.memory} < {file.name for file in after.manifest.memory}
    assert after.check() == []
    take_in(raw, tmp_path / "fresh")
    fresh = Warehouse(tmp_path / "fresh").current.read_memory()
    assert_frame_equal(after.read_memory().sort("record", "line"), fresh)


steps = st.lists(
    st.tuples(st.sampled_from("abcd"), st.integers(0, 4), st.booleans(), st.booleans(), st.booleans()),
    min_size=1,
    max_size=4,
)


@settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow], phases=(Phase.explicit, Phase.generate)
)
@given(st.lists(steps, min_size=2, max_size=4), st.sampled_from(["keep", "drop"]))
def test_incremental_runs_equal_a_rebuild(runs, missing):
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "raw"
        raw.mkdir()
        for changes in runs:
            for name, number, head, foot, goes in changes:
                if goes:
                    (raw / f"{name}.jsonl").unlink(missing_ok=True)
                else:
                    write_article(raw, name, number, head, foot)
            tables = take_in(raw, Path(folder) / "kept", missing=missing)
        assert_same(tables, take_in(raw, Path(folder) / "kept", missing=missing, rebuild=True))
        if missing == "drop":
            assert_same(tables, take_in(raw, Path(folder) / "fresh"))


def hash_parts(warehouse: Path) -> dict[str, str]:
    """The published files by table and name, each with the hash of its bytes.

    Without the ledger: it says of a file that was written a moment before that it may still change.
    """
    root = warehouse / "current"
    files = (path for path in root.rglob("*.parquet") if path.name != "inputs.parquet")
    return {str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow], phases=(Phase.explicit, Phase.generate)
)
@given(st.lists(st.tuples(st.integers(0, 40), st.booleans(), st.booleans()), min_size=3, max_size=9), st.integers(1, 4))
def test_memory_does_not_see_the_batches(documents, size):
    """A line is learned from documents of several batches as from those of one."""
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        raw = Path(folder) / "raw"
        raw.mkdir()
        for name, (number, head, foot) in enumerate(documents):
            write_article(raw, str(name), number, head, foot)
        whole = take_in(raw, Path(folder) / "whole")
        patch.setattr(reading, "BATCH_ARTICLES", size)
        assert_same(whole, take_in(raw, Path(folder) / "cut"))


def test_two_workers_write_the_same_bytes_from_several_batches(tmp_path, monkeypatch):
    raw = tmp_path / "raw"
    raw.mkdir()
    for number in range(7):
        write_article(raw, str(number), number, head=number % 3 > 0)
    monkeypatch.setattr(reading, "BATCH_ARTICLES", 2)
    alone = take_in(raw, tmp_path / "alone", workers=1)
    assert list_kinds(alone).count("outlet_repeat") > 14
    assert_same(alone, take_in(raw, tmp_path / "shared", workers=2))
    assert hash_parts(tmp_path / "alone") == hash_parts(tmp_path / "shared")
