"""Readout's settings: READOUT_* in the environment or in a .env file. What the command line says wins over them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, TypeAlias

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from etl.runs import KEEP_SNAPSHOTS, MAX_ARTICLE_CHARS, IngestRequest
from flows.errors import CommandError

Missing: TypeAlias = Literal["keep", "drop"]


class Settings(BaseSettings):
    """Defaults of a run, such as READOUT_RAW=/data/news or READOUT_ENCODINGS='{"old/**": "cp1251"}'."""

    model_config = SettingsConfigDict(env_prefix="READOUT_", env_file=".env", extra="ignore", frozen=True)

    raw: Annotated[Path, Field(description="Folder of raw files.")] = Path("raw")
    warehouse: Annotated[Path, Field(description="Folder of the tables.")] = Path("warehouse")
    workers: Annotated[int | None, Field(ge=1, description="Processes; unset takes one a core.")] = None
    max_rejects: Annotated[float, Field(ge=0, le=1, description="Share of rejected inputs that is still fine.")] = 0.05
    keep_snapshots: Annotated[int, Field(ge=1, description="Snapshots that stay.")] = KEEP_SNAPSHOTS
    max_article_chars: Annotated[int, Field(ge=1, description="Longer texts are rejected.")] = MAX_ARTICLE_CHARS
    encodings: Annotated[
        dict[str, str], Field(description="Encoding by glob over source paths; wins over detection.")
    ] = Field(default_factory=dict)
    missing: Annotated[Missing, Field(description="What becomes of the rows of a raw file that vanished.")] = "keep"

    def build_request(
        self,
        raw: str | Path | None = None,
        warehouse: str | Path | None = None,
        workers: int | None = None,
        missing: Missing | None = None,
        *,
        rebuild: bool = False,
        confirmed: bool = False,
    ) -> IngestRequest:
        """What a run is asked to do, from the settings where None is given. Paths are absolute: reports name them."""
        return IngestRequest(
            raw=Path(raw or self.raw).expanduser().absolute(),
            warehouse=Path(warehouse or self.warehouse).expanduser().absolute(),
            workers=workers or self.workers,
            rebuild=rebuild,
            missing=missing or self.missing,
            confirmed=confirmed,
            max_article_chars=self.max_article_chars,
            keep_snapshots=self.keep_snapshots,
            encodings=tuple(self.encodings.items()),
        )


def load_settings() -> Settings:
    """The settings of this process. Raises CommandError where a variable holds what it must not."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "READOUT_" + "_".join(map(str, first["loc"])).upper()
        raise CommandError(f"{name} in the environment or in .env is not right: {first['msg']}.") from error
