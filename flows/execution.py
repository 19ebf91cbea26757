"""The stages of a run as Prefect tasks: few and large, named after what they do, with retries where the disk fails."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeVar, cast

from prefect import Task, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.futures import wait

T = TypeVar("T")
R = TypeVar("R")
Work = Callable[[], Any]

# Seconds before each new attempt, by stage. A stage that is not here touches no disk: a second attempt would fail as
# the first did. Those that are here are safe to repeat: reading and deriving stage afresh, publishing is atomic.
RETRY_DELAYS = {
    "list inputs": (1.0, 5.0, 20.0),
    "read": (1.0, 5.0, 20.0),
    "derive": (1.0, 5.0, 20.0),
    "publish": (1.0, 5.0, 20.0),
    "report": (1.0, 5.0),
}
# What the disk says on purpose, and will say again.
LASTING = (FileNotFoundError, PermissionError, NotADirectoryError, IsADirectoryError, FileExistsError)


def may_pass_next_time(_task: Task[..., Any], _task_run: TaskRun, state: State[Any]) -> bool:
    """Whether the failure may be gone at the next attempt: one of the disk may; one of the input or of our code not."""
    error = state.data
    cause = error if isinstance(error, OSError) else getattr(error, "__cause__", None)
    return isinstance(cause, OSError) and not isinstance(cause, LASTING)


@task(cache_policy=NO_CACHE, persist_result=False, retry_condition_fn=may_pass_next_time)
def carry_out(work: Work) -> Any:
    """What `work` returns. One callable, since Prefect would walk through every argument in search of futures."""
    return work()


def build_task(stage: str, detail: str) -> Task[[Work], Any]:
    """The task for one call of a stage; its run is named after both."""
    delays = RETRY_DELAYS.get(stage, ())
    name = f"{stage}: {detail}" if detail else stage
    # A name as a string would be a template, and a brace in a file name would break it.
    return carry_out.with_options(
        name=stage, task_run_name=lambda: name, retries=len(delays), retry_delay_seconds=list(delays)
    )


class PrefectExecution:
    """Carries the stages of the pipeline out as tasks of the flow run that it is used in.

    Without `concurrent` the items of a `map` are taken one after another.
    """

    def __init__(self, *, concurrent: bool = True) -> None:
        self._concurrent = concurrent

    def call(self, stage: str, detail: str, function: Callable[..., R], *args: Any) -> R:
        return cast(R, build_task(stage, detail)(partial(function, *args)))

    def map(self, stage: str, function: Callable[[T], R], items: Sequence[tuple[str, T]]) -> list[R]:
        if not self._concurrent:
            return [self.call(stage, detail, function, item) for detail, item in items]
        futures = [build_task(stage, detail).submit(partial(function, item)) for detail, item in items]
        wait(futures)
        return [cast(R, future.result()) for future in futures]
