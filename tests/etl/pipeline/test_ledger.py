"""Which files a run reads again: those that changed, and those that may have."""

from __future__ import annotations

import os
import time

import pytest

from etl.pipeline.ledger import Record, build_ledger, observe_file, plan_inputs
from etl.sources import ReadOptions, list_inputs

HOUR = 3_600_000_000_000


@pytest.fixture
def raw(tmp_path):
    for name in ("one", "two"):
        (tmp_path / f"{name}.txt").write_text(f"The text of {name}.")
    return tmp_path


def record_files(raw, now_ns):
    files = list_inputs(raw).files
    return build_ledger(
        (observe_file(f, ReadOptions(), now_ns), [Record(f.uri, f"{n:016x}", f"{n:016x}")]) for n, f in enumerate(files)
    )


def plan(raw, ledger):
    return plan_inputs(list_inputs(raw).files, ledger, ReadOptions(), time.time_ns())


def test_first_run_reads_all(raw):
    planned = plan(raw, None)
    assert [file.uri for file in planned.read] == ["one.txt", "two.txt"]


def test_unchanged_files_are_not_read(raw):
    planned = plan(raw, record_files(raw, time.time_ns() + HOUR))
    assert (planned.read, planned.unchanged) == ((), ("one.txt", "two.txt"))
    assert len(planned.kept) == 2


def test_change_of_the_same_size_within_the_clocks_grain_is_seen(raw):
    stat = (raw / "one.txt").stat()
    ledger = record_files(raw, time.time_ns())
    (raw / "one.txt").write_text("The text of eno.")
    os.utime(raw / "one.txt", ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert [file.uri for file in plan(raw, ledger).read] == ["one.txt"]


def test_touched_file_with_the_same_content_is_not_read_and_settles(raw):
    ledger = record_files(raw, time.time_ns() + HOUR)
    os.utime(raw / "one.txt", ns=(0, 0))
    planned = plan(raw, ledger)
    assert planned.read == ()
    before = ledger.filter(file="one.txt")["signature"].item()
    assert planned.kept.filter(file="one.txt")["signature"].item() != before


def test_vanished_file_is_told_and_its_rows_are_kept(raw):
    ledger = record_files(raw, time.time_ns() + HOUR)
    (raw / "two.txt").unlink()
    planned = plan(raw, ledger)
    assert planned.vanished == ("two.txt",)
    assert set(planned.kept["file"]) == {"one.txt", "two.txt"}


def test_known_articles_of_a_changed_file_are_told(raw):
    ledger = record_files(raw, time.time_ns() + HOUR)
    (raw / "one.txt").write_text("Another text.")
    assert plan(raw, ledger).known == {"one.txt": {f"{0:016x}": f"{0:016x}"}}


def test_file_without_records_keeps_its_row(raw):
    (file, *_) = list_inputs(raw).files
    ledger = build_ledger([(observe_file(file, ReadOptions(), 0), [])])
    assert ledger.select("file", "source_uri", "article_id").rows() == [("one.txt", None, None)]
