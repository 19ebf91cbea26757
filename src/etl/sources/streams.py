"""Files with many records as streams of lines: unpacked, in constant memory, broken ends told by their line."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO, cast

import pyarrow as pa

from etl.sources.decoding import decode_bytes, find_byte_order_mark, find_utf16, has_many_controls, unify_text
from etl.sources.errors import DecodeError, InputError, build_os_error
from etl.sources.inputs import InputFile

HEAD_BYTES = 4096


@dataclass(frozen=True, slots=True)
class Piece:
    """A line with its line end, or as much of a long one as the limit allows; `is_last` marks the end of the line.

    `number` counts lines from 1. `data` is bytes still to be decoded, or text where the whole stream had to be.
    """

    number: int
    data: bytes | str
    is_last: bool


def read_pieces(file: InputFile, encoding: str | None, limit: int) -> Iterator[Piece]:
    """The lines of `file` in pieces of at most `limit` bytes (characters of a decoded stream).

    Raises InputError for a file that is not text or that breaks off: pieces before the break have been given.
    """
    number = 1
    try:
        with _open_unpacked(file) as stream:
            lines = _decode_stream(stream, encoding)
            while data := lines.readline(limit):
                is_last = len(data) < limit or (
                    data.endswith(b"\n") if isinstance(data, bytes) else data.endswith("\n")
                )
                yield Piece(number, data, is_last)
                number += is_last
    except UnicodeError as error:
        reason = f"it cannot be decoded from line {number} on; check its encoding or save it anew as UTF-8"
        raise DecodeError("undecodable", reason) from error
    except (EOFError, zlib.error, OSError) as error:
        raise _build_break_error(error, number) from error


def decode_piece(data: bytes | str, encoding: str | None) -> str:
    """The text of a line or record. Raises DecodeError."""
    return unify_text(data) if isinstance(data, str) else decode_bytes(data, encoding).text


@contextmanager
def _open_unpacked(file: InputFile) -> Iterator[BinaryIO]:
    with file.path.open("rb") as packed:
        if file.kind.endswith(".gz"):
            with gzip.GzipFile(fileobj=packed) as stream:
                yield cast(BinaryIO, stream)
        elif file.kind.endswith(".zst"):
            # Not the zstandard package: its reader takes a file that is cut off for one that ends there.
            unpacked = pa.CompressedInputStream(pa.PythonFile(packed, mode="r"), "zstd")
            with io.BufferedReader(unpacked) as stream:
                yield stream
        else:
            yield packed


def _decode_stream(stream: BinaryIO, encoding: str | None) -> BinaryIO | io.TextIOWrapper:
    """`stream` itself where its lines can be split as bytes, else a text stream (UTF-16, UTF-32)."""
    head = stream.peek(HEAD_BYTES)[:HEAD_BYTES]  # type: ignore[attr-defined]
    if encoding is None:
        encoding = find_byte_order_mark(head) or find_utf16(head)
        if encoding is None and has_many_controls(head):
            advice = "give a text file, and name packed files .jsonl.gz or .jsonl.zst"
            raise DecodeError("binary", f"it holds many control characters and is no text; {advice}")
    if encoding is None or _is_split_as_bytes(encoding):
        return stream
    # A lone surrogate must cost one record, not the rest of the file: it is passed on and found in the record's text.
    return io.TextIOWrapper(stream, encoding, errors="surrogatepass", newline="\n")


def _is_split_as_bytes(encoding: str) -> bool:
    return '\n"'.encode(encoding.removesuffix("-sig")) == b'\n"'


def _build_break_error(error: EOFError | zlib.error | OSError, number: int) -> InputError:
    if isinstance(error, OSError) and error.errno is not None:
        return build_os_error(error, f" from line {number} on")
    why = " ".join(str(error).split())
    reason = f"it is damaged or cut off and cannot be unpacked from line {number} on ({why}); fetch the file anew"
    return InputError("corrupt", reason)
