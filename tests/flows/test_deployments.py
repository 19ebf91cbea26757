from __future__ import annotations

from importlib import import_module
from importlib.resources import files
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from dotenv import dotenv_values

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def nightly() -> Any:
    (deployment,) = yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]
    return deployment


def test_entrypoint_is_a_flow_by_module_path_and_knows_its_parameters(nightly: Any) -> None:
    module, name = nightly["entrypoint"].split(":")
    flow = getattr(import_module(module), name)
    assert set(nightly["parameters"]) <= set(flow.parameters.properties)


def test_runs_by_a_worker_get_the_settings_of_the_env_file(nightly: Any) -> None:
    shipped = dotenv_values(stream=StringIO(files("flows").joinpath("prefect.env").read_text(encoding="utf-8")))
    given = nightly["work_pool"]["job_variables"]["env"]
    assert given == {name: shipped[name] for name in given}
    assert {name for name in shipped if "LOGGING" in name or "HEARTBEAT" in name} == set(given)


def test_every_deployment_has_a_schedule_and_one_run_at_a_time(nightly: Any) -> None:
    assert [schedule["active"] for schedule in nightly["schedules"]] == [True]
    assert nightly["concurrency_limit"] == {"limit": 1, "collision_strategy": "CANCEL_NEW"}
