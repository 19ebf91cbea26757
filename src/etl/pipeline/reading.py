"""Reading: groups of files to batches of inputs, spooled to the staging folder, and what their lines are.

Nothing is derived before all is read: which lines an outlet repeats is known only then.
"""

from __future__ import annotations

import pickle
import shutil
import time
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from pathlib import Path

from etl.memory import observe_articles
from etl.normalise import load_line_rules
from etl.pipeline.groups import Group
from etl.pipeline.lasting import load_lasting
from etl.pipeline.ledger import FileState, Record, observe_file
from etl.pipeline.workers import Workers
from etl.records import RawArticle, Reject
from etl.sources import InputFile, ReadOptions, read_input

BATCH_ARTICLES = 1000
BATCH_CHARS = 4_000_000
INPUTS = "inputs.pickle"
LINES = "lines.parquet"

States = tuple[tuple[FileState, tuple[Record, ...]], ...]


@dataclass(slots=True)
class Batch:
    """Inputs that go to a worker together; `size` are the bytes of the files that end with it."""

    raws: list[RawArticle] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    chars: int = 0
    size: int = 0

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
class SpooledBatch:
    """A batch in the staging folder: its articles by fingerprint."""

    folder: Path
    articles: Mapping[str, str]  # fingerprint to article_id
    size: int


@dataclass(frozen=True, slots=True)
class ReadGroup:
    """What the files of a group hold: ledger rows, batches to derive, articles whose rows may be reused."""

    number: int
    size: int  # bytes
    states: States
    batches: tuple[SpooledBatch, ...]
    reused: frozenset[str]


def spool_batch(batch: Batch, folder: Path) -> SpooledBatch:
    """Writes a batch to `folder` with what outlet memory observes in it. Runs in a worker."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / INPUTS).open("wb") as file:
        pickle.dump((batch.raws, batch.rejects), file, protocol=pickle.HIGHEST_PROTOCOL)
    observed = observe_articles(batch.raws, load_lasting(load_line_rules))
    observed.write_parquet(folder / LINES, compression="lz4")
    return SpooledBatch(folder, {raw.fingerprint: raw.article_id for raw in batch.raws}, batch.size)


class GroupReader:
    """Reads groups of files into batches under `staging`.

    `known` maps a file to its articles in the last snapshot, fingerprint to article_id: these need not be derived
    again and are passed over.
    """

    def __init__(
        self, staging: Path, options: ReadOptions, known: Mapping[str, Mapping[str, str]], workers: Workers
    ) -> None:
        self._staging = staging
        self._options = options
        self._known = known
        self._workers = workers

    def read_group(self, group: Group) -> ReadGroup:
        """Reads the files of a group. Starts afresh when it is called again."""
        folder = self._staging / f"{group.number:03d}"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        states: list[tuple[FileState, tuple[Record, ...]]] = []
        reused: set[str] = set()
        batches = enumerate(self._cut_batches(group, states, reused))
        calls = ((batch, folder / f"{number:06d}") for number, batch in batches)
        spooled = sorted(self._workers.run(spool_batch, calls), key=lambda batch: batch.folder)
        return ReadGroup(group.number, group.size, tuple(states), tuple(spooled), frozenset(reused))

    def _cut_batches(
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
            batch.size += file.size
        if batch.raws or batch.rejects:
            yield batch


class ArticleReader:
    """Reads chosen articles of files again, `wanted` by file and fingerprint, into batches under `staging`."""

    def __init__(self, staging: Path, options: ReadOptions, wanted: Mapping[str, Set[str]], workers: Workers) -> None:
        self._staging = staging
        self._options = options
        self._wanted = wanted
        self._workers = workers

    def read_group(self, group: Group) -> ReadGroup:
        """Reads the wanted articles of a group; one that is no longer there is left out. Starts afresh each time."""
        folder = self._staging / f"{group.number:03d}"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        calls = ((batch, folder / f"{n:06d}") for n, batch in enumerate(self._cut_batches(group.files)))
        spooled = sorted(self._workers.run(spool_batch, calls), key=lambda batch: batch.folder)
        return ReadGroup(group.number, 0, (), tuple(spooled), frozenset())

    def _cut_batches(self, files: tuple[InputFile, ...]) -> Iterator[Batch]:
        batch = Batch()
        for file in files:
            wanted = self._wanted[file.uri]
            for item in read_input(file, self._options):
                if isinstance(item, RawArticle) and item.fingerprint in wanted:
                    batch.add(item)
                    if batch.is_full:
                        yield batch
                        batch = Batch()
        if batch.raws:
            yield batch


def _describe_record(item: RawArticle | Reject) -> Record:
    if isinstance(item, Reject):
        return Record(item.source_uri)
    return Record(item.source_uri, item.article_id, item.fingerprint)
