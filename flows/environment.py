"""Prefect's settings for Readout, put into the environment before Prefect is imported."""

from __future__ import annotations

import os
from importlib.resources import files
from io import StringIO
from pathlib import Path

from dotenv import dotenv_values

OWN_ENV = Path(".env")


def load_environment() -> None:
    """Sets Prefect's settings in `os.environ`; what stands there wins over `.env`, and that over prefect.env.

    Prefect reads its settings when it is imported, so call this first. A relative PREFECT_HOME is made absolute:
    flow runs in child processes may start in another directory.
    """
    shipped = dotenv_values(stream=StringIO(files("flows").joinpath("prefect.env").read_text(encoding="utf-8")))
    own = dotenv_values(OWN_ENV) if OWN_ENV.is_file() else {}
    for name, value in {**shipped, **own}.items():
        if value is not None and (name in shipped or name.startswith("PREFECT_")):
            os.environ.setdefault(name, value)
    os.environ["PREFECT_HOME"] = str(Path(os.environ["PREFECT_HOME"]).expanduser().absolute())
