"""Builds a snapshot in staging: part files, input ledger, changes, and the manifest last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from etl.warehouse.changes import join_changes, list_changes, match_rows
from etl.warehouse.disk import make_folder, share_file, sync_folder, write_file
from etl.warehouse.generations import split_generations
from etl.warehouse.manifest import (
    MANIFEST,
    FileEntry,
    Manifest,
    TableEntry,
    build_snapshot_id,
    hash_content,
    hash_schema,
)
from etl.warehouse.parts import cut_rows, encode_frame, name_part, sort_rows, write_parquet, write_part
from etl.warehouse.snapshot import CHANGES, INPUTS, MEMORY, Snapshot
from schemas import SCHEMA_VERSION, TABLES, Contract, build_arrow_schema, build_empty_frame

MEMORY_KEY = ("record", "line")


@dataclass(frozen=True, slots=True)
class Publication:
    """What `publish` did: the snapshot that is current now, whether it is new, and rows per table that came,
    changed and went since the one before (a table without a key has no changed rows)."""

    snapshot: Snapshot
    published: bool
    added: dict[str, int] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)
    removed: dict[str, int] = field(default_factory=dict)


def require_tables(tables: Mapping[str, pl.DataFrame]) -> None:
    """Raises ValueError where the tables are not those of the contracts, by name, columns, types or unique keys."""
    if set(tables) != set(TABLES):
        raise ValueError(f"publish needs the tables {', '.join(TABLES)}, not {', '.join(tables)}")
    for name, contract in TABLES.items():
        if tables[name].schema != pl.Schema(contract.dtypes):
            raise ValueError(f"{name}: columns or types are not those of the contract: {tables[name].schema}")
        if contract.key and tables[name].select(contract.key).is_duplicated().any():
            raise ValueError(f"{name}: two rows have the same {', '.join(contract.key)}")


def find_changes(old: Snapshot | None, tables: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """What would change if `tables` followed `old`: columns table, key, change, old_meeting_id, new_meeting_id.

    `key` has its parts joined by a comma (`rejected`, which has no key: source_uri; its rows are compared whole and
    are only added or removed). The meeting ids are those that the row had before and has now, in tables with a
    column meeting_id; a removed meeting names in new_meeting_id the one to which most of its mentions went.
    """
    changes = []
    for name, contract in TABLES.items():
        before = old.read_parts(name) if old else build_empty_frame(contract)
        changes.append(list_changes(contract, match_rows(contract, before, tables[name]), before, tables[name]))
    return join_changes(changes)


def write_tables(
    folder: Path, old: Snapshot | None, tables: Mapping[str, pl.DataFrame]
) -> tuple[dict[str, TableEntry], pl.DataFrame]:
    """Writes all tables under `folder`, parts that go on as second names of the old files.

    Gives the manifest's entries and the changes in the shape of `find_changes`.
    """
    entries, changes = {}, []
    for name, contract in TABLES.items():
        before = old.read_parts(name) if old else build_empty_frame(contract)
        matches = match_rows(contract, before, tables[name])
        entries[name] = _write_table(make_folder(folder / name), contract, old, matches, tables[name])
        changes.append(list_changes(contract, matches, before, tables[name]))
    return entries, join_changes(changes)


def _write_table(
    folder: Path, contract: Contract, old: Snapshot | None, matches: pl.DataFrame, frame: pl.DataFrame
) -> TableEntry:
    digest = hash_schema(contract)
    former = old.manifest.tables.get(contract.table) if old else None
    usable = former.files if former and former.schema_sha256 == digest else ()
    generation = split_generations(usable, matches)
    files = list(generation.kept)
    if old:
        for file in files:
            share_file(old.path / contract.table / file.name, folder / file.name)
    if generation.rest.len() or not files:
        rows = sort_rows(frame[generation.rest], contract)
        schema = build_arrow_schema(contract)
        files += [write_part(folder, part, schema) for part in cut_rows(rows)]
    sync_folder(folder)
    return TableEntry(
        rows=sum(file.rows for file in files),
        bytes=sum(file.bytes for file in files),
        schema_sha256=digest,
        files=tuple(files),
    )


def write_memory(folder: Path, old: Snapshot | None, memory: pl.DataFrame) -> tuple[FileEntry, ...]:
    """Writes the part files of `memory` under `folder`/memory: rows of `old` that go on stay in their files.

    `old` is the snapshot before where its rows are those of the same rules: there a row is known by MEMORY_KEY.
    """
    if memory.is_empty():
        return ()
    folder = make_folder(folder / MEMORY)
    former = old.read_memory() if old else None
    before = (memory.clear() if former is None else former).select(MEMORY_KEY).with_row_index("old_row")
    after = memory.select(MEMORY_KEY).with_row_index("new_row")
    pairs = before.join(after, on=MEMORY_KEY, how="full", coalesce=True).select("old_row", "new_row")
    stays = pl.all_horizontal(pl.all().is_not_null())
    matches = pairs.with_columns(change=pl.when(stays).then(pl.lit("same")).otherwise(pl.lit("changed")))
    generation = split_generations(old.manifest.memory if old else (), matches)
    for file in generation.kept:
        assert old is not None
        share_file(old.path / MEMORY / file.name, folder / file.name)
    rest = memory[generation.rest].sort(MEMORY_KEY)
    written = [_write_unnamed(folder, part) for part in cut_rows(rest)] if len(rest) else []
    sync_folder(folder)
    return (*generation.kept, *written)


def _write_unnamed(folder: Path, frame: pl.DataFrame) -> FileEntry:
    content = encode_frame(frame)
    return write_parquet(folder / name_part(content), content, frame)


def write_ledgers(folder: Path, inputs: pl.DataFrame, changes: pl.DataFrame) -> tuple[FileEntry, FileEntry]:
    """Writes inputs.parquet and changes.parquet."""
    return (
        write_parquet(folder / INPUTS, encode_frame(inputs), inputs),
        write_parquet(folder / CHANGES, encode_frame(changes), changes),
    )


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Writes manifest.json, the last file of a snapshot."""
    write_file(folder / MANIFEST, manifest.to_json().encode())
    sync_folder(folder)


def build_manifest(
    sequence: int,
    parent: Snapshot | None,
    rules_version: str,
    entries: dict[str, TableEntry],
    ledgers: tuple[FileEntry, FileEntry],
    memory: tuple[FileEntry, ...],
) -> Manifest:
    """The manifest of a snapshot with these files; its id follows from them and the sequence number."""
    content = hash_content(SCHEMA_VERSION, rules_version, entries)
    return Manifest(
        snapshot_id=build_snapshot_id(sequence, content),
        parent=parent.id if parent else None,
        schema_version=SCHEMA_VERSION,
        rules_version=rules_version,
        content=content,
        tables=entries,
        inputs=ledgers[0],
        changes=ledgers[1],
        memory=memory,
    )
