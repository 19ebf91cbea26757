"""The ingest flow on a schedule, on this machine, against a running server."""

from __future__ import annotations

from typing import Any, cast

from prefect import serve
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.client.schemas.schedules import CronSchedule
from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Cron, Schedule
from prefect.types.entrypoint import EntrypointType
from pydantic import ValidationError

from etl.runs import IngestRequest
from flows.errors import CommandError
from flows.ingest import ingest
from flows.names import SERVED, TAG


def build_schedule(cron: str, timezone: str) -> Schedule:
    """The schedule of `cron` (five fields) in `timezone`. Raises CommandError."""
    try:
        CronSchedule(cron=cron, timezone=timezone)
    except ValidationError as error:
        raise CommandError(
            f"'{cron}' in time zone '{timezone}' is no schedule; write five fields such as '0 5 * * *' (daily at 5:00) "
            "and a zone such as Europe/Berlin."
        ) from error
    return Cron(cron, timezone=timezone)


def build_parameters(request: IngestRequest, max_rejects: float) -> dict[str, Any]:
    """Parameters of the served flow: what was asked here, so that a run needs no settings of its own."""
    return {
        "raw": str(request.raw),
        "warehouse": str(request.warehouse),
        "workers": request.workers,
        "missing": request.missing,
        "max_rejects": max_rejects,
    }


def serve_ingest(schedule: Schedule | None, parameters: dict[str, Any]) -> None:
    """Runs the flow when it is due, one run at a time, until interrupted; a run that comes too early is cancelled.

    Each run is a new process that imports the flow. `ingest.serve` would send the flow itself, and what its module
    defines would not all arrive.
    """
    deployment = ingest.to_deployment(
        name=SERVED,
        schedule=schedule,
        parameters=parameters,
        tags=[TAG],
        concurrency_limit=ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW),
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    serve(cast(RunnerDeployment, deployment), print_starting_message=False)
