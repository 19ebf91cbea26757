"""Commands that look at a warehouse: check, describe, sql, snapshots."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import App, Parameter
from cyclopts.validators import Number
from rich.console import Console

from flows.options import DONE, FAILED, WarehouseDir

if TYPE_CHECKING:
    from etl.warehouse import Snapshot, Warehouse

SHOWN_ROWS = 100

snapshots = App(name="snapshots", help="List the snapshots of a warehouse, go back to one, remove old ones.")


def check(*, warehouse: WarehouseDir = None) -> int:
    """Check the tables: contracts, keys, references, offsets, file hashes. Exit code 1 if something is off."""
    from flows.faults import find_faults
    from schemas import TABLES

    snapshot = open_snapshot(warehouse)
    faults = find_faults(snapshot)
    console = Console(soft_wrap=True, highlight=False)
    for fault in faults:
        console.print(f"- {fault}", markup=False)
    told = f"{len(faults)} faults" if faults else f"{len(TABLES)} tables checked, nothing is off"
    console.print(f"Snapshot {snapshot.id}: {told}.", markup=False)
    return FAILED if faults else DONE


def describe(
    table: Annotated[str | None, Parameter(help="One table only.")] = None,
    /,
    *,
    markdown: Annotated[bool, Parameter(help="As Markdown.")] = False,
) -> int:
    """Print the data dictionary: every table and column, its type and meaning."""
    from flows.dictionary import describe_columns, describe_table, format_dictionary
    from flows.errors import CommandError
    from flows.terminal import print_rows
    from schemas import TABLES

    if table is not None and table not in TABLES:
        raise CommandError(f"There is no table {table}; the tables are {', '.join(TABLES)}.")
    tables = list(TABLES) if table is None else [table]
    if markdown:
        sys.stdout.write(format_dictionary(tables))
        return DONE
    for name in tables:
        title = f"{name}: {describe_table(TABLES[name])}"
        print_rows(Console(), describe_columns(TABLES[name]), title=title)
    return DONE


def sql(
    query: Annotated[str, Parameter(help="DuckDB's SQL over the tables, such as 'SELECT name FROM people'.")],
    /,
    *,
    warehouse: WarehouseDir = None,
    csv: Annotated[bool, Parameter(help="As CSV.")] = False,
    json: Annotated[bool, Parameter(help="As a JSON array of objects.")] = False,
) -> int:
    """Query the tables of the current snapshot. Nothing can be changed."""
    from flows.query import format_csv, format_json, run_query
    from flows.terminal import print_rows

    frame = run_query(open_snapshot(warehouse), query)
    if csv or json:
        sys.stdout.write(format_json(frame) if json else format_csv(frame))
        return DONE
    console = Console()
    print_rows(console, frame.head(SHOWN_ROWS).to_dicts(), columns=frame.columns)
    if len(frame) > SHOWN_ROWS:
        console.print(f"{SHOWN_ROWS} of {len(frame):,} rows; --csv and --json print all.")
    return DONE


@snapshots.default
@snapshots.command(name="list")
def list_snapshots(*, warehouse: WarehouseDir = None) -> int:
    """List the snapshots, newest last; * marks the current one."""
    from flows.terminal import print_rows

    kept = _open_warehouse(warehouse)
    current = kept.current
    rows = [
        {
            "": "*" if current is not None and snapshot.id == current.id else "",
            "snapshot": snapshot.id,
            "published": read_publication_time(snapshot),
            **{table: snapshot.manifest.tables[table].rows for table in ("articles", "quotes", "meetings")},
        }
        for snapshot in kept.snapshots()
    ]
    print_rows(Console(), rows, columns=None if rows else ["snapshot"])
    return DONE


@snapshots.command
def rollback(
    snapshot_id: Annotated[str, Parameter(name="ID", help="The snapshot to go back to.")],
    /,
    *,
    warehouse: WarehouseDir = None,
) -> int:
    """Make an older snapshot the current one."""
    kept = _open_warehouse(warehouse)
    with kept.lock():
        kept.roll_back(snapshot_id)
    Console(highlight=False).print(f"{snapshot_id} is the current snapshot.", markup=False)
    return DONE


@snapshots.command
def clean(
    *,
    keep: Annotated[int, Parameter(help="How many stay.", validator=Number(gte=1))],
    warehouse: WarehouseDir = None,
) -> int:
    """Remove old snapshots, all but the newest --keep and the current one."""
    kept = _open_warehouse(warehouse)
    with kept.lock():
        removed = kept.remove_old(keep)
    Console(highlight=False).print(f"Removed {', '.join(removed) if removed else 'nothing'}.", markup=False)
    return DONE


def read_publication_time(snapshot: Snapshot) -> str:
    """When the snapshot was published, in local time: its manifest is written last, and never again."""
    written = (snapshot.path / "manifest.json").stat().st_mtime
    return datetime.fromtimestamp(written).strftime("%Y-%m-%d %H:%M")


def _open_warehouse(folder: Path | None) -> Warehouse:
    from etl.warehouse import Warehouse
    from flows.settings import load_settings

    return Warehouse(folder or load_settings().warehouse)


def open_snapshot(folder: Path | None) -> Snapshot:
    """The current snapshot, resolved once: all that is read is of one moment."""
    return _open_warehouse(folder).open_current()
