"""A row whose parent is gone goes along; an optional reference is cut."""

from __future__ import annotations

import polars as pl

from etl.references import split_orphans
from schemas import TABLES


def name_sources(tables):
    return {
        name: frame.select(key=TABLES[name].key[0]).with_columns(source_uri=pl.lit("paper/one.txt"))
        for name, frame in tables.items()
        if name != "rejected"
    }


def drop_rows(tables, name):
    return tables | {name: tables[name].clear()}


def test_whole_tables_stay_as_they_are(sound_tables):
    kept, rejected = split_orphans(sound_tables, name_sources(sound_tables))
    assert len(rejected) == 0
    assert all(kept[name].equals(sound_tables[name]) for name in sound_tables)


def test_rejected_article_takes_all_its_rows_along(sound_tables):
    kept, rejected = split_orphans(drop_rows(sound_tables, "articles"), name_sources(sound_tables))
    assert {name for name, frame in kept.items() if len(frame)} == {
        "people",
        "meetings",
        "meeting_participants",
        "rejected",
    }
    assert rejected["table"].to_list() == ["article_parts", "meeting_mentions", "mention_participants", "quotes"]
    assert rejected["check"].unique().to_list() == ["parent"]
    assert rejected["source_uri"].unique().to_list() == ["paper/one.txt"]


def test_optional_reference_is_cut_and_the_row_stays(sound_tables):
    kept, rejected = split_orphans(drop_rows(sound_tables, "people"), name_sources(sound_tables))
    assert len(rejected) == 0
    assert kept["quotes"]["speaker_id"].to_list() == [None]
    assert kept["meeting_participants"]["person_id"].to_list() == [None]


def test_phase_a_tables_alone_are_checked_among_themselves(sound_tables):
    names = ("articles", "article_parts", "quotes", "meeting_mentions", "mention_participants")
    some = {name: sound_tables[name] for name in names}
    kept, rejected = split_orphans(some, name_sources(some))
    assert len(rejected) == 0
    assert kept["quotes"]["speaker_id"].to_list() == ["x-tarmo-kask"]
