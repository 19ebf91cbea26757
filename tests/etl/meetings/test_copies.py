"""Sentences that are the same or nearly so."""

from __future__ import annotations

import pytest

from etl.meetings.copies import SAME, SIMILAR, Copies, compare_sentences, sketch_sentences

LONG = "the minister of harbours thanked her guest for the pilots who had kept the strait open all through the winter"


@pytest.mark.parametrize(
    ("other", "likeness"),
    [
        (LONG, SAME),
        (LONG.replace("her guest", "the governor"), SIMILAR),
        (f"on monday {LONG}", SIMILAR),
        (
            "the minister of harbours thanked the crews of the ferries for a summer without one accident in the port",
            None,
        ),
        ("the minister thanked her guest", None),
    ],
)
def test_sentences_are_the_same_or_similar_or_neither(other: str, likeness: str | None) -> None:
    assert compare_sentences(LONG, other) == compare_sentences(other, LONG) == likeness


def test_short_sentences_are_the_same_or_nothing() -> None:
    assert compare_sentences("the two met in the old town hall", "the two met in the old town") is None
    assert compare_sentences("the two met", "the two met") == SAME


def test_meetings_are_found_by_their_sentences_also_after_they_have_moved() -> None:
    copies = Copies(crowd=3)
    copies.add(1, sketch_sentences([LONG]))
    copies.add(2, sketch_sentences(["the two met in the old town hall"]))
    similar = f"on monday {LONG}"
    assert copies.find(sketch_sentences([similar, "the two met in the old town hall"])) == {1: SIMILAR, 2: SAME}
    copies.move(1, 2)
    assert copies.find(sketch_sentences([similar])) == {2: SIMILAR}
    assert copies.find(sketch_sentences([similar, LONG])) == {2: SAME}


def test_what_stands_everywhere_is_passed_over() -> None:
    copies = Copies(crowd=3)
    for number in range(4):
        copies.add(number, sketch_sentences([LONG]))
    assert copies.find(sketch_sentences([LONG])) == {}
