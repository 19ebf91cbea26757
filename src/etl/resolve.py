"""Phase B: from all phase-A rows to the published tables. A pure function: the order of the rows does not matter."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from etl.derive import list_sources
from etl.duplicates import find_duplicates
from etl.frames import PHASE_A_TABLES, phase_a_dtypes
from etl.meetings import resolve_meetings
from etl.people import Registry
from etl.people_table import build_people
from etl.quote_meetings import link_quotes
from etl.references import split_orphans
from etl.validate import restore_rows, split_rows
from etl.variants import find_variants
from schemas import TABLES

Tables = dict[str, pl.DataFrame]


def strip_phase_b(tables: Mapping[str, pl.DataFrame]) -> Tables:
    """Phase-A frames out of published tables: later columns dropped, rows that phase B had rejected put back."""
    rejected = tables["rejected"]
    late = rejected.filter(pl.col("stage") == "reference")
    frames = {"rejected": rejected.filter(pl.col("stage") != "reference")}
    for table in PHASE_A_TABLES[:-1]:
        dtypes = phase_a_dtypes(table)
        frames[table] = pl.concat([tables[table].select(list(dtypes)), restore_rows(late, table, dtypes)])
    return frames


def resolve_tables(frames: Mapping[str, pl.DataFrame], registry: Registry) -> Tables:
    """All tables of a snapshot, rows sorted by key, out of the phase-A frames of all articles.

    Rows that break a contract only now (stage `reference` in `rejected`) are left out with whatever hangs on them.
    """
    ordered = {table: _sort_rows(table, frame) for table, frame in frames.items()}
    articles = _with_duplicates(ordered["articles"])
    resolution = resolve_meetings(ordered["meeting_mentions"], ordered["mention_participants"], articles)
    told = (articles, resolution.mentions, resolution.meeting_participants)
    quotes = _with_variants(_with_meetings(ordered["quotes"], *told), *told)
    people = build_people(quotes, resolution.meeting_participants, ordered["mention_participants"], registry)
    built = {
        "articles": articles,
        "article_parts": ordered["article_parts"],
        "people": people,
        "meetings": resolution.meetings,
        "meeting_participants": resolution.meeting_participants,
        "meeting_mentions": resolution.mentions,
        "mention_participants": ordered["mention_participants"],
        "quotes": quotes,
    }
    return _keep_contracts(built, ordered["rejected"])


def _with_duplicates(articles: pl.DataFrame) -> pl.DataFrame:
    found = find_duplicates(articles)
    joined = articles.join(found, on="article_id", how="left", maintain_order="left")
    return joined.select(TABLES["articles"].columns)


def _with_meetings(
    quotes: pl.DataFrame, articles: pl.DataFrame, mentions: pl.DataFrame, participants: pl.DataFrame
) -> pl.DataFrame:
    linked = link_quotes(quotes, mentions, participants, articles)
    return quotes.join(linked, on="quote_id", how="left", maintain_order="left")


def _with_variants(
    quotes: pl.DataFrame, articles: pl.DataFrame, mentions: pl.DataFrame, participants: pl.DataFrame
) -> pl.DataFrame:
    found = find_variants(quotes, articles, mentions, participants)
    joined = quotes.join(found, on="quote_id", how="left", maintain_order="left")
    return joined.select(TABLES["quotes"].columns)


def _keep_contracts(built: Tables, rejected: pl.DataFrame) -> Tables:
    sources = _list_all_sources(built)
    kept, rejects = {}, [rejected]
    for table, frame in built.items():
        kept[table], more = split_rows(frame, TABLES[table], sources[table], stage="reference")
        rejects.append(more)
    kept, orphans = split_orphans(kept, sources)
    # All others were sorted when they came in or were built, and keep their order.
    kept["rejected"] = _sort_rows("rejected", pl.concat([*rejects, orphans]))
    return {table: kept[table] for table in TABLES}


def _list_all_sources(built: Tables) -> Tables:
    """Sources of the rows of phase A, and for a meeting or a person the first article that tells of it."""
    sources = list_sources(built)
    mentions = built["meeting_mentions"].select("mention_id", "meeting_id")
    told = mentions.join(sources["meeting_mentions"], left_on="mention_id", right_on="key", how="inner")
    sources["meetings"] = told.group_by(key="meeting_id").agg(pl.col("source_uri").min())
    sources["meeting_participants"] = sources["meetings"]
    quoted = built["quotes"].select(key="speaker_id", quote_id="quote_id").drop_nulls("key")
    quoted = quoted.join(sources["quotes"].rename({"key": "quote_id"}), on="quote_id", how="inner")
    met = built["mention_participants"].select(key="person_id", mention_id="mention_id").drop_nulls("key")
    met = met.join(sources["meeting_mentions"].rename({"key": "mention_id"}), on="mention_id", how="inner")
    named = pl.concat([quoted.select("key", "source_uri"), met.select("key", "source_uri")])
    sources["people"] = named.group_by("key").agg(pl.col("source_uri").min())
    return sources


def _sort_rows(table: str, frame: pl.DataFrame) -> pl.DataFrame:
    return frame.sort(TABLES[table].key or TABLES[table].columns, maintain_order=True)
