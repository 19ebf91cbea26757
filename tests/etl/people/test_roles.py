"""The lexicons of roles, titles and given names: what they say, and that wrong rows are errors."""

from __future__ import annotations

from typing import Any

import pytest

from etl.countries import load_countries
from etl.data import DataError, read_toml
from etl.people.lexicon import lexicon_entries, load_name_words, load_titles
from etl.people.roles import load_plurals, load_roles
from etl.scan import SHIELD, Scanner

SCANNER = Scanner(lexicon_entries())


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("the Minister of Foreign Affairs and Expatriates", "role", ["foreign minister"]),
        ("the top diplomat", "role", ["foreign minister"]),
        ("the defence chief", "role", ["defense secretary"]),
        ("the foreign ministers and the presidents", "role", ["foreign minister", "president"]),
        ("presidential", "role", []),
        ("an official visit by an official", "role", ["official"]),
        ("a reporter", "function", ["journalist"]),
        ("his counterpart", "function", ["counterpart"]),
        ("Sen. Fenwick and Maj. Gen. Marlow", "title", ["Sen.", "General"]),
        ("Ohio", "region", ["USA"]),
    ],
)
def test_hits(text: str, kind: str, expected: list[str]) -> None:
    assert [hit.value for hit in SCANNER.scan(text).of(kind)] == expected


@pytest.mark.parametrize(
    ("plural", "singular"),
    [
        ("foreign ministers", "foreign minister"),
        ("ministers of foreign affairs", "minister of foreign affairs"),
        ("heads of state", "head of state"),
        ("spokeswomen", "spokeswoman"),
        ("attorneys general", "attorney general"),
        ("envoys", "envoy"),
        ("emissaries", "emissary"),
        ("chiefs of staff", "chief of staff"),
    ],
)
def test_plurals(plural: str, singular: str) -> None:
    found = load_plurals()
    assert plural in found
    roles = {form.lower(): role.value for role in load_roles().values() for form in role.forms}
    assert roles[found[plural]] == roles[singular]


def test_values_that_roles_name_exist() -> None:
    roles = load_roles()
    countries = set(load_countries())
    assert {role.country for role in roles.values()} - {None} <= countries
    covered = {end for role in roles.values() for end in role.covers}
    unknown = [end for end in sorted(covered) if not any(v == end or v.endswith(" " + end) for v in roles)]
    assert unknown == []
    assert {title.role for title in load_titles().values()} - {None} <= set(roles)


def test_general_words_stand_for_the_offices_they_cover() -> None:
    roles = load_roles()
    assert roles["minister"].stands_for("energy minister")
    assert roles["leader"].stands_for("president")
    assert not roles["president"].stands_for("vice president")
    assert not roles["foreign minister"].stands_for("minister")


def test_given_names_have_one_gender() -> None:
    table = read_toml("given_names.toml")
    assert not set(table["male"]) & set(table["female"])
    assert set(table["common"]) | set(table["places"]) <= {*table["male"], *table["female"], *table["either"]}
    words = load_name_words()
    assert words.given["Jennifer"] == "f"


def test_shields_of_roles_hide_something() -> None:
    surfaces = [e.surface.lower() for e in lexicon_entries() if e.kind == "role" and e.value != SHIELD]
    idle = [
        entry.surface
        for entry in lexicon_entries()
        if entry.value == SHIELD and not any(surface in entry.surface.lower() for surface in surfaces)
    ]
    assert idle == []


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"role": [{"value": "a", "form": ["b"]}]}, "unknown keys"),
        ({"role": [{"value": "a", "forms": ["c"]}, {"value": "b", "forms": ["c"]}]}, "surface of 'a' and 'b'"),
        ({"extra": []}, "unknown keys"),
    ],
)
def test_wrong_rows_are_errors(change: dict[str, Any], message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    table = {"portfolios": {"foreign": ["foreign"]}, "shields": [], "role": []} | change
    monkeypatch.setattr("etl.people.roles.read_toml", lambda name: table)
    with pytest.raises(DataError, match=message):
        load_roles.__wrapped__()
