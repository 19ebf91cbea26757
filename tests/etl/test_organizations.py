"""Organizations: known countries, names that belong to one organization."""

from __future__ import annotations

import pytest

from etl.countries import load_countries
from etl.data import DataError
from etl.organizations import KINDS, lexicon_entries, load_organizations
from etl.scan import Scanner


def test_countries_are_known() -> None:
    countries = {organization.country for organization in load_organizations().values()} - {None}
    assert countries <= set(load_countries())


def test_aliases_lead_to_the_canonical_name() -> None:
    hits = Scanner(lexicon_entries()).scan("The IAEA and the U.N. Security Council told Xinhua").of("organization")
    assert [hit.value for hit in hits] == ["International Atomic Energy Agency", "UN Security Council", "Xinhua"]


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([{"name": "A Body", "kind": "club"}], "kind 'club'"),
        ([{"name": "A Body", "kind": KINDS[0], "nation": "FRA"}], "unknown keys"),
        ([{"name": "A", "kind": "igo", "aliases": ["C"]}, {"name": "B", "kind": "igo", "aliases": ["C"]}], "'C' names"),
    ],
)
def test_wrong_rows_are_errors(rows: list[dict[str, object]], message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("etl.organizations.read_toml", lambda name: {"organization": rows})
    with pytest.raises(DataError, match=message):
        load_organizations.__wrapped__()
