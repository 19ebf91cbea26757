"""Files are cut into few groups, whatever their number."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from etl.pipeline.groups import GROUP_BYTES, GROUPS, split_groups


def list_files(sizes):
    return [SimpleNamespace(uri=f"{n}.txt", path=Path(f"{n}.txt"), size=size) for n, size in enumerate(sizes)]


@given(st.lists(st.integers(0, 5 * GROUP_BYTES), max_size=60))
def test_groups_hold_all_files_in_order_and_are_few(sizes):
    files = list_files(sizes)
    groups = split_groups(files)
    assert [file for group in groups for file in group.files] == files
    assert len(groups) <= GROUPS
    assert [group.number for group in groups] == list(range(len(groups)))


def test_small_input_is_one_group():
    assert len(split_groups(list_files([1000] * 500))) == 1


def test_large_input_is_shared_out():
    groups = split_groups(list_files([GROUP_BYTES] * 64))
    assert len(groups) == GROUPS
    assert max(group.size for group in groups) <= 2 * min(group.size for group in groups)


def test_workers_end_with_the_process_that_started_them():
    """A killed run leaves no workers behind."""
    code = (
        "import multiprocessing, os, time\n"
        "from concurrent.futures import ProcessPoolExecutor\n"
        "from etl.pipeline.groups import end_with_parent\n"
        "if __name__ == '__main__':\n"
        "    context = multiprocessing.get_context('spawn')\n"
        "    pool = ProcessPoolExecutor(1, mp_context=context, initializer=end_with_parent)\n"
        "    print(pool.submit(os.getpid).result(), flush=True)\n"
        "    time.sleep(60)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        worker = int(parent.stdout.readline())
        parent.kill()
    for _ in range(100):
        if not is_running(worker):
            return
        time.sleep(0.1)
    raise AssertionError(f"worker {worker} outlived its parent")


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    return not (status.exists() and status.read_text().rsplit(")", 1)[1].split()[0] == "Z")
