"""Metadata values: dates, languages and strings come to one form, or are named in an error."""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from etl.records import Metadata
from etl.sources import MetadataError, parse_metadata

CASES: dict[str, list[dict[str, Any]]] = tomllib.loads(
    (Path(__file__).parents[2] / "cases/sources/metadata.toml").read_text("utf-8")
)


@pytest.mark.parametrize("case", CASES["published"], ids=lambda case: case["value"])
def test_date_is_read(case: dict[str, Any]) -> None:
    metadata = parse_metadata({"published_at": case["value"]})
    at = case.get("at")
    assert metadata.published_at == at
    assert metadata.published_on == (at.date() if at else case.get("on"))
    assert at is None or metadata.published_at.tzinfo is UTC  # type: ignore[union-attr]


@pytest.mark.parametrize("case", CASES["unpublished"], ids=lambda case: str(case["value"]))
def test_value_that_gives_no_day_is_refused(case: dict[str, Any]) -> None:
    with pytest.raises(MetadataError) as caught:
        parse_metadata({"published_at": case["value"]})
    assert caught.value.column == "published_at"
    assert caught.value.value == str(case["value"])
    assert "published_at" in caught.value.reason


@pytest.mark.parametrize(
    ("value", "at", "on"),
    [
        (date(2024, 3, 5), None, date(2024, 3, 5)),
        (datetime(2024, 3, 5, 7), datetime(2024, 3, 5, 7, tzinfo=UTC), date(2024, 3, 5)),
        (None, None, None),
    ],
)
def test_typed_date_is_taken(value: object, at: datetime | None, on: date | None) -> None:
    metadata = parse_metadata({"published_at": value})
    assert (metadata.published_at, metadata.published_on) == (at, on)


@pytest.mark.parametrize("case", CASES["language"], ids=lambda case: case["value"])
def test_language_comes_to_its_code(case: dict[str, Any]) -> None:
    assert parse_metadata({"language": case["value"]}).language == case.get("code")


@pytest.mark.parametrize("case", CASES["unspoken"], ids=lambda case: str(case["value"]))
def test_unknown_language_is_refused(case: dict[str, Any]) -> None:
    with pytest.raises(MetadataError) as caught:
        parse_metadata({"language": case["value"]})
    assert (caught.value.column, caught.value.value) == ("language", str(case["value"]))


def test_strings_are_trimmed_and_folded_and_blank_ones_absent() -> None:
    record = {"outlet": " The  Harbour\nPost ", "title": "\t", "byline": None, "url": " https://example.org/a ", "n": 1}
    assert parse_metadata(record) == Metadata(outlet="The Harbour Post", url="https://example.org/a")


@pytest.mark.parametrize("field", ["outlet", "url", "title", "byline"])
@pytest.mark.parametrize("value", [12, ["A", "B"], {"name": "A"}, False, "half \ud83d"])
def test_what_is_no_string_is_refused(field: str, value: object) -> None:
    with pytest.raises(MetadataError) as caught:
        parse_metadata({field: value})
    assert caught.value.column == field
    assert caught.value.value is not None
    (caught.value.value + caught.value.reason).encode("utf-8")


def test_long_value_is_cut() -> None:
    with pytest.raises(MetadataError) as caught:
        parse_metadata({"published_at": "x" * 10_000})
    assert len(str(caught.value.value)) == 200
    assert len(caught.value.reason) < 300
