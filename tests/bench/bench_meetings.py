"""Rows per real meeting on the hand-made gold, beside what simpler ways of counting make of the same mentions.

    .venv/bin/python tests/bench/bench_meetings.py [../shared]

Needs the measuring texts and their scorer, which are no part of the project. The rows by country are what event data
sets of pairs and days count, the rows by person the strongest simple key; without a day, a pair counts once
an article, or (undated too) once in all.
"""

from __future__ import annotations

import importlib.util
import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Hashable
from pathlib import Path
from types import ModuleType
from typing import Any

from etl.pipeline import IngestRequest, ingest
from etl.warehouse import Warehouse

Row = dict[str, Any]
SHARED = Path(__file__).resolve().parents[3] / "shared"


def load_scorer(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_readout", shared / "eval/score_readout.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read_mentions(warehouse: Path) -> list[Row]:
    """Mentions with their parties, and the stem of the file and the reference date of their article."""
    snapshot = Warehouse(warehouse).current
    assert snapshot is not None
    parties = defaultdict(list)
    for party in snapshot.read_table("mention_participants").to_dicts():
        parties[party["mention_id"]].append(party)
    articles = {row["article_id"]: row for row in snapshot.read_table("articles").to_dicts()}
    mentions = []
    for row in snapshot.read_table("meeting_mentions").to_dicts():
        article = articles[row["article_id"]]
        told = {"stem": Path(article["source_uri"]).name, "reference": article["reference_date"]}
        mentions.append({**row, **told, "parties": parties[row["mention_id"]]})
    return mentions


def build_key(mention: Row, column: str, undated: str | None = None) -> Hashable:
    """The pair (or all parties) by `column`, and the day of the mention, else of its article, else `undated`, else the
    article."""
    names = {party[column] or party["name"] or party["role"] or party["mention"] for party in mention["parties"]}
    return frozenset(names), mention["date_start"] or mention["reference"] or undated or mention["stem"]


def group_mentions(mentions: list[Row], key: Callable[[Row], Hashable]) -> list[Row]:
    """Meetings as the scorer wants them: of each key one, with the facts of its first mention and all parties."""
    groups: defaultdict[Hashable, list[Row]] = defaultdict(list)
    for mention in mentions:
        groups[key(mention)].append(mention)
    return [build_row(number, group) for number, group in enumerate(groups.values())]


def build_row(number: int, group: list[Row]) -> Row:
    first = min(group, key=lambda row: (row["date_start"] is None, row["stem"], row["start"]))
    names = ("name", "role", "country", "organization")
    parties = {
        tuple(p[n] for n in names): {**{n: p[n] for n in names}, "mention": p["mention"]}
        for m in group
        for p in m["parties"]
    }
    day = first["date_start"].isoformat() if first["date_start"] else None
    length = {"month": 7, "year": 4}.get(first["date_precision"], 10)
    facts = {name: first[name] for name in ("status", "format", "city", "country")}
    when = {"precision": first["date_precision"], "date": day and day[:length], "date_end": day}
    return {
        "id": str(number),
        **facts,
        **when,
        "articles": sorted({m["stem"] for m in group}),
        "participants": list(parties.values()),
    }


def main() -> None:
    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED
    if not shared.is_dir():
        sys.exit(f"{shared} is not there: it holds the texts and the gold to measure on")
    scorer = load_scorer(shared)
    gold = json.loads((shared / "gold/dev.json").read_text(encoding="utf-8"))
    raws = scorer.read_raws(shared / "corpora/dev", gold["articles"])
    with tempfile.TemporaryDirectory() as folder:
        ingest(IngestRequest(raw=shared / "corpora/dev", warehouse=Path(folder), workers=1))
        mentions = read_mentions(Path(folder))
        stems = {Path(name).stem: name for name in gold["articles"]}
        for mention in mentions:
            mention["stem"] = stems[Path(mention["stem"]).stem]
        found = {
            "each mention a row": group_mentions(mentions, lambda row: row["mention_id"]),
            "same countries, same day": group_mentions(mentions, lambda row: build_key(row, "country")),
            "same persons, same day": group_mentions(mentions, lambda row: build_key(row, "person_id")),
            "same countries, undated too": group_mentions(mentions, lambda row: build_key(row, "country", "undated")),
            "same persons, undated too": group_mentions(mentions, lambda row: build_key(row, "person_id", "undated")),
            "readout": scorer.predicted(folder, list(gold["articles"]))[1],
        }
    print(f"{'':28s} rows  a meeting  articles joined P     R   meetings P     R")
    for name, rows in found.items():
        result = scorer.score_meetings(gold, rows, raws, False)
        pairs = result["same_meeting_pairs"]
        print(
            f"{name:28s} {len(rows):4d} {result['rows_per_meeting']:10.2f} {pairs['p']:18.2f} {pairs['r']:5.2f}"
            f" {result['p']:12.2f} {result['r']:5.2f}"
        )


if __name__ == "__main__":
    main()
