"""A run may die at any instant: `current` is the snapshot before or the one after, and the next run cleans up."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from etl.warehouse import Warehouse, WarehouseError
from schemas import TABLES

CHANGES_ON_DISK = ("replace", "fsync", "symlink", "link", "unlink", "mkdir", "rmdir")
RULES = "0123456789ab"


class CrashError(BaseException):
    """Stands for the death of the process: nothing in the warehouse catches it."""


def crash_at(patch: pytest.MonkeyPatch, number: int) -> list[str]:
    """Lets the call of this number that changes the disk raise before it does anything; the calls as they come."""
    calls: list[str] = []

    def watch(name: str) -> Callable:
        original = getattr(os, name)

        def call(*args, **kwargs):
            calls.append(name)
            if len(calls) == number:
                raise CrashError
            return original(*args, **kwargs)

        return call

    for name in CHANGES_ON_DISK:
        patch.setattr(os, name, watch(name))
    return calls


def require_clean(warehouse: Warehouse) -> None:
    """No leftovers, and every snapshot is as it was published."""
    assert list((warehouse.root / "staging").iterdir()) == []
    assert [path for path in warehouse.root.iterdir() if path.name.startswith(".") and path.name != ".lock"] == []
    assert sorted(path.name for path in (warehouse.root / "snapshots").iterdir()) == [
        snapshot.id for snapshot in warehouse.snapshots()
    ]
    assert [snapshot.check() for snapshot in warehouse.snapshots()] == [[]] * len(warehouse.snapshots())
    for table in TABLES:
        assert (warehouse.root / table).readlink() == Path("current", table)
        assert list((warehouse.root / table).glob("*.parquet"))


@pytest.fixture
def template(tmp_path: Path, publish, titled_tables) -> Path:
    """A warehouse with two snapshots, so that a third removes the first where two are kept."""
    warehouse = Warehouse(tmp_path / "template")
    warehouse.prepare()
    for word in ("older", "old"):
        publish(warehouse, titled_tables(word))
    return warehouse.root


def act_publish(warehouse: Warehouse, tables) -> None:
    warehouse.publish(tables, tables["people"], RULES, keep=2)


def act_roll_back(warehouse: Warehouse, tables) -> None:
    warehouse.roll_back(warehouse.snapshots()[0].id)


# Every thirteenth step in the default run, each one in the slow run.
STRIDES = [13, pytest.param(1, marks=pytest.mark.slow)]


@pytest.mark.parametrize("stride", STRIDES)
@pytest.mark.parametrize(("act", "words"), [(act_publish, ["old", "new"]), (act_roll_back, ["old", "older"])])
def test_a_crash_at_any_step_leaves_the_old_or_the_new(
    act: Callable, words: list[str], stride: int, template: Path, tmp_path: Path, publish, titled_tables
) -> None:
    tables = titled_tables("new")
    seen = []
    for number in range(1, 1000, stride):
        root = tmp_path / str(number)
        shutil.copytree(template, root, symlinks=True)
        warehouse = Warehouse(root)
        with pytest.MonkeyPatch.context() as patch:
            try:
                with warehouse.lock():
                    calls = crash_at(patch, number)
                    act(warehouse, tables)
                assert len(calls) < number
            except CrashError:
                pass
        reader = Warehouse(root).open_current()
        assert reader.check() == []
        seen.append(reader.read_table("quotes")["via"][0])
        snapshot = publish(Warehouse(root), tables).snapshot
        require_clean(warehouse)
        assert snapshot == warehouse.current
        assert all(snapshot.read_table(table).equals(tables[table]) for table in TABLES)
        shutil.rmtree(root)
        if len(calls) < number:
            break
    assert seen == sorted(seen, key=words.index)
    assert set(seen) == set(words)


@pytest.mark.parametrize("stride", STRIDES)
def test_a_crash_at_any_step_of_the_first_publication(stride: int, tmp_path: Path, publish, sound_tables) -> None:
    seen = []
    for number in range(1, 1000, stride):
        warehouse = Warehouse(tmp_path / str(number))
        warehouse.prepare()
        with pytest.MonkeyPatch.context() as patch:
            try:
                with warehouse.lock():
                    calls = crash_at(patch, number)
                    act_publish(warehouse, sound_tables)
            except CrashError:
                pass
        seen.append(warehouse.current is not None)
        publish(warehouse, sound_tables)
        require_clean(warehouse)
        assert [snapshot.id[:6] for snapshot in warehouse.snapshots()] == ["000001"]
        shutil.rmtree(warehouse.root)
        if len(calls) < number:
            break
    assert seen == sorted(seen)
    assert set(seen) == {False, True}


def die_at_the_switch(warehouse: Warehouse, tables) -> None:
    """Publishes up to the instant before `current` would name the new snapshot."""
    original = os.replace

    def replace(source: Path, target: Path) -> None:
        if Path(target).name == "current":
            raise CrashError
        original(source, target)

    with pytest.MonkeyPatch.context() as patch, warehouse.lock():
        patch.setattr(os, "replace", replace)
        act_publish(warehouse, tables)


@pytest.mark.parametrize("stride", STRIDES)
def test_recovery_itself_may_crash(stride: int, template: Path, tmp_path: Path, titled_tables) -> None:
    with pytest.raises(CrashError):
        die_at_the_switch(Warehouse(template), titled_tables("new"))
    assert len(Warehouse(template).snapshots()) == 3
    (template / "people").unlink()
    (template / "staging" / "left").mkdir()
    for number in range(1, 1000, stride):
        root = tmp_path / str(number)
        shutil.copytree(template, root, symlinks=True)
        warehouse = Warehouse(root)
        with pytest.MonkeyPatch.context() as patch:
            try:
                with warehouse.lock():
                    calls = crash_at(patch, number)
                    warehouse.recover()
            except CrashError:
                pass
        with warehouse.lock():
            warehouse.recover()
        require_clean(warehouse)
        assert set(warehouse.open_current().read_table("quotes")["via"]) == {"old"}
        assert [snapshot.id[:6] for snapshot in warehouse.snapshots()] == ["000001", "000002"]
        shutil.rmtree(root)
        if len(calls) < number:
            break
    assert number > stride


SLEEPER = """
import os, sys, time
from pathlib import Path
from etl.warehouse import Warehouse
from schemas import TABLES, build_empty_frame

