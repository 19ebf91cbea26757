"""One run of the pipeline: what it is asked, how its stages are carried out, what it reports."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, TypeVar

T = TypeVar("T")
R = TypeVar("R")

MAX_ARTICLE_CHARS = 5_000_000
KEEP_SNAPSHOTS = 5


class IngestError(Exception):
    """The run cannot go on: no raw folder, a warehouse that cannot be written. The message is for the user."""


@dataclass(frozen=True, slots=True)
class IngestRequest:
    """What a run is asked to do.

    `workers` None takes one process a core where there is enough to read. `encodings` are pairs of a glob over
    source paths and an encoding that wins over detection. `missing` says what becomes of the rows of a raw file
    that vanished: keep or drop; a drop of more than 20 % of the articles needs `confirmed`.
    """

    raw: Path
    warehouse: Path
    workers: int | None = None
    rebuild: bool = False
    missing: str = "keep"
    confirmed: bool = False
    max_article_chars: int = MAX_ARTICLE_CHARS
    keep_snapshots: int = KEEP_SNAPSHOTS
    encodings: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the reading is: bytes of raw files taken in, of those to be read, and articles derived so far."""

    done_bytes: int
    total_bytes: int
    articles: int


ReportProgress = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class RunSummary:
    """What a run did. Also the run record in warehouse/runs/ (as JSON), with its times beside it.

    `inputs` counts raw files by what became of them: read, unchanged, vanished. `derived` counts articles derived in
    this run, `reused` those kept from the snapshot before. `rows` are the rows of each table now; `added` and
    `removed` the keys that came and went. `rejects` counts rejected inputs and rows by check; `rejected_inputs` only
    whole inputs, `total_inputs` = articles + rejected_inputs. `outlets` are articles per outlet, most first.
    """

    snapshot_id: str
    published: bool
    rules_version: str
    warehouse: str
    inputs: dict[str, int]
    derived: int
    reused: int
    rows: dict[str, int]
    added: dict[str, int]
    removed: dict[str, int]
    rejects: dict[str, int]
    rejected_inputs: int
    total_inputs: int
    outlets: dict[str, int]
    new_quotes: list[dict[str, Any]] = field(default_factory=list)
    new_meetings: list[dict[str, Any]] = field(default_factory=list)
    rejected_examples: list[dict[str, Any]] = field(default_factory=list)
    recovered: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def reject_share(self) -> float:
        """Share of the inputs that were rejected whole."""
        return self.rejected_inputs / self.total_inputs if self.total_inputs else 0.0


class Execution(Protocol):
    """How the stages of a run are carried out: directly, or as Prefect tasks. The rows are the same either way.

    `stage` is the stage's name for people (list inputs, derive, resolve, publish); `detail` says what this call is
    about (3 of 16: 210 files, 4.1 MB).
    """

    def call(self, stage: str, detail: str, function: Callable[..., R], *args: Any) -> R:
        """The result of `function(*args)`."""
        ...

    def map(self, stage: str, function: Callable[[T], R], items: Sequence[tuple[str, T]]) -> list[R]:
        """The results for `items`, pairs of a detail and an argument, in their order."""
        ...


class DirectExecution:
    """Carries the stages out in this process, without Prefect."""

    def __init__(self, threads: int = 2) -> None:
        self._threads = threads

    def call(self, stage: str, detail: str, function: Callable[..., R], *args: Any) -> R:
        return function(*args)

    def map(self, stage: str, function: Callable[[T], R], items: Sequence[tuple[str, T]]) -> list[R]:
        if self._threads < 2 or len(items) < 2:
            return [function(item) for _, item in items]
        with ThreadPoolExecutor(self._threads) as pool:
            return list(pool.map(lambda pair: function(pair[1]), items))
