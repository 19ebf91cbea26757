"""What the server itself watches for."""

from __future__ import annotations

from datetime import timedelta

from prefect.automations import Automation
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import StateType
from prefect.events.actions import ChangeFlowRunState
from prefect.events.schemas.automations import EventTrigger, Posture
from prefect.events.schemas.events import ResourceSpecification

from flows.names import AUTOMATION, TAG, WITH_REJECTS

# Ten heartbeats (prefect.env): a busy SQLite loses one now and then, and a run that lives must not be declared dead.
SILENCE = timedelta(minutes=5)
# A run that ends in one of these is not dead. The name of partial success must be among them.
LIFE_SIGNS = ("heartbeat", "Completed", WITH_REJECTS, "Failed", "Cancelled", "Crashed", "Paused", "Suspended")


def watch_for_dead_runs() -> None:
    """Has the server mark a run of ours (by its tag) as crashed that is silent for `SILENCE`. It is told only once.

    A run that was killed cannot say so, and would show as running for ever.
    """
    with get_client(sync_client=True) as client:
        known = client.read_automations_by_name(AUTOMATION)
    if known:
        return
    Automation(
        name=AUTOMATION,
        trigger=EventTrigger(
            after={"prefect.flow-run.heartbeat"},
            expect={f"prefect.flow-run.{sign}" for sign in LIFE_SIGNS},
            match=ResourceSpecification({"prefect.resource.id": ["prefect.flow-run.*"]}),
            match_related=ResourceSpecification({"prefect.resource.id": [f"prefect.tag.{TAG}"]}),
            for_each={"prefect.resource.id"},
            posture=Posture.Proactive,
            threshold=1,
            within=SILENCE,
        ),
        actions=[
            ChangeFlowRunState(
                name=None, state=StateType.CRASHED, message="No sign of life: the process is gone.", force=False
            )
        ],
    ).create()
