"""Which part files of the last snapshot go on as they are, and which rows are written anew.

A part whose rows all stand unchanged in the new table is kept: the cost of a run follows what is new. The rest are
the new rows and what remains of parts that lost a row. So that small parts do not pile up, the rest takes in each
small part that is not much larger than itself: a table has few parts, and a row is rewritten a few times, not
once a run (the way of log-structured merge trees).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from etl.warehouse.manifest import FileEntry
from etl.warehouse.parts import MAX_ROWS

MERGE_FACTOR = 4
SMALL_ROWS = MAX_ROWS // 4


@dataclass(frozen=True, slots=True)
class Generation:
    """`kept` files of the last snapshot, and the indices (UInt32) of the new table's rows to be written."""

    kept: tuple[FileEntry, ...]
    rest: pl.Series


def split_generations(files: Sequence[FileEntry], matches: pl.DataFrame) -> Generation:
    """Splits a table into parts to keep and rows to write.

    `files` are the table's parts in the order in which the old frame was read, `matches` comes from
    `changes.match_rows`. Where there is nothing to write, all files stay.
    """
    parts = [pl.repeat(part, file.rows, dtype=pl.Int64, eager=True) for part, file in enumerate(files)]
    part_of_row = pl.concat([pl.Series(dtype=pl.Int64), *parts]).alias("part").to_frame()
    placed = matches.join(part_of_row.with_row_index("old_row"), on="old_row", how="left")
    stay = placed.filter(pl.col("change") == "same")
    unchanged = dict(stay.group_by("part").len().iter_rows())
    intact = [part for part, file in enumerate(files) if unchanged.get(part, 0) == file.rows]
    height = placed["new_row"].count()
    if files and len(intact) == len(files) and height == sum(file.rows for file in files):
        return Generation(tuple(files), pl.Series(dtype=pl.UInt32))
    kept = _keep_large(files, [part for part in intact if files[part].rows > 0], height)
    in_kept = (pl.col("change") == "same") & pl.col("part").is_in(kept)
    rest = placed.filter(pl.col("new_row").is_not_null() & ~in_kept)["new_row"].sort()
    return Generation(tuple(files[part] for part in kept), rest)


def _keep_large(files: Sequence[FileEntry], intact: list[int], height: int) -> list[int]:
    """The parts of `intact` that the rest does not take in, in the order of `files`."""
    rest = height - sum(files[part].rows for part in intact)
    kept = set(intact)
    for part in sorted(intact, key=lambda part: (files[part].rows, files[part].name)):
        rows = files[part].rows
        if rows > SMALL_ROWS or rows > MERGE_FACTOR * rest:
            break
        kept.remove(part)
        rest += rows
    return sorted(kept)
