from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from etl.warehouse import Warehouse
from flows.command import main
from schemas import TABLES


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_check_finds_nothing_in_sound_tables(warehouse: Warehouse, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 0
    assert "nothing is off" in capsys.readouterr().out


def test_check_tells_of_a_damaged_file(warehouse: Warehouse, capsys: pytest.CaptureFixture[str]) -> None:
    (part,) = warehouse.open_current().list_files("quotes")
    content = bytearray(part.read_bytes())
    content[len(content) // 2] ^= 1
    part.write_bytes(content)
    assert main(["check"]) == 1
    assert part.name in capsys.readouterr().out


def test_check_tells_of_broken_references_and_offsets(publish_tables: Any, capsys: pytest.CaptureFixture[str]) -> None:
    warehouse = publish_tables(people=[])
    quotes = warehouse.open_current().read_table("quotes").to_dicts()
    publish_tables(people=[], quotes=[{**quotes[0], "start": 0, "end": quotes[0]["end"] - 1}])
    assert main(["check"]) == 1
    told = capsys.readouterr().out
    assert "quotes.speaker_id" in told
    assert "body[start:end]" in told


@pytest.mark.parametrize("command", [["check"], ["sql", "SELECT 1"]])
def test_without_tables_the_way_to_them_is_told(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(command) == 1
    assert "readout run" in capsys.readouterr().err


def test_describe_tells_every_column(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["describe", "--markdown"]) == 0
    told = capsys.readouterr().out
    for name, contract in TABLES.items():
        assert f"## {name}\n" in told
        for column in contract.columns:
            assert f"| {column}" in told
    assert "| speaker_id | string | may be null |" in told
    assert "Refers to people." in told


def test_describe_one_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["describe", "people"]) == 0
    assert "wikidata_qid" in capsys.readouterr().out
    assert main(["describe", "peple"]) == 1
    assert "people" in capsys.readouterr().err


def test_sql_prints_rows(warehouse: Warehouse, capsys: pytest.CaptureFixture[str]) -> None:
    query = "SELECT q.speaker_name, a.outlet FROM quotes q JOIN articles a USING (article_id)"
    assert main(["sql", query, "--csv"]) == 0
    assert list(csv.reader(capsys.readouterr().out.splitlines())) == [
        ["speaker_name", "outlet"],
        ["Ilka Brandt", "harbour-post"],
    ]
    assert main(["sql", query]) == 0
    assert "Ilka Brandt" in capsys.readouterr().out


def test_sql_as_json_keeps_lists_and_dates(warehouse: Warehouse, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sql", "SELECT section, published_on, url FROM articles", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == [{"section": ["Town"], "published_on": "2024-03-01", "url": None}]
    assert main(["sql", "SELECT section FROM articles", "--csv"]) == 0
    assert list(csv.reader(capsys.readouterr().out.splitlines()))[1] == ['["Town"]']


def test_sql_shows_wide_rows_line_by_line(warehouse: Warehouse, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sql", "SELECT * FROM quotes"]) == 0
    told = capsys.readouterr().out
    assert "Row 1" in told
    assert "speaker_mention" in told


def test_sql_says_when_rows_are_left_out(warehouse: Warehouse, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sql", "SELECT range AS n FROM range(1500)"]) == 0
    assert "100 of 1,500 rows" in capsys.readouterr().out


@pytest.mark.parametrize(
    "query",
    ["SELEKT 1", "SELECT * FROM nowhere", "", "SELECT nope FROM quotes", "INSERT INTO quotes SELECT * FROM quotes"],
)
def test_sql_refuses_in_one_sentence(query: str, warehouse: Warehouse, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sql", query]) == 1
    told = capsys.readouterr()
    assert told.err.startswith("readout: ")
    assert "Traceback" not in told.err


def test_sql_touches_no_file(warehouse: Warehouse, folder: Path) -> None:
    secret = folder / "secret.csv"
    secret.write_text("a\n1\n")
    assert main(["sql", f"SELECT * FROM read_csv('{secret}')"]) == 1
    assert main(["sql", f"COPY quotes TO '{folder}/quotes.parquet'"]) == 1
    assert main(["sql", "SET enable_external_access = true"]) == 1
    assert not (folder / "quotes.parquet").exists()
    assert warehouse.open_current().check() == []


def test_snapshots_are_listed_and_rolled_back(publish_tables: Any, capsys: pytest.CaptureFixture[str]) -> None:
    first = publish_tables().open_current().id
    second = publish_tables(people=[], quotes=[]).open_current().id
    assert main(["snapshots"]) == 0
    lines = [line for line in capsys.readouterr().out.splitlines() if first in line or second in line]
    assert ["*" in line for line in lines] == [False, True]
    assert main(["snapshots", "rollback", first]) == 0
    assert main(["sql", "SELECT count(*) AS n FROM quotes", "--csv"]) == 0
    assert capsys.readouterr().out.endswith("n\n1\n")
    assert main(["snapshots", "rollback", "000009-000000000000"]) == 1


def test_old_snapshots_are_removed(publish_tables: Any, capsys: pytest.CaptureFixture[str]) -> None:
    publish_tables()
    warehouse = publish_tables(people=[], quotes=[])
    assert main(["snapshots", "clean", "--keep", "1"]) == 0
    assert [snapshot.id for snapshot in warehouse.snapshots()] == [warehouse.open_current().id]
    assert main(["snapshots", "clean", "--keep", "1"]) == 0
    assert "Removed nothing" in capsys.readouterr().out
