"""The main job on real folders: what a run takes in, keeps, rejects and publishes."""

from __future__ import annotations

import gzip
import json
import os
import shutil
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

import etl.pipeline
from etl.pipeline import IngestError, IngestRequest, ingest
from etl.validate import check_tables
from etl.warehouse import Warehouse
from schemas import TABLES

TALK = """Kask and Arnason meet in Tallinn

Tallinn, BNA- Estonian Prime Minister Tarmo Kask met Icelandic Prime Minister Hildur Arnason there on 14 October 2025.

“We agree on cables,” Kask said.
"""
CALL = """Ferreyra and Ganbold speak by phone

Uruguayan President Lucia Ferreyra spoke by phone with Mongolian President Erdene Ganbold on 3 February 2026.

Ferreyra said that the vaccines would arrive in March.
"""


@pytest.fixture
def raw(tmp_path):
    folder = tmp_path / "raw"
    (folder / "paper").mkdir(parents=True)
    (folder / "paper/talk.txt").write_text(TALK)
    records = [{"id": "call", "text": CALL, "published_at": "2026-02-03"}, {"id": "talk", "text": TALK}]
    (folder / "wire.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records))
    return folder


@pytest.fixture
def run(raw, tmp_path):
    """Runs the pipeline on `raw` with one worker and gives (summary, tables of the current snapshot)."""

    def run_once(warehouse="warehouse", **changes):
        request = IngestRequest(raw=raw, warehouse=tmp_path / warehouse, workers=1, **changes)
        return ingest(request), read_tables(tmp_path / warehouse)

    return run_once


def read_tables(warehouse: Path) -> dict[str, pl.DataFrame]:
    snapshot = Warehouse(warehouse).current
    assert snapshot is not None
    return {table: snapshot.read_table(table) for table in TABLES}


def list_parts(warehouse: Path) -> dict[str, list[str]]:
    """Names of the part files of each table: hashes of their bytes."""
    return {table: sorted(path.name for path in (warehouse / table).rglob("*.parquet")) for table in TABLES}


def assert_same_tables(left, right):
    for table in TABLES:
        assert_frame_equal(left[table], right[table])


def touch_later(path: Path) -> None:
    """Moves the file's time on: a change within the clock's grain is found by its hash, which other tests cover."""
    stat = path.stat()
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns + 5_000_000_000))


def test_samples_give_sound_tables(samples, tmp_path):
    summary = ingest(IngestRequest(raw=samples, warehouse=tmp_path / "w", workers=1))
    tables = read_tables(tmp_path / "w")
    assert check_tables(tables) == []
    assert summary.published
    assert summary.rows["articles"] + summary.rejected_inputs == summary.total_inputs
    assert summary.rejected_inputs == 0
    assert len(tables["quotes"]) > 10
    assert len(tables["meetings"]) > 3


def test_second_run_publishes_nothing(run):
    first, before = run()
    second, after = run()
    assert (first.published, second.published) == (True, False)
    assert second.snapshot_id == first.snapshot_id
    assert second.derived == 0
    assert second.reused == first.derived == 3
    assert_same_tables(before, after)


def test_incremental_equals_rebuild_through_additions_and_changes(run, raw):
    run()
    (raw / "paper/call.txt").write_text(CALL)
    run()
    (raw / "paper/talk.txt").write_text(TALK.replace("14 October", "15 October"))
    (raw / "paper/talk.meta.json").write_text('{"outlet": "The Paper", "published_at": "2025-10-16"}')
    touch_later(raw / "paper/talk.txt")
    summary, changed = run()
    assert summary.derived == 1
    _, rebuilt = run("fresh")
    assert_same_tables(changed, rebuilt)
    assert list_parts(raw.parent / "warehouse") == list_parts(raw.parent / "fresh")


def test_only_new_records_of_a_grown_file_are_derived(run, raw):
    run()
    with (raw / "wire.jsonl").open("a") as lines:
        lines.write(json.dumps({"id": "again", "text": CALL.replace("March", "April")}) + "\n")
    summary, tables = run()
    assert (summary.derived, summary.reused) == (1, 3)
    assert len(tables["articles"]) == 4


