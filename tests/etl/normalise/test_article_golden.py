"""Whole articles in our own words, each with the columns, parts and body that it must give."""

from __future__ import annotations

import gzip
import itertools
import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from etl.hygiene import clean_characters
from etl.normalise import load_line_rules, normalise_article
from etl.records import Article, RawArticle

GOLDEN = Path(__file__).parents[2] / "golden"
SHARED = Path(__file__).parents[4] / "shared"
COLUMNS = (
    "outlet",
    "title",
    "byline",
    "dateline_place",
    "dateline_agency",
    "published_on",
    "published_at",
    "reference_date",
)
VERSION = "0" * 12


def normalise(text: str, uri: str = "a.txt") -> Article:
    return normalise_article(RawArticle(uri, text), load_line_rules(), VERSION)


def cut_parts(text: str, article: Article) -> str:
    """The text without the ranges of the parts; fails where they overlap or are out of order."""
    rest, at = [], 0
    for number, part in enumerate(article.parts):
        assert part.part == number
        assert at <= part.raw_start < part.raw_end
        assert part.line_start == 1 + text.count("\n", 0, part.raw_start)
        assert part.line_end == 1 + text.count("\n", 0, part.raw_end - 1)
        rest.append(text[at : part.raw_start])
        at = part.raw_end
    return "".join([*rest, text[at:]])


def assert_lossless(text: str, article: Article) -> None:
    assert "".join(clean_characters(cut_parts(text, article)).split()) == "".join(article.body.split())


def write_golden(name: str) -> None:
    """Writes what the article tests/golden/<name>.txt gives beside it, in the form that the test reads."""
    article = normalise((GOLDEN / f"{name}.txt").read_text(encoding="utf-8"), f"{name}.txt")
    said = {c: getattr(article, c) for c in COLUMNS} | {"section": list(article.section) or None}
    said |= {"reference_basis": article.reference_basis, "language": article.language}
    lines = [f"{key} = {write_value(value)}" for key, value in said.items() if value is not None]
    lines += ["parts = [", *(f"    {write_value([part.kind, part.text])}," for part in article.parts), "]"]
    body = article.body.replace("\\", "\\\\").replace('"""', '""\\"')
    lines.append(f'body = """\n{body}"""')
    (GOLDEN / f"{name}.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_value(value: object) -> str:
    """The TOML of a text, a list of texts, a date or a time."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str | list) else str(value)


def read_golden(name: str) -> tuple[str, dict[str, Any]]:
    text = (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")
    return text, tomllib.loads((GOLDEN / f"{name}.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", sorted(path.stem for path in GOLDEN.glob("*.txt")))
def test_article_is_as_the_golden_file_says(name: str, pytestconfig: pytest.Config) -> None:
    if not (GOLDEN / f"{name}.toml").exists():
        assert pytestconfig.getoption("--write-golden"), f"{name}.toml is missing: `make golden` writes it"
        write_golden(name)
    text, want = read_golden(name)
    article = normalise(text, f"{name}.txt")
    assert [[part.kind, part.text] for part in article.parts] == want["parts"]
    assert article.body == want["body"].strip()
    assert {c: getattr(article, c) for c in COLUMNS} == {c: want.get(c) for c in COLUMNS}
    assert list(article.section) == want.get("section", [])
    assert article.reference_basis == want["reference_basis"]
    assert article.language == want["language"]
    assert article.coverage == ("full" if want["language"] == "en" else "marks_only")
    assert_lossless(text, article)


def test_caption_has_its_credit() -> None:
    article = normalise(read_golden("breadcrumb")[0])
    assert [part.credit for part in article.parts if part.kind == "caption"] == ["KBN"]


def test_normalising_the_body_again_changes_nothing() -> None:
    for name in ("one_line", "lines", "wrapped"):
        body = normalise(read_golden(name)[0]).body
        assert normalise(body).body == body


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared texts are not here")
@pytest.mark.parametrize("folder", ["seeds", "corpora/dev"])
def test_nothing_of_a_shared_text_is_lost(folder: str) -> None:
    paths = sorted((SHARED / folder).glob("*.txt"))
    assert paths
    for path in paths:
        text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        assert_lossless(text, normalise(text, path.name))


RECORDS = [
    "bench/lines/dev.copy",
    "bench/lines/dev.page",
    "bench/polnear/dev",
    "corpora/tehran-times",
    "corpora/white-house",
]


def assert_records_lossless(name: str, step: int) -> None:
    with gzip.open(SHARED / f"{name}.jsonl.gz", "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in itertools.islice(lines, 0, None, step)]
    assert records
    for number, record in enumerate(records):
        text = record.get("text") or record["raw_text"]
        assert_lossless(text, normalise(text, f"{name}#{number}"))


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared texts are not here")
@pytest.mark.parametrize("name", RECORDS)
def test_nothing_of_a_shared_record_is_lost(name: str) -> None:
    assert_records_lossless(name, 20)


@pytest.mark.slow
@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared texts are not here")
@pytest.mark.parametrize("name", RECORDS)
def test_nothing_of_any_shared_record_is_lost(name: str) -> None:
    assert_records_lossless(name, 1)


def test_golden_file_that_is_written_says_what_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(globals(), "GOLDEN", tmp_path)
    lead = "The quay of Lamu was opened on Sunday, and the mayor said “\\###” was its name."
    text = f"News / Kenya\n\nQuay opens in Lamu\n\n{lead}\n\n###\n"
    (tmp_path / "quay.txt").write_text(text, encoding="utf-8")
    write_golden("quay")
    written = read_golden("quay")[1]
    article = normalise(text, "quay.txt")
    assert written["parts"] == [[part.kind, part.text] for part in article.parts]
    assert (written["body"], written["title"], written["section"]) == (
        article.body,
        article.title,
        list(article.section),
    )
