from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from etl.records import Quote

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parents[2] / "cases" / "quotes" / "layer.toml").read_text(encoding="utf-8")
)["case"]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_quotes_of_a_text(case: dict[str, Any], read_quotes: Callable[..., tuple[Quote, ...]]) -> None:
    quotes = read_quotes(case["text"], case.get("coverage", "full"))
    assert len(quotes) == len(case["quotes"]), [quote.text for quote in quotes]
    for quote, expected in zip(quotes, case["quotes"], strict=True):
        if "continues" in expected:
            expected = {**expected, "continues": quotes[expected["continues"]].quote_id}
        if "verbatim" in expected:
            expected = {**expected, "verbatim": tuple(expected["verbatim"])}
        assert {name: getattr(quote, name) for name in expected} == expected
