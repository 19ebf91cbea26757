"""Title and section: the lines above the lead that fill columns of their own."""

from __future__ import annotations

from etl.hygiene import fold_line_feeds
from etl.normalise.captions import is_picture_text
from etl.normalise.endings import Endings
from etl.normalise.layout import Layout, Take, merge_lines
from etl.normalise.leads import cut_title_tag
from etl.normalise.sections import find_breadcrumb, is_section_label
from etl.normalise.timestamps import holds_full_day
from etl.normalise.titles import find_title, fold_title, is_like
from etl.normalise.zones import LONG_WORDS

_MAX_HEAD_LINES = 3
_STANDFIRST_LINES = 4
_SUMMARY_WORDS = 12
_OUTLET_CHARS = 20  # what " | Outlet" may add to a repeated title


def mark_title(text: str, layout: Layout, metadata_title: str | None, endings: Endings) -> str | None:
    """Marks the title's line; the title without media tags, else the metadata's, else None."""
    found = find_title(layout, metadata_title)
    if found is None:
        if not layout.is_page():
            _keep_standfirst(layout, -1)
        return " ".join(metadata_title.split()) or None if metadata_title else None
    merge_lines(layout, found.first, found.last)
    layout.taken[found.first] = Take("title", found.rule_id)
    raw = cut_title_tag(text, layout, found.first, endings)
    title = fold_line_feeds(raw)
    _keep_standfirst(layout, found.first)
    wanted = fold_title(title)
    for i, (line, shape) in enumerate(zip(layout.lines, layout.shapes, strict=True)):
        if shape.prose or i == found.first:
            continue
        near = 0.55 * len(line.text) - _OUTLET_CHARS < len(title) < 2 * len(line.text)
        if near and is_like(line.text, wanted):
            layout.taken[i] = Take("title", "title/again")
    return title


def _keep_standfirst(layout: Layout, title: int) -> None:
    """Gives back to the body the full sentences between title (-1: none) and lead that furniture cuts off from it.

    Further down, short ones are the texts of pictures and forms. In a text with hardly any furniture, more than a
    few short lines there are a list, and go back too.
    """
    below = [i for i in range(title + 1, layout.low) if layout.taken[i] == Take("other", "zone/head")]
    is_list = len(below) > _MAX_HEAD_LINES and layout.is_plain()
    for i in reversed(below):
        shape = layout.shapes[i]
        near = i - title <= _STANDFIRST_LINES or shape.words >= LONG_WORDS
        if is_list or (shape.prose and shape.sentence and near) or (0 <= title == i - 1 and _is_summary(layout, i)):
            layout.taken[i] = None
            layout.low = i


def _is_summary(layout: Layout, i: int) -> bool:
    """Whether line i, directly below the headline, sums the story up without a full stop, as many outlets do.

    It stands by itself, and is no picture's text, no byline with a date and no trail.
    """
    text = layout.lines[i].text
    if layout.shapes[i].words < _SUMMARY_WORDS or layout.is_adjacent(i) or text[0] in "([" or "|" in text:
        return False
    return not is_picture_text(text) and not holds_full_day(text)


def mark_sections(layout: Layout) -> tuple[str, ...]:
    """Marks a section label directly above the title or lead; the sections of breadcrumb or label."""
    top = next((i for i, take in enumerate(layout.taken) if take and take.kind == "title"), layout.low)
    above = range(top)
    title = layout.lines[top].text if top < len(layout.lines) else ""
    for i in above:
        take = layout.taken[i]
        if take and take.kind == "breadcrumb":
            items = find_breadcrumb(layout.lines[i].text)
            return tuple(item for item in items if item != title)
    i = top - 1
    if i < 0:
        return ()
    take, label = layout.taken[i], layout.lines[i].text
    if take is None or take.kind not in ("section_label", "other") or not is_section_label(label):
        return ()
    layout.taken[i] = Take("section_label", "section/label-above-title")
    return (label.strip(" :|•»›>"),)
