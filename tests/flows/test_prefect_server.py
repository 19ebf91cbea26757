"""Against a real Prefect server, started with `readout ui`: runs, artifacts, schedules, deployments."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import ProxyHandler, Request, build_opener

import pytest

from etl.warehouse import Warehouse
from flows.server import is_healthy
from schemas import TABLES

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
SECONDS = 120.0
TASKS = (
    "list inputs: raw",
    "read: 1 of 1",
    "derive: 1 of 1",
    "resolve: ",
    "publish: ",
    "report: artifacts of the run",
)

ARTICLE = """Harbour bridge to open in May

PORT ELDER, March 1 (Harbour Post) - The new harbour bridge will open in May, the transport minister said on Friday.

“The bridge opens in May, and the ferry stops that day,” Transport Minister Ilka Brandt told reporters in Oslo.

Brandt met Finnish Transport Minister Aino Salmela in Oslo on Thursday and discussed the rail link.
"""


@dataclass(frozen=True)
class Server:
    """A running server and the environment of commands that shall use it."""

    api_url: str
    environment: dict[str, str]

    def ask(self, path: str, body: dict[str, Any] | None = None) -> Any:
        """The JSON answer of the API to a POST, or a GET without body."""
        data = None if body is None else json.dumps(body).encode()
        request = Request(f"{self.api_url}/{path}", data=data, headers={"content-type": "application/json"})
        with build_opener(ProxyHandler({})).open(request, timeout=30) as answer:
            return json.load(answer)

    def find_runs(self, deployment: str) -> list[Any]:
        """Flow runs of a deployment."""
        runs: list[Any] = self.ask("flow_runs/filter", {"deployments": {"name": {"any_": [deployment]}}})
        return runs


@contextmanager
def running(command: list[str], environment: dict[str, str], folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A program that runs during the block and is ended, by its id, after it."""
    process = subprocess.Popen(command, env=environment, cwd=folder)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=SECONDS)


def wait_for(what: Callable[[], Any]) -> Any:
    """What `what` returns, once that is something."""
    deadline = time.monotonic() + SECONDS
    while not (found := what()):
        assert time.monotonic() < deadline, "nothing came"
        time.sleep(0.5)
    return found


def readout(*arguments: str) -> list[str]:
    code = "import sys; from flows.command import main; sys.exit(main())"
    return [sys.executable, "-c", code, *arguments]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for all tests, with a data base of its own, on a port that is free."""
    home = tmp_path_factory.mktemp("prefect")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    api_url = f"http://127.0.0.1:{port}/api"
    own = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "READOUT_"))}
    environment = own | {"PREFECT_HOME": str(home), "PREFECT_API_URL": api_url}
    with running(readout("ui", "--port", str(port)), environment, home) as process:
        wait_for(lambda: is_healthy(api_url) or process.poll() is not None)
        assert process.poll() is None
        yield Server(api_url, environment)
    assert not is_healthy(api_url)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with raw text, as a user has it."""
    raw = tmp_path / "raw" / "harbour-post"
    raw.mkdir(parents=True)
    for day in range(1, 5):
        (raw / f"bridge-{day}.txt").write_text(ARTICLE.replace("March 1", f"March {day}"), encoding="utf-8")
    return tmp_path


def run(server: Server, project: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        readout("run", *options), env=server.environment, cwd=project, capture_output=True, text=True, timeout=SECONDS
    )


def find_run(server: Server, told: str) -> Any:
    """The flow run whose page the command names."""
    page = re.search(r"/v2/runs/flow-run/([0-9a-f-]{36})", told)
    assert page is not None, told
    return server.ask(f"flow_runs/{page[1]}")


def list_hashes(warehouse: Path) -> dict[str, list[str]]:
    manifest = Warehouse(warehouse).open_current().manifest
    return {table: [file.sha256 for file in manifest.tables[table].files] for table in TABLES}


def test_flow_gives_the_rows_of_a_bare_run(server: Server, project: Path) -> None:
    done = run(server, project)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert run(server, project, "--bare", "--warehouse", "bare").returncode == 0
    assert list_hashes(project / "warehouse") == list_hashes(project / "bare")

    found = find_run(server, done.stdout)
    assert found["state"]["name"] == "Completed"
    assert "4 new articles" in found["state"]["message"]
    assert found["name"].startswith("ingest raw 2")
    of_run = {"flow_run_id": {"any_": [found["id"]]}}
    artifacts = server.ask("artifacts/filter", {"artifacts": of_run})
    kinds = {artifact["key"]: artifact["type"] for artifact in artifacts}
    assert kinds["readout-run-report"] == "markdown"
    assert {"readout-articles-per-outlet", "readout-new-quotes"} <= kinds.keys()

    names = wait_for(lambda: find_task_names(server, found["id"], at_least=len(TASKS)))
    assert len(names) == len(TASKS)
    assert all(any(name.startswith(start) for name in names) for start in TASKS)
    assert wait_for(lambda: [line for line in server.ask("logs/filter", {"logs": of_run}) if line["name"] == "readout"])


