"""The registry: one holder at a time, no alias of two persons, valid codes and roles."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from datetime import date
from itertools import combinations

import pytest

from etl.countries import load_countries
from etl.data import DataError, read_csv
from etl.people.registry import ALIAS_COLUMNS, KNOWN_UNTIL, OFFICE_COLUMNS, PEOPLE_COLUMNS, load_registry
from etl.people.roles import load_roles, load_traders
from etl.people.spellings import list_spellings
from etl.scan import fold_text

REGISTRY = load_registry()


def test_countries_and_roles_are_known() -> None:
    countries, roles = set(load_countries()), set(load_roles())
    for known in REGISTRY:
        assert known.person.country is None or known.person.country in countries, known.person.person_id
        for office in known.offices:
            assert office.country is None or office.country in countries, office
            assert office.role in roles, office


def test_an_alias_names_one_person() -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for known in REGISTRY:
        for name in (known.person.name, *known.aliases):
            for spelling in list_spellings(name):
                owners[fold_text(spelling).lower()].add(known.person.person_id)
    assert {name: ids for name, ids in owners.items() if len(ids) > 1} == {}


def test_a_surname_that_stands_alone_has_one_bearer_marked_so() -> None:
    bearers: dict[str, list[str]] = defaultdict(list)
    for known in REGISTRY:
        if known.bare:
            bearers[known.surname].append(known.person.person_id)
    assert {name: ids for name, ids in bearers.items() if len(ids) > 1} == {}


def test_an_office_has_one_holder_at_a_time() -> None:
    """The days that two terms must share, whatever the days within the months and years of the file."""
    terms: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    for row in read_csv("offices.csv", OFFICE_COLUMNS):
        if row["from"] and not load_roles()[row["role"]].many:
            terms[row["role"], row["country"]].append(row)
    clashes = [
        (one["person_id"], other["person_id"], office)
        for office, rows in terms.items()
        if office != ("vice president", "SYR")  # Syria had two at a time
        for one, other in combinations(rows, 2)
        if count_shared_days(one, other) > 1
    ]
    assert clashes == []


def count_shared_days(one: dict[str, str], other: dict[str, str]) -> int:
    first = max(bound_date(one["from"], last=True), bound_date(other["from"], last=True))
    last = min(bound_date(row["until"], last=False) if row["until"] else KNOWN_UNTIL for row in (one, other))
    return (last - first).days


def bound_date(text: str, *, last: bool) -> date:
    year, *rest = (int(part) for part in text.split("-"))
    month = rest[0] if rest else (12 if last else 1)
    return date(year, month, rest[1] if len(rest) > 1 else (monthrange(year, month)[1] if last else 1))


@pytest.mark.parametrize(
    ("table", "columns"),
    [("people.csv", PEOPLE_COLUMNS), ("aliases.csv", ALIAS_COLUMNS), ("offices.csv", OFFICE_COLUMNS)],
)
def test_tables_are_sorted_and_have_no_row_twice(table: str, columns: tuple[str, ...]) -> None:
    rows = [tuple(row.values()) for row in read_csv(table, columns)]
    assert rows == sorted(set(rows))


def test_traders_are_persons_of_the_registry() -> None:
    for trade, ids in load_traders().items():
        assert load_roles()[trade].elsewhere
        assert [person_id for person_id in ids if REGISTRY.known(person_id) is None] == []


@pytest.mark.parametrize(
    ("role", "country", "day", "expected"),
    [
        ("president", "RUS", date(2023, 3, 15), "vladimir-putin"),
        ("president", "RUS", date(2010, 6, 1), "dmitry-medvedev"),
        ("foreign minister", "SYR", date(2023, 3, 15), "faisal-mekdad"),
        ("chancellor", "DEU", date(2021, 3, 16), "angela-merkel"),
        ("UN secretary-general", None, date(2012, 1, 1), "ban-ki-moon"),
        ("president", "USA", date(2017, 1, 20), None),  # two on the day of the change
        ("president", "RUS", date(2099, 1, 1), None),  # after what the table knows
        ("president", "SWE", date(2010, 1, 1), None),
        ("deputy foreign minister", "RUS", date(2023, 3, 15), None),
    ],
)
def test_the_holder_of_an_office_on_a_day(role: str, country: str | None, day: date, expected: str | None) -> None:
    holder = REGISTRY.holder(role, country, day)
    assert (holder.person_id if holder else None) == expected


def test_year_and_month_are_bounds() -> None:
    offices = REGISTRY.known("mikhail-bogdanov")
    assert offices is not None
    (term,) = offices.offices
    assert (term.first, term.last) == (date(2011, 6, 1), date(2025, 7, 31))


@pytest.mark.parametrize(
    ("table", "row", "message"),
    [
        ("people.csv", "a,A B,x,,,", "gender is f, m or empty"),
        ("aliases.csv", "nobody,N N", "no such person"),
        ("offices.csv", "a,president,FRA,2020,2019,", "from '2020' until '2019'"),
        ("offices.csv", "a,president,FRA,2020-13,,", "no year, month or day"),
        ("people.csv", "a,A B,m,,", "5 fields"),
    ],
)
def test_wrong_rows_are_errors(table: str, row: str, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = {
        "people.csv": "person_id,name,gender,country,wikidata_qid,bare\na,A B,m,FRA,,\n",
        "aliases.csv": "person_id,alias\n",
        "offices.csv": "person_id,role,country,from,until,source\n",
    }
    texts[table] = texts[table].splitlines()[0] + "\n" + row + "\n"
    monkeypatch.setattr("etl.data.read_text", lambda name: texts[name])
    with pytest.raises(DataError, match=message):
        load_registry.__wrapped__()
