"""The command that shows one article with all that was found in it."""

from __future__ import annotations

import html
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
# A monospaced letter is six tenths of its size wide, so that the columns fit any window; small print ends at 9 px.
PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<title>{title}</title>
<style>
{{stylesheet}}
body {{{{ color: {{foreground}}; background-color: {{background}}; }}}}
pre {{{{ font: max(9px, min(1rem, 1vw))/1.35 Menlo, "DejaVu Sans Mono", Consolas, monospace; margin: 2vw; }}}}
</style>
</head>
<body><pre>{{code}}</pre></body>
</html>
"""


def show(
    article: Annotated[
        str, Parameter(help="Its article_id, its source_uri or a part of that, or the path of its raw file.")
    ],
    /,
    *,
    warehouse: WarehouseDir = None,
    page: Annotated[Path | None, Parameter("--html", help="Write an HTML page there instead.")] = None,
) -> int:
    """Show one article: what is not body greyed, quotes and meetings marked, rules and identities in the margin."""
    name, view = _build_view(article, warehouse)
    if page is None:
        Console().print(view)
        return DONE
    recorder = Console(record=True, width=PAGE_WIDTH, file=io.StringIO())
    recorder.print(view)
    title = html.escape(name).replace("{", "{{").replace("}", "}}")
    _write_page(page, recorder.export_html(code_format=PAGE.format(title=title)))
    Console(soft_wrap=True, highlight=False).print(f"Written to {page}.", markup=False)
    return DONE


def _build_view(wanted: str, warehouse: Path | None) -> tuple[str, RenderableType]:
    """The headline of the article that is wanted (else its source_uri), and the article as it is shown."""
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
    return found[0]["title"] or found[0]["source_uri"], build_view(collect_rows(tables, found[0]))


def _write_page(path: Path, page: str) -> None:
    from flows.errors import CommandError

    try:
        path.write_text(page, encoding="utf-8")
    except OSError as error:
        raise CommandError(f"Cannot write {path}: {error.strerror}.") from error
