"""A .csv file: a header row, then one article a row. Texts with line ends stand in quotation marks."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from etl.records import RawArticle, Reject
from etl.sources.articles import RECORD_KEYS, ArticleBuilder, build_text_column_error, check_columns
from etl.sources.content import MAX_BYTES_PER_CHAR
from etl.sources.errors import InputError
from etl.sources.inputs import InputFile
from etl.sources.options import ReadOptions
from etl.sources.streams import Piece, decode_piece, read_pieces

DELIMITERS = (",", ";", "\t", "|")
# Room for the other columns of a row.
MAX_OTHER_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines from line `number` on, up to the first line end outside quotation marks: one row. Null where too long."""

    number: int
    data: bytes | str | None


def read_csv_file(file: InputFile, options: ReadOptions) -> Iterator[RawArticle | Reject]:
    """One article or reject per row after the header; rows are counted from 1, blank lines are none.

    The delimiter is the first of comma, semicolon, tab and bar that gives a text column. Raises InputError for a file
    without one.
    """
    # Every character may be a quotation mark, which is written twice.
    limit = 2 * MAX_BYTES_PER_CHAR * options.max_article_chars + MAX_OTHER_BYTES
    csv.field_size_limit(max(csv.field_size_limit(), limit))  # of the process: it only ever grows
    encoding = options.choose_encoding(file.uri)
    builder = ArticleBuilder(file.uri, options)
    blocks = _read_blocks(read_pieces(file, encoding, limit), limit)
    header, delimiter = _parse_header(blocks, encoding)
    number = 0
    for block in blocks:
        for row in _parse_rows(block, delimiter, encoding):
            number += 1
            place = f"{file.uri}, row {number} (line {block.number})"
            if isinstance(row, InputError):
                yield builder.reject(row, number, place)
            elif any(row[len(header) :]):
                reason = f"it has {len(row)} cells under {len(header)} columns; put texts in quotation marks"
                yield builder.reject(InputError("malformed_row", reason), number, place)
            else:
                cells = zip(header, row, strict=False)
                yield builder.build({name: cell for name, cell in cells if cell}, number, place)


def _read_blocks(pieces: Iterator[Piece], limit: int) -> Iterator[_Block]:
    """The rows of a file, told by their quotation marks alone, so that a broken row does not spoil the next."""
    parts: list[bytes | str] = []
    number, size, is_open = 0, 0, False
    for piece in pieces:
        number = number or piece.number
        size += len(piece.data)
        is_open ^= _count_marks(piece.data) % 2 == 1
        if size <= limit:
            parts.append(piece.data)
        if piece.is_last and not is_open:
            yield _Block(number, _join(parts) if size <= limit else None)
            parts, number, size = [], 0, 0
    if number:
        yield _Block(number, _join(parts) if size <= limit else None)


def _count_marks(data: bytes | str) -> int:
    return data.count(b'"') if isinstance(data, bytes) else data.count('"')


def _join(parts: Sequence[bytes | str]) -> bytes | str:
    if isinstance(parts[0], bytes):
        return b"".join(cast("Sequence[bytes]", parts))
    return "".join(cast("Sequence[str]", parts))


def _parse_header(blocks: Iterator[_Block], encoding: str | None) -> tuple[list[str], str]:
    """The column names and the delimiter. Raises InputError where there is no header or no text column."""
    for block in blocks:
        found = [(list(_parse_rows(block, delimiter, encoding)), delimiter) for delimiter in DELIMITERS]
        for rows, delimiter in found:
            if "text" in (names := _name_columns(rows)):
                check_columns(names)
                return names, delimiter
        if as_commas := found[0][0]:  # a blank block has no row
            raise _build_header_error(as_commas)
    raise InputError("empty", f"it holds no row; remove it or write a header row with {', '.join(RECORD_KEYS)}")


def _name_columns(rows: list[list[str] | InputError]) -> list[str]:
    """The cells of the one row of a header; nothing where it is broken."""
    return [cell.strip() for cell in rows[0]] if len(rows) == 1 and isinstance(rows[0], list) else []


def _build_header_error(rows: list[list[str] | InputError]) -> InputError:
    if isinstance(rows[0], InputError):
        return rows[0]
    return build_text_column_error(_name_columns(rows))


def _parse_rows(block: _Block, delimiter: str, encoding: str | None) -> Iterator[list[str] | InputError]:
    """The row of a block (more where it has stray quotation marks), or what is wrong with it."""
    if block.data is None:
        reason = "the row is longer than an article may be, or a quotation mark is never closed; correct or split it"
        yield InputError("too_large", reason)
        return
    try:
        lines = decode_piece(block.data, encoding).removesuffix("\n").split("\n")
        for row in csv.reader((f"{line}\n" for line in lines), delimiter=delimiter, strict=True):
            if row:
                yield row
    except InputError as fault:
        yield fault
    except csv.Error as error:
        reason = f"the row is no valid CSV ({error}); put texts in quotation marks and write a mark inside them twice"
        yield InputError("malformed_csv", reason)
