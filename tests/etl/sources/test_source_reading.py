"""What holds for every kind of file: vanished, barred, empty, damaged; and that reading streams."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import zstandard

from etl.records import RawArticle, Reject
from etl.sources import ReadOptions, read_input


def write_numbers(n: int) -> str:
    """Digits that do not pack well, so that the file is long enough to be cut."""
    return " ".join(str((n * 7919 + k * 104729) ** 3) for k in range(12))


CONTENTS = {
    "a.txt": b"x",
    "a.jsonl": b"{}",
    "a.jsonl.gz": gzip.compress(b"{}", mtime=0),
    "a.jsonl.zst": zstandard.compress(b"{}"),
    "a.csv": b"text\nx",
    "a.parquet": b"x",
}


@pytest.mark.parametrize("name", CONTENTS)
def test_file_that_vanishes_before_it_is_read_is_one_reject(raw: Any, name: str) -> None:
    file = raw.write(name, CONTENTS[name])
    file.path.unlink()
    assert raw.check(file) == [(name, "vanished")]


@pytest.mark.parametrize("name", CONTENTS)
def test_folder_in_the_place_of_a_file_is_one_reject(raw: Any, name: str) -> None:
    file = raw.write(name, CONTENTS[name])
    file.path.unlink()
    file.path.mkdir()
    [reject] = raw.read(file)
    assert raw.name_checks([reject]) == [(name, "unreadable")]
    assert "Is a directory" in reject.reason


@pytest.mark.parametrize("name", CONTENTS)
def test_file_that_may_not_be_read_is_one_reject(raw: Any, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    file = raw.write(name, CONTENTS[name])

    def refuse(path: Path, *_: object, **__: object) -> object:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "open", refuse)
    [reject] = raw.read(file)
    assert raw.name_checks([reject]) == [(name, "unreadable")]
    assert "Permission denied" in reject.reason


@pytest.mark.parametrize(
    ("name", "content", "check"),
    [
        ("a.jsonl", b"", "empty"),
        ("a.jsonl", b"\n \r\n\xef\xbb\xbf\n", "empty"),
        ("a.jsonl.gz", gzip.compress(b"", mtime=0), "empty"),
        ("a.jsonl.zst", b"", "empty"),
        ("a.jsonl", bytes(range(256)) * 20, "binary"),
        ("a.jsonl.gz", b'{"text": "not packed"}', "corrupt"),
        ("a.jsonl.zst", b'{"text": "not packed"}', "corrupt"),
        ("a.csv", b"", "empty"),
        ("a.csv", b"\n\n", "empty"),
        ("a.csv", b"id,body\n1,x\n", "missing_text"),
        ("a.csv", b"text,outlet,text\nx,y,z\n", "ambiguous_column"),
        ("a.csv", b'"text,id\nx,1\n', "malformed_csv"),
        ("a.csv", bytes(range(256)) * 20, "binary"),
        ("a.parquet", b"", "corrupt"),
        ("a.parquet", b"PAR1 and nothing more PAR1", "corrupt"),
    ],
)
def test_file_without_records_is_one_reject(raw: Any, name: str, content: bytes, check: str) -> None:
    assert raw.check(raw.write(name, content)) == [(name, check)]


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.jsonl.zst"])
def test_cut_stream_keeps_what_came_before_and_tells_the_line(raw: Any, name: str) -> None:
    lines = raw.pack_lines(*({"id": n, "text": f"{n}: {write_numbers(n)}"} for n in range(4000))).encode()
    packed = gzip.compress(lines) if name.endswith("gz") else zstandard.compress(lines)
    *articles, reject = raw.read(raw.write(name, packed[: len(packed) * 2 // 3]))
    assert raw.name_checks(articles) == [(f"{name}#{n}", "ok") for n in range(len(articles))]
    assert 1000 < len(articles) < 4000
    assert isinstance(reject, Reject)
    assert (reject.source_uri, reject.check) == (name, "corrupt")
    assert f"from line {len(articles) + 1} on" in reject.reason


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.jsonl.zst"])
def test_stream_of_several_members_is_read_whole(raw: Any, name: str) -> None:
    pack = gzip.compress if name.endswith("gz") else zstandard.compress
    content = b"".join(pack(raw.pack_lines({"id": n, "text": "x"}).encode()) for n in range(3))
    assert raw.check(raw.write(name, content)) == [(f"{name}#{n}", "ok") for n in range(3)]


def test_first_record_comes_before_the_last_is_read(raw: Any) -> None:
    file = raw.write_lines({"text": "one"}, "broken")
    outcomes: Iterator[RawArticle | Reject] = read_input(file, ReadOptions())
    assert isinstance(next(outcomes), RawArticle)
    file.path.unlink()
    assert isinstance(next(outcomes), Reject)
