"""The main flow: raw news text in, one new snapshot of the tables out, with its report as artifacts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast
from uuid import UUID

from prefect import flow, tags
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import State
from prefect.futures import PrefectFuture
from prefect.runtime import flow_run
from prefect.states import Completed
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

from etl.pipeline import ingest as ingest_raw
from etl.runs import IngestRequest, ReportProgress, RunSummary
from flows.execution import PrefectExecution
from flows.listener import find_listener, listen
from flows.logs import open_pipeline_log
from flows.names import TAG, WITH_REJECTS
from flows.report import REPORT_KEY, build_markdown, build_tables, summarise
from flows.settings import Missing, Settings

# Groups of files in hand at once. Processes do the work; the threads read files and wait.
GROUPS_AT_ONCE = 2

RUNNER = cast(TaskRunner[PrefectFuture[Any]], ThreadPoolTaskRunner(max_workers=GROUPS_AT_ONCE))


@dataclass(frozen=True, slots=True)
class FinishedRun:
    """A flow run that ended well: what it did, and what to look for in Prefect's pages."""

    summary: RunSummary
    flow_run_id: str
    flow_run_name: str
    state_name: str


def name_run() -> str:
    """Name of the flow run: what is read, and when the run was due (UTC)."""
    given: dict[str, Any] = flow_run.parameters
    raw = given.get("raw") or Settings().raw
    what = "rebuild" if given.get("rebuild") else "ingest"
    return f"{what} {Path(raw).name} {flow_run.scheduled_start_time:%Y-%m-%d %H:%M:%S}"


@flow(name="ingest", flow_run_name=name_run, task_runner=RUNNER, persist_result=False)
def ingest(
    raw: str | None = None,
    warehouse: str | None = None,
    workers: int | None = None,
    rebuild: bool = False,
    missing: Missing | None = None,
    confirmed: bool = False,
    max_rejects: float | None = None,
) -> State[RunSummary]:
    """Reads new and changed raw news text and publishes one new snapshot of articles, meetings and quotes.

    What is left empty comes from the settings (READOUT_RAW, READOUT_WAREHOUSE, ...). Ends as CompletedWithRejects
    where more than `max_rejects` of the inputs were rejected; the tables are published all the same.

    Args:
        raw: Folder of raw files.
        warehouse: Folder of the tables.
        workers: Processes; empty takes one a core.
        rebuild: Derive everything again instead of what is new or changed.
        missing: What becomes of the rows of a raw file that vanished: keep or drop.
        confirmed: Go on even if that would drop more than a fifth of the articles.
        max_rejects: Share of rejected inputs, 0 to 1, that still counts as fine.
    """
    open_pipeline_log()
    settings = Settings()
    request = settings.build_request(raw, warehouse, workers, missing, rebuild=rebuild, confirmed=confirmed)
    execution = PrefectExecution(concurrent=request.workers != 1)
    summary = ingest_raw(request, execution, find_listener())
    execution.call("report", "artifacts of the run", publish_report, summary)
    allowed = settings.max_rejects if max_rejects is None else max_rejects
    name = WITH_REJECTS if summary.reject_share > allowed else "Completed"
    return Completed(name=name, message=summarise(summary), data=summary)


def publish_report(summary: RunSummary) -> None:
    """Creates the artifacts of the run: the report and its tables."""
    create_markdown_artifact(build_markdown(summary), key=REPORT_KEY, description=summarise(summary))
    for table in build_tables(summary):
        create_table_artifact(table.rows, key=table.key, description=table.description)


def run_ingest(request: IngestRequest, max_rejects: float, report_progress: ReportProgress | None) -> FinishedRun:
    """Runs the flow in this process and tells how it ended. Raises what the pipeline raises (IngestError)."""
    with listen(report_progress), tags(TAG):
        state = ingest(
            raw=str(request.raw),
            warehouse=str(request.warehouse),
            workers=request.workers,
            rebuild=request.rebuild,
            missing=cast(Missing, request.missing),
            confirmed=request.confirmed,
            max_rejects=max_rejects,
            return_state=True,
        )
    summary = cast(RunSummary, state.result())
    run_id = cast(UUID, state.state_details.flow_run_id)
    with get_client(sync_client=True) as client:
        run = client.read_flow_run(run_id)
    return FinishedRun(summary, str(run_id), run.name, state.name or "")
