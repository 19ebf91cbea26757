from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import chain

import pytest

import etl.countries
import etl.organizations
import etl.people
import etl.quotes
from etl.document import build_document
from etl.records import Article, Quote
from etl.scan import Scanner


@cache
def load_scanner() -> Scanner:
    layers = (etl.countries, etl.organizations, etl.people, etl.quotes)
    return Scanner(chain.from_iterable(layer.lexicon_entries() for layer in layers))


def build_article(body: str, coverage: str = "full") -> Article:
    return Article(
        article_id="a" * 16,
        source_uri="paper/one.txt",
        outlet=None,
        url=None,
        title=None,
        byline=None,
        section=(),
        dateline_place=None,
        dateline_agency=None,
        published_at=None,
        published_on=None,
        published_basis="none",
        reference_date=None,
        reference_basis="none",
        language="en",
        body=body,
        n_words=len(body.split()),
        coverage=coverage,
        rules_version="0123456789ab",
    )


@pytest.fixture(scope="session")
def read_quotes() -> Callable[..., tuple[Quote, ...]]:
    """Reads the quotes of a text as the pipeline does."""

    def read(body: str, coverage: str = "full") -> tuple[Quote, ...]:
        article, document = build_article(body, coverage), build_document(body)
        hits = load_scanner().scan(body)
        cast = etl.people.find_people(document, hits, article, etl.people.load_registry())
        return etl.quotes.find_quotes(document, hits, cast, article, etl.quotes.load_cues())

    return read
