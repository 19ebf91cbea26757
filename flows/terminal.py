"""What the command shows in a terminal: progress while it works, tables at the end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, DownloadColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from etl import runs
from flows.report import count_rejects, count_tables

Row = Mapping[str, Any]

NARROWEST = 10  # characters of a column, with its borders, that can still be read


@contextmanager
def show_progress(console: Console, waiting_for: str) -> Iterator[runs.ReportProgress | None]:
    """A progress bar while the block runs, and the callback that moves it; None where nobody watches.

    `waiting_for` says what goes on before the first report.
    """
    if not console.is_terminal:
        yield None
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TextColumn("{task.fields[articles]}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        bar = progress.add_task(waiting_for, total=None, articles="")

        def report(now: runs.Progress) -> None:
            task = progress.tasks[0]
            if task.total is None:
                progress.reset(bar)  # the rate counts from here, not from the start of Prefect
            told = f"{now.articles:,} articles"
            if now.articles and task.elapsed:
                told += f", {now.articles / task.elapsed:,.0f}/s"
            what = "Reading and deriving" if now.done_bytes < now.total_bytes else "Deriving, resolving, publishing"
            # A bar that is full counts as finished, and its clock stops: one byte stays open.
            progress.update(bar, description=what, completed=now.done_bytes, total=now.total_bytes + 1, articles=told)

        yield report


def print_summary(console: Console, summary: runs.RunSummary, *, seen_at: str | None = None) -> None:
    """The tables of the run: rows, rejects, and where things are. `seen_at` says where Prefect shows the run."""
    print_rows(console, count_tables(summary), title="Tables", number_format=",")
    if summary.rejects:
        print_rows(console, count_rejects(summary), title="Rejected inputs and rows", number_format=",")
    for note in summary.recovered:
        console.print(f"Recovered: {note}", markup=False)
    files = ", ".join(f"{n:,} {what}" for what, n in summary.inputs.items())
    facts = {
        "Raw files": files,
        "Articles": f"{summary.derived:,} derived, {summary.reused:,} kept from before, in {summary.seconds:,.1f} s",
        "Rejected": f"{summary.rejected_inputs:,} of {summary.total_inputs:,} inputs ({summary.reject_share:.1%})",
        "Snapshot": summary.snapshot_id + ("" if summary.published else " (nothing new, it stands as it was)"),
        "Tables in": summary.warehouse,
        "Prefect": seen_at,
    }
    for name, value in facts.items():
        if value is not None:
            console.print(f"{name + ':':<11}{value}", markup=False, highlight=False, soft_wrap=True)


def print_rows(
    console: Console,
    rows: Sequence[Row],
    *,
    title: str | None = None,
    columns: Sequence[str] | None = None,
    number_format: str = "",
) -> None:
    """`rows` as a table with their first row's columns, or `columns`; numbers stand to the right.

    Where the terminal is too narrow for so many columns, each row becomes a table of its own, a line a column.
    """
    names = list(columns if columns is not None else rows[0])
    if len(names) > 1 and len(names) * NARROWEST > console.width:
        for number, row in enumerate(rows, start=1):
            pairs = [{"column": name, "value": row[name]} for name in names]
            print_rows(console, pairs, title=f"Row {number}", number_format=number_format)
        return
    table = Table(title=title, title_justify="left", title_style="bold", header_style="bold")
    for name in names:
        is_number = bool(rows) and all(_is_number(row[name]) or row[name] is None for row in rows)
        table.add_column(escape(name), justify="right" if is_number else "left", overflow="fold")
    for row in rows:
        table.add_row(*(_format_cell(row[name], number_format) for name in names))
    console.print(table)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _format_cell(value: Any, number_format: str) -> str:
    if _is_number(value):
        return format(value, number_format)
    return "" if value is None else escape(str(value))
