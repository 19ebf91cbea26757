from __future__ import annotations

from pathlib import Path

import pytest

from etl.pipeline import IngestRequest, ingest
from flows.article_view import find_article
from flows.command import main

TEXT = """News / Europe

Kask and Arnason meet in Tallinn

Estonian Prime Minister Tarmo Kask met Icelandic Prime Minister Hildur Arnason in Tallinn on 14 October 2025.

“We agree on cables,” Kask said.

SHARE THIS ARTICLE
"""


@pytest.fixture
def article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The source_uri of the one article in the warehouse of the working directory."""
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw/talk.txt").write_text(TEXT)
    (tmp_path / "raw/other.txt").write_text("The ferry to the islands sailed on time, said its captain.")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "160")
    ingest(IngestRequest(raw=Path("raw"), warehouse=Path("warehouse"), workers=1))
    return "talk.txt"


def test_article_is_shown_in_reading_order_with_its_facts(article: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", article]) == 0
    shown = capsys.readouterr().out
    texts = ("News / Europe", "Estonian Prime Minister Tarmo", "We agree", "SHARE THIS")
    places = [shown.index(text) for text in texts]
    assert places == sorted(places)
    facts = ("direct: Tarmo Kask", "quotes/direct-cue-after", "2025-10-14", "mentions/met")
    for told in ("breadcrumb", "share", *facts):
        assert told in shown


def test_part_of_the_name_is_enough(article: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "talk"]) == 0
    assert "Kask and Arnason meet" in capsys.readouterr().out


def test_path_of_the_raw_file_is_enough(article: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", f"raw/{article}"]) == 0
    assert "published: unknown" in (shown := capsys.readouterr().out)
    assert "Kask and Arnason meet" in shown


@pytest.mark.parametrize(("wanted", "said"), [("nothing", "No article"), (".txt", "2 articles")])
def test_name_of_none_or_several_is_refused(
    article: str, wanted: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["show", wanted]) == 1
    assert said in capsys.readouterr().err


def test_page_holds_the_same(article: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", article, "--html", "page.html"]) == 0
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "direct: " in page
    assert "<title>Kask and Arnason meet in Tallinn</title>" in page
    assert main(["show", article, "--html", "nowhere/page.html"]) == 1
    assert "nowhere" in capsys.readouterr().err


def test_exact_name_wins_over_a_part_of_another(build_table) -> None:
    articles = build_table("articles", {"source_uri": "a.txt"}, {"source_uri": "b/a.txt", "article_id": "b" * 16})
    assert [row["source_uri"] for row in find_article(articles, "a.txt")] == ["a.txt"]


def test_path_means_the_longest_name_that_ends_it(build_table) -> None:
    articles = build_table("articles", {"source_uri": "a.txt"}, {"source_uri": "b/a.txt", "article_id": "b" * 16})
    assert [row["source_uri"] for row in find_article(articles, "raw/b/a.txt")] == ["b/a.txt"]
    assert [row["source_uri"] for row in find_article(articles, "raw/c/a.txt")] == ["a.txt"]
    assert not find_article(articles, "raw/ba.txt")
