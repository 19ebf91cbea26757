"""The samples of raw/ give the same tables in whatever order, runs and files they come in."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from etl.derive import derive_rows
from etl.frames import PHASE_A_TABLES
from etl.pipeline import IngestRequest, ingest
from etl.records import RawArticle
from etl.resolve import resolve_tables, strip_phase_b
from etl.rules import load_rules
from etl.sources import ReadOptions, list_inputs, read_input
from etl.warehouse import Warehouse
from schemas import TABLES

RAW = Path(__file__).resolve().parents[3] / "raw"
FILES = sorted(path.relative_to(RAW) for path in RAW.rglob("*") if path.suffix in (".txt", ".jsonl"))

Frames = dict[str, pl.DataFrame]


def read_raws() -> list[RawArticle]:
    return [a for file in list_inputs(RAW).files for a in read_input(file, ReadOptions()) if isinstance(a, RawArticle)]


@pytest.fixture(scope="module")
def derived() -> list[Frames]:
    """Phase-A frames of each sample article."""
    return [derive_rows([raw], [], load_rules(), {}) for raw in read_raws()]


@pytest.fixture(scope="module")
def expected(derived: list[Frames]) -> Frames:
    return resolve_tables(unite(derived), load_rules().registry)


def unite(frames: list[Frames]) -> Frames:
    return {table: pl.concat([frame[table] for frame in frames]) for table in PHASE_A_TABLES}


def assert_same(found: Frames, wanted: Frames) -> None:
    for table in TABLES:
        assert_frame_equal(found[table], wanted[table])


@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_order_and_runs_do_not_matter(data: st.DataObject, derived: list[Frames], expected: Frames) -> None:
    """Articles in any order, cut into runs; what one run resolved is stripped and resolved again with the next."""
    order = data.draw(st.permutations(range(len(derived))))
    cuts = sorted(data.draw(st.sets(st.integers(1, len(order) - 1), max_size=2)))
    tables: Frames | None = None
    for start, end in zip([0, *cuts], [*cuts, len(order)], strict=True):
        batch = [derived[number] for number in order[start:end]]
        before = [strip_phase_b(tables)] if tables is not None else []
        tables = resolve_tables(unite([*before, *batch]), load_rules().registry)
    assert tables is not None
    assert_same(tables, expected)


@settings(max_examples=6, deadline=None)
@given(gone=st.sets(st.integers(0, 9), min_size=1, max_size=4))
def test_what_was_taken_out_leaves_no_trace(gone: set[int], derived: list[Frames], expected: Frames) -> None:
    ids = [derived[number]["articles"]["article_id"].item() for number in gone]
    frames = strip_phase_b(expected)
    left = {table: frame for table, frame in frames.items() if "article_id" in frame.columns}
    left = {table: frame.filter(~pl.col("article_id").is_in(ids).fill_null(False)) for table, frame in left.items()}
    parties = frames["mention_participants"].join(left["meeting_mentions"], on="mention_id", how="semi")
    kept = [frame for number, frame in enumerate(derived) if number not in gone]
    fresh = resolve_tables(unite(kept), load_rules().registry)
    assert_same(resolve_tables(left | {"mention_participants": parties}, load_rules().registry), fresh)


def test_one_file_or_many(expected: Frames) -> None:
    """As records of one file the articles have other ids, and tell the same meetings."""
    raws = [replace(raw, source_uri=f"all.jsonl#{n}") for n, raw in enumerate(read_raws())]
    tables = resolve_tables(derive_rows(raws, [], load_rules(), {}), load_rules().registry)
    assert describe_meetings(tables) == describe_meetings(expected)


def describe_meetings(tables: Frames) -> list[Any]:
    """The meetings, each with the texts and places of its mentions, without the ids."""
    told = tables["meeting_mentions"].group_by("meeting_id").agg(pl.concat_str("start", "text").sort().alias("told"))
    rows = tables["meetings"].join(told, on="meeting_id").drop("meeting_id").to_dicts()
    return sorted(rows, key=lambda row: row["told"])


@pytest.mark.slow
@settings(max_examples=3, deadline=None)
@given(data=st.data())
def test_runs_over_growing_folders_equal_one_run(data: st.DataObject, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("grown")
    order = data.draw(st.permutations(FILES))
    cuts = sorted(data.draw(st.sets(st.integers(1, len(order) - 1), min_size=1, max_size=2)))
    for start, end in zip([0, *cuts], [*cuts, len(order)], strict=True):
        for name in order[start:end]:
            (folder / "raw" / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(RAW / name, folder / "raw" / name)
            sidecar = name.with_suffix(".meta.json")
            if (RAW / sidecar).exists():
                shutil.copy(RAW / sidecar, folder / "raw" / sidecar)
        ingest(IngestRequest(raw=folder / "raw", warehouse=folder / "grown", workers=1))
    assert_same(read_tables(folder / "grown"), take_in(RAW, folder / "whole"))


@pytest.mark.slow
def test_a_folder_of_texts_or_one_file_of_records(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    with (tmp_path / "raw/all.jsonl").open("w", encoding="utf-8") as file:
        for raw in reversed(read_raws()):
            told = {name: getattr(raw.metadata, name) for name in ("outlet", "url", "title", "language", "byline")}
            day = raw.metadata.published_at or raw.metadata.published_on
            file.write(json.dumps({"text": raw.text, "published_at": day and day.isoformat(), **told}) + "\n")
    records = take_in(tmp_path / "raw", tmp_path / "records")
    assert describe_meetings(records) == describe_meetings(take_in(RAW, tmp_path / "texts"))


def take_in(raw: Path, warehouse: Path) -> Frames:
    ingest(IngestRequest(raw=raw, warehouse=warehouse, workers=1))
    return read_tables(warehouse)


def read_tables(warehouse: Path) -> Frames:
    snapshot = Warehouse(warehouse).current
    assert snapshot is not None
    return {table: snapshot.read_table(table) for table in TABLES}
