"""A .jsonl file: broken lines cost only themselves, in any encoding."""

from __future__ import annotations

import json
from typing import Any

import pytest

from etl.records import RawArticle, Reject

STORY = "Castellan, 4 May - The ferry resumed service on Tuesday.\n\nNobody was hurt."


def test_broken_lines_cost_only_themselves(raw: Any) -> None:
    content = raw.pack_lines(
        {"id": "one", "text": STORY, "outlet": "Harbour Post"},
        '{"id": "two", "text": "cut off',
        "",
        {"id": 4, "text": STORY},
        {"text": STORY},
        ["no", "object"],
        {"id": "seven"},
        {"id": "eight", "text": None},
        {"id": "nine", "text": 9},
        {"id": "ten", "text": " \u200b "},
        {"id": "eleven", "text": "x", "published_at": "soon"},
        {"id": ["twelve"], "text": "x"},
        {"id": None, "text": "last", "title": ""},
    )
    assert raw.check(raw.write("a.jsonl", content)) == [
        ("a.jsonl#one", "ok"),
        ("a.jsonl#2", "malformed_json"),
        ("a.jsonl#4", "ok"),
        ("a.jsonl#5", "ok"),
        ("a.jsonl#6", "not_an_object"),
        ("a.jsonl#seven", "missing_text"),
        ("a.jsonl#eight", "missing_text"),
        ("a.jsonl#nine", "missing_text"),
        ("a.jsonl#ten", "empty"),
        ("a.jsonl#eleven", "bad_metadata"),
        ("a.jsonl#12", "bad_metadata"),
        ("a.jsonl#13", "ok"),
    ]


def test_reject_names_field_and_value(raw: Any) -> None:
    [reject] = raw.read(raw.write_lines({"text": "x", "published_at": "soon"}))
    assert reject == Reject(
        source_uri="a.jsonl#1",
        stage="read",
        check="bad_metadata",
        reason="a.jsonl, line 1: published_at 'soon' is no date that can be read; "
        "write it as 2024-03-05 or 2024-03-05T10:00:00Z.",
        column="published_at",
        value="soon",
    )


def test_second_telling_of_a_record_is_rejected(raw: Any) -> None:
    content = raw.pack_lines(
        {"id": 1, "text": STORY}, {"id": 1, "text": STORY + "!"}, {"id": "1", "text": STORY}, {"text": STORY}
    )
    assert raw.check(raw.write("a.jsonl", content)) == [
        ("a.jsonl#1", "ok"),
        ("a.jsonl#1", "ok"),
        ("a.jsonl#1", "duplicate"),
        ("a.jsonl#4", "ok"),
    ]


@pytest.mark.parametrize(
    ("line", "check"),
    [
        ('{"text": "half \\ud83d of it"}', "undecodable"),
        ('{"text": "x", "outlet": "half \\ud83d"}', "bad_metadata"),
        ('{"text": "x", "id": "half \\ud83d"}', "bad_metadata"),
        ('{"text": "' + "x" * 101 + '"}', "too_large"),
        ('{"text": "' + "\\u0001" * 50 + '"}', "binary"),
        ("[" * 100_000, "malformed_json"),
        ('{"text": ' + "9" * 5000 + "}", "malformed_json"),
        ('{"text": "x"} {"text": "y"}', "malformed_json"),
        ("NaN", "not_an_object"),
    ],
)
def test_odd_json_is_one_reject(raw: Any, line: str, check: str) -> None:
    file = raw.write_lines({"text": "first"}, line, {"text": "last"})
    outcomes = raw.read(file, max_article_chars=100)
    assert raw.name_checks(outcomes) == [("a.jsonl#1", "ok"), ("a.jsonl#2", check), ("a.jsonl#3", "ok")]


def test_surrogate_pairs_stray_nuls_and_raw_tabs_are_kept(raw: Any) -> None:
    line = '{"text": "\\ud83d\\ude00 smile,\ttab, a stray \\u0000 in a text that is long enough"}'
    [article] = raw.read(raw.write("a.jsonl", line))
    assert isinstance(article, RawArticle)
    assert article.text == "😀 smile,\ttab, a stray \x00 in a text that is long enough"


def test_line_ends_inside_a_record_become_line_feeds(raw: Any) -> None:
    [article] = raw.read(raw.write_lines({"text": "\ufeffone\r\ntwo\rthree\u2028four"}))
    assert isinstance(article, RawArticle)
    assert article.text == "one\ntwo\nthree\u2028four"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "windows-1252"])
def test_jsonl_is_read_in_any_encoding(raw: Any, encoding: str) -> None:
    records = [{"id": n, "text": f"The café’s story, number {n}."} for n in range(3)]
    content = "\r\n".join(json.dumps(record, ensure_ascii=False) for record in records)
    outcomes = raw.read(raw.write("a.jsonl", content.encode(encoding)))
    assert outcomes == [RawArticle(f"a.jsonl#{r['id']}", str(r["text"])) for r in records]


def test_lone_surrogate_in_utf16_costs_one_record(raw: Any) -> None:
    lines = [raw.pack_lines({"text": "one"}), '{"text": "half \ud83d"}\n', raw.pack_lines({"text": "three"})]
    data = b"\xff\xfe" + "".join(lines).encode("utf-16-le", "surrogatepass")
    checks = raw.check(raw.write("a.jsonl", data))
    assert checks == [("a.jsonl#1", "ok"), ("a.jsonl#2", "undecodable"), ("a.jsonl#3", "ok")]


def test_utf16_that_ends_in_mid_character_keeps_what_came_before(raw: Any) -> None:
    data = (raw.pack_lines({"text": "one"}, {"text": "two"})).encode("utf-16")[:-1]
    outcomes = raw.read(raw.write("a.jsonl", data))
    assert raw.name_checks(outcomes)[0] == ("a.jsonl#1", "ok")
    assert raw.name_checks(outcomes)[-1][1] in {"undecodable", "malformed_json"}
    assert len(outcomes) == 2


def test_undecodable_line_costs_one_record(raw: Any) -> None:
    data = (
        raw.pack_lines({"text": "one"}).encode()
        + b'{"text": "\x81\x8d"}\n'
        + raw.pack_lines({"text": "three"}).encode()
    )
    checks = raw.check(raw.write("a.jsonl", data))
    assert checks == [("a.jsonl#1", "ok"), ("a.jsonl#2", "undecodable"), ("a.jsonl#3", "ok")]


def test_endless_line_is_one_reject(raw: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etl.sources.jsonl_file.MAX_OTHER_BYTES", 100)
    lines = raw.pack_lines({"text": "one"}, {"text": "y" * 50_000}, {"text": "three"})
    checks = raw.check(raw.write("a.jsonl", lines), max_article_chars=10)
    assert checks == [("a.jsonl#1", "ok"), ("a.jsonl#2", "too_large"), ("a.jsonl#3", "ok")]
