"""Which tellings are compared at all: those of a block that share words, and those that share words in a row.

Blocks are one speaker in one article, at one meeting, or in the articles of near days. What they cost follows the
number of tellings, not of pairs: in a group that is too large each is compared with the fullest of it only.
"""

from __future__ import annotations

import polars as pl

from etl.variants.lexicon import Lexicon

_RUN = 5  # words that count, in a row: what is copied is found by them
_COPIED = 0.25  # the share of its runs that a copy with some changed words still has
_BASE = 1_000_003  # a prime above the number of words that a corpus has
_STRONG = 0.75  # a word that weighs less brings no tellings together
_FULLEST = 60  # of a group, so many are compared with each other telling


def find_pairs(ranked: pl.DataFrame, long: pl.DataFrame, lexicon: Lexicon) -> pl.DataFrame:
    """Pairs of tellings by their ranks: columns fuller and shorter, fuller < shorter, sorted, no pair twice.

    `ranked` and `long` are what sources.rank_rows gives.
    """
    told = long.filter("is_first").drop("is_first")
    pairs = [_pair_blocks(_list_blocks(ranked, lexicon.limits.near_days), told), _pair_runs(long)]
    return _keep_likely(pl.concat(pairs).unique(), ranked, told, lexicon).sort("shorter", "fuller")


def _list_blocks(ranked: pl.DataFrame, near_days: int) -> pl.DataFrame:
    """rank and block (a number) of each telling with a speaker, for the blocks that have two or more."""
    named = ranked.select("rank", "speaker", "article_id", "meeting_id", "day").filter(pl.col("speaker").is_not_null())
    speaker = pl.col("speaker")
    keys = [named.select("rank", key=pl.concat_str(speaker, "article_id", separator="\n"))]
    met = named.filter(pl.col("meeting_id").is_not_null())
    keys.append(met.select("rank", key=pl.concat_str(speaker, "meeting_id", separator="\n")))
    dated = named.filter(pl.col("day").is_not_null())
    # A day and the days after it: near tellings share the later one's block.
    for later in range(near_days + 1):
        keys.append(dated.select("rank", key=pl.concat_str(speaker, pl.col("day") + later, separator="\n")))
    blocks = pl.concat(keys).with_columns(size=pl.len().over("key")).filter(pl.col("size") > 1)
    return blocks.select("rank", block=pl.col("key").rank("dense"))


def _pair_blocks(blocks: pl.DataFrame, told: pl.DataFrame) -> pl.DataFrame:
    """Pairs of one block that have two strong words in common."""
    strong = blocks.join(told.filter(pl.col("weight") > _STRONG), on="rank", how="inner")
    pairs = _pair_groups(strong.select("rank", key=pl.struct("block", "concept")))
    # Two tellings may share several blocks, and each word in each of them.
    common = pairs.unique().group_by("fuller", "shorter").len()
    return common.filter(pl.col("len") > 1).select("fuller", "shorter")


def _pair_runs(long: pl.DataFrame) -> pl.DataFrame:
    """Pairs of which one has a good part of its runs from the other: _RUN words that count in a row."""
    key = pl.lit(0, dtype=pl.UInt64)
    for step in range(_RUN):
        key = key * _BASE + pl.col("concept").shift(-step)  # overflows wrap: equal runs have equal keys
    one_telling = pl.col("rank") == pl.col("rank").shift(1 - _RUN)
    runs = long.select("rank", is_run=one_telling, key=key).filter("is_run")
    runs = runs.select("rank", "key").unique()
    pairs = _pair_groups(runs).group_by("fuller", "shorter").agg(common=pl.len())
    pairs = pairs.join(runs.group_by("rank").len(), left_on="shorter", right_on="rank", how="inner")
    return pairs.filter(pl.col("common") >= _COPIED * pl.col("len")).select("fuller", "shorter")


def _pair_groups(told: pl.DataFrame) -> pl.DataFrame:
    """Each telling of a group (rows rank, key) with the fullest others: fuller, shorter, key."""
    grouped = told.filter(pl.len().over("key") > 1)
    fullest = grouped.sort("rank").group_by("key", maintain_order=True).head(_FULLEST)
    pairs = fullest.select("rank", "key").join(grouped, on="key", how="inner")
    pairs = pairs.filter(pl.col("rank") < pl.col("rank_right"))
    return pairs.select("key", fuller="rank", shorter="rank_right")


def _keep_likely(pairs: pl.DataFrame, ranked: pl.DataFrame, told: pl.DataFrame, lexicon: Lexicon) -> pl.DataFrame:
    """The pairs whose words in common weigh enough for the occasion that asks for least.

    The words in marks of a mixed quote may be enough, whatever the rest of it.
    """
    facts = ranked.select("rank", "speaker", "article_id", "type")
    pairs = _drop_unlinked(pairs, facts)
    least = min(lexicon.limits.echo, *(occasion.shared for occasion in lexicon.occasions.values()))
    cover = min(min(row.cover, row.cover_many) for row in lexicon.occasions.values())
    common = pairs.join(told, left_on="shorter", right_on="rank", how="inner")
    common = common.join(told, left_on=["fuller", "concept"], right_on=["rank", "concept"], how="semi")
    shared = common.group_by("fuller", "shorter").agg(shared=pl.col("weight").sum())
    weighed = shared.join(ranked.select("rank", "total", "type"), left_on="shorter", right_on="rank", how="inner")
    enough = (pl.col("shared") >= cover * pl.col("total")) | (pl.col("type") == "mixed")
    return weighed.filter((pl.col("shared") >= least) & enough).select("fuller", "shorter")


def _drop_unlinked(pairs: pl.DataFrame, facts: pl.DataFrame) -> pl.DataFrame:
    """The pairs without those that no wording makes one: of two speakers, in two articles, neither a direct quote."""
    both = pairs.join(facts, left_on="fuller", right_on="rank").join(
        facts, left_on="shorter", right_on="rank", suffix="_shorter"
    )
    one_speaker = (pl.col("speaker") == pl.col("speaker_shorter")).fill_null(False)
    one_article = pl.col("article_id") == pl.col("article_id_shorter")
    direct = (pl.col("type") == "direct") | (pl.col("type_shorter") == "direct")
    return both.filter(one_speaker | one_article | direct).select("fuller", "shorter")
