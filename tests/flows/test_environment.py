from __future__ import annotations

import os
from pathlib import Path

import pytest

from flows.environment import load_environment


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """An empty environment in an empty working directory."""
    variables: dict[str, str] = {}
    monkeypatch.setattr(os, "environ", variables)
    monkeypatch.chdir(tmp_path)
    return variables


def test_prefect_stays_at_home_and_silent(environment: dict[str, str], tmp_path: Path) -> None:
    load_environment()
    assert environment["PREFECT_HOME"] == str(tmp_path / ".prefect")
    assert environment["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"
    assert environment["DO_NOT_TRACK"] == "1"
    assert environment["PREFECT_LOGGING_EXTRA_LOGGERS"] == "readout"
    assert int(environment["PREFECT_FLOWS_HEARTBEAT_FREQUENCY"]) >= 30


def test_what_the_user_set_wins(environment: dict[str, str], tmp_path: Path) -> None:
    environment["PREFECT_LOGGING_EXTRA_LOGGERS"] = "readout,mine"
    (tmp_path / ".env").write_text(
        "PREFECT_HOME=elsewhere\nPREFECT_API_URL=http://127.0.0.1:9/api\nPREFECT_LOGGING_EXTRA_LOGGERS=no\nPATH=/x\n"
    )
    load_environment()
    assert environment["PREFECT_LOGGING_EXTRA_LOGGERS"] == "readout,mine"
    assert environment["PREFECT_HOME"] == str(tmp_path / "elsewhere")
    assert environment["PREFECT_API_URL"] == "http://127.0.0.1:9/api"
    assert "PATH" not in environment
