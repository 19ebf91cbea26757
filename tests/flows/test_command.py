from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from etl.runs import IngestError, IngestRequest, Progress
from flows.command import main

SLOW_TO_IMPORT = ("prefect", "polars", "pandera", "duckdb", "pydantic", "etl", "schemas")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory, and an environment of its own: `serve` puts Prefect's settings there."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(os, "environ", dict(os.environ))
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api")
    return tmp_path


@pytest.fixture
def requests(summarise_run: Any, monkeypatch: pytest.MonkeyPatch) -> list[IngestRequest]:
    """What the pipeline is asked. It rejects a tenth of the inputs."""
    asked: list[IngestRequest] = []

    def ingest(request: IngestRequest, report_progress: Any = None) -> Any:
        asked.append(request)
        return summarise_run(rejected_inputs=10, total_inputs=100, warehouse=str(request.warehouse))

    monkeypatch.setattr("etl.pipeline.ingest", ingest)
    return asked


def test_importing_the_command_imports_nothing_slow() -> None:
    code = "import sys, flows.command; print(*(name for name in sys.argv[1:] if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code, *SLOW_TO_IMPORT], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


@pytest.mark.parametrize("command", ["run", "serve", "ui", "check", "describe", "sql", "snapshots"])
def test_help_lists_every_command(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    assert f" {command} " in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [
        ["run", "--workers", "0"],
        ["run", "--max-rejects", "5"],
        ["run", "--missing", "lose"],
        ["run", "--nonsense"],
        ["dance"],
        ["sql"],
        ["snapshots", "clean", "--keep", "0"],
        ["ui", "--port", "70000"],
    ],
)
def test_wrong_usage_exits_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == 2
    assert capsys.readouterr().err


def test_run_passes_on_what_it_was_asked(requests: list[IngestRequest], folder: Path) -> None:
    options = ["--warehouse", "tables", "--workers", "1", "--rebuild", "--missing", "drop", "--yes"]
    main(["run", "news", "--bare", *options])
    assert requests == [
        IngestRequest(
            raw=folder / "news",
            warehouse=folder / "tables",
            workers=1,
            rebuild=True,
            missing="drop",
            confirmed=True,
        )
    ]


@pytest.mark.parametrize(("allowed", "code"), [("0.05", 3), ("0.0999", 3), ("0.1", 0), ("1", 0)])
def test_too_many_rejects_exit_with_3(allowed: str, code: int, requests: list[IngestRequest]) -> None:
    assert main(["run", "--bare", "--max-rejects", allowed]) == code


def test_rejects_are_measured_against_the_setting(
    requests: list[IngestRequest], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["run", "--bare"]) == 3
    monkeypatch.setenv("READOUT_MAX_REJECTS", "0.2")
    assert main(["run", "--bare"]) == 0


def test_summary_says_what_is_there_now(
    requests: list[IngestRequest], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["run", "--bare"])
    told = capsys.readouterr().out
    for fact in ("4,000", "3,900", "empty", "10 of 100 inputs (10.0%)", "000002-0123456789ab", f"{folder}/warehouse"):
        assert fact in told


def test_a_failed_run_says_one_sentence(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def fail(*_args: Any, **_options: Any) -> None:
        raise IngestError("the warehouse /data/[x] is locked by another run")

    monkeypatch.setattr("etl.pipeline.ingest", fail)
    assert main(["run", "--bare"]) == 1
    assert capsys.readouterr().err == "readout: the warehouse /data/[x] is locked by another run\n"


def test_a_bug_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: Any, **_options: Any) -> None:
        raise KeyError("a rule that is not there")

    monkeypatch.setattr("etl.pipeline.ingest", fail)
    with pytest.raises(KeyError):
        main(["run", "--bare"])


def test_a_bad_setting_exits_with_1(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("READOUT_WORKERS", "none")
    assert main(["run", "--bare"]) == 1
    assert "READOUT_WORKERS" in capsys.readouterr().err


def test_serve_without_a_server_says_how_to_start_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--cron", "0 5 * * *"]) == 1
    told = capsys.readouterr().err
    assert "http://127.0.0.1:9/api" in told
    assert "readout ui" in told


def test_progress_goes_to_terminals_only(capsys: pytest.CaptureFixture[str]) -> None:
    from rich.console import Console

    from flows.terminal import show_progress

    with show_progress(Console(stderr=True), "Loading") as report:
        assert report is None
    with show_progress(Console(stderr=True, force_terminal=True, width=120), "Loading") as report:
        assert report is not None
        report(Progress(500_000, 1_000_000, 1200))
    told = capsys.readouterr().err
    assert "1,200 articles" in told
    assert "0.5/1.0 MB" in told
