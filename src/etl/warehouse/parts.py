"""Part files: how rows are sorted, cut, encoded as Parquet and written under the hash of their bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import polars as pl
import pyarrow
import pyarrow.parquet

from etl.warehouse.disk import hash_file, write_file
from etl.warehouse.errors import WarehouseError
from etl.warehouse.manifest import FileEntry
from schemas import Contract

MAX_ROWS = 250_000
MAX_TEXT_BYTES = 64 * 2**20  # of strings, before compression: bodies would make parts of MAX_ROWS too large to rewrite
ROW_GROUP_ROWS = 50_000


def sort_rows(frame: pl.DataFrame, contract: Contract) -> pl.DataFrame:
    """The rows in their one order: by key, or by all columns where the table has no key."""
    return frame.sort(contract.key or contract.columns)


def cut_rows(frame: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Slices of about equal height, in order, none above the limits; one empty slice for a frame without rows."""
    strings = frame.select(pl.col(pl.String).str.len_bytes().cast(pl.Int64))
    text = sum(int(column.sum()) for column in strings)
    slices = max(1, -(-frame.height // MAX_ROWS), min(frame.height, -(-text // MAX_TEXT_BYTES)))
    height = max(1, -(-frame.height // slices))
    for start in range(0, max(1, frame.height), height):
        yield frame.slice(start, height)


def encode_frame(frame: pl.DataFrame, schema: pyarrow.Schema | None = None) -> bytes:
    """Parquet bytes: zstd, statistics, page index. The same rows give the same bytes, however the frame was built.

    pyarrow writes, not Polars: it keeps the descriptions and the table's metadata, its bytes do not depend on the
    frame's chunks, and more readers get its lists right. Raises pyarrow.ArrowInvalid on a null that `schema` forbids.
    """
    table = frame.to_arrow(compat_level=pl.CompatLevel.oldest())
    if schema is not None:
        table = table.cast(schema)
    buffer = BytesIO()
    pyarrow.parquet.write_table(
        table.combine_chunks(),
        buffer,
        compression="zstd",
        compression_level=3,
        row_group_size=ROW_GROUP_ROWS,
        write_page_index=True,
    )
    return buffer.getvalue()


def write_part(folder: Path, frame: pl.DataFrame, schema: pyarrow.Schema) -> FileEntry:
    """Writes a part file named by its bytes. Raises WarehouseError where it does not read back as it was given."""
    content = encode_frame(frame, schema)
    return write_parquet(folder / name_part(content), content, frame)


def name_part(content: bytes) -> str:
    """The name of a part file with these bytes."""
    return f"{hashlib.sha256(content).hexdigest()[:32]}.parquet"


def write_parquet(path: Path, content: bytes, frame: pl.DataFrame) -> FileEntry:
    """Writes encoded rows and reads them back. Raises WarehouseError where bytes or rows differ from `frame`."""
    write_file(path, content)
    digest = hashlib.sha256(content).hexdigest()
    if hash_file(path) != digest or not read_frames([path]).equals(frame):
        raise WarehouseError(f"{path} does not read back as it was written: check the disk")
    return FileEntry(name=path.name, rows=frame.height, bytes=len(content), sha256=digest)


def scan_frames(paths: list[Path]) -> pl.LazyFrame:
    """The rows of Parquet files of one schema, in order; their paths are taken as they are."""
    return pl.scan_parquet(paths, glob=False, hive_partitioning=False)


def read_frames(paths: list[Path]) -> pl.DataFrame:
    """The rows of Parquet files of one schema, in order."""
    return scan_frames(paths).collect()
