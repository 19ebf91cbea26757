from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.document import build_document
from etl.sentences import load_abbreviations

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parents[1] / "cases" / "quotes" / "sentences.toml").read_text(encoding="utf-8")
)["case"]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_sentences_end_where_readers_end_them(case: dict[str, Any]) -> None:
    document = build_document(case["text"])
    assert [document.body[start:end] for start, end, _ in document.sentences] == case["sentences"]


@pytest.mark.parametrize("title", sorted(load_abbreviations().titles))
def test_no_title_ends_a_sentence(title: str) -> None:
    assert len(build_document(f"They met {title}. Brandt there.").sentences) == 1


@given(
    st.lists(
        st.sampled_from(["He said", "“", ".”", '"', ". ", "? ", " Mr. ", "U.S. ", "Ann ", "\n\n", "…", "x", " (", ")"])
    )
)
def test_sentences_hold_every_visible_character_once(parts: list[str]) -> None:
    text = "".join(parts)
    document = build_document(text)
    covered = "".join(document.body[start:end] for start, end, _ in document.sentences)
    assert "".join(covered.split()) == "".join(text.split())
    numbers = [sentence.paragraph for sentence in document.sentences]
    assert numbers == sorted(numbers)