def test_change_of_a_sidecar_alone_is_seen(run, raw):
    run()
    (raw / "paper/talk.meta.json").write_text('{"outlet": "The Paper"}')
    summary, tables = run()
    assert summary.derived == 1
    assert "The Paper" in tables["articles"]["outlet"].to_list()


def test_order_of_files_and_number_of_workers_do_not_show(raw, tmp_path):
    for number in range(6):
        (raw / f"paper/copy{number}.txt").write_text(TALK.replace("cables", f"cable number {number}"))
    shuffled = tmp_path / "shuffled"
    shuffled.mkdir()
    for path in sorted(raw.rglob("*"), key=lambda p: p.name[::-1]):
        target = shuffled / path.relative_to(raw)
        target.parent.mkdir(parents=True, exist_ok=True)
        if path.is_file():
            shutil.copyfile(path, target)
    ingest(IngestRequest(raw=raw, warehouse=tmp_path / "one", workers=1))
    ingest(IngestRequest(raw=shuffled, warehouse=tmp_path / "two", workers=2))
    assert list_parts(tmp_path / "one") == list_parts(tmp_path / "two")


def test_rules_change_derives_everything_anew(run, monkeypatch):
    run()
    monkeypatch.setattr(etl.pipeline, "compute_rules_version", lambda: "0" * 12)
    monkeypatch.setattr("etl.pipeline.report.compute_rules_version", lambda: "0" * 12)
    summary, _ = run()
    assert (summary.derived, summary.reused) == (3, 0)


def test_rows_of_a_vanished_file_stay_or_go(run, raw):
    run()
    (raw / "paper/talk.txt").unlink()
    kept, tables = run(missing="keep")
    assert (kept.inputs["vanished"], len(tables["articles"])) == (1, 3)
    with pytest.raises(IngestError, match="--yes"):
        run(missing="drop")
    dropped, tables = run(missing="drop", confirmed=True)
    assert dropped.removed["articles"] == 1
    assert sorted(tables["articles"]["source_uri"]) == ["wire.jsonl#call", "wire.jsonl#talk"]
    _, rebuilt = run("fresh")
    assert_same_tables(tables, rebuilt)


def test_bad_inputs_are_rejected_and_the_run_goes_on(run, raw):
    (raw / "empty.txt").write_text(" \n\n")
    (raw / "binary.txt").write_bytes(bytes(range(256)) * 8)
    (raw / "long.txt").write_text("word " * 3000)
    (raw / "lines.jsonl").write_text('{"id": 1, "text": "Sound."}\n{"id": 2, "text": \n{"id": 3}\n')
    (raw / "twice.jsonl").write_text(2 * '{"id": "a", "text": "Said twice."}\n')
    (raw / "side.txt").write_text("A text with a sidecar.")
    (raw / "side.meta.json").write_text("no json")
    (raw / "cut.jsonl.gz").write_bytes(gzip.compress(b'{"text": "Cut."}\n' * 900)[:-12])
    (raw / "loop").symlink_to(raw)
    (raw / "dangling.txt").symlink_to(raw / "nowhere.txt")
    summary, tables = run(max_article_chars=10_000)
    rejected = tables["rejected"]
    found = {(row["source_uri"], row["check"]) for row in rejected.iter_rows(named=True)}
    assert {
        ("empty.txt", "empty"),
        ("binary.txt", "binary"),
        ("long.txt", "too_large"),
        ("lines.jsonl#2", "malformed_json"),
        ("lines.jsonl#3", "missing_text"),
        ("twice.jsonl#a", "duplicate"),
        ("side.txt", "malformed_sidecar"),
        ("loop", "symlink_loop"),
    } <= found
    assert any(uri.startswith("cut.jsonl.gz") for uri, _ in found)
    assert any(uri == "dangling.txt" for uri, _ in found)
    assert len(tables["articles"]) >= 5
    assert not rejected["reason"].str.contains(str(raw), literal=True).any()
    again, _ = run(max_article_chars=10_000)
    assert not again.published, "rejects stay until their input changes"
    assert summary.total_inputs == len(tables["articles"]) + summary.rejected_inputs


