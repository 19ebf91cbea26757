from __future__ import annotations

import time
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.document import build_document, split_paragraphs
from etl.marks import QuotedSpan, find_quoted

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parents[1] / "cases" / "quotes" / "marks.toml").read_text(encoding="utf-8")
)["case"]

MARKED_TEXT = st.lists(
    st.sampled_from(
        ["“", "”", '"', "''", "``", "„", "«", "»", "‘", "’", "'", "＂", " ", ". ", ", ", "\n\n", "word", "Ann", "s"]
    )
).map("".join)


def read_quoted(text: str) -> tuple[QuotedSpan, ...]:
    return find_quoted(text, split_paragraphs(text))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_marks_pair_as_readers_pair_them(case: dict[str, Any]) -> None:
    text = case["text"]
    assert [[text[a:b] for a, b in quoted.pieces] for quoted in read_quoted(text)] == case["stretches"]


def test_an_unclosed_quote_says_so() -> None:
    closed, unclosed = read_quoted("“One.” She said: “Two.")
    assert closed.closed
    assert not unclosed.closed
    assert unclosed.end == len("“One.” She said: “Two.")


@given(MARKED_TEXT)
def test_any_marks_give_sorted_stretches_with_words(text: str) -> None:
    end = 0
    for quoted in read_quoted(text):
        assert end <= quoted.start < quoted.end <= len(text)
        end = quoted.end
        inner = quoted.start
        for piece in quoted.pieces:
            assert inner < piece.start < piece.end <= quoted.end
            assert text[piece.start : piece.end].strip() == text[piece.start : piece.end]
            inner = piece.end


PATHOLOGICAL = ("“never closed. 'single \"twice ", "'a ", '"x “y. ', "‘One.’ Bo said x ", "“a” ", "'the boys' \"a\" ")


@pytest.mark.parametrize("unit", PATHOLOGICAL)
def test_time_is_linear_in_the_length(unit: str) -> None:
    def measure(repeats: int) -> float:
        text = unit * repeats
        start = time.process_time()
        build_document(text)
        return time.process_time() - start

    measure(100)
    assert measure(20_000) < 50 * max(measure(2_000), 0.002)
