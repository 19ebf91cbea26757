"""Rows that break a contract are split off with their reasons, and can be put back."""

from __future__ import annotations

import json

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from etl.validate import check_tables, restore_rows, split_rows
from schemas import TABLES

QUOTES = TABLES["quotes"]
SOURCES = pl.DataFrame({"key": [f"{i:016x}" for i in range(64)], "source_uri": [f"paper/{i}.txt" for i in range(64)]})


@pytest.fixture(scope="session")
def build_quotes(build_table):
    def build(*changes):
        return build_table("quotes", *({"quote_id": f"{i:016x}"} | change for i, change in enumerate(changes)))

    return build


def test_bad_rows_leave_and_good_rows_stay_in_order(build_quotes):
    frame = build_quotes({}, {"end": 99}, {}, {"confidence": 2.0, "end": 99}, {})
    kept, rejected = split_rows(frame, QUOTES, SOURCES)
    assert kept["quote_id"].to_list() == [f"{i:016x}" for i in (0, 2, 4)]
    assert rejected["row_key"].to_list().count(f"{3:016x}") == 2, "each broken check has its row"
    assert set(rejected["source_uri"]) == {"paper/1.txt", "paper/3.txt"}
    assert json.loads(rejected["row_json"][0])["end"] == 99


def test_value_of_a_column_check_is_told(build_quotes):
    _, rejected = split_rows(build_quotes({"confidence": 2.0}), QUOTES, SOURCES)
    assert rejected.select("column", "value").rows() == [("confidence", "2.0")]


FAULTS = {
    "sound": {},
    "too long": {"end": 99},
    "too sure": {"confidence": 2.0},
    "nobody": {"speaker_basis": "none", "cue_end": None},
}


@given(st.lists(st.sampled_from(sorted(FAULTS)), min_size=1, max_size=40))
def test_accepted_and_rejected_make_the_input(build_quotes, kinds):
    frame = build_quotes(*(FAULTS[kind] for kind in kinds))
    kept, rejected = split_rows(frame, QUOTES, SOURCES)
    assert len(kept) + rejected["row_key"].n_unique() == len(frame)
    assert len(kept) == kinds.count("sound")


BROKEN = {
    "articles": {"rules_version": "?"},
    "article_parts": {"rule_id": "?"},
    "quotes": {"rule_id": "?"},
    "meeting_mentions": {"rule_id": "?"},
    "mention_participants": {"basis": "?"},
}


@pytest.mark.parametrize("table", BROKEN)
def test_rejected_rows_are_restored_whole(table, build_table):
    broken = build_table(table, BROKEN[table])
    sources = broken.select(key=TABLES[table].key[0]).with_columns(source_uri=pl.lit("paper/one.txt"))
    kept, rejected = split_rows(broken, TABLES[table], sources)
    assert len(kept) == 0
    assert_frame_equal(restore_rows(rejected, table, TABLES[table].dtypes), broken)


def test_sound_tables_have_no_faults(sound_tables):
    assert check_tables(sound_tables) == []


def test_faults_of_tables_are_told(sound_tables):
    sound_tables["quotes"] = sound_tables["quotes"].with_columns(
        text=pl.lit("Bad.."), speaker_id=pl.lit("x-nobody"), confidence=pl.lit(7.0)
    )
    told = check_tables(sound_tables)
    assert any("body[start:end]" in fault for fault in told)
    assert any("quotes.speaker_id" in fault and "people" in fault for fault in told)
    assert any("quotes.confidence" in fault for fault in told)
