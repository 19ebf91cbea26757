"""The warehouse: the only writer of tables, and the switch between their snapshots."""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl

from etl.warehouse import recovery
from etl.warehouse.changes import count_changes
from etl.warehouse.disk import make_folder, make_link, move, remove_folder, replace_file
from etl.warehouse.errors import WarehouseError, explain_os_errors
from etl.warehouse.layout import Layout
from etl.warehouse.lock import hold_lock
from etl.warehouse.manifest import hash_content, parse_sequence
from etl.warehouse.publication import (
    Publication,
    build_manifest,
    require_tables,
    write_ledgers,
    write_manifest,
    write_memory,
    write_tables,
)
from etl.warehouse.snapshot import Snapshot
from schemas import SCHEMA_VERSION, TABLES

_RUN_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")


class Warehouse:
    """A folder of snapshots. What writes (recover, open_staging, publish, roll_back, remove_old) needs the lock.

    At any instant `current` names either the snapshot before or the one after; a run that dies leaves nothing that
    the next `recover` does not clean up.
    """

    def __init__(self, root: Path) -> None:
        self._layout = Layout(root.absolute())
        self._locked = False
        self._in_use: set[Path] = set()

    @property
    def root(self) -> Path:
        return self._layout.root

    def prepare(self) -> None:
        """Makes the folders. Raises WarehouseError where the warehouse cannot be written, before any work is done."""
        layout = self._layout
        for path in (*reversed(layout.root.parents), *layout.folders):
            if path.exists() and not path.is_dir():
                raise WarehouseError(f"cannot write the warehouse {layout.root}: {path} is a file, not a folder")
        self._make_folders()
        with self._explain():
            for folder in layout.folders:
                with tempfile.TemporaryFile(dir=folder):
                    pass
        strays = layout.find_stray_tables()
        if strays:
            raise WarehouseError(f"{strays[0]} is not of this warehouse: move it away, or use another folder")
        probe = layout.staging / f".probe-{os.getpid()}"
        with explain_os_errors(f"the file system of {layout.root} does not support symbolic links"):
            probe.symlink_to("..")
            probe.unlink(missing_ok=True)

    def _make_folders(self) -> None:
        with self._explain():
            for folder in self._layout.folders:
                folder.mkdir(parents=True, exist_ok=True)

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Makes this object the one writer. Raises WarehouseError at once where another run is (pid, host, since)."""
        with hold_lock(self._layout.lock):
            self._make_folders()
            self._locked = True
            try:
                yield
            finally:
                self._locked = False
                self._in_use.clear()

    def recover(self) -> list[str]:
        """Cleans up after runs that died; a sentence for each thing that was not in order."""
        with self._writing():
            return recovery.recover(self._layout, self._in_use)

    def open_staging(self, run: str) -> Path:
        """An empty folder for the staged parts of a run, warehouse/staging/<run>."""
        if not _RUN_NAME.fullmatch(run):
            raise ValueError(f"{run!r} is no name for a folder")
        with self._writing():
            folder = make_folder(self._layout.staging / run)
        self._in_use.add(folder)
        return folder

    @property
    def current(self) -> Snapshot | None:
        """The snapshot that readers see now, resolved once; None where nothing was published yet."""
        named = self._layout.read_current()
        return Snapshot(self._layout.snapshots / named) if named else None

    def open_current(self) -> Snapshot:
        """The same, for readers that need one: raises WarehouseError where there is none."""
        current = self.current
        if current is None:
            raise WarehouseError(f"the warehouse {self.root} has no snapshot yet: fill it with `readout run`")
        return current

    def publish(
        self,
        tables: Mapping[str, pl.DataFrame],
        inputs: pl.DataFrame,
        rules_version: str,
        keep: int,
        memory: pl.DataFrame | None = None,
    ) -> Publication:
        """Writes a snapshot of all tables, switches to it and keeps the last `keep`.

        `memory` goes into the snapshot beside `inputs`: what the next run needs to know of this one's documents.

        Where the tables, the schema and the rules version are those of the current snapshot, nothing is published,
        not even when `inputs` differs. Raises ValueError where the tables do not fit their contracts.
        """
        require_tables(tables)
        with self._writing():
            recovery.settle_publication(self._layout)
            folder = make_folder(self._layout.staging / ".snapshot")
            old = self.current
            entries, changes = write_tables(folder, old, tables)
            if old and old.manifest.content == hash_content(SCHEMA_VERSION, rules_version, entries):
                remove_folder(folder)
                publication = Publication(old, False, *_count(changes))
            else:
                ledgers = write_ledgers(folder, inputs, changes)
                same_rules = old if old and old.manifest.rules_version == rules_version else None
                parts = write_memory(folder, same_rules, memory) if memory is not None else ()
                manifest = build_manifest(self._next_sequence(), old, rules_version, entries, ledgers, parts)
                write_manifest(folder, manifest)
                publication = Publication(self._switch_to(folder, manifest.snapshot_id), True, *_count(changes))
        self.remove_old(keep)
        return publication

    def _switch_to(self, folder: Path, snapshot_id: str) -> Snapshot:
        """Gives the finished snapshot in `folder` its name and lets `current` name it."""
        layout = self._layout
        make_link(layout.next_current, f"snapshots/{snapshot_id}")
        move(folder, layout.snapshots / snapshot_id)
        move(layout.next_current, layout.current)
        snapshot = Snapshot(layout.snapshots / snapshot_id)
        layout.repair_table_links(snapshot.manifest.tables)
        return snapshot

    def _next_sequence(self) -> int:
        return max(map(parse_sequence, self._layout.list_snapshots()), default=0) + 1

    def snapshots(self) -> list[Snapshot]:
        """All whole snapshots, oldest first."""
        layout = self._layout
        return [Snapshot(layout.snapshots / name) for name in layout.list_snapshots() if layout.is_whole(name)]

    def roll_back(self, snapshot_id: str) -> Snapshot:
        """Lets `current` name a kept snapshot again, older or newer; the others stay.

        Raises WarehouseError where it is not kept or its files are not those of its manifest.
        """
        with self._writing():
            recovery.settle_publication(self._layout)
            kept = {snapshot.id: snapshot for snapshot in self.snapshots()}
            if snapshot_id not in kept:
                raise WarehouseError(f"there is no snapshot {snapshot_id}: kept are {', '.join(kept) or 'none'}")
            faults = kept[snapshot_id].check()
            if faults:
                raise WarehouseError(f"snapshot {snapshot_id} is damaged: {faults[0]}")
            self._layout.point_current(snapshot_id)
            self._layout.repair_table_links(kept[snapshot_id].manifest.tables)
            return kept[snapshot_id]

    def remove_old(self, keep: int) -> list[str]:
        """Removes all but the last `keep` snapshots and the current one; their ids. Raises ValueError below 1."""
        if keep < 1:
            raise ValueError(f"at least 1 snapshot must be kept, not {keep}")
        with self._writing():
            current = self._layout.read_current()
            old = [snapshot.id for snapshot in self.snapshots()[:-keep] if snapshot.id != current]
            for snapshot_id in old:
                recovery.remove_snapshot(self._layout, snapshot_id)
        return old

    def write_run(self, record: Mapping[str, Any]) -> Path:
        """Writes a run record, warehouse/runs/<started_at in UTC>-<pid>.json; needs no lock.

        `started_at` is a datetime or an ISO 8601 string, naive ones in UTC. Raises TypeError on a value that
        JSON does not have, dates, times and paths aside.
        """
        started = record["started_at"]
        moment = started if isinstance(started, datetime) else datetime.fromisoformat(started)
        in_utc = moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
        name = f"{in_utc:%Y%m%dT%H%M%S.%fZ}-{os.getpid()}.json"
        text = json.dumps(dict(record), ensure_ascii=False, indent=2, default=_write_value)
        with self._explain():
            replace_file(self._layout.runs / name, f"{text}\n".encode())
        return self._layout.runs / name

    @contextmanager
    def _writing(self) -> Iterator[None]:
        if not self._locked:
            raise RuntimeError("this changes the warehouse and needs `with warehouse.lock():`")
        with self._explain():
            yield

    def _explain(self) -> AbstractContextManager[None]:
        return explain_os_errors(f"cannot write the warehouse {self.root}")


def _count(changes: pl.DataFrame) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
    added, changed, removed = (count_changes(changes, change, TABLES) for change in ("added", "changed", "removed"))
    return added, changed, removed


def _write_value(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Path):
        return str(value)
    raise TypeError(f"a run record cannot hold a {type(value).__name__}")
