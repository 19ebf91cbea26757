"""Publishing: what stands on disk, what goes on from the snapshot before, what is kept, how to go back."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from etl.warehouse import Warehouse, WarehouseError, generations, parts
from schemas import SCHEMA_VERSION, TABLES


def part_names(warehouse: Warehouse, table: str) -> set[str]:
    return {path.name for path in (warehouse.root / table).iterdir()}


def test_a_snapshot_has_all_files_and_links(warehouse: Warehouse, publish, sound_tables) -> None:
    publication = publish(warehouse, sound_tables)
    snapshot = publication.snapshot
    assert publication.published
    assert snapshot.id.startswith("000001-")
    assert (warehouse.root / "current").readlink() == Path("snapshots", snapshot.id)
    for table in TABLES:
        assert (warehouse.root / table).readlink() == Path("current", table)
        assert snapshot.read_table(table).equals(sound_tables[table])
        assert snapshot.scan_table(table).collect().equals(sound_tables[table])
    assert sorted(path.name for path in snapshot.path.iterdir() if path.is_file()) == [
        "changes.parquet",
        "inputs.parquet",
        "manifest.json",
    ]
    assert snapshot.read_inputs()["source_uri"].to_list() == ["paper/one.txt"]
    assert snapshot.check() == []
    assert not list((warehouse.root / "staging").iterdir())


def test_the_manifest_counts_rows_and_bytes(warehouse: Warehouse, publish, titled_tables) -> None:
    snapshot = publish(warehouse, titled_tables("old", rows=7)).snapshot
    manifest = json.loads((snapshot.path / "manifest.json").read_text())
    assert (manifest["snapshot_id"], manifest["parent"]) == (snapshot.id, None)
    assert (manifest["schema_version"], manifest["rules_version"]) == (SCHEMA_VERSION, "0123456789ab")
    assert manifest["tables"]["articles"]["rows"] == 7
    (file,) = manifest["tables"]["articles"]["files"]
    path = snapshot.path / "articles" / file["name"]
    assert file["bytes"] == manifest["tables"]["articles"]["bytes"] == path.stat().st_size
    assert manifest["content"].startswith(snapshot.id.partition("-")[2])


def test_two_fresh_warehouses_have_the_same_bytes(tmp_path: Path, publish, titled_tables) -> None:
    tables = titled_tables("same", rows=50)
    shuffled = {name: frame.sample(fraction=1.0, shuffle=True, seed=4) for name, frame in tables.items()}
    snapshots = []
    for name, frames in (("one", tables), ("two", shuffled)):
        warehouse = Warehouse(tmp_path / name)
        warehouse.prepare()
        snapshots.append(publish(warehouse, frames).snapshot)
    one, two = ({path.relative_to(s.path): path.read_bytes() for path in s.path.rglob("*.*")} for s in snapshots)
    assert one == two
    assert snapshots[0].id == snapshots[1].id


def test_nothing_is_published_where_nothing_changed(warehouse: Warehouse, publish, titled_tables) -> None:
    tables = titled_tables("same")
    first = publish(warehouse, tables)
    touched = pl.DataFrame({"source_uri": ["paper/one.txt"], "mtime_ns": [2]})
    reversed_tables = {name: frame.reverse() for name, frame in tables.items()}
    second = publish(warehouse, reversed_tables, inputs=touched)
    assert not second.published
    assert second.snapshot == first.snapshot
    assert second.added == second.changed == second.removed == dict.fromkeys(TABLES, 0)
    assert [snapshot.id for snapshot in warehouse.snapshots()] == [first.snapshot.id]
    assert not list((warehouse.root / "staging").iterdir())


def test_new_rules_are_a_new_snapshot_even_where_no_row_changed(warehouse: Warehouse, publish, sound_tables) -> None:
    publish(warehouse, sound_tables)
    publication = publish(warehouse, sound_tables, rules_version="ba9876543210")
    assert publication.published
    assert publication.snapshot.manifest.rules_version == "ba9876543210"
    assert publication.changed == dict.fromkeys(TABLES, 0)


def test_unchanged_parts_are_hard_links(warehouse: Warehouse, publish, sound_tables, titled_tables) -> None:
    first = publish(warehouse, sound_tables).snapshot
    second = publish(warehouse, sound_tables | {"quotes": titled_tables("new")["quotes"]}).snapshot
    for table in TABLES:
        before, after = (snapshot.list_files(table)[0].stat().st_ino for snapshot in (first, second))
        assert (before == after) == (table != "quotes")
    assert second.manifest.parent == first.id


def test_where_hard_links_are_unknown_parts_are_copied(
    warehouse: Warehouse, publish, sound_tables, titled_tables, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(warehouse, sound_tables)

    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("os.link", refuse)
    second = publish(warehouse, titled_tables("new")).snapshot
    assert second.list_files("people")[0].stat().st_nlink == 1
    assert second.check() == []


def test_new_rows_come_in_a_part_of_their_own(warehouse: Warehouse, publish, titled_tables) -> None:
    many, few = titled_tables("many", rows=100), titled_tables("few", rows=5, start=1000)
    publish(warehouse, many)
    before = part_names(warehouse, "articles")
    together = many | {name: pl.concat([many[name], few[name]]) for name in ("articles", "quotes")}
    publication = publish(warehouse, together)
    assert before < part_names(warehouse, "articles")
    assert publication.added["articles"] == 5
    assert publication.snapshot.read_table("articles").equals(together["articles"].sort("article_id"))


def test_small_parts_are_merged(warehouse: Warehouse, publish, titled_tables, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(generations, "SMALL_ROWS", 1000)
    tables = {name: frame.clear() for name, frame in titled_tables("day").items()}
    counts = []
    for day in range(15):
        new = titled_tables("day", rows=2, start=day * 10)
        tables |= {name: pl.concat([tables[name], new[name]]) for name in ("articles", "quotes")}
        publish(warehouse, tables, keep=1)
        counts.append(len(part_names(warehouse, "articles")))
    assert max(counts) <= 3
    current = warehouse.open_current()
    assert current.read_table("articles").equals(tables["articles"])
    assert current.check() == []


def test_a_full_part_is_not_merged(
    warehouse: Warehouse, publish, titled_tables, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(generations, "SMALL_ROWS", 2)
    monkeypatch.setattr(parts, "MAX_ROWS", 8)
    tables = titled_tables("old", rows=16)
    publish(warehouse, tables)
    before = part_names(warehouse, "quotes")
    new = titled_tables("new", rows=8, start=100)
    publish(warehouse, tables | {"quotes": pl.concat([tables["quotes"], new["quotes"]])})
    assert len(before) == 2
    assert before < part_names(warehouse, "quotes")


def test_a_table_that_loses_all_rows_has_one_empty_part(
    warehouse: Warehouse, publish, sound_tables, empty_tables
) -> None:
    publish(warehouse, sound_tables)
    publication = publish(warehouse, empty_tables)
    assert publication.removed == dict.fromkeys(TABLES, 1)
    for table in TABLES:
        assert len(part_names(warehouse, table)) == 1
        assert publication.snapshot.read_table(table).equals(empty_tables[table])
    again = publish(warehouse, sound_tables)
    assert all(len(part_names(warehouse, table)) == 1 for table in TABLES)
    assert again.snapshot.read_table("quotes").equals(sound_tables["quotes"])


def test_the_last_snapshots_are_kept(warehouse: Warehouse, publish, titled_tables) -> None:
    ids = [publish(warehouse, titled_tables(f"word {n}"), keep=3).snapshot.id for n in range(5)]
    assert [snapshot.id for snapshot in warehouse.snapshots()] == ids[2:]
    assert [int(snapshot_id[:6]) for snapshot_id in ids] == [1, 2, 3, 4, 5]
    assert all(snapshot.check() == [] for snapshot in warehouse.snapshots())
    with warehouse.lock():
        assert warehouse.remove_old(1) == ids[2:4]
        with pytest.raises(ValueError, match="at least 1"):
            warehouse.remove_old(0)


def test_rolling_back_and_publishing_again(warehouse: Warehouse, publish, titled_tables) -> None:
    old, new = (publish(warehouse, titled_tables(word)).snapshot for word in ("old", "new"))
    with warehouse.lock():
        assert warehouse.roll_back(old.id) == old
        assert warehouse.recover() == []
    assert warehouse.current == old
    assert [snapshot.id for snapshot in warehouse.snapshots()] == [old.id, new.id]
    third = publish(warehouse, titled_tables("newer")).snapshot
    assert third.id.startswith("000003-")
    assert third.manifest.parent == old.id
    with warehouse.lock():
        assert warehouse.roll_back(new.id) == new


def test_the_snapshot_that_was_rolled_back_to_is_never_removed(warehouse: Warehouse, publish, titled_tables) -> None:
    ids = [publish(warehouse, titled_tables(f"word {n}")).snapshot.id for n in range(4)]
    with warehouse.lock():
        warehouse.roll_back(ids[0])
        assert warehouse.remove_old(1) == ids[1:3]
    assert warehouse.open_current().check() == []


def test_rolling_back_to_what_is_not_there_is_an_error(warehouse: Warehouse, publish, sound_tables) -> None:
    snapshot = publish(warehouse, sound_tables).snapshot
    with warehouse.lock():
        with pytest.raises(WarehouseError, match=f"no snapshot 000009-000000000000: kept are {snapshot.id}"):
            warehouse.roll_back("000009-000000000000")
        snapshot.list_files("quotes")[0].unlink()
        with pytest.raises(WarehouseError, match=r"is damaged: .* is missing"):
            warehouse.roll_back(snapshot.id)


def test_an_older_schema_is_written_anew(
    warehouse: Warehouse, publish, sound_tables, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("etl.warehouse.publication.hash_schema", lambda contract: f"older {contract.table}")
        older = publish(warehouse, sound_tables).snapshot
    publication = publish(warehouse, sound_tables)
    assert publication.published
    assert publication.changed == dict.fromkeys(TABLES, 0)
    assert publication.snapshot.list_files("quotes")[0].stat().st_ino != older.list_files("quotes")[0].stat().st_ino


@pytest.mark.parametrize("fault", ["missing", "columns", "key"])
def test_tables_that_do_not_fit_their_contracts_are_refused(
    fault: str, warehouse: Warehouse, publish, sound_tables
) -> None:
    quotes = sound_tables["quotes"]
    faulty = {
        "missing": {name: frame for name, frame in sound_tables.items() if name != "quotes"},
        "columns": sound_tables | {"quotes": quotes.drop("via")},
        "key": sound_tables | {"quotes": pl.concat([quotes, quotes])},
    }
    with pytest.raises(ValueError, match="quotes"):
        publish(warehouse, faulty[fault])
    assert warehouse.current is None


def test_a_run_record_is_written_whole(warehouse: Warehouse) -> None:
    record = {"started_at": "2026-03-01T10:00:00.250000+02:00", "rows": {"quotes": 2}, "raw": Path("raw")}
    path = warehouse.write_run(record)
    assert path.parent == warehouse.root / "runs"
    assert path.name.startswith("20260301T080000.250000Z-")
    assert json.loads(path.read_text()) == record | {"raw": "raw"}
    with pytest.raises(TypeError, match="cannot hold a set"):
        warehouse.write_run(record | {"outlets": {"a"}})
