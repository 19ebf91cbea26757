"""Phase A: one article to all its rows. Pure: the same article, rules and learned lines give the same rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace
from types import MappingProxyType

import polars as pl

from etl.dates import find_dates
from etl.document import Document, build_document
from etl.frames import PHASE_A_TABLES, PHASE_B_COLUMNS, build_frames
from etl.mentions import Headline, find_mentions, write_headline
from etl.normalise import normalise_article
from etl.people import find_people
from etl.places import find_places
from etl.quotes import find_quotes
from etl.records import Article, Derived, RawArticle, Reject
from etl.references import split_orphans
from etl.rules import Rules
from etl.scan import Hits
from etl.validate import split_rows
from schemas import TABLES

NOTHING_LEARNED: Mapping[str, Set[int]] = MappingProxyType({})


def derive_article(raw: RawArticle, rules: Rules, learned: Set[int] = frozenset()) -> Derived:
    """The article, its parts, quotes and meeting mentions. Facts are drawn only as far as `coverage` says.

    `learned` are the lines of the text that its outlet is known to repeat (etl.memory), by their hashes.
    """
    article = normalise_article(raw, rules.lines, rules.version, learned)
    if article.coverage == "none":
        return Derived(article)
    document = build_document(article.body)
    hits = rules.scanner.scan(article.body)
    captions = [part.text for part in article.parts if part.kind == "caption"]
    cast = find_people(
        document,
        hits,
        article,
        rules.registry,
        [(build_document(caption), rules.scanner.scan(caption)) for caption in captions],
    )
    quotes = find_quotes(document, hits, cast, article, rules.cues)
    # Only mentions need dates and places, and without a trigger there are none: four in ten news texts.
    if article.coverage != "full" or not hits.of("trigger"):
        return Derived(article, quotes)
    dates = find_dates(document, hits, article)
    places = find_places(document, hits, rules.gazetteer)
    headline = read_headline(article, (document, hits), rules)
    mentions = find_mentions(document, hits, cast, dates, places, article, rules.triggers, headline, quotes)
    return Derived(article, quotes, mentions)


def read_headline(article: Article, body: tuple[Document, Hits], rules: Rules) -> Headline | None:
    """The headline of a text that records an encounter as a document of its own; None for any other text.

    Whom the body names in full is known to it.
    """
    text = write_headline(article)
    if text is None:
        return None
    document, hits = build_document(text), rules.scanner.scan(text)
    bare = replace(article, title=None, parts=())
    return Headline(document, hits, find_people(document, hits, bare, rules.registry, [body]))


def derive_rows(
    raws: Iterable[RawArticle],
    rejects: Sequence[Reject],
    rules: Rules,
    learned: Mapping[str, Set[int]] = NOTHING_LEARNED,
) -> dict[str, pl.DataFrame]:
    """Frames of `PHASE_A_TABLES` for a batch: accepted rows, and in `rejected` whatever broke a contract.

    `rejects` are the inputs of the batch that could not be read; `learned` has the learned lines by fingerprint.
    """
    derived = []
    for raw in raws:
        try:
            derived.append(derive_article(raw, rules, learned.get(raw.fingerprint, frozenset())))
        except Exception as error:
            # A rule that fails is our fault and ends the run; the note says on which text.
            error.add_note(f"while deriving {raw.source_uri}")
            raise
    return keep_contracts(build_frames(derived, rejects))


def keep_contracts(frames: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Phase-A frames without the rows that break a contract or whose article did; `rejected` holds them."""
    sources = list_sources(frames)
    kept, rejects = {}, [frames["rejected"]]
    for table in PHASE_A_TABLES[:-1]:
        kept[table], more = split_rows(frames[table], TABLES[table], sources[table], leave_out=PHASE_B_COLUMNS[table])
        rejects.append(more)
    kept, orphans = split_orphans(kept, sources)
    # In phase A a lost parent is final until the input changes, as any broken contract is.
    rejects.append(orphans.with_columns(stage=pl.lit("contract")))
    return kept | {"rejected": pl.concat(rejects)}


def list_sources(frames: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """For each table a frame of key (the first key column of its rows) and source_uri."""
    articles = frames["articles"].select("article_id", "source_uri")
    of_article = articles.select(key="article_id", source_uri="source_uri")
    found = {"articles": of_article, "article_parts": of_article}
    for table, key in (("quotes", "quote_id"), ("meeting_mentions", "mention_id")):
        rows = frames[table].select("article_id", key=key)
        found[table] = rows.join(articles, on="article_id", how="inner").select("key", "source_uri")
    return found | {"mention_participants": found["meeting_mentions"]}
