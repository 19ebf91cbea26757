from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.hygiene import clean_characters, clean_regular, fold_line_feeds, fold_regular, is_regular

CASES = [
    ("plain text stays", "plain text stays"),
    ("a\u00a0b\u202fc\u2009 d\te", "a b c d e"),
    ("  outer blanks \n\n next  line ", "outer blanks\n\nnext line"),
    ("cafe\u0301", "caf\u00e9"),
    ("co\u00adope\u00adra\u00adtion", "cooperation"),
    ("\u200eleft\u200f to \u202aright\u202c", "left to right"),
    ("zero\u200bwidth\ufeff", "zerowidth"),
    ("Pe\u00c3\u00b1a met Jos\u00c3\u00a9", "Pe\u00f1a met Jos\u00e9"),
    ("Pen\u0303a with A\u0303\u00b1", "Pe\u00f1a with \u00f1"),
    ("she said \u00e2\u20ac\u0153yes\u00e2\u20ac\u009d", "she said \u201cyes\u201d"),
    (
        "\u201ccurly\u201d \u2018quotes\u2019 and \u00abguillemets\u00bb stay",
        "\u201ccurly\u201d \u2018quotes\u2019 and \u00abguillemets\u00bb stay",
    ),
    ("N\u00c3O \u00e9 mojibake", "N\u00c3O \u00e9 mojibake"),
    ("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"),
    ("ellipsis \u2026 and \ufb01 ligature stay", "ellipsis \u2026 and \ufb01 ligature stay"),
]


@pytest.mark.parametrize(("raw", "clean"), CASES)
def test_characters_are_cleaned(raw: str, clean: str) -> None:
    assert clean_characters(raw) == clean


@pytest.mark.parametrize("line", ["Ð½Ðµ Ñ€Ð°Ð±Ð ÑƒÑ Ð° Ã", "Â£5 â€ž yes â€ no Ã¢Â€"])
def test_mojibake_that_can_only_be_half_repaired_is_kept(line: str) -> None:
    assert clean_characters(line) == line


odd = st.text(
    alphabet=st.sampled_from(
        'aé\u0301\u00ad\u200b\u00c3\u00a9\u00b1\u00e2\u20ac\u0153 \u00a0\n\u200e\u0645\u200c"\u201c.\ufeff'
    )
)


@given(st.one_of(st.text(), odd))
def test_cleaning_is_idempotent(text: str) -> None:
    once = clean_characters(text)
    assert clean_characters(once) == once


@given(st.one_of(st.text(), odd))
def test_lines_stay_lines_and_quotation_marks_stay(text: str) -> None:
    clean = clean_characters(text)
    assert clean.count("\n") == text.count("\n")
    assert clean.count('"') >= text.count('"')


@given(st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=126)))
def test_ascii_changes_only_in_its_blanks(text: str) -> None:
    assert clean_characters(text) == " ".join(text.split())


@given(st.one_of(st.text(), odd, st.text(alphabet=st.sampled_from("a\u00e9\u2019\u201c \u00a0\n\u0439\u0338\u0301"))))
def test_regular_text_needs_no_more_than_folded_blanks(text: str) -> None:
    if is_regular(text):
        assert clean_regular(text) == clean_characters(text)
        assert fold_regular(text) == fold_line_feeds(text)
