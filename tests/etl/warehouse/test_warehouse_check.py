"""A snapshot that was tampered with says so; one that cannot be read says what to do."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from etl.warehouse import Snapshot, Warehouse, WarehouseError


def alter_part(snapshot: Snapshot) -> None:
    path = snapshot.list_files("quotes")[0]
    content = bytearray(path.read_bytes())
    content[40] ^= 1
    path.write_bytes(content)


def remove_part(snapshot: Snapshot) -> None:
    snapshot.list_files("quotes")[0].unlink()


def add_part(snapshot: Snapshot) -> None:
    (snapshot.path / "quotes" / "mine.parquet").write_bytes(b"")


def add_folder(snapshot: Snapshot) -> None:
    (snapshot.path / "sums").mkdir()


def alter_inputs(snapshot: Snapshot) -> None:
    pl.DataFrame({"source_uri": ["else"]}).write_parquet(snapshot.path / "inputs.parquet")


def alter_manifest(change: Callable[[dict], None]) -> Callable[[Snapshot], None]:
    def alter(snapshot: Snapshot) -> None:
        path = snapshot.path / "manifest.json"
        manifest = json.loads(path.read_text())
        change(manifest)
        path.write_text(json.dumps(manifest))

    return alter


def miscount(manifest: dict) -> None:
    manifest["tables"]["quotes"]["files"][0]["rows"] = 9


def truncate_manifest(snapshot: Snapshot) -> None:
    (snapshot.path / "manifest.json").write_text("{")


@pytest.mark.parametrize(
    ("damage", "fault"),
    [
        (alter_part, "was altered"),
        (remove_part, "is missing"),
        (add_part, "quotes/mine.parquet: is not in the manifest"),
        (add_folder, "sums: is not in the manifest"),
        (alter_inputs, "inputs.parquet: was altered"),
        (alter_manifest(miscount), "has 1 rows, the manifest says 9"),
        (alter_manifest(miscount), "not the sum of its files"),
        (alter_manifest(lambda manifest: manifest.update(rules_version="other")), "content hash does not fit"),
        (alter_manifest(lambda manifest: manifest.update(extra=1)), "extra: Extra inputs are not permitted"),
        (truncate_manifest, "manifest.json is damaged"),
    ],
)
def test_damage_is_named(damage: Callable, fault: str, warehouse: Warehouse, publish, sound_tables) -> None:
    publish(warehouse, sound_tables)
    snapshot = warehouse.open_current()
    assert snapshot.check() == []
    damage(snapshot)
    faults = warehouse.open_current().check()
    assert any(fault in sentence for sentence in faults), faults


def test_a_renamed_snapshot_is_named(warehouse: Warehouse, publish, sound_tables) -> None:
    snapshot = publish(warehouse, sound_tables).snapshot
    renamed = Snapshot(snapshot.path.rename(snapshot.path.with_name("000007-aaaaaaaaaaaa")))
    assert renamed.check() == [f"snapshot {renamed.id}: the manifest is that of {snapshot.id}"]


def test_reading_a_lost_part_is_one_sentence(warehouse: Warehouse, publish, sound_tables) -> None:
    snapshot = publish(warehouse, sound_tables).snapshot
    remove_part(snapshot)
    with pytest.raises(WarehouseError, match=f"snapshot {snapshot.id} cannot be read"):
        snapshot.read_table("quotes")


def test_reading_a_torn_part_is_one_sentence(warehouse: Warehouse, publish, sound_tables) -> None:
    snapshot = publish(warehouse, sound_tables).snapshot
    snapshot.list_files("quotes")[0].write_bytes(b"PAR1 torn")
    with pytest.raises(WarehouseError, match=f"snapshot {snapshot.id} cannot be read"):
        snapshot.read_table("quotes")


def test_other_columns_than_the_contract_are_refused(warehouse: Warehouse, publish, sound_tables) -> None:
    snapshot = publish(warehouse, sound_tables).snapshot
    path = snapshot.list_files("quotes")[0]
    older = sound_tables["quotes"].drop("via").with_columns(retired=1)
    path.unlink()
    older.write_parquet(path)
    with pytest.raises(WarehouseError, match="other columns in quotes"):
        snapshot.read_table("quotes")
    assert snapshot.read_parts("quotes").equals(sound_tables["quotes"])


def test_no_snapshot_yet_is_one_sentence(warehouse: Warehouse, tmp_path: Path) -> None:
    assert warehouse.current is None
    assert warehouse.snapshots() == []
    with pytest.raises(WarehouseError, match="has no snapshot yet"):
        warehouse.open_current()
    nowhere = Warehouse(tmp_path / "nowhere")
    assert nowhere.current is None
    assert nowhere.snapshots() == []
    assert not nowhere.root.exists()
