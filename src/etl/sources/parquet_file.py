"""A .parquet file: one article a row, read in batches."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pyarrow.types as pt

from etl.records import RawArticle, Reject
from etl.sources.articles import RECORD_KEYS, ArticleBuilder, check_columns
from etl.sources.errors import InputError
from etl.sources.inputs import InputFile
from etl.sources.options import ReadOptions

BATCH_ROWS = 256
# Column chunks are streamed through a buffer of this size instead of being loaded whole.
BUFFER_BYTES = 1 << 20

_EPOCH_DAY = date(1970, 1, 1).toordinal()
_EPOCH = datetime(1970, 1, 1)
_MICROSECONDS = {"s": 1_000_000, "ms": 1_000, "us": 1}


def read_parquet_file(file: InputFile, options: ReadOptions) -> Iterator[RawArticle | Reject]:
    """One article or reject per row, counted from 1. Raises InputError for a file without a column of texts."""
    builder = ArticleBuilder(file.uri, options)
    number = 0
    try:
        with (
            file.path.open("rb") as stream,
            pq.ParquetFile(stream, pre_buffer=False, buffer_size=BUFFER_BYTES) as table,
        ):
            schema = table.schema_arrow
            check_columns(schema.names)
            _check_text_type(schema.field("text").type)
            names = [name for name in RECORD_KEYS if name in schema.names]
            for batch in table.iter_batches(batch_size=BATCH_ROWS, columns=names):
                columns = [_convert_column(name, batch.column(name)) for name in names]
                for values in zip(*columns, strict=True):
                    number += 1
                    record = dict(zip(names, values, strict=True))
                    yield builder.build(record, number, f"{file.uri}, row {number}")
    except (pa.ArrowException, OSError, UnicodeError) as error:  # UnicodeError: a column name that is no UTF-8
        if isinstance(error, OSError) and error.errno is not None:
            raise
        why = " ".join(str(error).split())[:200].rstrip(".")
        reason = f"it is no Parquet file or damaged, and cannot be read from row {number + 1} on ({why})"
        raise InputError("corrupt", f"{reason}; write it anew") from error


def _check_text_type(kind: Any) -> None:
    if not (_is_stringlike(kind) or pt.is_null(kind)):
        raise InputError("missing_text", f"its column text holds {kind}; write texts as strings", column="text")


def _is_stringlike(kind: Any) -> bool:
    if pt.is_dictionary(kind):
        return _is_stringlike(kind.value_type)
    return pt.is_string(kind) or pt.is_large_string(kind) or pt.is_string_view(kind) or _is_binary(kind)


def _is_binary(kind: Any) -> bool:
    """Strings of writers that do not mark them as UTF-8; texts are decoded like files."""
    return bool(pt.is_binary(kind) or pt.is_large_binary(kind) or pt.is_binary_view(kind))


def _convert_column(name: str, column: Any) -> list[object]:
    """Values that an article is built from; strings are decoded one by one, so that a broken one costs no other."""
    if pt.is_dictionary(column.type):
        column = column.dictionary_decode()
    kind = column.type
    if _is_stringlike(kind):
        values = column.cast(pa.large_binary()).to_pylist()
        is_undeclared = name == "text" and _is_binary(kind)
        return values if is_undeclared else [_decode_value(value) for value in values]
    if pt.is_timestamp(kind):
        return [_build_datetime(value, kind) for value in column.cast(pa.int64()).to_pylist()]
    if pt.is_date(kind):
        return [_build_date(value) for value in column.cast(pa.date32()).cast(pa.int32()).to_pylist()]
    if pt.is_integer(kind) or pt.is_floating(kind) or pt.is_boolean(kind) or pt.is_null(kind):
        return list(column.to_pylist())
    return [kind if valid else None for valid in column.is_valid().to_pylist()]  # the type tells what stands there


def _decode_value(value: bytes | None) -> str | bytes | None:
    """Text; bytes that are no UTF-8 stay: a text is then decoded like a file, other values are no strings."""
    try:
        return None if value is None else value.decode("utf-8")
    except UnicodeDecodeError:
        return value


def _build_datetime(value: int | None, kind: Any) -> datetime | int | None:
    """The time; a number that no datetime can hold stays, and is rejected as no date."""
    if value is None:
        return None
    microseconds = value // 1_000 if kind.unit == "ns" else value * _MICROSECONDS[kind.unit]
    try:
        moment = _EPOCH + timedelta(microseconds=microseconds)
    except OverflowError:
        return value
    return moment.replace(tzinfo=UTC) if kind.tz else moment


def _build_date(value: int | None) -> date | int | None:
    """The day; a number that no date can hold stays, and is rejected as no date."""
    try:
        return None if value is None else date.fromordinal(_EPOCH_DAY + value)
    except (ValueError, OverflowError):
        return value
