"""Parts that go on and rows that are written anew make up the new table, whatever changed."""

from __future__ import annotations

from itertools import accumulate, pairwise

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.warehouse.changes import match_rows
from etl.warehouse.generations import Generation, split_generations
from etl.warehouse.manifest import FileEntry
from schemas import TABLES

ROWS = st.dictionaries(st.integers(0, 30), st.integers(0, 2), max_size=20)
SIZES = st.lists(st.integers(0, 5), max_size=6)


def split(table: str, old: pl.DataFrame, new: pl.DataFrame, sizes: list[int]) -> tuple[Generation, list[pl.DataFrame]]:
    """Splits after cutting the old table into parts of these sizes and the rest; with the parts' rows."""
    starts = [0, *(start for start in accumulate(sizes) if start < old.height), old.height]
    parts = [old[start:end] for start, end in pairwise(starts)]
    files = [FileEntry(name=str(n), rows=part.height, bytes=0, sha256="") for n, part in enumerate(parts)]
    return split_generations(files, match_rows(TABLES[table], old, new)), parts


def build_people(rows: dict[int, int]) -> pl.DataFrame:
    return pl.DataFrame(
        [{"person_id": f"x-{key:02}", "name": "N", "n_quotes": value} for key, value in rows.items()],
        schema=TABLES["people"].dtypes,
    )


def build_rejected(rows: dict[int, int]) -> pl.DataFrame:
    """Few different rows, so that some are there more than once."""
    return pl.DataFrame(
        [{"source_uri": f"{key % 3}.txt", "check": str(value)} for key, value in rows.items()],
        schema=TABLES["rejected"].dtypes,
    )


@settings(max_examples=60, deadline=None)
@given(old=ROWS, new=ROWS, sizes=SIZES, table=st.sampled_from(["people", "rejected"]))
def test_kept_parts_and_rest_are_the_new_table(
    old: dict[int, int], new: dict[int, int], sizes: list[int], table: str
) -> None:
    build = build_people if table == "people" else build_rejected
    before, after = build(old), build(new)
    generation, parts = split(table, before, after, sizes)
    together = pl.concat([*(parts[int(file.name)] for file in generation.kept), after[generation.rest]])
    order = list(TABLES[table].key or TABLES[table].columns)
    assert together.sort(order).equals(after.sort(order))


@settings(max_examples=30, deadline=None)
@given(rows=ROWS, sizes=SIZES, seed=st.integers(0, 9))
def test_all_parts_are_kept_where_nothing_changed(rows: dict[int, int], sizes: list[int], seed: int) -> None:
    before = build_people(rows)
    generation, parts = split("people", before, before.sample(fraction=1.0, shuffle=True, seed=seed), sizes)
    assert len(generation.kept) == len(parts)
    assert generation.rest.is_empty()


def test_only_the_part_that_lost_a_row_and_much_smaller_ones_are_written_anew() -> None:
    before = build_people(dict.fromkeys(range(60), 1))
    after = build_people({key: 2 if key == 2 else 1 for key in range(60)})
    generation, _ = split("people", before, after, [3, 2, 5, 50])
    assert [file.rows for file in generation.kept] == [50]
    assert sorted(after[generation.rest]["person_id"]) == [f"x-{key:02}" for key in range(10)]
