"""The language of a body, short ones too; null where nothing is sure."""

from __future__ import annotations

import pytest

from etl.normalise.languages import detect_language

KNOWN = {
    "en": [
        "The ferry to the islands sailed on time on Monday, and it was full, the captain said.",
        "Kask and Arnason will meet in Reykjavik on 3 May 2026, officials said.",
        "Prime Minister Tarmo Kask met Hildur Arnason in Tallinn on 14 October. “We agree on cables,” Kask said.",
        "Peruvian Defense Minister Ana Olivera said in talks with Finnish chief of staff Matti Virtanen.",
        "Finnish Foreign Minister Aino Kask and Ghana's Kofi Arnason met on Tuesday.",
    ],
    "nl": [
        "De minister was in Den Haag met zijn collega Aino Kask.",
        "De premier was in Parijs met de president over de oorlog en de prijs van het gas.",
    ],
    "de": ["Die Kanzlerin sagte am Montag in Berlin, dass die Fähre zu den Inseln wieder fährt und alle froh sind."],
}
UNSURE = ["", "Kask, Arnason", "12.5 14.0 9.75", "Bergman Kask Tallinn Reykjavik Arnason Olivera Montevideo Camilleri"]


@pytest.mark.parametrize(("language", "body"), [(code, body) for code, bodies in KNOWN.items() for body in bodies])
def test_language_is_told(language: str, body: str) -> None:
    assert detect_language(body) == language


@pytest.mark.parametrize("body", UNSURE)
def test_language_is_null_where_nothing_is_sure(body: str) -> None:
    assert detect_language(body) is None
