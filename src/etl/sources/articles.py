"""From a record to an article, or to the reject that says why it is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from etl.records import RawArticle, Reject
from etl.sources.content import check_size, check_text
from etl.sources.decoding import decode_bytes, unify_text
from etl.sources.errors import InputError, MetadataError, escape_surrogates
from etl.sources.metadata import KEYS, parse_metadata
from etl.sources.options import ReadOptions

RECORD_KEYS = ("text", "id", *KEYS)


def check_columns(names: Sequence[str]) -> None:
    """Raises InputError where the columns of a table hold no text, or one of RECORD_KEYS twice."""
    if "text" not in names:
        raise build_text_column_error(names)
    for key in RECORD_KEYS:
        if names.count(key) > 1:
            reason = f"its column {key} stands there twice; leave one"
            raise InputError("ambiguous_column", reason, column=key)


def build_text_column_error(names: Sequence[str]) -> InputError:
    shown = escape_surrogates(", ".join(names))[:200] or "none"
    reason = f"it has no column text (its columns: {shown}); name the column of the texts so"
    return InputError("missing_text", reason, column="text")


class ArticleBuilder:
    """Builds the articles of one file with many records and remembers them (64 bits each), to tell duplicates."""

    def __init__(self, uri: str, options: ReadOptions) -> None:
        self._uri = uri
        self._max_chars = options.max_article_chars
        self._encoding = options.choose_encoding(uri)
        self._seen: set[int] = set()

    def build(self, record: Mapping[str, object], number: int, place: str) -> RawArticle | Reject:
        """The article of record `number` (from 1; its name where it has no id), or why it is none.

        `place` names the record for people. Text may be a string or bytes to decode.
        """
        source_uri = f"{self._uri}#{number}"
        try:
            record_id = _parse_id(record.get("id"))
            if record_id is not None:
                source_uri = f"{self._uri}#{record_id}"
            article = RawArticle(source_uri, self._parse_text(record.get("text")), parse_metadata(record))
            self._check_new(article)
        except InputError as fault:
            return fault.build_reject(source_uri, place)
        return article

    def reject(self, fault: InputError, number: int, place: str) -> Reject:
        """The reject of record `number`, which could not be parsed."""
        return fault.build_reject(f"{self._uri}#{number}", place)

    def _parse_text(self, value: object) -> str:
        if value is None:
            raise InputError("missing_text", "it has no text; give it a string under text")
        if isinstance(value, bytes):
            check_size(len(value), self._max_chars)
            value = decode_bytes(value, self._encoding).text
        if not isinstance(value, str):
            kind = type(value).__name__
            raise InputError("missing_text", f"its text is of type {kind}; write it as a string", column="text")
        text = unify_text(value)
        check_text(text, self._max_chars)
        return text

    def _check_new(self, article: RawArticle) -> None:
        key = int(article.article_id, 16)
        if key in self._seen:
            reason = "the same source with the same text stands earlier in the file; remove one or give them ids"
            raise InputError("duplicate", reason)
        self._seen.add(key)


def _parse_id(value: object) -> str | None:
    """The record's id as text, white space folded; null where it is absent. Whole floats count as integers."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return None if value is None else str(value)
    if not isinstance(value, str):
        raise MetadataError("id", value, f"is of type {type(value).__name__}; write it as a string or an integer")
    if escape_surrogates(value) != value:
        raise MetadataError("id", value, "holds half of a surrogate pair; export it anew as UTF-8")
    return " ".join(value.split()) or None
