"""Whatever a container holds: one outcome a record, texts unchanged, the same in any order of reading."""

from __future__ import annotations

import csv
import gzip
import io
import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from etl.records import RawArticle, Reject
from etl.sources import InputFile, ReadOptions, list_inputs, read_input
from etl.sources.decoding import has_many_controls

Record = dict[str, Any]
# No surrogates, which no container can hold, and no NUL, which makes a row of CSV binary.
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=60)
RECORD = st.fixed_dictionaries(
    {"text": st.none() | TEXT},
    optional={
        "id": st.integers(0, 3).map(str) | st.just(""),
        "outlet": st.none() | TEXT,
        "published_at": st.sampled_from(["2024-03-05", "soon", None]),
    },
)
RECORDS = st.lists(RECORD, min_size=1, max_size=8)


def pack_jsonl(records: list[Record]) -> bytes:
    return "\n".join(json.dumps(record, ensure_ascii=n % 2 == 0) for n, record in enumerate(records)).encode()


def pack_csv(records: list[Record]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, ["text", "id", "outlet", "published_at"], quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerows(records)
    return out.getvalue().encode()


def pack_parquet(records: list[Record]) -> bytes:
    names = ("text", "id", "outlet", "published_at")
    table = pa.table({name: pa.array([record.get(name) for record in records], pa.string()) for name in names})
    out = io.BytesIO()
    pq.write_table(table, out)
    return out.getvalue()


CONTAINERS: dict[str, Callable[[list[Record]], bytes]] = {
    "a.jsonl": pack_jsonl,
    "a.jsonl.gz": lambda records: gzip.compress(pack_jsonl(records)),
    "a.jsonl.zst": lambda records: zstandard.compress(pack_jsonl(records)),
    "a.csv": pack_csv,
    "a.parquet": pack_parquet,
}


def read(name: str, content: bytes) -> list[RawArticle | Reject]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(content)
        return [outcome for file in list_inputs(path).files for outcome in read_input(file, ReadOptions())]


@pytest.mark.parametrize("name", CONTAINERS)
@settings(deadline=None, max_examples=40)
@given(records=RECORDS)
def test_every_record_is_an_article_or_a_reject(name: str, records: list[Record]) -> None:
    content = CONTAINERS[name](records)
    assume(name != "a.csv" or not has_many_controls(content))  # such a file is rejected whole
    outcomes = read(name, content)
    assert len(outcomes) == len(records)
    for n, (record, outcome) in enumerate(zip(records, outcomes, strict=True), 1):
        assert outcome.source_uri == f"{name}#{record.get('id') or n}"
        if isinstance(outcome, RawArticle):
            assert outcome.text == record["text"].lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
            assert record.get("published_at") != "soon"
    accepted = [outcome.article_id for outcome in outcomes if isinstance(outcome, RawArticle)]
    assert len(set(accepted)) == len(accepted)


@settings(deadline=None, max_examples=40)
@given(records=RECORDS)
def test_every_container_gives_the_same_articles(records: list[Record]) -> None:
    def summarize(name: str) -> list[object]:
        outcomes = read(name, CONTAINERS[name](records))
        return [(o.text, o.metadata) if isinstance(o, RawArticle) else o.check for o in outcomes]

    first = summarize("a.jsonl")
    assert all(summarize(name) == first for name in ("a.jsonl.gz", "a.jsonl.zst", "a.parquet"))


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.jsonl.gz", "a.jsonl.zst", "a.csv", "a.parquet"])
@settings(deadline=None, max_examples=60)
@given(content=st.binary(max_size=300))
def test_any_bytes_end_in_outcomes(name: str, content: bytes) -> None:
    outcomes = read(name, content)
    assert read(name, content) == outcomes
    for outcome in outcomes:
        outcome.source_uri.encode("utf-8")
        (outcome.text if isinstance(outcome, RawArticle) else outcome.reason).encode("utf-8")


@pytest.mark.parametrize("name", CONTAINERS)
@settings(deadline=None, max_examples=40)
@given(data=st.data())
def test_damaged_container_ends_in_outcomes(name: str, data: st.DataObject) -> None:
    records: list[Record] = [{"id": f"n{n}", "text": f"Story {n} of the harbour. " * 5} for n in range(6)]
    content = bytearray(CONTAINERS[name](records))
    at = data.draw(st.integers(0, len(content) - 1))
    content[at : at + data.draw(st.integers(1, 40))] = data.draw(st.binary(max_size=40))
    outcomes = read(name, bytes(content))
    assert outcomes
    assert read(name, bytes(content)) == outcomes


def test_order_of_reading_does_not_matter(tmp_path: Path) -> None:
    records: list[Record] = [{"text": f"Story {n}."} for n in range(5)] + [{"text": None}]
    for name, pack in CONTAINERS.items():
        (tmp_path / name).write_bytes(pack(records))
    files = list_inputs(tmp_path).files

    def read_all(order: tuple[InputFile, ...]) -> dict[str, list[RawArticle | Reject]]:
        return {file.uri: list(read_input(file, ReadOptions())) for file in order}

    assert read_all(files) == read_all(files[::-1])
    streams = {file.uri: read_input(file, ReadOptions()) for file in files}
    in_turns: dict[str, list[RawArticle | Reject]] = {file.uri: [] for file in files}
    for _ in records:
        for uri, stream in streams.items():
            in_turns[uri].append(next(stream))
    assert in_turns == read_all(files)
