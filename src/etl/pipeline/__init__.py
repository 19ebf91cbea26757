"""The main job: raw files in, one published snapshot out. `ingest` is what `--bare` and the Prefect flow both call.

    list inputs -> read -> derive (phase A, in batches, staged) -> resolve (phase B, over all rows) -> publish

Phase-A rows of unchanged inputs are taken from the current snapshot; phase B is computed over all rows.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import UTC, datetime
from logging import getLogger

import polars as pl

from etl.frames import PHASE_A_TABLES
from etl.pipeline.deriving import read_staged
from etl.pipeline.ledger import Plan, plan_inputs
from etl.pipeline.phase_a import Deriver, PhaseA
from etl.pipeline.report import build_summary
from etl.resolve import resolve_tables, strip_phase_b
from etl.rules import compute_rules_version, load_rules
from etl.runs import DirectExecution, Execution, IngestError, IngestRequest, ReportProgress, RunSummary
from etl.sources import Listing, ReadOptions, SourceError, list_inputs
from etl.validate import build_rejects
from etl.warehouse import Publication, Snapshot, Warehouse, WarehouseError
from schemas import SCHEMA_VERSION, TABLES

__all__ = ["IngestError", "IngestRequest", "RunSummary", "ingest"]

LOG = getLogger("readout")
SMALL_INPUT_BYTES = 1_500_000  # below this, starting worker processes costs more than they save
LARGEST_DROP = 0.20


def ingest(
    request: IngestRequest, execution: Execution | None = None, report_progress: ReportProgress | None = None
) -> RunSummary:
    """Takes new and changed input into a new snapshot of the warehouse and tells what came of it.

    Publishes nothing where nothing changed. Raises IngestError, with a sentence for the user, where the run cannot
    go on; a faulty input never raises, it stands in the table `rejected`.
    """
    started = time.time()
    warehouse = Warehouse(request.warehouse)
    try:
        warehouse.prepare()
        with warehouse.lock():
            recovered = warehouse.recover()
            try:
                summary = _run_stages(request, warehouse, execution or _choose_execution(request), report_progress)
            except Exception as error:
                failure = {"status": "failed", "error": f"{type(error).__name__}: {error}"}
                warehouse.write_run(_describe_run(started) | failure)
                raise
            summary = replace(summary, recovered=recovered, seconds=round(time.time() - started, 3))
            warehouse.write_run(_describe_run(started) | {"status": "done"} | asdict(summary))
    except (WarehouseError, SourceError) as error:
        raise IngestError(str(error)) from error
    return summary


def _describe_run(started: float) -> dict[str, str]:
    times = {"started_at": started, "ended_at": time.time()}
    return {
        name: datetime.fromtimestamp(value, UTC).isoformat(timespec="microseconds") for name, value in times.items()
    }


def _choose_execution(request: IngestRequest) -> Execution:
    return DirectExecution(threads=1 if request.workers == 1 else 2)


def _run_stages(
    request: IngestRequest, warehouse: Warehouse, execution: Execution, report_progress: ReportProgress | None
) -> RunSummary:
    before = warehouse.current
    listing = execution.call("list inputs", request.raw.name, list_inputs, request.raw)
    plan = _plan_run(request, listing, before)
    LOG.info("%d files to read, %d unchanged, %d vanished", len(plan.read), len(plan.unchanged), len(plan.vanished))
    if before and _is_up_to_date(before, plan, listing):
        standing = Publication(before, False, {}, {}, {})
        return build_summary(request, plan, None, standing, {name: before.read_table(name) for name in TABLES}, before)
    staging = warehouse.open_staging(f"{os.getpid()}")
    deriver = Deriver(staging, _choose_options(request), execution, _count_workers(request, plan), report_progress)
    phase_a = deriver.derive(plan, listing.files, before)
    rows = [read_staged(phase_a.batches), *_reuse_rows(phase_a, before)]
    frames = {table: pl.concat([frames[table] for frames in rows]) for table in PHASE_A_TABLES}
    frames["rejected"] = pl.concat([frames["rejected"], build_rejects([asdict(r) for r in listing.rejects])])
    detail = f"{len(frames['articles'])} articles, {len(frames['meeting_mentions'])} mentions"
    tables = execution.call("resolve", detail, resolve_tables, frames, load_rules().registry)
    publication: Publication = execution.call(
        "publish",
        f"{sum(map(len, tables.values()))} rows",
        warehouse.publish,
        tables,
        phase_a.ledger.sort("file", "source_uri", "article_id"),
        compute_rules_version(),
        request.keep_snapshots,
        phase_a.observations,
    )
    shutil.rmtree(staging)
    return build_summary(request, plan, phase_a, publication, tables, before)


def _plan_run(request: IngestRequest, listing: Listing, before: Snapshot | None) -> Plan:
    now = time.time_ns()
    plan = plan_inputs(listing.files, before.read_inputs() if before else None, _choose_options(request), now)
    if before and (request.rebuild or not _has_same_rules(before)):
        # Everything that is there is derived anew; of files that are gone there is nothing to derive from.
        gone = plan.kept.filter(pl.col("file").is_in(list(plan.vanished)))
        plan = Plan((), listing.files, plan.vanished, gone, {})
    if request.missing == "drop" and plan.vanished:
        gone = plan.kept.filter(pl.col("file").is_in(list(plan.vanished)))
        _confirm_drop(gone, before, request)
        plan = replace(plan, kept=plan.kept.filter(~pl.col("file").is_in(list(plan.vanished))))
    return plan


def _is_up_to_date(before: Snapshot, plan: Plan, listing: Listing) -> bool:
    """Whether the snapshot is made of just these inputs: phase B would give the tables that stand there."""
    ledger = before.read_inputs()
    same = _has_same_rules(before) and before.manifest.schema_version == SCHEMA_VERSION
    present = pl.col("file").is_in([file.uri for file in listing.files])
    stale = plan.kept.filter(present & pl.col("fingerprint").is_not_null() & pl.col("learned").is_null())
    if not same or plan.read or len(plan.kept) != len(ledger) or len(stale):
        return False
    rejected = before.read_table("rejected")
    read = pl.col("source_uri").is_in(ledger["source_uri"].drop_nulls().implode())
    of_listing = rejected.filter(pl.col("article_id").is_null() & ~read & (pl.col("stage") != "reference"))
    listed = build_rejects([asdict(reject) for reject in listing.rejects])
    return of_listing.sort(rejected.columns).equals(listed.sort(rejected.columns))


def _choose_options(request: IngestRequest) -> ReadOptions:
    return ReadOptions(max_article_chars=request.max_article_chars, encodings=request.encodings)


def _has_same_rules(snapshot: Snapshot) -> bool:
    return bool(snapshot.manifest.rules_version == compute_rules_version())


def _confirm_drop(gone: pl.DataFrame, before: Snapshot | None, request: IngestRequest) -> None:
    dropped = gone["article_id"].count()
    articles = before.read_inputs()["article_id"].count() if before else 0
    if not request.confirmed and dropped > LARGEST_DROP * articles:
        raise IngestError(
            f"{dropped} of {articles} articles come from raw files that are no longer there; "
            "to drop so many say --yes, to keep their rows say --missing keep."
        )


def _count_workers(request: IngestRequest, plan: Plan) -> int:
    small = sum(file.size for file in plan.read) < SMALL_INPUT_BYTES
    return request.workers or (1 if small else os.cpu_count() or 1)


def _reuse_rows(phase_a: PhaseA, before: Snapshot | None) -> Iterator[dict[str, pl.DataFrame]]:
    """Phase-A rows of the current snapshot whose inputs are unchanged, gone but kept, or records met again."""
    if before is None:
        return
    frames = strip_phase_b({table: before.read_parts(table) for table in PHASE_A_TABLES})
    of_article = pl.col("article_id").is_in(pl.Series(list(phase_a.kept), dtype=pl.String).implode())
    kept = {
        name: frames[name].filter(of_article) for name in ("articles", "article_parts", "quotes", "meeting_mentions")
    }
    kept["mention_participants"] = frames["mention_participants"].join(
        kept["meeting_mentions"], on="mention_id", how="semi", maintain_order="left"
    )
    unread = pl.col("source_uri").is_in(pl.Series(list(phase_a.unread), dtype=pl.String).implode())
    unreadable = pl.col("article_id").is_null() & unread
    kept["rejected"] = frames["rejected"].filter(of_article.fill_null(False) | unreadable)
    yield kept
