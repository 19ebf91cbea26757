"""However a folder came to be what it is, its tables are those of a fresh build."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from etl.pipeline import IngestRequest, ingest
from etl.validate import check_tables
from etl.warehouse import Warehouse
from schemas import TABLES

NAMES = ("one.txt", "two.txt", "paper/three.txt", "wire.jsonl")
TEXTS = (
    "Estonian Prime Minister Tarmo Kask met Icelandic Prime Minister Hildur Arnason in Tallinn on 14 October 2025.",
    "“We agree on cables,” Kask said after talks with Arnason in Tallinn on Tuesday.",
    "Kask and Arnason will meet in Reykjavik on 3 May 2026, officials said.",
    "“Nobody met anybody,” said the harbour master.",
    "",
)
steps = st.lists(
    st.tuples(st.sampled_from(NAMES), st.lists(st.sampled_from(TEXTS), min_size=1, max_size=3)), min_size=1, max_size=3
)


def write_file(raw: Path, name: str, texts: list[str]) -> None:
    path = raw / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if name.endswith(".txt"):
        path.write_text(texts[0])
        return
    path.write_text("".join(json.dumps({"id": n, "text": text}) + "\n" for n, text in enumerate(texts)))


def take_in(raw: Path, warehouse: Path):
    summary = ingest(IngestRequest(raw=raw, warehouse=warehouse, workers=1))
    snapshot = Warehouse(warehouse).current
    return summary, {table: snapshot.read_table(table) for table in TABLES}


# Each example runs the pipeline several times: shrinking one that fails would take minutes.
@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=(Phase.explicit, Phase.generate),
)
@given(st.lists(steps, min_size=2, max_size=3))
def test_incremental_runs_equal_a_fresh_build(runs):
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "raw"
        raw.mkdir()
        for changes in runs:
            for name, texts in changes:
                write_file(raw, name, texts)
            summary, tables = take_in(raw, Path(folder) / "kept")
        _, fresh = take_in(raw, Path(folder) / "fresh")
        for table in TABLES:
            assert_frame_equal(tables[table], fresh[table])
        assert check_tables(tables) == []
        assert len(tables["articles"]) + summary.rejected_inputs == summary.total_inputs
        again, _ = take_in(raw, Path(folder) / "kept")
        assert not again.published
