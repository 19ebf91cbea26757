"""Every code is valid, every surface means one country or is listed as ambiguous."""

from __future__ import annotations

from collections import defaultdict

import pycountry
import pytest

from etl.countries import AMBIGUOUS, lexicon_entries, load_countries
from etl.scan import SHIELD, Scanner

SCANNER = Scanner(lexicon_entries())


def test_codes_are_those_of_iso_3166() -> None:
    current = {country.alpha_3 for country in pycountry.countries}
    former = {country.alpha_3 for country in pycountry.historic_countries}
    codes = set(load_countries())
    assert current <= codes
    assert codes - current <= former


def test_a_surface_means_one_country_or_is_listed() -> None:
    owners: dict[tuple[str, str], set[str]] = defaultdict(set)
    for entry in lexicon_entries():
        owners[entry.kind, entry.surface].add(entry.value)
    several = {surface for (_, surface), codes in owners.items() if len(codes) > 1}
    assert several == AMBIGUOUS


def test_shields_hide_something() -> None:
    """A shield that hides no name of its kind is a typing error."""
    names = defaultdict(list)
    for entry in lexicon_entries():
        if entry.value != SHIELD:
            names[entry.kind].append(entry.surface)
    idle = [
        entry.surface
        for entry in lexicon_entries()
        if entry.value == SHIELD and not any(name in entry.surface for name in names[entry.kind])
    ]
    assert idle == []


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("talks in Türkiye and the UK", "country", ["TUR", "GBR"]),
        ("The Netherlands and the DPRK", "country", ["NLD", "PRK"]),
        ("a Briton, two Syrians and a South Korean", "demonym", ["GBR", "SYR", "KOR"]),
        ("Latin American leaders", "demonym", []),
        ("the Kremlin and the White House", "capital", ["RUS", "USA"]),
        ("The Washington Post", "capital", []),
        ("the Soviet Union", "country", ["SUN"]),
        ("Papua New Guinea", "country", ["PNG"]),
    ],
)
def test_hits_carry_the_code(text: str, kind: str, expected: list[str]) -> None:
    assert [hit.value for hit in SCANNER.scan(text).of(kind)] == expected
