from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.dates import find_dates
from etl.derive import read_headline
from etl.document import build_document
from etl.mentions import Family, describe_rule, find_mentions, find_occasion, load_triggers
from etl.people import find_people
from etl.places import find_places
from etl.quotes import find_quotes
from etl.records import Article, Mention, Part
from etl.rules import load_rules
from schemas import vocabulary

CASES: list[dict[str, Any]] = [
    case
    for path in sorted((Path(__file__).parents[2] / "cases" / "mentions").glob("*.toml"))
    for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
]
FAMILIES = list(load_triggers().families.values())


def build_article(body: str, **columns: Any) -> Article:
    known: dict[str, Any] = dict.fromkeys(Article.__dataclass_fields__) | {
        "article_id": "0123456789abcdef",
        "source_uri": "a.txt",
        "section": (),
        "published_basis": "none",
        "reference_basis": "none",
        "body": body,
        "n_words": 1,
        "coverage": "full",
        "rules_version": "0" * 12,
        "parts": (),
    }
    return Article(**known | columns)


def read_mentions(body: str, **columns: Any) -> tuple[Mention, ...]:
    rules = load_rules()
    article = build_article(body, **columns)
    document, hits = build_document(body), rules.scanner.scan(body)
    cast = find_people(document, hits, article, rules.registry)
    dates, places = find_dates(document, hits, article), find_places(document, hits, rules.gazetteer)
    headline = read_headline(article, (document, hits), rules)
    quotes = find_quotes(document, hits, cast, article, rules.cues)
    return find_mentions(document, hits, cast, dates, places, article, rules.triggers, headline, quotes)


def describe(mention: Mention) -> dict[str, Any]:
    return {
        "status": mention.status,
        "format": mention.format,
        "date": str(mention.date_start or ""),
        "date_text": mention.date_text or "",
        "city": mention.city or "",
        "country": mention.country or "",
        "rule": mention.rule_id.removeprefix("mentions/"),
        "parties": [
            " ".join(filter(None, (p.name or p.organization or p.role, p.country))) for p in mention.participants
        ],
    }


@pytest.mark.parametrize(("family", "text"), [(f, text) for f in FAMILIES for text in f.hits])
def test_family_hits_its_examples(family: Family, text: str) -> None:
    assert family.id in [mention.rule_id for mention in read_mentions(text)]


@pytest.mark.parametrize(("family", "text"), [(f, text) for f in FAMILIES for text in f.spares])
def test_family_spares_its_counter_examples(family: Family, text: str) -> None:
    assert not [describe(mention) for mention in read_mentions(text)]


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:60] for case in CASES])
def test_mentions_of_a_text(case: dict[str, Any]) -> None:
    columns: dict[str, Any] = {"title": case.get("title"), "dateline_place": case.get("dateline")}
    if "reference" in case:
        columns |= {"reference_date": case["reference"], "reference_basis": "metadata"}
        columns |= {"published_on": case["reference"], "published_basis": "metadata"}
    if "caption" in case:
        columns["parts"] = (Part(0, "caption", 1, 1, 0, len(case["caption"]), case["caption"], "lines/caption"),)
    found = [describe(mention) for mention in read_mentions(case["text"], **columns)]
    assert len(found) == len(case["mentions"]), found
    for mention, expected in zip(found, case["mentions"], strict=True):
        assert {key: mention[key] for key in expected} == expected


WORDS = [
    "Finnish President Aino Lahti", "Ghanaian President Kofi Badu", "Peru", "Chile", "met", "with", "and", "held talks",
    "in", "Oslo", "on", "Tuesday", ",", "said", "the two leaders", "received", "was received by", "a meeting between",
    "will", "he", "who", "phone call", "“quoted words met”", ".", "\n\n", "their", "’s", "presidents", "of",
    "officials", "the meeting took place",
]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join) | st.text(max_size=80), st.none() | st.dates())
def test_rows_hold_what_the_contract_asks(body: str, reference: date | None) -> None:
    columns: dict[str, Any] = {"reference_date": reference, "reference_basis": "metadata"} if reference else {}
    mentions = read_mentions(body, **columns)
    assert mentions == read_mentions(body, **columns)
    assert len({mention.mention_id for mention in mentions}) == len(mentions)
    for mention in mentions:
        assert body[mention.start : mention.end] == mention.text
        assert body[mention.trigger_start : mention.trigger_end] == mention.trigger
        assert mention.start <= mention.trigger_start < mention.trigger_end <= mention.end
        assert mention.status in vocabulary.MEETING_STATUSES
        assert mention.format in vocabulary.MEETING_FORMATS
        assert describe_rule(mention.rule_id).meeting_type in vocabulary.MEETING_TYPES
        assert (mention.date_start is None) == (mention.date_precision == "unknown")
        assert len(mention.participants) > 1
        if mention.date_text_start is not None:
            assert body[mention.date_text_start : mention.date_text_end] == mention.date_text
        if mention.place_start is not None:
            assert body[mention.place_start : mention.place_end] == mention.place_text
        for party in mention.participants:
            assert party.basis in vocabulary.PARTICIPANT_BASES
            assert party.start is None or body[party.start : party.end] == party.mention


@pytest.mark.parametrize(
    ("text", "occasion"),
    [
        ("They met on the sidelines of the Baltic Sea Forum in Riga.", "Baltic Sea Forum"),
        ("They met at the NATO summit in Riga.", "NATO summit"),
        ("They met on the margins of the UN General Assembly on Monday.", "UN General Assembly"),
        ("They met in Riga.", None),
    ],
)
def test_occasion_is_found_in_the_sentence(text: str, occasion: str | None) -> None:
    assert find_occasion(text) == occasion
