from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from etl.document import MASK, build_document

BODY = "Ann Lee spoke first. “We won. Now,” she said.\n\nBo Ray left. 'Never,' he said."


def test_masked_text_keeps_marks_length_and_white_space() -> None:
    document = build_document(BODY)
    assert len(document.masked) == len(BODY)
    assert document.masked.startswith(f"Ann Lee spoke first. “{MASK * 2} {MASK * 4} {MASK * 4}” she said.")


def test_offsets_find_their_sentence_and_paragraph() -> None:
    document = build_document(BODY)
    for offset, char in enumerate(BODY):
        sentence = document.sentence_at(offset)
        if not char.isspace():
            assert sentence.start <= offset < sentence.end
            assert document.paragraphs[document.paragraph_at(offset)].start <= offset
            assert sentence.paragraph == document.paragraph_at(offset)


def test_quoted_characters_are_those_between_marks() -> None:
    document = build_document(BODY)
    quoted = "".join(char for offset, char in enumerate(BODY) if document.is_quoted(offset))
    assert quoted == "We won. Now,Never,"


def test_quoted_within_takes_what_begins_there() -> None:
    document = build_document(BODY)
    first, second = document.sentences[1], document.sentences[3]
    assert [span.start for span in document.quoted_within(first.start, first.end)] == [first.start]
    assert [span.start for span in document.quoted_within(second.start, second.end)] == [second.start]
    assert document.quoted_within(first.start + 1, second.start) == ()


def test_an_empty_body_has_no_layers() -> None:
    document = build_document("")
    assert (document.paragraphs, document.sentences, document.quoted, document.masked) == ((), (), (), "")


@given(st.text(st.sampled_from("ab A.?!\n“”\"'‘’«»„ \u00a0\ue000𝒳é…")))
def test_any_text_becomes_a_document(body: str) -> None:
    document = build_document(body)
    assert document == build_document(body)
    assert len(document.masked) == len(body)
    for offset, (char, masked) in enumerate(zip(body, document.masked, strict=True)):
        assert masked == (MASK if document.is_quoted(offset) and not char.isspace() else char)
