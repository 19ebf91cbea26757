"""What a snapshot holds: its files with rows and hashes, and the versions that made them."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from etl.warehouse.errors import WarehouseError
from schemas import Contract

MANIFEST = "manifest.json"
SNAPSHOT_ID = re.compile(r"(\d{6,})-[0-9a-f]{12}")


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FileEntry(_Entry):
    """A Parquet file: its name in its folder, rows, bytes and SHA-256 (hex)."""

    name: str
    rows: int
    bytes: int
    sha256: str


class TableEntry(_Entry):
    """A table's part files. `schema_sha256` changes with its columns, their types and their descriptions."""

    rows: int
    bytes: int
    schema_sha256: str
    files: tuple[FileEntry, ...]


class Manifest(_Entry):
    """What a snapshot holds. `content` is the SHA-256 of the tables' files and of both versions: see `hash_content`."""

    snapshot_id: str
    parent: str | None
    schema_version: str
    rules_version: str
    content: str
    tables: dict[str, TableEntry]
    inputs: FileEntry
    changes: FileEntry
    memory: tuple[FileEntry, ...] = ()

    def to_json(self) -> str:
        """The text of manifest.json."""
        return self.model_dump_json(indent=2) + "\n"


def read_manifest(path: Path) -> Manifest:
    """The manifest of the snapshot in the folder `path`. Raises WarehouseError where it is missing or unreadable."""
    try:
        return Manifest.model_validate_json((path / MANIFEST).read_bytes())
    except OSError as error:
        raise WarehouseError(f"snapshot {path} has no manifest that can be read: {error.strerror}") from error
    except ValidationError as error:
        first = error.errors()[0]
        what = f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
        raise WarehouseError(f"{path / MANIFEST} is damaged or of another version of Readout ({what})") from error


def hash_schema(contract: Contract) -> str:
    """SHA-256 of what a part file says of its columns; parts written under another one are never used again."""
    columns = [
        (name, str(dtype), contract.nullable[name], contract.descriptions[name])
        for name, dtype in contract.dtypes.items()
    ]
    return _hash_json([contract.table, contract.key, columns])


def hash_content(schema_version: str, rules_version: str, tables: Mapping[str, TableEntry]) -> str:
    """SHA-256 of both versions and of each table's part files, whatever their order.

    The input ledger does not count: a file that was touched but not changed is no reason for a new snapshot.
    """
    files = {name: sorted(file.sha256 for file in table.files) for name, table in tables.items()}
    return _hash_json([schema_version, rules_version, sorted(files.items())])


def _hash_json(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=False).encode()).hexdigest()


def build_snapshot_id(sequence: int, content: str) -> str:
    """Six digits of sequence and twelve hex digits of content, without any time."""
    return f"{sequence:06d}-{content[:12]}"


def parse_sequence(snapshot_id: str) -> int:
    """The sequence number of a snapshot id. Raises ValueError where it is none."""
    match = SNAPSHOT_ID.fullmatch(snapshot_id)
    if match is None:
        raise ValueError(f"{snapshot_id!r} is no snapshot id such as 000012-0123456789ab")
    return int(match[1])
