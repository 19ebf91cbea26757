"""A .txt file: one article, its metadata in a sidecar beside it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from etl.records import Metadata, RawArticle, Reject
from etl.sources.content import MAX_BYTES_PER_CHAR, check_size, check_text
from etl.sources.decoding import decode_bytes
from etl.sources.errors import InputError, build_os_error
from etl.sources.inputs import InputFile, name_sidecar
from etl.sources.json_text import parse_object
from etl.sources.metadata import parse_metadata
from etl.sources.options import ReadOptions

MAX_SIDECAR_BYTES = 1_000_000


def read_text_file(file: InputFile, options: ReadOptions) -> Iterator[RawArticle | Reject]:
    """The one article of `file`, or one reject. Raises InputError or OSError where the text itself cannot be had."""
    text = _read_text(file, options)
    try:
        metadata = Metadata() if file.sidecar is None else _read_sidecar(file.sidecar)
    except InputError as fault:
        yield fault.build_reject(file.uri, name_sidecar(file.uri))
        return
    yield RawArticle(file.uri, text, metadata)


def _read_text(file: InputFile, options: ReadOptions) -> str:
    max_chars = options.max_article_chars
    # A few bytes more than an article may take prove that the file is too large, without reading all of it.
    data = _read_start(file.path, MAX_BYTES_PER_CHAR * (max_chars + 2))
    check_size(len(data), max_chars)
    text = decode_bytes(data, options.choose_encoding(file.uri)).text
    check_text(text, max_chars)
    return text


def _read_sidecar(path: Path) -> Metadata:
    try:
        data = _read_start(path, MAX_SIDECAR_BYTES + 1)
    except OSError as error:
        raise build_os_error(error) from error
    advice = 'write one JSON object, such as {"outlet": "..."}'
    if len(data) > MAX_SIDECAR_BYTES:
        raise InputError("malformed_sidecar", f"it is longer than {MAX_SIDECAR_BYTES} bytes; {advice}")
    try:
        mapping = parse_object(decode_bytes(data).text, advice)
    except InputError as fault:
        raise InputError("malformed_sidecar", fault.reason) from fault
    return parse_metadata(mapping)


def _read_start(path: Path, n_bytes: int) -> bytes:
    with path.open("rb") as stream:
        return stream.read(n_bytes)
