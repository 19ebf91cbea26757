"""Who watches the progress of a run in this process: a flow's parameters are JSON, which a callback is not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from etl.runs import ReportProgress

_listener: ContextVar[ReportProgress | None] = ContextVar("progress_listener", default=None)


@contextmanager
def listen(report_progress: ReportProgress | None) -> Iterator[None]:
    """Flows that start inside the block tell `report_progress` how far they are."""
    token = _listener.set(report_progress)
    try:
        yield
    finally:
        _listener.reset(token)


def find_listener() -> ReportProgress | None:
    """Who listens to the flow that runs here, or None."""
    return _listener.get()
