"""Phase A over the batches that were read: derived in worker processes, staged as Parquet."""

from __future__ import annotations

import pickle
import threading
from collections.abc import Iterator, Mapping, Sequence, Set
from pathlib import Path

import polars as pl

from etl.derive import derive_rows
from etl.frames import PHASE_A_TABLES, phase_a_dtypes
from etl.pipeline.lasting import load_lasting
from etl.pipeline.reading import INPUTS, SpooledBatch
from etl.pipeline.workers import Workers
from etl.rules import load_rules
from etl.runs import Progress, ReportProgress

Learned = Mapping[str, Set[int]]


def derive_batch(batch: SpooledBatch, learned: Learned) -> SpooledBatch:
    """Derives a spooled batch and stages its rows beside it as `<table>.parquet`. Runs in a worker.

    `learned` are the learned lines of its articles by fingerprint.
    """
    with (batch.folder / INPUTS).open("rb") as file:
        raws, rejects = pickle.load(file)
    for table, frame in derive_rows(raws, rejects, load_lasting(load_rules), learned).items():
        frame.write_parquet(batch.folder / f"{table}.parquet", compression="lz4")
    return batch


def read_staged(batches: Sequence[SpooledBatch]) -> dict[str, pl.DataFrame]:
    """All staged rows, a frame a table; without any batch, frames without rows."""
    frames = {}
    for table in PHASE_A_TABLES:
        empty = pl.DataFrame(schema=phase_a_dtypes(table))
        staged = (pl.read_parquet(batch.folder / f"{table}.parquet") for batch in batches)
        frames[table] = pl.concat([empty, *staged])
    return frames


class BatchDeriver:
    """Derives the batches of a run and tells how far it is.

    `learned` are the learned lines of each article by fingerprint; `total_bytes` counts what was read, `batches` are
    all that there are to derive.
    """

    def __init__(
        self,
        learned: Learned,
        workers: Workers,
        report_progress: ReportProgress | None,
        total_bytes: int,
        batches: Sequence[SpooledBatch],
    ) -> None:
        self._learned = learned
        self._before = total_bytes - sum(batch.size for batch in batches)  # of files without anything to derive
        self._workers = workers
        self._report = report_progress
        self._lock = threading.Lock()
        self._total_bytes = total_bytes
        self._done: dict[Path, SpooledBatch] = {}

    def derive_batches(self, batches: Sequence[SpooledBatch]) -> None:
        """Derives the batches and stages their rows; the same once more when it is called again."""
        for done in self._workers.run(derive_batch, self._list_calls(batches)):
            self._advance(done)

    def _list_calls(self, batches: Sequence[SpooledBatch]) -> Iterator[tuple[SpooledBatch, Learned]]:
        for batch in batches:
            yield batch, {name: self._learned[name] for name in batch.articles if name in self._learned}

    def _advance(self, batch: SpooledBatch) -> None:
        with self._lock:
            self._done[batch.folder] = batch
            if self._report is not None:
                sizes = sum(done.size for done in self._done.values())
                articles = sum(len(done.articles) for done in self._done.values())
                self._report(Progress(self._before + sizes, self._total_bytes, articles))
