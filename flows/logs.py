"""Where log lines go: those of the pipeline to Prefect's pages, those of Prefect not to the terminal."""

from __future__ import annotations

import logging

PIPELINE = "readout"


def open_pipeline_log() -> None:
    """Lets the pipeline's lines through from INFO; the level of the root logger, WARNING, would stop them."""
    logging.getLogger(PIPELINE).setLevel(logging.INFO)


def quiet_console() -> None:
    """Leaves the pipeline's warnings in the terminal; Prefect's pages show the rest. Call after Prefect's import."""
    for handler in logging.getLogger().handlers:
        handler.addFilter(is_for_the_terminal)


def is_for_the_terminal(record: logging.LogRecord) -> bool:
    """What fails comes to the command as an exception, which it tells; Prefect's lines would tell it twice."""
    floor = logging.WARNING if record.name.split(".")[0] == PIPELINE else logging.CRITICAL
    return record.levelno >= floor