def test_file_that_disappears_while_it_is_read_is_rejected(run, raw, monkeypatch):
    listed = etl.pipeline.list_inputs

    def list_and_remove(folder):
        listing = listed(folder)
        (raw / "paper/talk.txt").unlink()
        return listing

    monkeypatch.setattr(etl.pipeline, "list_inputs", list_and_remove)
    _, tables = run()
    assert tables["rejected"]["source_uri"].to_list() == ["paper/talk.txt"]
    assert len(tables["articles"]) == 2


def test_other_encoding_has_the_file_read_again(run, raw):
    (raw / "old.txt").write_bytes("Прем’єр сказав, що порт відкрито.".replace("’", "'").encode("cp1251"))
    run(encodings=(("old.txt", "cp866"),))
    summary, tables = run(encodings=(("old.txt", "cp1251"),))
    assert summary.derived == 1
    assert tables["articles"].filter(source_uri="old.txt")["body"].item().startswith("Прем'єр")


def test_reject_goes_when_its_input_is_mended(run, raw):
    (raw / "note.txt").write_text("")
    _, tables = run()
    assert tables["rejected"]["check"].to_list() == ["empty"]
    (raw / "note.txt").write_text("A note that says something now.")
    _, tables = run()
    assert len(tables["rejected"]) == 0


def test_raw_folder_that_is_not_there_is_one_clear_sentence(tmp_path):
    with pytest.raises(IngestError) as error:
        ingest(IngestRequest(raw=tmp_path / "nowhere", warehouse=tmp_path / "w", workers=1))
    assert "nowhere" in str(error.value)
    assert "\n" not in str(error.value)


def test_warehouse_that_cannot_be_written_is_one_clear_sentence(raw, tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(IngestError) as error:
        ingest(IngestRequest(raw=raw, warehouse=tmp_path / "file", workers=1))
    assert "\n" not in str(error.value)


def test_run_record_tells_the_run(run, tmp_path):
    summary, _ = run()
    (record,) = (tmp_path / "warehouse/runs").glob("*.json")
    told = json.loads(record.read_text())
    assert (told["status"], told["snapshot_id"], told["derived"]) == ("done", summary.snapshot_id, 3)


def test_failed_run_has_its_record_and_publishes_nothing(run, tmp_path, monkeypatch):
    def fail(*_):
        raise RuntimeError("a rule of ours is broken")

    monkeypatch.setattr("etl.derive.find_quotes", fail)
    with pytest.raises(RuntimeError, match="broken"):
        run()
    (record,) = (tmp_path / "warehouse/runs").glob("*.json")
    assert json.loads(record.read_text())["status"] == "failed"
    assert Warehouse(tmp_path / "warehouse").current is None


def test_new_unreadable_name_alone_is_told(run, raw):
    run()
    (raw / "picture.png").write_bytes(b"png")
    summary, tables = run()
    assert (summary.published, summary.derived) == (True, 0)
    assert tables["rejected"]["check"].to_list() == ["unsupported_type"]
    again, _ = run()
    assert not again.published


def test_row_that_breaks_a_contract_stands_in_rejected(run, monkeypatch):
    """A faulty layer loses its rows to `rejected`, the article and its other rows stay, and so in the next run."""
    import etl.derive

    found = etl.derive.find_quotes
    monkeypatch.setattr(
        etl.derive, "find_quotes", lambda *args: tuple(quote._replace(confidence=7.0) for quote in found(*args))
    )
    _, tables = run()
    assert len(tables["articles"]) == 3
    assert len(tables["quotes"]) == 0
    assert tables["rejected"]["table"].unique().to_list() == ["quotes"]
    again, same = run()
    assert not again.published
    assert_same_tables(tables, same)
