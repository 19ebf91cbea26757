"""A .txt file is one article or one reject; its sidecar gives the metadata."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from etl.records import Metadata, RawArticle, Reject
from etl.sources import list_inputs

STORY = "Castellan, 4 May - The ferry resumed service on Tuesday.\n\nNobody was hurt."


def test_text_is_read_as_it_stands(raw: Any) -> None:
    text = "Title\u00a0here\n\n  “Quote”\u2028and soft\u00adhyphen\t\n"
    file = raw.write("a.txt", "\ufeff" + text.replace("\n", "\r\n"))
    assert raw.read(file) == [RawArticle("a.txt", text)]


@pytest.mark.parametrize(
    ("content", "check"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (" \r\n\t\u00a0\u200b\u2060\u3000\n".encode(), "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "binary"),
        (b"\x01\x02\x03 text", "binary"),
        (b"\xef\xbb\xbfcaf\xe9", "undecodable"),
        (b"x" * 101, "too_large"),
        ("é" * 101, "too_large"),
        (b"x" * 5000, "too_large"),
    ],
)
def test_unusable_text_is_one_reject(raw: Any, content: bytes | str, check: str) -> None:
    assert raw.check(raw.write("a.txt", content), max_article_chars=100) == [("a.txt", check)]


def test_text_of_just_the_allowed_size_is_read(raw: Any) -> None:
    file = raw.write("a.txt", "𝄞" * 100)
    assert raw.read(file, max_article_chars=100) == [RawArticle("a.txt", "𝄞" * 100)]


def test_huge_text_is_not_read_whole(raw: Any) -> None:
    path = raw.path / "a.txt"
    with path.open("wb") as stream:
        stream.truncate(1 << 40)  # a terabyte, sparse
    [file] = list_inputs(path).files
    assert raw.check(file, max_article_chars=1000) == [("a.txt", "too_large")]


def test_encoding_setting_holds_for_its_sources(raw: Any) -> None:
    data = "Посол прибыл".encode("koi8-r")
    options = {"encodings": (("b.*", "koi8-r"),)}
    assert raw.read(raw.write("b.txt", data), **options) == [RawArticle("b.txt", "Посол прибыл")]
    assert raw.check(raw.write("a.txt", data), **options) == [("a.txt", "undecodable")]


def test_sidecar_gives_the_metadata(raw: Any) -> None:
    sidecar = {"outlet": "Harbour Post", "published_at": "2024-03-05", "language": "en-GB", "title": None, "extra": [1]}
    (raw.path / "a.meta.json").write_text(json.dumps(sidecar))
    [article] = raw.read(raw.write("a.txt", STORY))
    assert article == RawArticle("a.txt", STORY, Metadata("Harbour Post", published_on=date(2024, 3, 5), language="en"))


@pytest.mark.parametrize(
    ("sidecar", "check", "column"),
    [
        (b"", "malformed_sidecar", None),
        (b"{outlet: Harbour Post}", "malformed_sidecar", None),
        (b'["Harbour Post"]', "malformed_sidecar", None),
        (b"\x00\x01\x02", "malformed_sidecar", None),
        (b" " * 1_000_001, "malformed_sidecar", None),
        (b'{"published_at": "soon"}', "bad_metadata", "published_at"),
        (b'{"outlet": {"name": "Harbour Post"}}', "bad_metadata", "outlet"),
    ],
)
def test_bad_sidecar_rejects_its_text(raw: Any, sidecar: bytes, check: str, column: str | None) -> None:
    (raw.path / "a.meta.json").write_bytes(sidecar)
    [reject] = raw.read(raw.write("a.txt", STORY))
    assert isinstance(reject, Reject)
    assert (reject.source_uri, reject.check, reject.column) == ("a.txt", check, column)
    assert reject.reason.startswith("a.meta.json: ")


def test_dangling_sidecar_rejects_its_text(raw: Any) -> None:
    (raw.path / "a.meta.json").symlink_to("nothing")
    (raw.path / "a.txt").write_text(STORY)
    listing = list_inputs(raw.path)
    assert listing.rejects == ()
    assert raw.check(listing.files[0]) == [("a.txt", "vanished")]
