"""One writer at a time, and a lock that ends with its process; folders that cannot be written."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from etl.warehouse import Warehouse, WarehouseError

FORKING_HOLDER = """
import os, sys, time
from pathlib import Path
from etl.warehouse import Warehouse

with Warehouse(Path(sys.argv[1])).lock():
    worker = os.fork()
    if worker == 0:
        time.sleep(60)
        os._exit(0)
    print(worker, flush=True)
    time.sleep(60)
"""


def test_a_second_writer_of_this_process_is_refused(warehouse: Warehouse) -> None:
    with warehouse.lock():
        with pytest.raises(WarehouseError, match=rf"locked by another run \(pid {os.getpid()} on .*, since 2"):
            Warehouse(warehouse.root).lock().__enter__()
        with pytest.raises(WarehouseError, match="locked"):
            warehouse.lock().__enter__()
    with Warehouse(warehouse.root).lock():
        pass


def test_a_lock_is_free_after_an_error(warehouse: Warehouse) -> None:
    with pytest.raises(KeyError), warehouse.lock():
        raise KeyError
    assert (warehouse.root / ".lock").read_bytes() == b""
    with warehouse.lock():
        pass


def test_a_killed_writer_keeps_no_lock_not_even_through_its_workers(warehouse: Warehouse) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", FORKING_HOLDER, str(warehouse.root)], stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    worker = int(holder.stdout.readline())
    try:
        with pytest.raises(WarehouseError, match=f"pid {holder.pid} on "):
            warehouse.lock().__enter__()
        holder.kill()
        holder.wait()
        os.kill(worker, 0)
        with warehouse.lock():
            assert warehouse.recover() == []
    finally:
        holder.kill()
        os.kill(worker, signal.SIGKILL)
        holder.stdout.close()


@pytest.mark.parametrize(
    "write",
    [
        lambda warehouse, tables: warehouse.recover(),
        lambda warehouse, tables: warehouse.open_staging("run"),
        lambda warehouse, tables: warehouse.publish(tables, tables["people"], "0" * 12, 5),
        lambda warehouse, tables: warehouse.roll_back("000001-000000000000"),
        lambda warehouse, tables: warehouse.remove_old(1),
    ],
)
def test_nothing_is_written_without_the_lock(write, warehouse: Warehouse, sound_tables) -> None:
    with pytest.raises(RuntimeError, match=r"needs `with warehouse\.lock"):
        write(warehouse, sound_tables)


def test_a_staging_folder_is_fresh_and_lies_outside_the_tables(warehouse: Warehouse) -> None:
    with warehouse.lock():
        folder = warehouse.open_staging("run-1")
        (folder / "part.parquet").write_bytes(b"old")
        folder = warehouse.open_staging("run-1")
        assert folder == warehouse.root / "staging" / "run-1"
        assert list(folder.iterdir()) == []
        assert warehouse.recover() == []
        assert folder.is_dir()
        with pytest.raises(ValueError, match="no name for a folder"):
            warehouse.open_staging("../out")
    with warehouse.lock():
        assert warehouse.recover() == ["removed what a run left in staging/run-1"]
    assert not folder.exists()


@pytest.mark.parametrize("place", ["warehouse", "parent", "warehouse/snapshots"])
def test_a_file_where_a_folder_belongs(place: str, tmp_path: Path) -> None:
    root = tmp_path / ("parent/warehouse" if place == "parent" else "warehouse")
    (tmp_path / place).parent.mkdir(exist_ok=True)
    (tmp_path / place).write_text("a file")
    with pytest.raises(WarehouseError, match=f"{tmp_path / place} is a file, not a folder"):
        Warehouse(root).prepare()
    assert (tmp_path / place).read_text() == "a file"


@pytest.mark.parametrize("code", [errno.EROFS, errno.EACCES, errno.ENOSPC])
@pytest.mark.parametrize("call", ["os.mkdir", "os.open"])
def test_a_folder_that_cannot_be_written(call: str, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: object, *_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code), str(path))

    monkeypatch.setattr(call, refuse)
    with pytest.raises(WarehouseError, match=f"cannot write the warehouse {tmp_path / 'new'}: {os.strerror(code)}"):
        Warehouse(tmp_path / "new").prepare()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_rights(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(WarehouseError, match="cannot write the warehouse"):
        Warehouse(tmp_path / "new").prepare()
    tmp_path.chmod(0o700)


def test_a_file_system_without_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr("os.symlink", refuse)
    with pytest.raises(WarehouseError, match="does not support symbolic links"):
        Warehouse(tmp_path).prepare()


@pytest.mark.parametrize("name", ["articles", "current"])
def test_a_folder_of_somebody_else_is_left_alone(name: str, tmp_path: Path) -> None:
    (tmp_path / name).mkdir()
    with pytest.raises(WarehouseError, match=f"{tmp_path / name} is not of this warehouse"):
        Warehouse(tmp_path).prepare()


def test_a_warehouse_that_is_not_there_cannot_be_locked(tmp_path: Path) -> None:
    with pytest.raises(WarehouseError, match="cannot write the warehouse"):
        Warehouse(tmp_path / "nowhere").lock().__enter__()
    assert not (tmp_path / "nowhere").exists()
