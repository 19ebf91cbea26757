"""The command that shows one article with all that was found in it."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter
from rich.console import Console

from flows.inspection import open_snapshot
from flows.options import DONE, WarehouseDir

if TYPE_CHECKING:
    from rich.console import RenderableType

PAGE_WIDTH = 160
LISTED = 10


def show(
    article: Annotated[str, Parameter(help="Its article_id, its source_uri, or a part of that.")],
    /,
    *,
    warehouse: WarehouseDir = None,
    html: Annotated[Path | None, Parameter(help="Write an HTML page there instead.")] = None,
) -> int:
    """Show one article: what is not body greyed, quotes and meetings marked, rules and identities in the margin."""
    view = _build_view(article, warehouse)
    if html is None:
        Console().print(view)
        return DONE
    recorder = Console(record=True, width=PAGE_WIDTH, file=io.StringIO())
    recorder.print(view)
    _write_page(html, recorder.export_html())
    Console(soft_wrap=True, highlight=False).print(f"Written to {html}.", markup=False)
    return DONE


def _build_view(wanted: str, warehouse: Path | None) -> RenderableType:
    from flows.article_view import build_view, collect_rows, find_article
    from flows.errors import CommandError
    from schemas import TABLES

    snapshot = open_snapshot(warehouse)
    tables = {name: snapshot.read_table(name) for name in TABLES}
    found = find_article(tables["articles"], wanted)
    if not found:
        raise CommandError(f"No article has '{wanted}' in its source_uri, or as its article_id.")
    if len(found) > 1:
        names = ", ".join(row["source_uri"] for row in found[:LISTED])
        raise CommandError(f"{len(found)} articles have '{wanted}' in their source_uri: {names}. Say which one.")
    return build_view(collect_rows(tables, found[0]))


def _write_page(path: Path, page: str) -> None:
    from flows.errors import CommandError

    try:
        path.write_text(page, encoding="utf-8")
    except OSError as error:
        raise CommandError(f"Cannot write {path}: {error.strerror}.") from error
