"""A .jsonl file, packed or not: one JSON object a line, each an article."""

from __future__ import annotations

from collections.abc import Iterator

from etl.records import RawArticle, Reject
from etl.sources.articles import ArticleBuilder
from etl.sources.content import build_size_error
from etl.sources.errors import InputError
from etl.sources.inputs import InputFile
from etl.sources.json_text import parse_object
from etl.sources.options import ReadOptions
from etl.sources.streams import Piece, decode_piece, read_pieces

# A character beyond the basic plane, escaped as two \uXXXX.
MAX_ESCAPED_BYTES = 12
# Room for the other keys of a record.
MAX_OTHER_BYTES = 4_000_000


def read_jsonl_file(file: InputFile, options: ReadOptions) -> Iterator[RawArticle | Reject]:
    """One article or reject per line that is not blank; a file without such a line is one reject `empty`."""
    encoding = options.choose_encoding(file.uri)
    builder = ArticleBuilder(file.uri, options)
    limit = MAX_ESCAPED_BYTES * options.max_article_chars + MAX_OTHER_BYTES
    is_empty = True
    for line in _drop_long_lines(read_pieces(file, encoding, limit)):
        place = f"{file.uri}, line {line.number}"
        try:
            record = _parse_line(line, encoding, options)
        except InputError as fault:
            yield builder.reject(fault, line.number, place)
        else:
            if record is None:
                continue
            yield builder.build(record, line.number, place)
        is_empty = False
    if is_empty:
        raise InputError("empty", "it holds no record; remove it or write one JSON object a line")


def _drop_long_lines(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Whole lines; of a line that comes in several pieces only the first, with is_last unset."""
    previous = 0
    for piece in pieces:
        if piece.number != previous:
            yield piece
        previous = piece.number


def _parse_line(line: Piece, encoding: str | None, options: ReadOptions) -> dict[str, object] | None:
    """The object of a line, null for a blank line. Raises InputError."""
    if not line.is_last:
        raise build_size_error(options.max_article_chars)
    text = decode_piece(line.data, encoding)
    if not text.strip():
        return None
    return parse_object(text, "write one JSON object a line")
