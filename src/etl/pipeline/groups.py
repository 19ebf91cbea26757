"""Groups of files: how the reading of a run is shared out, and the pool of processes that does its work."""

from __future__ import annotations

import multiprocessing
import multiprocessing.connection
import os
import threading
from collections.abc import Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

from etl.sources import InputFile

GROUPS = 16  # tasks that Prefect shows for one stage of a run, whatever its size
GROUP_BYTES = 8_000_000  # below this a group is not worth a task of its own


@dataclass(frozen=True, slots=True)
class Group:
    """Files that one task reads, in the order of their names."""

    number: int
    files: tuple[InputFile, ...]

    @property
    def size(self) -> int:
        return sum(file.size for file in self.files)

    def describe(self, groups: int) -> str:
        """What the group is, for people; `groups` is how many there are."""
        return f"{self.number + 1} of {groups}: {len(self.files)} files, {self.size / 1e6:.1f} MB"


def split_groups(files: Sequence[InputFile]) -> tuple[Group, ...]:
    """At most `GROUPS` groups of neighbouring files, of about the same size in bytes."""
    limit = max(sum(file.size for file in files) / GROUPS, GROUP_BYTES)
    groups: list[list[InputFile]] = []
    filled = limit
    for file in files:
        if filled >= limit and len(groups) < GROUPS:
            groups.append([])
            filled = 0
        groups[-1].append(file)
        filled += file.size
    return tuple(Group(number, tuple(members)) for number, members in enumerate(groups))


def open_pool(workers: int) -> AbstractContextManager[Executor | None]:
    """A pool of `workers` processes; None where one process does all."""
    if workers == 1:
        return nullcontext()
    # spawn: a forked child would inherit the locks of Polars' threads and may hang.
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"), initializer=end_with_parent)


def end_with_parent() -> None:
    """Makes this worker end when the process that started it does, however that one ends."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_wait_and_exit, args=(parent.sentinel,), daemon=True).start()


def _wait_and_exit(sentinel: int) -> None:
    multiprocessing.connection.wait([sentinel])
    os._exit(1)
