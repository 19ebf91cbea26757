"""A folder of raw files to write into and to read from, shared by the tests of all containers."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from etl.records import RawArticle, Reject
from etl.sources import InputFile, ReadOptions, list_inputs, read_input
from schemas.vocabulary import REJECT_STAGES

Outcomes = list[RawArticle | Reject]


class RawFolder:
    """Writes files and reads them back; every reject that it meets is checked for the form of its reason."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def write(self, name: str, content: str | bytes) -> InputFile:
        (self.path / name).write_bytes(content.encode() if isinstance(content, str) else content)
        [file] = list_inputs(self.path / name).files
        return file

    def write_lines(self, *records: object) -> InputFile:
        """a.jsonl with the records as JSON, strings as they stand."""
        return self.write("a.jsonl", self.pack_lines(*records))

    @staticmethod
    def pack_lines(*records: object) -> str:
        return "".join((record if isinstance(record, str) else json.dumps(record)) + "\n" for record in records)

    def write_table(self, columns: dict[str, pa.Array]) -> InputFile:
        """a.parquet with the columns."""
        buffer = io.BytesIO()
        pq.write_table(pa.table(columns), buffer)
        return self.write("a.parquet", buffer.getvalue())

    def read(self, file: InputFile, **options: Any) -> Outcomes:
        outcomes = list(read_input(file, ReadOptions(**options)))
        for outcome in outcomes:
            if isinstance(outcome, Reject):
                assert outcome.stage in REJECT_STAGES
                assert outcome.reason.startswith(file.uri.removesuffix(".txt"))
                assert outcome.reason.endswith(".")
                assert str(self.path) not in outcome.reason
                assert outcome.reason.isprintable()
        return outcomes

    def check(self, file: InputFile, **options: Any) -> list[tuple[str, str]]:
        """(source_uri, check) of each outcome; an article's check is ok."""
        return self.name_checks(self.read(file, **options))

    @staticmethod
    def name_checks(outcomes: Outcomes) -> list[tuple[str, str]]:
        return [(o.source_uri, o.check if isinstance(o, Reject) else "ok") for o in outcomes]


@pytest.fixture
def raw(tmp_path: Path) -> RawFolder:
    return RawFolder(tmp_path)
