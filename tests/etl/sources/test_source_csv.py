"""A .csv file: rows of any delimiter and quoting, broken rows cost only themselves."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pyarrow as pa
import pytest

from etl.records import Metadata, RawArticle


def test_csv_rows_become_articles(raw: Any) -> None:
    content = (
        "\ufeffid, text ,published_at,title,other\r\n"
        'n1,"He said ""no"",\r\n\r\nthen left.",2024-03-05T10:00:00+02:00,,x\r\n'
        "\r\n"
        ",short,,A title,\r\n"
        "n3,,,,\r\n"
        "n4,unquoted, and so, too, many, cells\r\n"
        "n5,last\r\n"
    )
    outcomes = raw.read(raw.write("a.csv", content))
    at = datetime(2024, 3, 5, 8, tzinfo=UTC)
    metadata = Metadata(published_at=at, published_on=date(2024, 3, 5))
    assert outcomes[0] == RawArticle("a.csv#n1", 'He said "no",\n\nthen left.', metadata)
    assert outcomes[1] == RawArticle("a.csv#2", "short", Metadata(title="A title"))
    assert raw.name_checks(outcomes[2:]) == [
        ("a.csv#n3", "missing_text"),
        ("a.csv#4", "malformed_row"),
        ("a.csv#n5", "ok"),
    ]
    assert "row 4 (line 8)" in outcomes[3].reason


def test_badly_quoted_row_costs_only_itself(raw: Any) -> None:
    content = 'id,text\n1,"He said "no" and left.\n\nThen "maybe" came."\n2,"fine, this one"\n3,"never closed\n4,x\n'
    outcomes = raw.read(raw.write("a.csv", content))
    checks = [("a.csv#1", "malformed_csv"), ("a.csv#2", "ok"), ("a.csv#3", "malformed_csv")]
    assert raw.name_checks(outcomes) == checks
    assert "row 3 (line 6)" in outcomes[2].reason


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiter_is_the_one_that_gives_a_text_column(raw: Any, delimiter: str) -> None:
    content = f'id{delimiter}text\n1{delimiter}"a, b; c | d"\n'
    assert raw.read(raw.write("a.csv", content)) == [RawArticle("a.csv#1", "a, b; c | d")]


def test_long_csv_row_is_one_reject(raw: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etl.sources.csv_file.MAX_OTHER_BYTES", 100)
    content = "text\none\n" + '"' + "long\n" * 10_000 + '"\nthree\n' + "y" * 150 + "\nfive\n" + '"' + "open\n" * 1000
    checks = raw.check(raw.write("a.csv", content), max_article_chars=10)
    expected = ["ok", "too_large", "ok", "too_large", "ok", "too_large"]
    assert checks == [(f"a.csv#{n}", check) for n, check in enumerate(expected, 1)]


def test_csv_cell_beyond_the_csv_modules_own_limit_is_read(raw: Any) -> None:
    [article] = raw.read(raw.write("a.csv", "text\n" + "word " * 60_000))
    assert isinstance(article, RawArticle)
    assert len(article.text) == 300_000


@pytest.mark.parametrize("encoding", ["utf-16", "windows-1252"])
def test_csv_is_read_in_other_encodings(raw: Any, encoding: str) -> None:
    content = 'text,outlet\r\n"The café’s story,\r\nin two lines.",Harbour Post\r\n'
    [article] = raw.read(raw.write("a.csv", content.encode(encoding)))
    assert article == RawArticle("a.csv#1", "The café’s story,\nin two lines.", Metadata("Harbour Post"))


def test_header_without_rows_is_no_input(raw: Any) -> None:
    assert raw.read(raw.write("a.csv", "id,text\n")) == []
    assert raw.read(raw.write_table({"text": pa.array([], pa.string())})) == []
