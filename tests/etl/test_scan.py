"""The scanner: true offsets, word boundaries, case, longest hits, spellings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.scan import SHIELD, Entry, Scanner, fold_text

ENTRIES = [
    Entry("Mara Velen", "person", "mara-velen"),
    Entry("Ümit Çağlayan", "person", "umit-caglayan"),
    Entry("Omar al-Ja'fari", "person", "omar-al-jafari"),
    Entry("foreign minister", "role", "foreign minister", cased=False),
    Entry("deputy foreign minister", "role", "deputy foreign minister", cased=False),
    Entry("minister", "role", "minister", cased=False),
    Entry("US", "country", "USA"),
    Entry("U.S.", "country", "USA"),
    Entry("America", "country", "USA"),
    Entry("Latin America", "country", SHIELD),
    Entry("Springfield", "city", "1"),
    Entry("Springfield", "city", "2"),
]
SCANNER = Scanner(ENTRIES)
KINDS = ("person", "role", "country", "city")


def find(text: str, kind: str) -> list[tuple[str, str]]:
    return [(text[hit.start : hit.end], hit.value) for hit in SCANNER.scan(text).of(kind)]


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("Mara Velen spoke.", "person", [("Mara Velen", "mara-velen")]),
        ("MARA VELEN SPOKE", "person", [("MARA VELEN", "mara-velen")]),
        ("Mara Velen’s aide", "person", [("Mara Velen", "mara-velen")]),
        ("mara velen", "person", []),
        ("Mara Velensson", "person", []),
        ("Mara Velen'ka", "person", []),
        (
            "Umit Caglayan and Ümit Çağlayan",
            "person",
            [("Umit Caglayan", "umit-caglayan"), ("Ümit Çağlayan", "umit-caglayan")],
        ),
        ("Omar al‑Ja’fari", "person", [("Omar al‑Ja’fari", "omar-al-jafari")]),
        ("the Deputy Foreign Minister", "role", [("Deputy Foreign Minister", "deputy foreign minister")]),
        (
            "the Foreign Minister and a minister",
            "role",
            [("Foreign Minister", "foreign minister"), ("minister", "minister")],
        ),
        ("ministerial", "role", []),
        ("tell us of US aid", "country", [("US", "USA")]),
        ("the U.S.-led talks, U.S.A", "country", [("U.S.", "USA")]),
        ("in Latin America and America", "country", [("America", "USA")]),
        ("in Springfield", "city", [("Springfield", "1"), ("Springfield", "2")]),
    ],
)
def test_finds_what_the_lexicon_means(text: str, kind: str, expected: list[tuple[str, str]]) -> None:
    assert find(text, kind) == expected


def test_within_gives_hits_wholly_inside() -> None:
    text = "Mara Velen met the foreign minister, the foreign minister said"
    hits = SCANNER.scan(text)
    first, second = hits.of("role")
    assert hits.within("role", 0, first.end) == (first,)
    assert hits.within("role", first.start + 1, len(text)) == (second,)
    assert hits.within("role", first.start, first.end - 1) == ()
    assert hits.within("venue", 0, len(text)) == ()


def test_entry_without_surface_is_an_error() -> None:
    with pytest.raises(ValueError, match="without a surface"):
        Scanner([Entry(" ", "person", "nobody")])


def test_no_entries_give_no_hits() -> None:
    assert Scanner([]).scan("Mara Velen").of("person") == ()


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_folding_keeps_the_length(text: str) -> None:
    assert len(fold_text(text)) == len(text)


PIECES = st.sampled_from([*(entry.surface for entry in ENTRIES), " ", "’s", "-", "İ", "ß", "ŉ", "\n", ".", "ǰ"])


@given(st.lists(PIECES | st.text(max_size=3), max_size=20))
def test_offsets_are_true_sorted_and_apart(pieces: list[str]) -> None:
    text = "".join(pieces)
    hits = SCANNER.scan(text)
    surfaces = {(e.kind, e.value): [fold_text(o.surface).lower() for o in ENTRIES if o[1:3] == e[1:3]] for e in ENTRIES}
    for kind in KINDS:
        last = (0, 0)
        for hit in hits.of(kind):
            assert fold_text(text[hit.start : hit.end]).lower() in surfaces[kind, hit.value]
            assert hit.start >= last[1] or (hit.start, hit.end) == last
            last = (hit.start, hit.end)
