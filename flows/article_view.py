"""One article as a reader of the tables sees it: what was taken out, who said what, who met whom, by which rule."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

PART_STYLE = "dim"
STYLES = {
    "quote": "green",
    "cue": "yellow",
    "speaker": "bold cyan",
    "trigger": "bold magenta",
    "date": "bold blue",
    "place": "underline blue",
    "participant": "cyan",
}
SPANS = {  # table -> column prefix of its spans and what they mark
    "quotes": (("", "quote"), ("cue_", "cue"), ("speaker_", "speaker")),
    "meeting_mentions": (("trigger_", "trigger"), ("date_text_", "date"), ("place_", "place")),
    "mention_participants": (("", "participant"),),
}

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ArticleRows:
    """The rows of all tables that tell of one article."""

    article: Row
    parts: tuple[Row, ...]
    quotes: tuple[Row, ...]
    mentions: tuple[Row, ...]
    participants: tuple[Row, ...]
    meetings: Mapping[str, Row]


def find_article(articles: pl.DataFrame, wanted: str) -> Sequence[Row]:
    """Articles whose article_id or source_uri is `wanted`, else those whose source_uri holds it.

    Else, as a shell completes the path of a raw file, the one with the longest source_uri that ends `wanted`.
    """
    uri = pl.col("source_uri")
    for told in ((pl.col("article_id") == wanted) | (uri == wanted), uri.str.contains(wanted, literal=True)):
        if len(found := articles.filter(told)):
            return found.to_dicts()
    ending = articles.filter(pl.lit(Path(wanted).as_posix()).str.ends_with(pl.lit("/") + uri))
    return ending.sort(uri.str.len_chars(), descending=True).head(1).to_dicts()


def collect_rows(tables: Mapping[str, pl.DataFrame], article: Row) -> ArticleRows:
    """All rows that belong to the article, in the order of the text."""
    of_article = pl.col("article_id") == article["article_id"]
    mentions = tables["meeting_mentions"].filter(of_article).sort("start", "trigger_start", "mention_id")
    participants = tables["mention_participants"].join(mentions, on="mention_id", how="semi")
    meetings = tables["meetings"].join(mentions, on="meeting_id", how="semi")
    return ArticleRows(
        article=article,
        parts=tuple(tables["article_parts"].filter(of_article).sort("part").to_dicts()),
        quotes=tuple(tables["quotes"].filter(of_article).sort("start", "end", "quote_id").to_dicts()),
        mentions=tuple(mentions.to_dicts()),
        participants=tuple(participants.sort("mention_id", "ordinal").to_dicts()),
        meetings={row["meeting_id"]: row for row in meetings.to_dicts()},
    )


def build_view(rows: ArticleRows) -> RenderableType:
    """The article with its parts greyed, its facts marked, and in the margin their rules and resolved identities."""
    grid = Table.grid(padding=(0, 2), expand=True)
    grid.add_column(ratio=3)
    grid.add_column(ratio=2)
    for block, notes in _list_blocks(rows):
        grid.add_row(block, notes)
        grid.add_row("", "")
    return Group(_build_heading(rows.article), "", grid, _build_key())


def _build_heading(article: Row) -> Text:
    heading = Text(article["title"] or "(no title)", style="bold")
    facts = {
        "source": article["source_uri"],
        "outlet": article["outlet"],
        "published": _tell_day(article["published_on"], article["published_basis"]),
        "reference date": _tell_day(article["reference_date"], article["reference_basis"]),
        "language": f"{article['language'] or 'unknown'}, coverage {article['coverage']}",
        "id": article["article_id"],
    }
    for name, value in facts.items():
        heading.append(f"\n{name}: {value or 'unknown'}", style="dim")
    return heading


def _tell_day(day: date | None, basis: str) -> str | None:
    return None if day is None else f"{day} ({basis})"


def _build_key() -> Text:
    key = Text("marks: ", style="dim")
    for name, style in STYLES.items():
        key.append(name, style=style)
        key.append("  ")
    key.append("taken out of the body", style=PART_STYLE)
    return key


def _list_blocks(rows: ArticleRows) -> Iterator[tuple[Text, Text]]:
    """Parts and paragraphs in reading order, each with its notes.

    The raw text is not in the warehouse: a part goes before the paragraph that starts nearest to as many characters
    as the raw text has in front of it.
    """
    body: str = rows.article["body"]
    paragraphs = list(_split_paragraphs(body))
    starts = [start for start, _ in paragraphs] + [len(body)]
    waiting = list(_place_parts(rows.parts, starts))
    for number, (start, end) in enumerate(paragraphs):
        yield from (_show_part(part) for place, part in waiting if place == number)
        yield _mark_paragraph(rows, start, end), _note_paragraph(rows, start, end)
    yield from (_show_part(part) for place, part in waiting if place >= len(paragraphs))


def _split_paragraphs(body: str) -> Iterator[tuple[int, int]]:
    start = 0
    for paragraph in body.split("\n\n"):
        yield start, start + len(paragraph)
        start += len(paragraph) + 2


def _place_parts(parts: Iterable[Row], starts: list[int]) -> Iterator[tuple[int, Row]]:
    taken = 0
    for part in parts:
        before = part["raw_start"] - taken
        taken += part["raw_end"] - part["raw_start"]
        right = min(bisect_left(starts, before), len(starts) - 1)
        left = max(right - 1, 0)
        yield (left if before - starts[left] < starts[right] - before else right), part


def _show_part(part: Row) -> tuple[Text, Text]:
    text = part["text"] + (f" [credit: {part['credit']}]" if part["credit"] else "")
    return Text(text, style=PART_STYLE), Text(f"{part['kind']}  {part['rule_id']}", style=PART_STYLE)


def _mark_paragraph(rows: ArticleRows, start: int, end: int) -> Text:
    text = Text(rows.article["body"][start:end])
    tables = (("quotes", rows.quotes), ("meeting_mentions", rows.mentions), ("mention_participants", rows.participants))
    for table, told in tables:
        for row in told:
            for prefix, mark in SPANS[table]:
                first, last = row[f"{prefix}start"], row[f"{prefix}end"]
                if first is not None and first < end and last > start:
                    text.stylize(STYLES[mark], max(first, start) - start, min(last, end) - start)
    return text


def _note_paragraph(rows: ArticleRows, start: int, end: int) -> Text:
    notes = [_note_quote(quote) for quote in rows.quotes if start <= quote["start"] < end]
    notes += [_note_mention(rows, mention) for mention in rows.mentions if start <= mention["start"] < end]
    return Text("\n").join(notes)


def _note_quote(quote: Row) -> Text:
    note = Text(f"{quote['type']}: ", style="green")
    note.append(quote["speaker_name"] or quote["speaker_mention"] or "speaker unknown", style="bold")
    note.append(f" ({quote['speaker_kind']}, {quote['speaker_basis']})")
    for name in ("via", "continues", "meeting_id"):
        if quote[name]:
            note.append(f" {name.removesuffix('_id')} {quote[name]}")
    return note.append(f" {quote['rule_id']}", style="dim")


def _note_mention(rows: ArticleRows, mention: Row) -> Text:
    meeting = rows.meetings[mention["meeting_id"]]
    note = Text(f"{mention['trigger']}: ", style="magenta")
    note.append(meeting["participants"], style="bold")
    when = meeting["date_edtf"] or "no date"
    where = ", ".join(filter(None, (meeting["venue"], meeting["city"], meeting["country"]))) or "no place"
    note.append(f" {meeting['status']}, {meeting['format']}, {when} ({meeting['date_basis']}), {where}")
    note.append(f", told by {meeting['n_articles']} articles" if meeting["n_articles"] > 1 else "")
    reasons = ", ".join(mention["link_reasons"])
    return note.append(
        f" {mention['rule_id']} {mention['meeting_id']}" + (f" [{reasons}]" if reasons else ""), style="dim"
    )
