"""Cleaning up after a run that died. All of it may itself be cut short at any instant and done again."""

from __future__ import annotations

from collections.abc import Container
from pathlib import Path

from etl.warehouse.disk import move, remove_folder, sync_folder
from etl.warehouse.errors import WarehouseError
from etl.warehouse.layout import Layout
from etl.warehouse.manifest import read_manifest


def settle_publication(layout: Layout) -> list[str]:
    """Takes back a publication that was cut short before its switch; no reader ever saw its snapshot."""
    link = layout.next_current
    if not link.is_symlink():
        return []
    snapshot_id = link.readlink().name
    sentences = []
    if snapshot_id in layout.list_snapshots() and snapshot_id != layout.read_current():
        remove_snapshot(layout, snapshot_id)
        sentences.append(f"removed snapshot {snapshot_id}, which a run left before anyone could see it")
    link.unlink()
    sync_folder(layout.root)
    return sentences


def remove_snapshot(layout: Layout, snapshot_id: str) -> None:
    """Removes a snapshot: it leaves `snapshots/` whole, so that none stands there in part."""
    removed = layout.staging / f".removed-{snapshot_id}"
    remove_folder(removed)
    move(layout.snapshots / snapshot_id, removed)
    remove_folder(removed)


def recover(layout: Layout, in_use: Container[Path]) -> list[str]:
    """Does the whole of it; `in_use` are staging folders to leave. A sentence for each thing that was not in order."""
    return [
        *settle_publication(layout),
        *_remove_scratch(layout),
        *_remove_staging(layout, in_use),
        *_restore_current(layout),
        *_remove_partial_snapshots(layout),
        *_repair_links(layout),
    ]


def _remove_scratch(layout: Layout) -> list[str]:
    strays = [layout.scratch_link] if layout.scratch_link.is_symlink() else []
    strays += sorted(layout.runs.glob(".*.tmp"))
    for stray in strays:
        stray.unlink()
    return [f"removed the unfinished {stray.relative_to(layout.root)}" for stray in strays]


def _remove_staging(layout: Layout, in_use: Container[Path]) -> list[str]:
    stale = [path for path in sorted(layout.staging.iterdir()) if path not in in_use]
    for path in stale:
        remove_folder(path)
    return [f"removed what a run left in staging/{path.name}" for path in stale]


def _restore_current(layout: Layout) -> list[str]:
    """Lets `current` name the newest whole snapshot where it is missing or its snapshot is gone."""
    named = layout.read_current()
    if named in layout.list_snapshots():
        if not layout.is_whole(named):
            raise WarehouseError(f"snapshot {named} has lost its manifest: restore it, or remove {layout.current}")
        return []
    whole = [snapshot_id for snapshot_id in layout.list_snapshots() if layout.is_whole(snapshot_id)]
    if whole:
        layout.point_current(whole[-1])
        return [f"current named no snapshot ({named}): it now names {whole[-1]}"]
    if named is None:
        return []
    layout.current.unlink()
    sync_folder(layout.root)
    return [f"removed current, which named {named}: there is no snapshot"]


def _remove_partial_snapshots(layout: Layout) -> list[str]:
    partial = [snapshot_id for snapshot_id in layout.list_snapshots() if not layout.is_whole(snapshot_id)]
    for snapshot_id in partial:
        remove_snapshot(layout, snapshot_id)
    return [f"removed snapshot {snapshot_id}, which has no manifest" for snapshot_id in partial]


def _repair_links(layout: Layout) -> list[str]:
    named = layout.read_current()
    tables = read_manifest(layout.snapshots / named).tables if named else ()
    return [f"repaired the link {name}" for name in layout.repair_table_links(tables)]
