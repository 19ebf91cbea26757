"""Options and exit codes that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, TypeAlias

from cyclopts import Parameter
from cyclopts.validators import Number

DONE, FAILED, WITH_REJECTS = 0, 1, 3

Raw: TypeAlias = Annotated[Path | None, Parameter(help="Folder of raw files. [default: READOUT_RAW, else raw]")]
WarehouseDir: TypeAlias = Annotated[
    Path | None, Parameter(help="Folder of the tables. [default: READOUT_WAREHOUSE, else warehouse]")
]
Workers: TypeAlias = Annotated[
    int | None, Parameter(help="Processes that derive. [default: one a core]", validator=Number(gte=1))
]
MaxRejects: TypeAlias = Annotated[
    float | None,
    Parameter(
        help="Share of rejected inputs that still counts as done. [default: 0.05]", validator=Number(gte=0, lte=1)
    ),
]
MissingRows: TypeAlias = Annotated[
    Literal["keep", "drop"] | None,
    Parameter(help="What becomes of the rows of a raw file that vanished. [default: keep]"),
]
Port: TypeAlias = Annotated[
    int, Parameter(help="Port on 127.0.0.1. [default: 4200]", validator=Number(gte=1, lte=65535))
]
