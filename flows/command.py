"""The `readout` command. What is slow to import (Prefect, Polars, the pipeline) a command imports when it runs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

from cyclopts import App, Parameter
from rich.console import Console

from flows import inspection, showing
from flows.options import (
    DONE,
    FAILED,
    WITH_REJECTS,
    MaxRejects,
    MissingRows,
    Port,
    Raw,
    WarehouseDir,
    Workers,
)

if TYPE_CHECKING:
    from etl.runs import IngestRequest, RunSummary

app = App(
    name="readout",
    help="Raw news text in, validated Parquet tables of articles, meetings and quotes out.",
    help_epilogue="Exit codes: 0 done, 1 failed, 2 wrong usage, 3 done with more rejected inputs than --max-rejects.",
    help_format="plaintext",
    default_parameter=Parameter(negative=(), show_default=False),
)


@app.command
def run(
    raw: Raw = None,
    /,
    *,
    warehouse: WarehouseDir = None,
    workers: Workers = None,
    rebuild: Annotated[bool, Parameter(help="Derive everything again, not only what is new or changed.")] = False,
    bare: Annotated[bool, Parameter(help="Without Prefect.")] = False,
    max_rejects: MaxRejects = None,
    missing: MissingRows = None,
    yes: Annotated[bool, Parameter(help="Drop rows even if more than a fifth of the articles goes.")] = False,
) -> int:
    """Take new and changed raw files into a new snapshot of the tables."""
    from flows.settings import load_settings

    settings = load_settings()
    request = settings.build_request(raw, warehouse, workers, missing, rebuild=rebuild, confirmed=yes)
    allowed = settings.max_rejects if max_rejects is None else max_rejects
    summary = _run_bare(request) if bare else _run_flow(request, allowed)
    return WITH_REJECTS if summary.reject_share > allowed else DONE


def _run_bare(request: IngestRequest) -> RunSummary:
    from flows.terminal import print_summary, show_progress

    with show_progress(Console(stderr=True), "Loading rules") as report:
        from etl.pipeline import ingest

        summary = ingest(request, report_progress=report)
    print_summary(Console(), summary)
    return summary


def _run_flow(request: IngestRequest, max_rejects: float) -> RunSummary:
    from flows.environment import load_environment
    from flows.logs import quiet_console
    from flows.server import build_page_url, choose_server
    from flows.terminal import print_summary, show_progress

    load_environment()
    api_url = choose_server()
    with show_progress(Console(stderr=True), "Starting Prefect") as report:
        from flows.ingest import run_ingest

        quiet_console()
        done = run_ingest(request, max_rejects, report)
    page = build_page_url(api_url, f"runs/flow-run/{done.flow_run_id}") if api_url else "`readout ui` shows it"
    print_summary(Console(), done.summary, seen_at=f"flow run '{done.flow_run_name}' {done.state_name}, {page}")
    return done.summary


@app.command
def serve(
    raw: Raw = None,
    /,
    *,
    cron: Annotated[
        str | None, Parameter(help="When to run, such as '0 5 * * *'. Without it, only when asked.")
    ] = None,
    timezone: Annotated[str, Parameter(help="Time zone of --cron. [default: UTC]")] = "UTC",
    warehouse: WarehouseDir = None,
    workers: Workers = None,
    max_rejects: MaxRejects = None,
    missing: MissingRows = None,
) -> int:
    """Run on a schedule on this machine, until interrupted. Needs a running server (readout ui)."""
    from flows.environment import load_environment
    from flows.server import build_page_url, require_server
    from flows.settings import load_settings

    load_environment()
    settings = load_settings()
    request = settings.build_request(raw, warehouse, workers, missing)
    allowed = settings.max_rejects if max_rejects is None else max_rejects
    api_url = require_server()
    from flows.automation import watch_for_dead_runs
    from flows.names import SERVED
    from flows.serving import build_parameters, build_schedule, serve_ingest

    schedule = build_schedule(cron, timezone) if cron else None
    watch_for_dead_runs()
    console = Console(soft_wrap=True, highlight=False)
    when = f"at '{cron}' ({timezone})" if cron else "when asked"
    console.print(f"Takes {request.raw} into {request.warehouse} {when}. Ctrl-C ends it.", markup=False)
    console.print(f"Run it now: PREFECT_API_URL={api_url} prefect deployment run ingest/{SERVED}", markup=False)
    console.print(f"Watch it:   {build_page_url(api_url, 'deployments')}", markup=False)
    serve_ingest(schedule, build_parameters(request, allowed))
    return DONE


@app.command
def ui(*, port: Port = 4200) -> int:
    """Start the Prefect server on this machine and say where to look. Ctrl-C ends it."""
    from flows import server
    from flows.environment import load_environment

    load_environment()
    api_url = server.build_api_url(port)
    console = Console(soft_wrap=True, highlight=False)
    pages = {"Runs": "runs", "Deployments": "deployments", "Reports": "artifacts"}
    places = "\n".join(f"{name + ':':<13}{server.build_page_url(api_url, page)}" for name, page in pages.items())
    if server.is_healthy(api_url):
        console.print(f"A Prefect server runs already.\n{places}", markup=False)
        return DONE
    console.print(f"Starting the Prefect server at {server.build_page_url(api_url)} ...", markup=False)
    server.use_server(api_url)
    with server.interrupt_on_terminate(), server.start_server(port) as started:
        from flows.automation import watch_for_dead_runs

        watch_for_dead_runs()
        console.print(f"{places}\nServer log:  {server.find_server_log()}\nCtrl-C ends it.", markup=False)
        return FAILED if started.wait() else DONE


app.command(inspection.check)
app.command(inspection.describe)
app.command(inspection.sql)
app.command(showing.show)
app.command(inspection.snapshots)


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line and returns its exit code; usage errors leave by SystemExit with 2."""
    try:
        code: int | None = app(arguments, result_action="return_value")
    except _list_expected_errors() as error:
        Console(stderr=True, soft_wrap=True, highlight=False).print(f"readout: {error}", markup=False)
        return FAILED
    return DONE if code is None else code


def _list_expected_errors() -> tuple[type[Exception], ...]:
    """Errors that are one sentence for the user. Called only when something was raised: their modules load slowly."""
    from etl.data import DataError
    from etl.runs import IngestError
    from etl.warehouse import WarehouseError
    from flows.errors import CommandError

    return (CommandError, DataError, IngestError, WarehouseError)
