from __future__ import annotations

from pathlib import Path

import pytest

from etl.runs import KEEP_SNAPSHOTS
from flows.errors import CommandError
from flows.settings import Settings, load_settings


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory without a .env file."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_defaults_name_the_folders_of_the_project(folder: Path) -> None:
    request = load_settings().build_request()
    assert (request.raw, request.warehouse) == (folder / "raw", folder / "warehouse")
    assert (request.missing, request.rebuild, request.confirmed) == ("keep", False, False)
    assert request.keep_snapshots == KEEP_SNAPSHOTS


def test_command_line_wins_over_environment_over_env_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / ".env").write_text("READOUT_RAW=from_file\nREADOUT_WORKERS=3\nREADOUT_MISSING=drop\nOTHER=1\n")
    monkeypatch.setenv("READOUT_RAW", "from_environment")
    monkeypatch.setenv("READOUT_ENCODINGS", '{"old/**": "cp1251"}')
    settings = load_settings()
    assert settings.build_request().raw == folder / "from_environment"
    request = settings.build_request("from_command", workers=1, missing="keep")
    assert (request.raw, request.workers, request.missing) == (folder / "from_command", 1, "keep")
    assert settings.build_request().workers == 3
    assert request.encodings == (("old/**", "cp1251"),)


@pytest.mark.parametrize(
    ("name", "value"),
    [("READOUT_WORKERS", "0"), ("READOUT_MAX_REJECTS", "5"), ("READOUT_MISSING", "lose"), ("READOUT_WORKERS", "many")],
)
def test_a_bad_setting_is_told_by_its_name(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(CommandError, match=name):
        load_settings()


def test_home_folder_is_understood() -> None:
    assert Settings(warehouse=Path("~/tables")).build_request().warehouse == Path.home() / "tables"