def find_task_names(server: Server, flow_run_id: str, at_least: int) -> set[str]:
    """Names of the task runs. They arrive some seconds late; nothing before there are `at_least` so many."""
    found = server.ask("task_runs/filter", {"flow_runs": {"id": {"any_": [flow_run_id]}}})
    names = {task["name"] for task in found}
    return names if len(names) >= at_least else set()


def test_partial_success_has_its_own_state(server: Server, project: Path) -> None:
    for number in range(3):
        (project / "raw" / f"empty-{number}.txt").touch()
    done = run(server, project)
    assert done.returncode == 3, done.stderr
    found = find_run(server, done.stdout)
    assert found["state"]["name"] == "CompletedWithRejects"
    assert found["state"]["type"] == "COMPLETED"
    assert "3 of 7 inputs rejected" in found["state"]["message"]


def test_failure_is_one_sentence_here_and_a_failed_run_there(server: Server, project: Path) -> None:
    done = run(server, project, "nowhere")
    assert done.returncode == 1
    assert re.fullmatch(r"readout: [^\n]*nowhere[^\n]*\n", done.stderr)
    name = {"flow_runs": {"name": {"like_": "ingest nowhere"}}}
    (found,) = server.ask("flow_runs/filter", name)
    assert found["state"]["name"] == "Failed"
    assert "nowhere" in found["state"]["message"]


def test_dead_runs_are_watched_for(server: Server) -> None:
    (automation,) = wait_for(lambda: server.ask("automations/filter", {}))
    assert automation["trigger"]["match_related"] == {"prefect.resource.id": ["prefect.tag.readout"]}
    # A run in a state that nobody expects would be marked as crashed although it ended well.
    assert "prefect.flow-run.CompletedWithRejects" in automation["trigger"]["expect"]
    assert "prefect.flow-run.Completed" in automation["trigger"]["expect"]


def test_serve_schedules_runs_and_carries_them_out(server: Server, project: Path) -> None:
    with running(readout("serve", "--cron", "0 5 * * *"), server.environment, project):
        scheduled = wait_for(lambda: server.find_runs("served"))
        assert {found["state"]["type"] for found in scheduled} == {"SCHEDULED"}
        deployment = scheduled[0]["deployment_id"]
        started = server.ask(f"deployments/{deployment}/create_flow_run", {})
        ended = wait_for(lambda: (found := server.ask(f"flow_runs/{started['id']}")) and found["end_time"] and found)
        assert ended["state"]["name"] == "Completed", ended["state"]["message"]
        assert "readout" in ended["tags"]
    assert Warehouse(project / "warehouse").open_current().manifest.tables["articles"].rows == 4
    assert server.ask(f"deployments/{deployment}")["paused"]


def test_a_schedule_that_is_none_is_refused(server: Server, project: Path) -> None:
    done = subprocess.run(
        readout("serve", "--cron", "daily"), env=server.environment, cwd=project, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert "'daily'" in done.stderr


def test_deploy_all_schedules_runs(server: Server, project: Path) -> None:
    shutil.copy(ROOT / "prefect.yaml", project)
    prefect = [sys.executable, "-m", "prefect"]
    for arguments in (["work-pool", "create", "local", "--type", "process"], ["--no-prompt", "deploy", "--all"]):
        subprocess.run([*prefect, *arguments], env=server.environment, cwd=project, check=True, timeout=SECONDS)
    deployment = server.ask("deployments/name/ingest/nightly")
    assert deployment["entrypoint"] == "flows.ingest:ingest"
    assert deployment["concurrency_options"]["collision_strategy"] == "CANCEL_NEW"
    (step,) = deployment["pull_steps"]
    assert step == {"prefect.deployments.steps.set_working_directory": {"directory": str(project)}}
    assert wait_for(lambda: server.find_runs("nightly"))
    assert wait_for(lambda: server.find_runs("weekly"))
    assert server.find_runs("rebuild") == []


def test_audit_fails_where_a_file_is_damaged(server: Server, project: Path) -> None:
    code = "from flows.audit import audit; print(audit(warehouse='tables', return_state=True).name)"

    def audit() -> str:
        command = [sys.executable, "-c", code]
        done = subprocess.run(command, env=server.environment, cwd=project, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    assert run(server, project, "--bare", "--warehouse", "tables").returncode == 0
    assert audit() == "Completed"
    (part,) = Warehouse(project / "tables").open_current().list_files("articles")
    part.write_bytes(part.read_bytes()[:-1] + b"?")
    assert audit() == "Failed"
    (report,) = server.ask("artifacts/filter", {"artifacts": {"key": {"any_": ["readout-faults"]}}})
    assert part.name in report["data"]


def test_without_a_server_a_run_has_its_own(server: Server, project: Path) -> None:
    alone = Server(server.api_url, server.environment | {"PREFECT_API_URL": "http://127.0.0.1:9/api"})
    done = run(alone, project)
    assert done.returncode == 0, done.stderr
    assert "`readout ui` shows it" in done.stdout
    assert Warehouse(project / "warehouse").open_current().check() == []
