"""Phase A of a run: reads what is new, recalls what outlets repeat, derives what that concerns, signs the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from logging import getLogger
from pathlib import Path

import polars as pl

from etl.pipeline.deriving import BatchDeriver
from etl.pipeline.groups import Group, open_pool, split_groups
from etl.pipeline.ledger import Plan, build_ledger
from etl.pipeline.reading import ArticleReader, GroupReader, ReadGroup, SpooledBatch
from etl.pipeline.recall import Recall, read_observed, recall_lines
from etl.pipeline.workers import Workers
from etl.runs import Execution, ReportProgress
from etl.sources import InputFile, ReadOptions
from etl.warehouse import Snapshot

LOG = getLogger("readout")


@dataclass(frozen=True, slots=True)
class PhaseA:
    """What phase A came to: batches of staged rows, and what of the last snapshot goes on.

    `kept` are the article_ids whose rows are reused, `unread` the source_uris of kept rejects; `ledger` and
    `observations` go into the new snapshot.
    """

    batches: tuple[SpooledBatch, ...]
    kept: frozenset[str]
    unread: frozenset[str]
    ledger: pl.DataFrame
    observations: pl.DataFrame

    @property
    def derived(self) -> int:
        return sum(len(batch.articles) for batch in self.batches)


class Deriver:
    """Carries phase A out for one run; all it writes goes under `staging`."""

    def __init__(
        self,
        staging: Path,
        options: ReadOptions,
        execution: Execution,
        workers: int,
        report_progress: ReportProgress | None,
    ) -> None:
        self._staging = staging
        self._options = options
        self._execution = execution
        self._count = workers
        self._report = report_progress

    def derive(self, plan: Plan, files: Sequence[InputFile], before: Snapshot | None) -> PhaseA:
        """Reads and derives as `plan` says; `files` are all that are listed, read or not."""
        with open_pool(self._count) as pool:
            workers = Workers(pool, self._count)
            read = self._read(split_groups(plan.read), workers, plan.known)
            memory = _Memory(plan, files, read, before)
            again = self._read_again(memory.wanted, files, workers)
            self._derive(read, again, memory.recall, workers)
        return _conclude(plan, read, again, memory)

    def _read(
        self, groups: Sequence[Group], workers: Workers, known: Mapping[str, Mapping[str, str]]
    ) -> list[ReadGroup]:
        reader = GroupReader(self._staging / "new", self._options, known, workers)
        return self._execution.map("read", reader.read_group, [(g.describe(len(groups)), g) for g in groups])

    def _read_again(
        self, wanted: Mapping[str, set[str]], files: Iterable[InputFile], workers: Workers
    ) -> list[ReadGroup]:
        if not wanted:
            return []
        LOG.info("%d articles are derived again: what their outlets repeat has changed", sum(map(len, wanted.values())))
        groups = split_groups([file for file in files if file.uri in wanted])
        reader = ArticleReader(self._staging / "again", self._options, wanted, workers)
        return self._execution.map("read", reader.read_group, [(g.describe(len(groups)), g) for g in groups])

    def _derive(self, read: list[ReadGroup], again: list[ReadGroup], recall: Recall, workers: Workers) -> None:
        groups = [group.batches for group in (*read, *again) if group.batches]
        total = sum(group.size for group in read)
        deriver = BatchDeriver(recall.list_learned(), workers, self._report, total, [b for g in groups for b in g])
        items = [
            (f"{n} of {len(groups)}: {sum(len(batch.articles) for batch in group)} articles", group)
            for n, group in enumerate(groups, 1)
        ]
        self._execution.map("derive", deriver.derive_batches, items)


class _Memory:
    """What outlet memory asks of the run; `wanted` are the articles to read again, by file and fingerprint."""

    def __init__(self, plan: Plan, files: Sequence[InputFile], read: Sequence[ReadGroup], before: Snapshot | None):
        met = _list_met(plan, read)
        listed = {file.uri for file in files}
        present = [*met, *((f, name) for f, name in _list_records(plan.kept) if f in listed)]
        self.former = _read_former(before)
        stale = set(self.former.filter(pl.col("learned").is_null())["fingerprint"])
        asked = pl.Series([name for _, name in present if name in stale], dtype=pl.String)
        kept = pl.concat([plan.kept["fingerprint"].drop_nulls(), pl.Series([name for _, name in met], dtype=pl.String)])
        observed = read_observed([batch for group in read for batch in group.batches])
        self.recall = recall_lines(before.read_memory() if before else None, kept, observed, asked)
        self.changed = self.recall.flipped.union(asked)
        self.wanted: dict[str, set[str]] = {}
        for file, name in present:
            if name in self.changed:
                self.wanted.setdefault(file, set()).add(name)


def _list_records(ledger: pl.DataFrame) -> list[tuple[str, str]]:
    return list(ledger.select("file", "fingerprint").drop_nulls().iter_rows())


def _list_met(plan: Plan, read: Sequence[ReadGroup]) -> list[tuple[str, str]]:
    """File and fingerprint of the records of changed files that were there before."""
    states = [pair for group in read for pair in group.states]
    records = [(state.file, record.fingerprint) for state, records in states for record in records]
    return [(file, name) for file, name in records if name is not None and name in plan.known.get(file, {})]


def _read_former(before: Snapshot | None) -> pl.DataFrame:
    """Fingerprint and learned lines (as the ledger signs them) of the articles of the last snapshot."""
    ledgers = [build_ledger([]), *([before.read_inputs()] if before else [])]
    return pl.concat(ledgers, how="diagonal").select("fingerprint", "learned").drop_nulls("fingerprint")


def _conclude(plan: Plan, read: Sequence[ReadGroup], again: Sequence[ReadGroup], memory: _Memory) -> PhaseA:
    batches = tuple(batch for group in (*read, *again) for batch in group.batches)
    derived = {name: article for batch in batches for name, article in batch.articles.items()}
    ledger = pl.concat([plan.kept, build_ledger(state for group in read for state in group.states)])
    kept = set(plan.kept["article_id"].drop_nulls()).union(*(group.reused for group in read))
    return PhaseA(
        batches,
        frozenset(kept.difference(derived.values())),
        frozenset(plan.kept.filter(pl.col("article_id").is_null())["source_uri"].drop_nulls()),
        _sign_ledger(ledger, memory, pl.Series(list(derived), dtype=pl.String)),
        memory.recall.observations,
    )


def _sign_ledger(ledger: pl.DataFrame, memory: _Memory, derived: pl.Series) -> pl.DataFrame:
    """The ledger with what each article was derived with; null where that is no longer what its outlet repeats."""
    name = pl.col("fingerprint")
    signed = (
        ledger.drop("learned")
        .join(memory.former, on="fingerprint", how="left")
        .join(memory.recall.sign_learned(), on="fingerprint", how="left", suffix="_now")
    )
    learned = (
        pl.when(name.is_in(derived.implode()))
        .then(pl.col("learned_now").fill_null(0))
        .when(~name.is_in(pl.Series(list(memory.changed), dtype=pl.String).implode()))
        .then(pl.col("learned"))
    )
    return signed.with_columns(learned=learned).select(ledger.columns)
