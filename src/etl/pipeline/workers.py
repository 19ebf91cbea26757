"""Work that goes to the worker processes of a run, a few batches ahead of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from typing import Any, TypeVar

R = TypeVar("R")
AHEAD = 2  # batches in hand per worker


class Workers:
    """The pool of a run, or this process where `pool` is None."""

    def __init__(self, pool: Executor | None, count: int) -> None:
        self._pool = pool
        self._in_flight = AHEAD * count

    def run(self, function: Callable[..., R], calls: Iterable[tuple[Any, ...]]) -> Iterator[R]:
        """The results of `function` for all argument tuples, in no order. Takes the next call when a worker is free."""
        pending: set[Future[R]] = set()
        for arguments in calls:
            if self._pool is None:
                yield function(*arguments)
                continue
            pending.add(self._pool.submit(function, *arguments))
            if len(pending) >= self._in_flight:
                done, pending = wait(pending, return_when=FIRST_COMPLETED)
                yield from (future.result() for future in done)
        yield from (future.result() for future in pending)
