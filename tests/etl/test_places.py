from __future__ import annotations

import tomllib
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import etl.countries
from etl.document import build_document
from etl.places import find_geonames_id, find_places, lexicon_entries, load_gazetteer, load_venues, resolve_venue
from etl.places.contexts import PlaceContext
from etl.scan import Scanner
from etl.spans import PlaceMention

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parents[1] / "cases" / "places" / "places.toml").read_text(encoding="utf-8")
)["case"]
CONTEXTS = load_gazetteer().contexts


@cache
def load_scanner() -> Scanner:
    return Scanner(chain(etl.countries.lexicon_entries(), lexicon_entries()))


def read_places(text: str) -> tuple[PlaceMention, ...]:
    return find_places(build_document(text), load_scanner().scan(text), load_gazetteer())


@pytest.mark.parametrize(("context", "text", "place"), [(c, *hit) for c in CONTEXTS for hit in c.hits])
def test_context_hits_its_examples(context: PlaceContext, text: str, place: str) -> None:
    assert place in [found.text for found in read_places(text)]


@pytest.mark.parametrize(("context", "text"), [(c, text) for c in CONTEXTS for text in c.spares])
def test_context_spares_its_counter_examples(context: PlaceContext, text: str) -> None:
    assert not [found.text for found in read_places(text)]


@pytest.mark.parametrize(("context", "word"), [(c, word) for c in CONTEXTS for word in sorted(c.never)])
def test_context_never_ends_with_these_words(context: PlaceContext, word: str) -> None:
    assert context.before is not None
    openings = [text[: text.index(place)] for text, place in context.hits]
    assert not any(context.before.search(f"{opening}{word} ") for opening in openings)
    assert word in load_gazetteer().openers


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:50] for case in CASES])
def test_places_of_a_text(case: dict[str, Any]) -> None:
    found = [
        [place.text, place.city or "", place.country or "", place.venue or ""] for place in read_places(case["text"])
    ]
    assert found == case["places"]


@given(
    st.lists(
        st.sampled_from(
            ["in", "the", "Russian", "capital", ",", "Moscow", "at", "Kremlin", "visited", "Tripoli", "Lebanon", "and",
             "travelled", "to", "city of", "Sochi", "Reading", "’s", "talks", ".", "\n\n", "Washington", "Florida"]
        ),
        max_size=12,
    ).map(" ".join)
    | st.text(max_size=40)
)  # fmt: skip
def test_offsets_are_true(text: str) -> None:
    end = 0
    for place in read_places(text):
        assert text[place.start : place.end] == place.text
        assert place.start >= end
        assert place.city or place.country
        end = place.end


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Kremlin", "Kremlin"),
        ("Moscow’s Vnukovo International Airport", "Vnukovo International Airport"),
        ("the Elysee", "Élysée Palace"),
        ("the Oval Office", "White House"),
        ("Gremlin", None),
        (None, None),
    ],
)
def test_venue_is_found_again_from_the_text_of_a_place(text: str | None, name: str | None) -> None:
    venue = resolve_venue(text)
    assert (venue.name if venue else None) == name


def test_geonames_ids() -> None:
    assert find_geonames_id("Moscow", "RUS") == 524901
    assert find_geonames_id("New York", "USA") == 5128581
    assert find_geonames_id("Moscow", None) is None
    assert find_geonames_id("Nowhere at all", "RUS") is None


def test_cities_of_venues_are_in_the_gazetteer() -> None:
    """But for those with fewer people than GeoNames' list asks for."""
    known = load_gazetteer().ids
    assert {v.city for v in load_venues().values() if v.city and (v.city, v.country) not in known} == {"Palm Beach"}
