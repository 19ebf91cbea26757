"""Phase A over many files: groups of files, cut into batches, derived in worker processes, staged as Parquet."""

from __future__ import annotations

import gc
import multiprocessing
import multiprocessing.connection
import os
import shutil
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import polars as pl

from etl.derive import derive_rows
from etl.frames import PHASE_A_TABLES, phase_a_dtypes
from etl.pipeline.ledger import FileState, Record, observe_file
from etl.records import RawArticle, Reject
from etl.rules import Rules, load_rules
from etl.runs import Progress, ReportProgress
from etl.sources import InputFile, ReadOptions, read_input

GROUPS = 16  # tasks that Prefect shows for one run, whatever its size
GROUP_BYTES = 8_000_000  # below this a group is not worth a task of its own
BATCH_ARTICLES = 1000
BATCH_CHARS = 4_000_000


@dataclass(frozen=True, slots=True)
class Group:
    """Files that one task derives, in the order of their names."""

    number: int
    files: tuple[InputFile, ...]

    @property
    def size(self) -> int:
        return sum(file.size for file in self.files)


@dataclass(slots=True)
class Batch:
    """Inputs that go to a worker together."""

    raws: list[RawArticle] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    chars: int = 0

    @property
    def is_full(self) -> bool:
        return len(self.raws) + len(self.rejects) >= BATCH_ARTICLES or self.chars >= BATCH_CHARS

    def add(self, item: RawArticle | Reject) -> None:
        if isinstance(item, Reject):
            self.rejects.append(item)
            return
        self.raws.append(item)
        self.chars += len(item.text)


@dataclass(frozen=True, slots=True)
class GroupResult:
    """What a group came to: ledger rows of its files, articles derived, articles whose rows are reused."""

    states: tuple[tuple[FileState, tuple[Record, ...]], ...]
    derived: int
    reused: frozenset[str]


def split_groups(files: Sequence[InputFile]) -> tuple[Group, ...]:
    """At most `GROUPS` groups of neighbouring files, of about the same size in bytes."""
    limit = max(sum(file.size for file in files) / GROUPS, GROUP_BYTES)
    groups: list[list[InputFile]] = []
    filled = limit
    for file in files:
        if filled >= limit and len(groups) < GROUPS:
            groups.append([])
            filled = 0
        groups[-1].append(file)
        filled += file.size
    return tuple(Group(number, tuple(members)) for number, members in enumerate(groups))


def end_with_parent() -> None:
    """Makes this worker end when the process that started it does, however that one ends."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_wait_and_exit, args=(parent.sentinel,), daemon=True).start()


def _wait_and_exit(sentinel: int) -> None:
    multiprocessing.connection.wait([sentinel])
    os._exit(1)


@cache
def _load_lasting_rules() -> Rules:
    """The rules, kept out of the garbage collector's rounds: they stay for as long as the process does.

    Going through their 200,000 objects again and again took a tenth of phase A.
    """
    rules = load_rules()
    gc.freeze()
    return rules


def derive_batch(raws: list[RawArticle], rejects: list[Reject], folder: Path) -> int:
    """Derives a batch and stages its rows as `folder/<table>.parquet`; the number of articles. Runs in a worker."""
    frames = derive_rows(raws, rejects, _load_lasting_rules())
    folder.mkdir(parents=True, exist_ok=True)
    for table, frame in frames.items():
        frame.write_parquet(folder / f"{table}.parquet", compression="lz4")
    return len(raws)


def read_staged(staging: Path) -> dict[str, pl.DataFrame]:
    """All staged rows, a frame a table; without any batch, frames without rows."""
    folders = sorted(path for path in staging.glob("*/*") if path.is_dir())
    frames = {}
    for table in PHASE_A_TABLES:
        empty = pl.DataFrame(schema=phase_a_dtypes(table))
        frames[table] = pl.concat([empty, *(pl.read_parquet(f / f"{table}.parquet") for f in folders)])
    return frames


class GroupDeriver:
    """Derives groups with a pool of worker processes, or in this process where `pool` is None.

    `known` maps a file to its articles in the last snapshot, fingerprint to article_id: these are not derived again.
    """

    def __init__(
        self,
        staging: Path,
        options: ReadOptions,
        known: Mapping[str, Mapping[str, str]],
        pool: Executor | None,
        workers: int,
        report_progress: ReportProgress | None,
        total_bytes: int,
    ) -> None:
        self._staging = staging
        self._options = options
        self._known = known
        self._pool = pool
        self._in_flight = 2 * workers
        self._report = report_progress
        self._lock = threading.Lock()
        self._total_bytes = total_bytes
        self._done: dict[int, tuple[int, int]] = {}  # bytes and articles by group

    def derive_group(self, group: Group) -> GroupResult:
        """Reads and derives the files of a group and stages their rows. Starts afresh when it is called again."""
        folder = self._staging / f"{group.number:03d}"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        with self._lock:
            self._done[group.number] = (0, 0)
        states: list[tuple[FileState, tuple[Record, ...]]] = []
        reused: set[str] = set()
        pending: set[Future[int]] = set()
        derived = 0
        for number, batch in enumerate(self._read_batches(group, states, reused)):
            derived += len(batch.raws)
            pending = self._derive(group, batch, folder / f"{number:06d}", pending)
        for future in pending:
            self._advance(group, 0, future.result())
        return GroupResult(tuple(states), derived, frozenset(reused))

    def _read_batches(
        self, group: Group, states: list[tuple[FileState, tuple[Record, ...]]], reused: set[str]
    ) -> Iterator[Batch]:
        batch = Batch()
        for file in group.files:
            state = observe_file(file, self._options, time.time_ns())
            known = self._known.get(file.uri, {})
            records = []
            for item in read_input(file, self._options):
                record = _describe_record(item)
                records.append(record)
                if record.fingerprint is not None and record.fingerprint in known:
                    reused.add(known[record.fingerprint])
                    continue
                batch.add(item)
                if batch.is_full:
                    yield batch
                    batch = Batch()
            states.append((state, tuple(records)))
            self._advance(group, file.size, 0)
        if batch.raws or batch.rejects:
            yield batch

    def _derive(self, group: Group, batch: Batch, folder: Path, pending: set[Future[int]]) -> set[Future[int]]:
        if self._pool is None:
            self._advance(group, 0, derive_batch(batch.raws, batch.rejects, folder))
            return pending
        pending = {*pending, self._pool.submit(derive_batch, batch.raws, batch.rejects, folder)}
        if len(pending) < self._in_flight:
            return pending
        done, rest = wait(pending, return_when=FIRST_COMPLETED)
        for future in done:
            self._advance(group, 0, future.result())
        return rest

    def _advance(self, group: Group, done_bytes: int, articles: int) -> None:
        with self._lock:
            before = self._done[group.number]
            self._done[group.number] = (before[0] + done_bytes, before[1] + articles)
            if self._report is not None:
                done_in_all, articles_in_all = map(sum, zip(*self._done.values(), strict=True))
                self._report(Progress(done_in_all, self._total_bytes, articles_in_all))


def _describe_record(item: RawArticle | Reject) -> Record:
    if isinstance(item, Reject):
        return Record(item.source_uri)
    return Record(item.source_uri, item.article_id, item.fingerprint)
