"""The persons that occur, their names and spellings."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from etl.people_table import build_people, trim_titles
from etl.spans import Person
from schemas import TABLES, build_empty_frame

QUOTE = ("speaker_id", "speaker_name", "speaker_country", "speaker_mention", "speaker_basis")
PARTY = ("person_id", "name", "country", "mention", "basis")


class Registry:
    def person(self, person_id: str) -> Person | None:
        return Person("ada-okoro", "Ada Okoro", "NGA", wikidata_qid="Q1") if person_id == "ada-okoro" else None


def build(quotes: list[tuple[Any, ...]], parties: list[tuple[Any, ...]]) -> pl.DataFrame:
    spoken = pl.DataFrame(quotes, schema=dict.fromkeys(QUOTE, pl.String), orient="row")
    met = pl.DataFrame(parties, schema={**dict.fromkeys(PARTY, pl.String), "meeting_id": pl.String}, orient="row")
    people = build_people(spoken, met.select("meeting_id", "person_id"), met.drop("meeting_id"), Registry())
    TABLES["people"].model.validate(people, lazy=True)
    return people


def test_the_registry_knows_name_country_and_item() -> None:
    people = build([("ada-okoro", "A. Okoro", None, "President Ada Okoro", "name")], [])
    assert people.to_dicts() == [
        {
            "person_id": "ada-okoro",
            "name": "Ada Okoro",
            "aliases": ["Ada Okoro"],
            "wikidata_qid": "Q1",
            "country": "NGA",
            "n_quotes": 1,
            "n_meetings": 0,
        }
    ]


def test_an_unknown_person_goes_by_the_most_frequent_name_and_country() -> None:
    parties = [
        ("x-eva-berg", "Eva Berg", "NOR", "Minister Eva Berg", "name", "m1"),
        ("x-eva-berg", "Eva Berg", "NOR", "she", "pronoun", "m1"),
        ("x-eva-berg", "Eva H. Berg", "SWE", "Berg", "name", "m2"),
    ]
    quotes = [("x-eva-berg", "Eva Berg", None, "her colleague", "role"), (None, None, None, None, "none")]
    row = build(quotes, parties).to_dicts()[0]
    assert (row["name"], row["country"], row["wikidata_qid"]) == ("Eva Berg", "NOR", None)
    assert row["aliases"] == ["Berg", "Eva Berg"]
    assert (row["n_quotes"], row["n_meetings"]) == (1, 2)


def test_of_equally_frequent_names_the_first_in_order_counts() -> None:
    parties = [("x-lund", name, None, name, "name", "m1") for name in ("Nils Lund", "Niels Lund")]
    assert build([], parties)["name"].to_list() == ["Niels Lund"]


def test_nobody_occurs_in_empty_tables() -> None:
    assert build([], []).equals(build_empty_frame(TABLES["people"]))


@pytest.mark.parametrize(
    ("words", "name", "trimmed"),
    [
        ("President Ada Okoro", "Ada Okoro", "Ada Okoro"),
        ("Okoro's", "Ada Okoro", "Okoro"),
        ("the country's premier, José Lündé’s", "José Lündé", "José Lündé"),
        ("Jose Lunde", "José Lündé", "Jose Lunde"),
        ("Foreign Minister Fayssal al-Mokri", "Faisal Mokri", "Fayssal al-Mokri"),
        ("Sir Humphrey", "Ada Okoro", "Sir Humphrey"),
    ],
)
def test_titles_before_a_name_are_trimmed(words: str, name: str, trimmed: str) -> None:
    assert trim_titles(words, name) == trimmed
