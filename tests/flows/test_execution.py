from __future__ import annotations

import logging

import pytest
from prefect import flow
from prefect.states import Failed

from etl.runs import IngestError
from etl.warehouse import WarehouseError
from flows.execution import RETRY_DELAYS, build_task, may_pass_next_time
from flows.logs import is_for_the_terminal


def chain(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "again"),
    [
        (OSError(5, "input/output error"), True),
        (chain(WarehouseError("cannot write"), OSError(116, "stale file handle")), True),
        (TimeoutError("the share does not answer"), True),
        (FileNotFoundError(2, "gone"), False),
        (chain(WarehouseError("cannot write"), PermissionError(13, "not yours")), False),
        (WarehouseError("two rows have the same key"), False),
        (IngestError("there is no raw folder"), False),
        (KeyError("a bug"), False),
    ],
)
def test_only_what_the_disk_may_mend_is_tried_again(error: Exception, again: bool) -> None:
    assert may_pass_next_time(build_task("derive", ""), None, Failed(data=error)) is again  # type: ignore[arg-type]


def test_a_task_is_named_after_its_stage_and_braces_stay() -> None:
    task = build_task("derive", "3 of 16: {news}.txt")
    assert task.name == "derive"
    assert callable(task.task_run_name)
    assert task.task_run_name() == "derive: 3 of 16: {news}.txt"
    assert task.retries == len(RETRY_DELAYS["derive"])
    assert build_task("resolve", "7 articles").retries == 0


def test_the_flow_is_found_by_its_module_path() -> None:
    import flows.ingest

    assert isinstance(flows.ingest.ingest, type(flow(lambda: None)))
    assert flows.ingest.ingest.name == "ingest"


@pytest.mark.parametrize(
    ("name", "level", "shown"),
    [
        ("readout", logging.WARNING, True),
        ("readout", logging.INFO, False),
        ("prefect.flow_runs", logging.ERROR, False),
        ("EventsWorker", logging.WARNING, False),
        ("prefect.server", logging.CRITICAL, True),
    ],
)
def test_the_terminal_shows_our_warnings_only(name: str, level: int, shown: bool) -> None:
    record = logging.LogRecord(name, level, __file__, 1, "x", None, None)
    assert is_for_the_terminal(record) is shown
