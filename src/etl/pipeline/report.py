"""What a run reports: counts by table, new quotes and meetings to look at, rejects by reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from etl.pipeline.ledger import Plan
from etl.pipeline.phase_a import PhaseA
from etl.rules import compute_rules_version
from etl.runs import IngestRequest, RunSummary
from etl.warehouse import Publication, Snapshot

LISTED = 50  # new rows that a report shows
TEXT_LENGTH = 200


def build_summary(
    request: IngestRequest,
    plan: Plan,
    phase_a: PhaseA | None,
    publication: Publication,
    tables: Mapping[str, pl.DataFrame],
    before: Snapshot | None,
) -> RunSummary:
    """The summary of a run whose tables have been published, or, without `phase_a`, were found unchanged."""
    rejected = tables["rejected"]
    whole = rejected.filter(pl.col("table").is_null() | (pl.col("table") == "articles")).n_unique("source_uri")
    return RunSummary(
        snapshot_id=publication.snapshot.id,
        published=publication.published,
        rules_version=compute_rules_version(),
        warehouse=str(request.warehouse),
        inputs={"read": len(plan.read), "unchanged": len(plan.unchanged), "vanished": len(plan.vanished)},
        derived=phase_a.derived if phase_a else 0,
        reused=len(phase_a.kept) if phase_a else plan.kept["article_id"].count(),
        rows={name: len(frame) for name, frame in tables.items()},
        added=dict(publication.added),
        removed=dict(publication.removed),
        rejects=_count_values(rejected, "check"),
        rejected_inputs=whole,
        total_inputs=len(tables["articles"]) + whole,
        outlets=_count_values(tables["articles"].with_columns(pl.col("outlet").fill_null("(none)")), "outlet"),
        new_quotes=_list_new(_name_sources(tables, "quotes"), "quotes", before, QUOTE_COLUMNS),
        new_meetings=_list_new(tables["meetings"], "meetings", before, MEETING_COLUMNS),
        rejected_examples=_list_rejects(rejected),
    )


QUOTE_COLUMNS = ("source_uri", "speaker_name", "type", "text", "rule_id")
MEETING_COLUMNS = ("date_edtf", "status", "participants", "city", "n_articles", "n_outlets")
REJECT_COLUMNS = ("source_uri", "stage", "check", "reason")
KEYS = {"quotes": "quote_id", "meetings": "meeting_id"}


def _count_values(frame: pl.DataFrame, column: str) -> dict[str, int]:
    counts = frame.group_by(column).len().sort(["len", column], descending=[True, False])
    return dict(counts.iter_rows())


def _name_sources(tables: Mapping[str, pl.DataFrame], table: str) -> pl.DataFrame:
    articles = tables["articles"].select("article_id", "source_uri")
    return tables[table].join(articles, on="article_id", how="left", maintain_order="left")


def _list_new(frame: pl.DataFrame, table: str, before: Snapshot | None, columns: Sequence[str]) -> list[dict[str, Any]]:
    key = KEYS[table]
    if before is not None:
        frame = frame.join(before.read_parts(table).select(key), on=key, how="anti", maintain_order="left")
    rows = frame.sort(columns[0], key, nulls_last=True).head(LISTED).select(columns)
    return rows.with_columns(pl.col(pl.String).str.slice(0, TEXT_LENGTH)).to_dicts()


def _list_rejects(rejected: pl.DataFrame) -> list[dict[str, Any]]:
    return rejected.sort(REJECT_COLUMNS).head(LISTED).select(REJECT_COLUMNS).to_dicts()
