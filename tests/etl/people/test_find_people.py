"""Names and role phrases of whole texts: the cases of tests/cases/people and properties of any text."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.people import Cast
from etl.spans import PersonMention

Reader = Callable[..., Cast]
CASES = Path(__file__).parents[2] / "cases" / "people"


def load_cases(name: str) -> list[Any]:
    cases = tomllib.loads((CASES / name).read_text("utf-8"))["case"]
    return [pytest.param(case, id=case["id"]) for case in cases]


def fits(expected: list[str], mention: PersonMention) -> bool:
    words, *fields = expected
    found = (mention.person.name if mention.person else "", mention.role or "", mention.country or "")
    named = mention.text.endswith(words[1:]) if words.startswith("*") else mention.text == words
    return named and all(want in ("*", got) for want, got in zip(fields, found, strict=True))


def describe(mention: PersonMention) -> list[str]:
    return [mention.text, mention.person.name if mention.person else "", mention.role or "", mention.country or ""]


@pytest.mark.parametrize("case", load_cases("mentions.toml"))
def test_mentions(case: dict[str, Any], read_people: Reader) -> None:
    mentions = list(read_people(case["text"], case.get("day")).mentions)
    found = [describe(mention) for mention in mentions]
    assert not {words for words, *_ in found} & set(case.get("absent", ()))
    if case.get("all"):
        assert len(found) == len(case["mentions"]), found
    for expected in case["mentions"]:
        while mentions and not fits(expected, mentions[0]):
            mentions.pop(0)
        assert mentions, (expected, found)
        mentions.pop(0)


@pytest.mark.parametrize("case", load_cases("pronouns.toml"))
def test_pronouns(case: dict[str, Any], read_people: Reader) -> None:
    before, _, rest = case["text"].partition("[")
    pronoun, _, after = rest.partition("]")
    person = read_people(before + pronoun + after).resolve_pronoun(pronoun, len(before))
    assert (person.name if person else "") == case["person"]


def test_title_and_caption_introduce_a_surname(read_people: Reader) -> None:
    body = "Mekdad said no."
    assert read_people(body).persons == ()
    for where in ("title", "caption"):
        cast = read_people(body, **{where: "Faisal Mekdad in Oslo"})
        assert [person.person_id for person in cast.persons] == ["faisal-mekdad"]


def test_unknown_persons_have_an_id_of_their_own(read_people: Reader) -> None:
    cast = read_people("Foreign Minister Tarja Lomvík met Dr. Søren O'Dell.")
    assert [person.person_id for person in cast.persons] == ["x-tarja-lomvik", "x-soren-odell"]
    assert [person.name for person in cast.persons] == ["Tarja Lomvík", "Søren O'Dell"]


def test_within_and_before(read_people: Reader) -> None:
    cast = read_people("Tom Oderbruch met Jennifer Oakhurst.")
    first, second = cast.mentions
    assert cast.within(0, first.end) == (first,)
    assert cast.within(1, second.end) == (second,)
    assert cast.within(0, second.end - 1) == (first,)
    assert cast.before(0, second.start) == (first,)


def test_role_on_the_day(read_people: Reader) -> None:
    (person,) = read_people("Putin said so.", date(2009, 1, 1)).persons
    assert person.role == "prime minister"
    (person,) = read_people("Putin said so.").persons
    assert person.role is None


WORDS = st.sampled_from(
    [
        *("Foreign Minister", "President", "the", "Syrian", "Syria's", "counterpart", "his", "Presidents", "and", ","),
        *(
            "Tarja",
            "Lomvik",
            "Putin",
            "Vladimir",
            "al-Assad",
            "Bashar",
            "von der",
            "J.",
            "K.",
            "Jr.",
            "said",
            ".",
            "\n\n",
        ),
        *("“", "”", '"', "’s", "'", "-", "of", "Russia", "King", "UN", "İ", "U.S.", "Mr.", "who is", "to the", "ex-"),
    ]
)
TEXTS = st.lists(WORDS | st.text(max_size=4), max_size=40).map(" ".join) | st.text(max_size=200)


@given(TEXTS, st.sampled_from([None, date(2015, 5, 5)]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None)
def test_mentions_of_any_text(read_people: Reader, body: str, day: date | None) -> None:
    """Offsets are true, mentions sorted and apart, the same again; every person has a mention."""
    cast = read_people(body, day)
    last = 0
    for mention in cast.mentions:
        assert body[mention.start : mention.end] == mention.text
        assert last <= mention.start <= mention.head_start < mention.end
        last = mention.end
    named = {mention.person.person_id for mention in cast.mentions if mention.person}
    assert [p.person_id for p in cast.persons] == list(dict.fromkeys(p.person_id for p in cast.persons))
    assert {person.person_id for person in cast.persons} == named
    again = read_people(body, day)
    assert (again.persons, again.mentions) == (cast.persons, cast.mentions)
    for offset in range(0, len(body), 7):
        cast.resolve_pronoun("he", offset)
