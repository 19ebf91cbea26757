from __future__ import annotations

from importlib import import_module
from importlib.resources import files
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from dotenv import dotenv_values

from flows.names import TAG

ROOT = Path(__file__).parents[2]


DEPLOYMENTS = yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]

each = pytest.mark.parametrize("deployment", DEPLOYMENTS, ids=lambda deployment: deployment["name"])


@each
def test_entrypoint_is_a_flow_by_module_path_and_knows_its_parameters(deployment: Any) -> None:
    module, name = deployment["entrypoint"].split(":")
    flow = getattr(import_module(module), name)
    assert set(deployment["parameters"]) <= set(flow.parameters.properties)


@each
def test_runs_by_a_worker_get_the_settings_of_the_env_file(deployment: Any) -> None:
    shipped = dotenv_values(stream=StringIO(files("flows").joinpath("prefect.env").read_text(encoding="utf-8")))
    given = deployment["work_pool"]["job_variables"]["env"]
    assert given == {name: shipped[name] for name in given}
    assert {name for name in shipped if "LOGGING" in name or "HEARTBEAT" in name} == set(given)


@each
def test_runs_of_a_deployment_never_overlap_and_are_watched(deployment: Any) -> None:
    assert deployment["concurrency_limit"] == {"limit": 1, "collision_strategy": "CANCEL_NEW"}
    assert deployment["tags"] == [TAG]


def test_what_runs_by_itself() -> None:
    scheduled = {d["name"]: [s["cron"] for s in d.get("schedules", []) if s["active"]] for d in DEPLOYMENTS}
    assert scheduled == {"nightly": ["0 5 * * *"], "rebuild": [], "weekly": ["0 7 * * 0"]}
