"""Stretches inside kept lines: the dateline before the lead, credits and licences behind the last words."""

from __future__ import annotations

import re

from etl.normalise.datelines import DATELINE_CHARS, Dateline, DatelineReader
from etl.normalise.endings import ENDING_CHARS, Endings
from etl.normalise.layout import Cut, Layout, Take

_OTHER_BLANK = re.compile(r"[^\S ]")
_LEAD_LINES = 3
_MAX_ENDINGS = 6


def blank_out(text: str) -> str:
    """`text` with every white-space character as one plain blank: same length, one line."""
    if text.replace("\n", "").isprintable():
        return text.replace("\n", " ")
    return _OTHER_BLANK.sub(" ", text)


def cut_dateline(text: str, layout: Layout, reader: DatelineReader) -> Dateline | None:
    """Cuts the dateline off the lead (one of the first three body lines); what it says, or None.

    Reads only what was not cut before: initials at the end of a short text look like a dateline.
    """
    for i in layout.list_body()[:_LEAD_LINES]:
        line = layout.lines[i]
        stop = min([line.end, *(cut.start for cut in layout.cuts if line.start <= cut.start < line.end)])
        dateline = reader.find_dateline(blank_out(text[line.start : min(stop, line.start + DATELINE_CHARS)]))
        if dateline:
            end = line.start + len(text[line.start : line.start + dateline.end].rstrip())
            layout.cuts.append(Cut(line.start, end, Take("dateline", "dateline/prefix")))
            return dateline
    return None


def cut_endings(text: str, layout: Layout, endings: Endings) -> None:
    """Cuts credits, licences and end marks off the last body line; goes up where nothing is left of it."""
    body = layout.list_body()
    for i in reversed(body[-_MAX_ENDINGS:]):
        line = layout.lines[i]
        end = line.end
        while end > line.start:
            start = max(line.start, end - ENDING_CHARS)
            match = endings.find_ending(blank_out(text[start:end]), "body")
            if match is None:
                break
            layout.cuts.append(Cut(start + match.start, start + match.end, Take(match.kind, match.rule_id)))
            end = line.start + len(text[line.start : start + match.start].rstrip())
        if end > line.start:
            return


def cut_title_tag(text: str, layout: Layout, i: int, endings: Endings) -> str:
    """Cuts media tags off the title on line `i`; the raw title without them."""
    line = layout.lines[i]
    title = text[line.start : line.end]
    match = endings.find_ending(blank_out(title), "title")
    while match and match.start > 0:
        cut = Cut(line.start + match.start, line.start + match.end, Take(match.kind, match.rule_id))
        layout.cuts.append(cut)
        title = title[: match.start].rstrip()
        match = endings.find_ending(blank_out(title), "title")
    return title
