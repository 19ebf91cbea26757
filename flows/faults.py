"""All that is off with a snapshot: for `readout check` and for the audit flow."""

from __future__ import annotations

from etl.validate import check_tables
from etl.warehouse import Snapshot
from schemas import TABLES


def find_faults(snapshot: Snapshot) -> list[str]:
    """A sentence for each fault of files, contracts, keys, references or offsets.

    Damaged files are told of first and alone: what they hold need not be readable.
    """
    return snapshot.check() or check_tables({table: snapshot.read_table(table) for table in TABLES})
