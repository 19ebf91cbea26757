"""The audit flow: is what was published still whole?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from prefect import flow
from prefect.artifacts import create_table_artifact
from prefect.client.schemas.objects import State
from prefect.states import Completed, Failed

from etl.warehouse import Warehouse
from flows.execution import PrefectExecution
from flows.faults import find_faults
from flows.settings import Settings

FAULTS_KEY = "readout-faults"


@flow(name="audit", persist_result=False)
def audit(warehouse: str | None = None) -> State[Any]:
    """Checks the current snapshot: file hashes, contracts, keys, references, offsets. Fails where something is off.

    Args:
        warehouse: Folder of the tables; empty takes the setting READOUT_WAREHOUSE.
    """
    snapshot = Warehouse(Path(warehouse or Settings().warehouse).expanduser()).open_current()
    execution = PrefectExecution()
    faults = execution.call("check", f"snapshot {snapshot.id}", find_faults, snapshot)
    if not faults:
        return Completed(message=f"nothing is off with snapshot {snapshot.id}", data=faults)
    execution.call("report", "faults", publish_faults, snapshot.id, faults)
    return Failed(message=f"{len(faults)} faults in snapshot {snapshot.id}: {faults[0]}")


def publish_faults(snapshot_id: str, faults: list[str]) -> None:
    """Creates the table artifact of the faults."""
    rows = [{"fault": fault} for fault in faults]
    create_table_artifact(rows, key=FAULTS_KEY, description=f"What is off with snapshot {snapshot_id}.")
