"""The one error of the warehouse that users see."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


class WarehouseError(Exception):
    """The warehouse cannot be used as asked. The message is one sentence for the user: what, where, what to do."""


@contextmanager
def explain_os_errors(doing: str) -> Iterator[None]:
    """Turns what the system refuses into a WarehouseError that begins with `doing` ("cannot write warehouse X")."""
    try:
        yield
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        raise WarehouseError(f"{doing}: {error.strerror or error}{where}") from error
