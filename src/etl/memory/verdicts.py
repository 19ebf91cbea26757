"""Which repeated lines are furniture, by the documents that contain them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import polars as pl

from etl.data import check_keys, read_toml
from etl.memory.observations import FRAGMENT, INSIDE

LINE = ("outlet", "key")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Numbers of documents and shares of them that data/outlet_memory.toml asks for."""

    sample: int
    block: int
    alone: int
    sentence_in_block: int
    entry_in_block: int
    between: float
    listed: float
    headline: float


@cache
def load_evidence() -> Evidence:
    """The thresholds of data/outlet_memory.toml. Raises DataError."""
    name = "outlet_memory.toml"
    table = read_toml(name)
    check_keys(table, name, ("sample", "block", "alone", "sentence_in_block", "entry_in_block", "limits"))
    return Evidence(
        table["sample"],
        table["block"]["documents"],
        table["alone"]["documents"],
        table["sentence_in_block"]["documents"],
        table["entry_in_block"]["documents"],
        table["limits"]["between"],
        table["limits"]["listed"],
        table["limits"]["headline"],
    )


def find_repeats(observations: pl.DataFrame, evidence: Evidence, lines: pl.DataFrame | None = None) -> pl.DataFrame:
    """Which of `lines` (columns outlet, key; all where it is None) are furniture: the same columns, no row twice.

    The verdict on a line is right where `observations` hold all rows of all documents of the outlet that contain it;
    rows of other documents do not matter, nor does the order of the rows.
    """
    judged = observations.filter("learnable")
    if lines is not None:
        judged = judged.join(lines, on=LINE, how="semi")
    repeated = _select_repeated(judged, evidence.sample)
    observations = observations.filter(pl.col("rank") > 0)
    told = repeated.join(_find_copies(repeated, observations), on=[*LINE, "record"], how="anti")
    same = [_count_neighbours(told, side) for side in ("above", "below")]
    facts = told.group_by(LINE).agg(
        documents=pl.col("record").n_unique(),
        form=pl.col("form").max(),
        outside=pl.col("place").ne(INSIDE).mean(),
        between=pl.col("between").mean(),
        listed=pl.col("listed").mean(),
        headline=pl.col("headline").mean(),
    )
    for counts in same:
        facts = facts.join(counts, on=LINE, how="left")
    return facts.filter(_is_furniture(evidence)).select(LINE)


def _is_furniture(evidence: Evidence) -> pl.Expr:
    above, below = pl.col("above").fill_null(0), pl.col("below").fill_null(0)
    fragment = pl.col("form") == FRAGMENT
    in_block = pl.max_horizontal(above, below) >= evidence.block
    alone = (pl.col("documents") >= evidence.alone) & (pl.col("outside") == 1)
    framed = pl.min_horizontal(above, below)
    in_text = (pl.col("between") > evidence.between) | (pl.col("headline") > evidence.headline)
    in_list = (pl.col("listed") > evidence.listed) & (framed < evidence.entry_in_block)
    repeated = (fragment & (in_block | alone)) | (framed >= evidence.sentence_in_block)
    return repeated & ~in_text & ~in_list


def _select_repeated(observations: pl.DataFrame, sample: int) -> pl.DataFrame:
    """The rows of lines that stand in two documents or more; of many documents those with the smallest names."""
    told = observations.select(*LINE, "record").unique().filter(pl.len().over(LINE) > 1).sort("record")
    chosen = told.group_by(LINE, maintain_order=True).head(sample)
    return observations.join(chosen, on=[*LINE, "record"], how="semi")


def _find_copies(repeated: pl.DataFrame, observations: pl.DataFrame) -> pl.DataFrame:
    """The documents that do not count for a line: columns outlet, key, record.

    Those that are nearly the same as one with a smaller name that contains the line too, and those without prose, of
    which nobody can say that they are not.
    """
    pairs = repeated.select(*LINE, "record").unique()
    marks = _list_marks(observations.join(pairs.select("record").unique(), on="record", how="semi"))
    marked = pairs.join(marks, on="record", how="left")
    first = pl.col("record").min().over(*LINE, "mark")
    return marked.filter(pl.col("mark").is_null() | (first != pl.col("record"))).select(*LINE, "record").unique()


def _list_marks(observations: pl.DataFrame) -> pl.DataFrame:
    """Columns record, mark. Documents that share a mark are nearly the same.

    Marks are the longest paragraph of the run of prose, and each two of its three longest ones.
    """
    long = observations.filter(pl.col("rank") > 0).select("record", "rank", mark="key").unique()
    longest = long.filter(pl.col("rank") == 1).select("record", "mark")
    two = long.join(long, on="record", suffix="_b").filter(pl.col("mark") < pl.col("mark_b"))
    # Any mixing of the two hashes will do that gives no third paragraph's hash.
    return pl.concat([longest, two.select("record", mark=pl.col("mark") ^ (pl.col("mark_b") // 2))]).unique()


def _count_neighbours(told: pl.DataFrame, side: str) -> pl.DataFrame:
    """Columns outlet, key and `side`: the number of documents that have the line's most frequent neighbour there."""
    counts = told.filter(pl.col(side).is_not_null()).group_by(*LINE, side).agg(n=pl.col("record").n_unique())
    return counts.group_by(LINE).agg(pl.col("n").max().alias(side))
