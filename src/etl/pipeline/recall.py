"""What outlet memory means for a run: which articles must be derived again, and with which learned lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from etl.memory import OBSERVATIONS, find_repeats, load_evidence
from etl.pipeline.reading import LINES, SpooledBatch

_LINE = ["outlet", "key"]


@dataclass(frozen=True, slots=True)
class Recall:
    """Outlet memory after a run's reading.

    `observations` are those of all articles that the warehouse will hold; `flipped` the fingerprints of articles of
    the last snapshot that contain a line whose verdict is another now; `learned` has columns record, key for these,
    for new articles and for those that were asked for.
    """

    observations: pl.DataFrame
    flipped: frozenset[str]
    learned: pl.DataFrame

    def list_learned(self) -> dict[str, frozenset[int]]:
        """Learned lines by fingerprint; an article without any is not there."""
        grouped = self.learned.group_by("record").agg("key")
        return {record: frozenset(keys) for record, keys in grouped.iter_rows()}

    def sign_learned(self) -> pl.DataFrame:
        """Columns fingerprint, learned: 64 bits that stand for the learned lines of an article."""
        return self.learned.group_by(fingerprint="record").agg(learned=pl.col("key").bitwise_xor())


def read_observed(batches: Sequence[SpooledBatch]) -> pl.DataFrame:
    """What was observed in the batches."""
    return pl.concat([pl.DataFrame(schema=OBSERVATIONS), *(pl.read_parquet(b.folder / LINES) for b in batches)])


def recall_lines(known: pl.DataFrame | None, kept: pl.Series, new: pl.DataFrame, asked: pl.Series) -> Recall:
    """Outlet memory where the articles `kept` of those in `known` stay and those in `new` come.

    Looks at lines of new and of gone articles only, and at all lines of the articles that it names in `learned`:
    those of `new`, the flipped ones and those in `asked`. All are fingerprints.
    """
    before = pl.DataFrame(schema=OBSERVATIONS) if known is None else known
    stays = pl.col("record").is_in(kept.implode())
    old, gone = before.filter(stays), before.filter(~stays)
    now = pl.concat([old, new])
    touched = pl.concat([new.select(_LINE), gone.select(_LINE)]).unique()
    repeats = find_repeats(now, load_evidence(), touched)
    flips = _differ(find_repeats(before, load_evidence(), touched), repeats)
    flipped = old.join(flips, on=_LINE, how="semi")["record"].unique()
    again = pl.concat([flipped, asked]).unique()
    lines = old.filter(pl.col("record").is_in(again.implode())).select(_LINE).unique()
    more = find_repeats(now, load_evidence(), lines.join(touched, on=_LINE, how="anti"))
    wanted = pl.concat([new, old.filter(pl.col("record").is_in(again.implode()))]).select("record", *_LINE).unique()
    learned = wanted.join(pl.concat([repeats, more]), on=_LINE, how="semi")
    return Recall(now, frozenset(flipped), learned.select("record", "key"))


def _differ(a: pl.DataFrame, b: pl.DataFrame) -> pl.DataFrame:
    return pl.concat([a.join(b, on=_LINE, how="anti"), b.join(a, on=_LINE, how="anti")])
