"""One published state of all tables, and how it is read and checked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import polars as pl
import pyarrow.parquet

from etl.warehouse.disk import hash_file
from etl.warehouse.errors import WarehouseError, explain_os_errors
from etl.warehouse.manifest import (
    MANIFEST,
    FileEntry,
    Manifest,
    build_snapshot_id,
    hash_content,
    parse_sequence,
    read_manifest,
)
from etl.warehouse.parts import read_frames, scan_frames, sort_rows
from schemas import TABLES, build_empty_frame

INPUTS = "inputs.parquet"
CHANGES = "changes.parquet"
MEMORY = "memory"


@dataclass(frozen=True)
class Snapshot:
    """A snapshot's folder, resolved: all that is read through one Snapshot is of one moment."""

    path: Path

    @property
    def id(self) -> str:
        """Sequence number and content hash, such as 000012-0123456789ab."""
        return self.path.name

    @cached_property
    def manifest(self) -> Manifest:
        """What the snapshot holds. Raises WarehouseError where its manifest is missing or damaged."""
        return read_manifest(self.path)

    def list_files(self, table: str) -> list[Path]:
        """The table's part files, in the order of the manifest; none for a table that the snapshot does not have."""
        entry = self.manifest.tables.get(table)
        return [self.path / table / file.name for file in entry.files] if entry else []

    def scan_table(self, table: str) -> pl.LazyFrame:
        """The table's rows, sorted within each part file. WarehouseError where there is no such table."""
        return scan_frames(self._require_files(table))

    def read_table(self, table: str) -> pl.DataFrame:
        """The table in its contract's columns and types, sorted by key (`rejected`: by all columns).

        Raises WarehouseError where the snapshot was written with other columns, or its files are gone.
        """
        contract = TABLES[table]
        files = self._require_files(table)
        frame = self._read(files)
        if frame.schema != pl.Schema(contract.dtypes):
            raise WarehouseError(f"snapshot {self.id} has other columns in {table} than this version: run --rebuild")
        return frame if len(files) == 1 else sort_rows(frame, contract)

    def read_parts(self, table: str) -> pl.DataFrame:
        """The table in the order of its files and in its contract's columns: null where the snapshot has none."""
        files = self.list_files(table)
        contract = TABLES[table]
        frame = self._read(files) if files else build_empty_frame(contract)
        return frame.select(
            (pl.col(name).cast(dtype, strict=False) if name in frame.columns else pl.lit(None, dtype)).alias(name)
            for name, dtype in contract.dtypes.items()
        )

    def read_inputs(self) -> pl.DataFrame:
        """The input ledger, as it was given to `publish`."""
        return self._read([self.path / INPUTS])

    def read_memory(self) -> pl.DataFrame | None:
        """What the run knew of its documents' lines, as it was given to `publish`, in the order of its part files."""
        files = [self.path / MEMORY / file.name for file in self.manifest.memory]
        return self._read(files) if files else None

    def read_changes(self) -> pl.DataFrame:
        """What came, went and changed since the parent, in the shape of `changes.CHANGES_SCHEMA`."""
        return self._read([self.path / CHANGES])

    def _require_files(self, table: str) -> list[Path]:
        files = self.list_files(table)
        if not files:
            raise WarehouseError(f"snapshot {self.id} has no table {table}")
        return files

    def _read(self, files: list[Path]) -> pl.DataFrame:
        what = f"snapshot {self.id} cannot be read (roll back to another one)"
        with explain_os_errors(what):
            try:
                return read_frames(files)
            except pl.exceptions.PolarsError as error:
                raise WarehouseError(f"{what}: {error}") from error

    def check(self) -> list[str]:
        """What is wrong with the files, a sentence each: missing, altered, miscounted or foreign ones; or nothing."""
        try:
            manifest = self.manifest
        except WarehouseError as error:
            return [str(error)]
        with explain_os_errors(f"snapshot {self.id} cannot be checked"):
            return [*self._check_identity(manifest), *self._check_tables(manifest)]

    def _check_identity(self, manifest: Manifest) -> Iterator[str]:
        content = hash_content(manifest.schema_version, manifest.rules_version, manifest.tables)
        wanted = build_snapshot_id(parse_sequence(manifest.snapshot_id), content)
        if content != manifest.content or manifest.snapshot_id != wanted:
            yield f"snapshot {self.id}: the manifest's content hash does not fit the files that it lists"
        if manifest.snapshot_id != self.id:
            yield f"snapshot {self.id}: the manifest is that of {manifest.snapshot_id}"

    def _check_tables(self, manifest: Manifest) -> Iterator[str]:
        for file in (manifest.inputs, manifest.changes):
            yield from _check_file(self.path, file)
        for table, entry in manifest.tables.items():
            if entry.rows != sum(file.rows for file in entry.files):
                yield f"{table}: the manifest's rows are not the sum of its files"
        parts = {table: entry.files for table, entry in manifest.tables.items()} | {MEMORY: manifest.memory}
        for name, files in parts.items():
            yield from _check_folder(self.path / name, files)
        known = {*parts, MANIFEST, manifest.inputs.name, manifest.changes.name}
        found = sorted(path.name for path in self.path.iterdir())
        yield from (f"{name}: is not in the manifest" for name in found if name not in known)


def _check_folder(folder: Path, files: tuple[FileEntry, ...]) -> Iterator[str]:
    for file in files:
        yield from _check_file(folder, file)
    listed = {file.name for file in files}
    found = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    yield from (f"{folder.name}/{name}: is not in the manifest" for name in found if name not in listed)


def _check_file(folder: Path, file: FileEntry) -> Iterator[str]:
    path = folder / file.name
    name = f"{folder.name}/{file.name}"
    if not path.is_file():
        yield f"{name}: is missing"
    elif hash_file(path) != file.sha256:
        yield f"{name}: was altered (its SHA-256 is not the manifest's)"
    elif (rows := pyarrow.parquet.read_metadata(path).num_rows) != file.rows:
        yield f"{name}: has {rows} rows, the manifest says {file.rows}"