root, call, word = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
original = getattr(os, call)

def sleep_there(*args, **kwargs):
    if any(word in str(arg) for arg in args):
        print("there", flush=True)
        time.sleep(60)
    return original(*args, **kwargs)

tables = {name: build_empty_frame(contract) for name, contract in TABLES.items()}
warehouse = Warehouse(root)
with warehouse.lock():
    setattr(os, call, sleep_there)
    warehouse.publish(tables, tables["people"], "0123456789ab", keep=2)
"""


@pytest.mark.parametrize(
    ("call", "word", "left"),
    [
        ("replace", "current", "which a run left before anyone could see it"),
        pytest.param(
            "mkdir", ".snapshot/quotes", "removed what a run left in staging/.snapshot", marks=pytest.mark.slow
        ),
        pytest.param("replace", ".removed-", None, marks=pytest.mark.slow),
    ],
)
def test_a_killed_writer_leaves_a_sound_warehouse(
    call: str, word: str, left: str | None, template: Path, publish, titled_tables
) -> None:
    tables = titled_tables("new")
    child = subprocess.Popen([sys.executable, "-c", SLEEPER, str(template), call, word], stdout=subprocess.PIPE)
    assert child.stdout is not None
    try:
        assert child.stdout.readline() == b"there\n"
        warehouse = Warehouse(template)
        with pytest.raises(WarehouseError, match=f"pid {child.pid} on "):
            warehouse.lock().__enter__()
        before = warehouse.open_current()
        assert before.check() == []
    finally:
        child.kill()
        child.wait()
        child.stdout.close()
    assert warehouse.current == before
    with warehouse.lock():
        sentences = warehouse.recover()
        assert [left in sentence for sentence in sentences] == ([True] if left else [])
        assert warehouse.recover() == []
        snapshot = warehouse.publish(tables, tables["people"], RULES, keep=2).snapshot
    require_clean(warehouse)
    assert all(snapshot.read_table(table).equals(tables[table]) for table in TABLES)


def test_a_snapshot_without_manifest_is_removed(warehouse: Warehouse, publish, sound_tables) -> None:
    snapshot = publish(warehouse, sound_tables).snapshot
    (warehouse.root / "snapshots" / "000009-aaaaaaaaaaaa" / "quotes").mkdir(parents=True)
    with warehouse.lock():
        assert warehouse.recover() == ["removed snapshot 000009-aaaaaaaaaaaa, which has no manifest"]
    assert warehouse.current == snapshot
    require_clean(warehouse)


def test_a_lost_link_is_restored(warehouse: Warehouse, publish, titled_tables) -> None:
    old, new = (publish(warehouse, titled_tables(word)).snapshot for word in ("old", "new"))
    (warehouse.root / "current").unlink()
    (warehouse.root / "quotes").unlink()
    (warehouse.root / "retired").symlink_to("current/retired")
    with warehouse.lock():
        sentences = warehouse.recover()
    assert sentences[0].endswith(f"it now names {new.id}")
    assert sentences[1:] == ["repaired the link quotes", "repaired the link retired"]
    require_clean(warehouse)
    shutil.rmtree(new.path)
    with warehouse.lock():
        warehouse.recover()
    assert warehouse.current == old
    shutil.rmtree(old.path)
    with warehouse.lock():
        warehouse.recover()
    assert warehouse.current is None


def test_a_current_snapshot_that_lost_its_manifest_is_not_touched(warehouse: Warehouse, publish, sound_tables) -> None:
    snapshot = publish(warehouse, sound_tables).snapshot
    (snapshot.path / "manifest.json").unlink()
    with warehouse.lock(), pytest.raises(WarehouseError, match="has lost its manifest"):
        warehouse.recover()
    assert (snapshot.path / "quotes").is_dir()


@pytest.mark.parametrize("target", ["elsewhere", "snapshots/mine"])
def test_a_current_that_leads_elsewhere_is_an_error(target: str, warehouse: Warehouse) -> None:
    (warehouse.root / "current").symlink_to(target)
    with pytest.raises(WarehouseError, match="is no snapshot"):
        _ = warehouse.current
