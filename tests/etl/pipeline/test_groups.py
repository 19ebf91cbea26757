"""Files are cut into few groups, whatever their number."""

from __future__ import annotations

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
