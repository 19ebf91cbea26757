"""What came, went and changed between a snapshot and new tables, row by row."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from schemas import Contract

CHANGES_SCHEMA = pl.Schema(
    {
        "table": pl.String,
        "key": pl.String,
        "change": pl.String,  # added, changed, removed
        "old_meeting_id": pl.String,
        "new_meeting_id": pl.String,
    }
)


def match_rows(contract: Contract, old: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    """Pairs the rows of two frames of a table by key: columns old_row, new_row (indices, null where there is none)
    and change (added, removed, changed, same). The rows of a table without a key are paired where they are equal.
    """
    key = [*contract.key] if contract.key else [*contract.columns, "copy"]
    pairs = (
        _number_rows(contract, old, "old_row")
        .join(_number_rows(contract, new, "new_row"), on=key, how="full", coalesce=True, nulls_equal=True)
        .select("old_row", "new_row")
    )
    return pl.concat(
        [
            _compare_pairs(contract, pairs.drop_nulls(), old, new),
            pairs.filter(pl.col("old_row").is_null()).with_columns(change=pl.lit("added")),
            pairs.filter(pl.col("new_row").is_null()).with_columns(change=pl.lit("removed")),
        ]
    )


def _compare_pairs(contract: Contract, both: pl.DataFrame, old: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    """`both` with its column change: same where no column outside the key differs, null being equal to null."""
    columns = [column for column in contract.columns if column not in (contract.key or contract.columns)]
    before = old.select(pl.col(columns).gather(both["old_row"]).name.prefix("old:"))
    after = new.select(pl.col(columns).gather(both["new_row"]).name.prefix("new:"))
    equal = [pl.col(f"old:{column}").eq_missing(pl.col(f"new:{column}")) for column in columns]
    change = pl.when(pl.all_horizontal(pl.lit(True), *equal)).then(pl.lit("same")).otherwise(pl.lit("changed"))
    return pl.concat([both, before, after], how="horizontal").select("old_row", "new_row", change=change)


def _number_rows(contract: Contract, frame: pl.DataFrame, name: str) -> pl.DataFrame:
    if contract.key:
        return frame.select(contract.key).with_row_index(name)
    return frame.with_row_index(name).with_columns(copy=pl.int_range(pl.len()).over(contract.columns))


def list_changes(contract: Contract, matches: pl.DataFrame, old: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    """The rows of `matches` that are not the same, in the shape of CHANGES_SCHEMA, in no order.

    `key` is the row's key, parts joined by a comma; for `rejected`, which has none, its source_uri. The meeting ids
    are what the row's column meeting_id held before and holds now.
    """
    names = contract.key or ("source_uri",)
    meeting = pl.col("meeting_id") if "meeting_id" in contract.columns else pl.lit(None, pl.String)

    def describe(frame: pl.DataFrame, side: str) -> pl.DataFrame:
        key = pl.concat_str(names, separator=",").alias(f"{side}_key")
        return frame.select(key, meeting.alias(f"{side}_meeting_id")).with_row_index(f"{side}_row")

    return (
        matches.filter(pl.col("change") != "same")
        .join(describe(old, "old"), on="old_row", how="left")
        .join(describe(new, "new"), on="new_row", how="left")
        .with_columns(table=pl.lit(contract.table), key=pl.coalesce("new_key", "old_key"))
        .select(CHANGES_SCHEMA.names())
    )


def join_changes(changes: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """The changes of all tables in one frame, sorted by all columns.

    A removed meeting gets as new_meeting_id the meeting to which most of its mentions went, where any went on.
    """
    joined = pl.concat([CHANGES_SCHEMA.to_frame(), *changes])
    is_gone = (pl.col("table") == "meetings") & (pl.col("change") == "removed")
    return (
        joined.join(_find_successors(joined), left_on="key", right_on="meeting_id", how="left")
        .with_columns(new_meeting_id=pl.when(is_gone).then("successor").otherwise("new_meeting_id"))
        .select(CHANGES_SCHEMA.names())
        .sort(CHANGES_SCHEMA.names())
    )


def _find_successors(changes: pl.DataFrame) -> pl.DataFrame:
    """Columns meeting_id, successor: where most mentions of a meeting went, the smallest id where it is even."""
    moved = changes.filter(
        (pl.col("table") == "meeting_mentions")
        & (pl.col("change") == "changed")
        & (pl.col("old_meeting_id") != pl.col("new_meeting_id"))
    )
    return (
        moved.group_by(meeting_id="old_meeting_id", successor="new_meeting_id")
        .len()
        .sort("meeting_id", "len", "successor", descending=[False, True, False])
        .unique("meeting_id", keep="first", maintain_order=True)
        .select("meeting_id", "successor")
    )


def count_changes(changes: pl.DataFrame, change: str, tables: Iterable[str]) -> dict[str, int]:
    """Rows of `changes` with this change, by table; tables without any count 0."""
    counts = dict(changes.filter(pl.col("change") == change).group_by("table").len().iter_rows())
    return {table: counts.get(table, 0) for table in tables}
