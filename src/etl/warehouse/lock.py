"""One writer at a time. The system holds the lock, not the file: it ends with the process that took it."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from etl.warehouse.errors import WarehouseError, explain_os_errors

_held: set[int] = set()


def _let_go_in_child() -> None:
    """A forked worker inherits the lock and would keep it after the death of its parent."""
    for descriptor in _held:
        os.close(descriptor)
    _held.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_let_go_in_child)


@contextmanager
def hold_lock(path: Path) -> Iterator[None]:
    """Holds the lock of the file `path`, which says who holds it (pid, host, since) and is empty when nobody does.

    Raises WarehouseError at once where another run holds it, also one of this process.
    """
    with explain_os_errors(f"cannot write the warehouse {path.parent}"):
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    owner = os.getpid()
    try:
        _take(descriptor, path)
        _held.add(descriptor)
        yield
    finally:
        if os.getpid() == owner:
            if descriptor in _held:
                os.ftruncate(descriptor, 0)
                _held.remove(descriptor)
            os.close(descriptor)


def _take(descriptor: int, path: Path) -> None:
    try:
        import fcntl
    except ImportError as error:
        raise WarehouseError("the warehouse needs file locks and symbolic links: use Linux, macOS or WSL") from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        message = f"the warehouse {path.parent} is locked by {_read_holder(path)}; try again when that run has ended"
        raise WarehouseError(message) from error
    except OSError as error:
        raise WarehouseError(f"the file system of {path} does not support locks: {error.strerror}") from error
    holder = {
        "pid": os.getpid(),
        "host": socket.gethostname(),
        "since": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    os.ftruncate(descriptor, 0)
    os.write(descriptor, json.dumps(holder).encode())


def _read_holder(path: Path) -> str:
    """Who holds the lock, in words; the holder may be about to write it."""
    try:
        holder = json.loads(path.read_text("utf-8"))
        return f"another run (pid {holder['pid']} on {holder['host']}, since {holder['since']})"
    except (OSError, ValueError, KeyError, TypeError):
        return "another run"
