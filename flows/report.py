"""What a run did, in words and tables: for the flow run's message, its artifacts and the terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from etl.runs import RunSummary

Row = dict[str, Any]

REPORT_KEY = "readout-run-report"
# Enough to look at; all rows are in the tables.
MAX_ROWS = 200
SAMPLE_ROWS = 5


@dataclass(frozen=True, slots=True)
class ReportTable:
    """A table artifact: its key (lowercase, digits, dashes), what it shows, its rows with one set of columns."""

    key: str
    description: str
    rows: list[Row]


def summarise(summary: RunSummary) -> str:
    """One line for people: what is new, what was rejected, which snapshot stands."""
    counts = [(summary.added.get(table, 0), table) for table in ("articles", "quotes", "meetings")]
    new = ", ".join(f"{n:,} new {table if n != 1 else table.removesuffix('s')}" for n, table in counts)
    told = new if summary.published else "nothing new"
    rejected = f"{summary.rejected_inputs:,} of {summary.total_inputs:,} inputs rejected"
    return f"{told}; {rejected}; snapshot {summary.snapshot_id}"


def count_tables(summary: RunSummary) -> list[Row]:
    """Rows, new and removed rows of each table, in the order of the summary."""
    return [
        {
            "table": table,
            "rows": rows,
            "new": summary.added.get(table, 0),
            "removed": summary.removed.get(table, 0),
        }
        for table, rows in summary.rows.items()
    ]


def count_rejects(summary: RunSummary) -> list[Row]:
    """Rejected inputs and rows by check, most first."""
    ordered = sorted(summary.rejects.items(), key=lambda pair: (-pair[1], pair[0]))
    return [{"check": check, "rejected": n} for check, n in ordered]


def build_tables(summary: RunSummary) -> list[ReportTable]:
    """The table artifacts of a run. A table without rows is left out: Prefect shows nothing useful for it."""
    outlets = [{"outlet": outlet, "articles": n} for outlet, n in summary.outlets.items()]
    tables = [
        ReportTable("readout-articles-per-outlet", "Articles per outlet, all that the snapshot holds.", outlets),
        ReportTable(
            "readout-new-quotes", "Quotes that this run added, the first of them.", _to_cells(summary.new_quotes)
        ),
        ReportTable(
            "readout-new-meetings", "Meetings that this run added, the first of them.", _to_cells(summary.new_meetings)
        ),
        ReportTable("readout-rejects", "Rejected inputs and rows by check.", count_rejects(summary)),
        ReportTable(
            "readout-reject-examples",
            "Rejected inputs and rows with their reasons, the first of them.",
            _to_cells(summary.rejected_examples),
        ),
    ]
    return [table for table in tables if table.rows]


def build_markdown(summary: RunSummary) -> str:
    """The run report as Markdown: counts, tables, rejects, and how to read the tables."""
    inputs = ", ".join(f"{n:,} {what}" for what, n in summary.inputs.items())
    blocks = [
        "# Readout run",
        f"{_escape(summarise(summary))}.",
        f"Raw files: {inputs}. Articles derived: {summary.derived:,}, kept from before: {summary.reused:,}. "
        f"Took {summary.seconds:,.1f} s. Rules `{summary.rules_version}`.",
        "## Tables",
        format_markdown_table(count_tables(summary)),
        *_build_sample("New quotes", summary.new_quotes),
        *_build_sample("New meetings", summary.new_meetings),
        "## Rejects",
        format_markdown_table(count_rejects(summary)) if summary.rejects else "None.",
        "## Where the tables are",
        f"`{summary.warehouse}`, snapshot `{summary.snapshot_id}`. Any tool reads them, DuckDB for one:",
        f"```sql\nSELECT speaker_name, text\nFROM read_parquet('{summary.warehouse}/quotes/**/*.parquet')\n```",
    ]
    if summary.recovered:
        blocks += ["## Recovered from an earlier run", "\n".join(f"- {_escape(note)}" for note in summary.recovered)]
    return "\n\n".join(blocks) + "\n"


def _build_sample(title: str, rows: Sequence[Mapping[str, Any]]) -> list[str]:
    return [f"## {title}", format_markdown_table(rows[:SAMPLE_ROWS])] if rows else []


def format_markdown_table(rows: Sequence[Mapping[str, Any]]) -> str:
    """`rows` as a Markdown table with the columns of the first; numbers stand to the right."""
    columns = list(rows[0])
    marks = ["---:" if isinstance(rows[0][name], int | float) else "---" for name in columns]
    lines = [columns, marks, *([_format_cell(row[name]) for name in columns] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _format_cell(value: Any) -> str:
    if isinstance(value, int):
        return f"{value:,}"
    return "" if value is None else _escape(str(value))


def _escape(text: str) -> str:
    """Text of the news as it stands: Prefect's page would take a tag in it for HTML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("|", "\\|").replace("\n", " ")


def _to_cells(rows: Sequence[Mapping[str, Any]]) -> list[Row]:
    """The first rows, with every value as JSON knows it."""
    plain = (str, int, float, type(None))
    return [{name: v if isinstance(v, plain) else str(v) for name, v in row.items()} for row in rows[:MAX_ROWS]]
