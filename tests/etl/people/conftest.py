"""A reader for the people layer alone: its lexicons, countries, organizations and a few words of the layers above."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache

import pytest

import etl.countries
import etl.organizations
import etl.people
from etl.document import build_document
from etl.people import Cast, find_people, load_registry
from etl.records import Article, Part
from etl.scan import Entry, Scanner

CUES = {"said": "say", "says": "say", "told": "tell", "added": "add", "wrote": "write"}
CALENDAR = [*((day, "weekday") for day in ("Monday", "Tuesday")), *((m, "month") for m in ("Jan", "May", "March"))]


@cache
def build_scanner() -> Scanner:
    return Scanner(
        [
            *etl.countries.lexicon_entries(),
            *etl.organizations.lexicon_entries(),
            *etl.people.lexicon_entries(),
            *(Entry(form, "cue", lemma, False) for form, lemma in CUES.items()),
            *(Entry(word, kind, word) for word, kind in CALENDAR),
        ]
    )


def build_article(body: str, day: date | None, title: str | None = None, caption: str | None = None) -> Article:
    parts = (Part(0, "caption", 1, 1, 0, 1, caption, "test/caption"),) if caption else ()
    return Article(
        article_id="0" * 16,
        source_uri="a.txt",
        outlet=None,
        url=None,
        title=title,
        byline=None,
        section=(),
        dateline_place=None,
        dateline_agency=None,
        published_at=None,
        published_on=day,
        published_basis="metadata" if day else "none",
        reference_date=day,
        reference_basis="metadata" if day else "none",
        language="en",
        body=body,
        n_words=0,
        coverage="full",
        rules_version="0" * 12,
        parts=parts,
    )


Reader = Callable[..., Cast]


@pytest.fixture(scope="session")
def read_people() -> Reader:
    def read(body: str, day: date | None = None, title: str | None = None, caption: str | None = None) -> Cast:
        article = build_article(body, day, title, caption)
        return find_people(build_document(body), build_scanner().scan(body), article, load_registry())

    return read
