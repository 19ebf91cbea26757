"""A .parquet file: any kind of string is a text, dates and times come typed, damage is told by its row."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from etl.records import Metadata, RawArticle, Reject

STORY = "Castellan, 4 May - The ferry resumed service on Tuesday.\n\nNobody was hurt."


def write_numbers(n: int) -> str:
    """Digits that do not pack well, so that the file is long enough to be cut."""
    return " ".join(str((n * 7919 + k * 104729) ** 3) for k in range(12))


def test_parquet_rows_become_articles(raw: Any) -> None:
    file = raw.write_table(
        {
            "text": pa.array(["one\r\ntwo", None, " ", "four"]),
            "id": pa.array([11, 12, 13, None]),
            "outlet": pa.array(["Harbour Post", None, None, None]).dictionary_encode(),
            "other": pa.array([[1], [2], None, [3]]),
        },
    )
    outcomes = raw.read(file)
    assert outcomes[0] == RawArticle("a.parquet#11", "one\ntwo", Metadata("Harbour Post"))
    assert raw.name_checks(outcomes[1:]) == [
        ("a.parquet#12", "missing_text"),
        ("a.parquet#13", "empty"),
        ("a.parquet#4", "ok"),
    ]


@pytest.mark.parametrize(
    "kind", [pa.string(), pa.large_string(), pa.string_view(), pa.binary(), pa.large_binary()], ids=str
)
def test_any_kind_of_string_is_a_text(raw: Any, kind: pa.DataType) -> None:
    values = [STORY, "Zürich “two”", None]
    array = pa.array([v and v.encode() for v in values], pa.binary()).cast(kind)
    outcomes = raw.read(raw.write_table({"text": array}))
    assert outcomes[:2] == [RawArticle("a.parquet#1", STORY), RawArticle("a.parquet#2", "Zürich “two”")]
    assert raw.name_checks(outcomes[2:]) == [("a.parquet#3", "missing_text")]


def test_string_that_is_no_utf8_is_decoded_like_a_file(raw: Any) -> None:
    data = pa.array([b"The caf\xe9\x92s story", b"\x81\x8d", b"plain"], pa.binary())
    broken = pa.Array.from_buffers(pa.string(), 3, data.buffers())
    outcomes = raw.read(raw.write_table({"text": broken}))
    assert outcomes[0] == RawArticle("a.parquet#1", "The café’s story")
    assert raw.name_checks(outcomes[1:]) == [("a.parquet#2", "undecodable"), ("a.parquet#3", "ok")]


@pytest.mark.parametrize(
    "column",
    [pa.array([["a", "list"]]), pa.array([7]), pa.array([{"body": "x"}])],
    ids=["list", "integer", "struct"],
)
def test_parquet_without_a_column_of_texts_is_one_reject(raw: Any, column: pa.Array) -> None:
    assert raw.check(raw.write_table({"text": column})) == [("a.parquet", "missing_text")]
    assert raw.check(raw.write_table({"body": pa.array(["x"])})) == [("a.parquet", "missing_text")]


AT = datetime(2024, 3, 5, 10, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("column", "at", "on"),
    [
        (pa.array(["2024-03-05"]), None, AT.date()),
        (pa.array([AT.date()], pa.date32()), None, AT.date()),
        (pa.array([AT.date()], pa.date64()), None, AT.date()),
        (pa.array([AT], pa.timestamp("ms", "UTC")), AT, AT.date()),
        (pa.array([AT], pa.timestamp("ns", "Asia/Tehran")), AT, AT.date()),
        (pa.array([AT.replace(tzinfo=None)], pa.timestamp("us")), AT, AT.date()),
        (pa.array([None], pa.timestamp("us")), None, None),
    ],
    ids=lambda value: str(getattr(value, "type", "")),
)
def test_parquet_dates_and_times(raw: Any, column: pa.Array, at: datetime | None, on: date | None) -> None:
    [article] = raw.read(raw.write_table({"text": pa.array(["x"]), "published_at": column}))
    assert article == RawArticle("a.parquet#1", "x", Metadata(published_at=at, published_on=on))


@pytest.mark.parametrize(
    ("field", "column"),
    [
        ("published_at", pa.array([2**61], pa.timestamp("ms"))),
        ("published_at", pa.array([2**31 - 1], pa.int32()).cast(pa.date32())),
        ("published_at", pa.array([1709632800])),
        ("outlet", pa.array([["a", "list"]])),
        ("outlet", pa.array([b"\xff"], pa.binary())),
        ("id", pa.array([1.5])),
        ("id", pa.array([True])),
    ],
)
def test_parquet_value_that_is_not_understood_is_one_reject(raw: Any, field: str, column: pa.Array) -> None:
    [reject] = raw.read(raw.write_table({"text": pa.array(["x"]), field: column}))
    assert isinstance(reject, Reject)
    assert (reject.source_uri, reject.check, reject.column) == ("a.parquet#1", "bad_metadata", field)


def test_damaged_parquet_keeps_what_came_before(raw: Any) -> None:
    buffer = io.BytesIO()
    texts = pa.array([f"{n} {write_numbers(n)}" for n in range(1000)])
    pq.write_table(pa.table({"text": texts}), buffer, row_group_size=250, compression="gzip")
    data = bytearray(buffer.getvalue())
    middle = len(data) // 2
    data[middle : middle + 2000] = bytes(2000)
    *articles, reject = raw.read(raw.write("a.parquet", bytes(data)))
    assert raw.name_checks(articles) == [(f"a.parquet#{n}", "ok") for n in range(1, len(articles) + 1)]
    assert 0 < len(articles) < 1000
    assert isinstance(reject, Reject)
    assert reject.check == "corrupt"
    assert f"from row {len(articles) + 1} on" in reject.reason


def test_parquet_with_a_column_name_that_is_no_utf8_is_one_reject(raw: Any) -> None:
    file = raw.write_table({"text": pa.array(["x"]), "placename": pa.array(["Castellan"])})
    file.path.write_bytes(file.path.read_bytes().replace(b"placename", b"place\xff\xfeme"))
    assert raw.check(file) == [("a.parquet", "corrupt")]
