"""The lines of a decoded text: what stands on one line, or what a hard wrap has spread over several."""

from __future__ import annotations

import itertools
import re
from functools import partial
from typing import NamedTuple

from etl.hygiene import clean_characters, clean_regular, fold_line_feeds
from etl.normalise.days import load_calendar

# A wrapped column is at least and at most this wide; mail and wire copy wrap at 60 to 80.
_MIN_WIDTH, _MAX_WIDTH = 40, 110
# Shares of the adjacent pairs of lines that must look wrapped before any line is joined to the next.
_MIN_FULL, _MIN_OPEN = 0.6, 0.6
_MIN_PAIRS, _MIN_SHARE = 2, 0.35
_SLACK = 3
# The width is that of all lines but the longest tenth (headlines, lists); a fifth may be too long to wrap (addresses).
_QUANTILE, _MAX_LONG = 0.9, 0.2
_BULLET = re.compile(r"\s*(?:[-*•–—·]\s|\d{1,2}[.)]\s|\\?#)")
_END = re.compile(r"[.!?:;…][\"'”’»)\]]*$")


class Line(NamedTuple):
    """A line with visible characters, or a hard-wrapped paragraph. `text` is clean and folded.

    `start` and `end` count in the decoded text, from the first visible character to behind the last;
    `first` and `last` are line numbers from 1.
    """

    start: int
    end: int
    first: int
    last: int
    text: str


# A Line from its five values, without the call that the class itself would need for each.
_NEW_LINE = partial(tuple.__new__, Line)


def split_lines(text: str, regular: bool = False) -> list[Line]:
    """The lines of the decoded text that hold anything visible, in order; hard-wrapped ones joined to paragraphs.

    A text counts as hard-wrapped where most lines that have a neighbour below are full: the next line's first word
    would not have fitted into the width. Paragraphs then end at blank lines, at indented or bulleted lines and at
    lines with room left. Everywhere else each line is a paragraph. `regular` says that the text is, to save the test.
    """
    raw_lines = text.split("\n")
    clean = clean_regular(text) if regular else clean_characters(text)
    clean_lines = raw_lines if clean == text else clean.split("\n")
    lines = _list_lines(raw_lines, clean_lines)
    if not _may_wrap(lines, text):
        return lines
    starts = _find_starts(lines, raw_lines)
    width = _find_width(lines, starts)
    return _join_wrapped(text, lines, starts, width) if width else lines


def _list_lines(raw_lines: list[str], clean_lines: list[str]) -> list[Line]:
    """The lines with visible characters. Where a clean line is the raw one, nothing stands around it."""
    lines: list[Line] = []
    start = 0
    for number, (raw, clean) in enumerate(zip(raw_lines, clean_lines, strict=True), 1):
        end = start + len(raw)
        if raw == clean:
            if clean:
                lines.append(_NEW_LINE((start, end, number, number, clean)))
        elif clean:
            left = end - len(raw.lstrip())
            lines.append(_NEW_LINE((left, start + len(raw.rstrip()), number, number, clean)))
        start = end + 1
    return lines


def _may_wrap(lines: list[Line], text: str) -> bool:
    """Whether it is worth a closer look if the lines are hard-wrapped: cheap, and never false where they are."""
    above = [a.text for a, b in itertools.pairwise(lines) if b.first == a.last + 1]
    if len(above) < _MIN_PAIRS:
        return False
    fitting = [len(line) for line in above if len(line) <= _MAX_WIDTH]
    if sum(fitting) < _MIN_SHARE * sum([len(line.text) for line in lines]):
        return False
    return len(above) - len(fitting) <= len(above) * _MAX_LONG or _has_indent(text)


def _is_item(line: Line, above: Line) -> bool:
    """Whether a line begins with a bullet or a number of a list. The day behind "in the talks of May" is none."""
    if not _BULLET.match(line.text):
        return False
    return not (line.text[0].isdigit() and above.text.rsplit(" ", 1)[-1].lower() in load_calendar().months)


def _has_indent(text: str) -> bool:
    """Whether a line may begin with a blank: sure where there is none but plain blanks, tabs and NBSP."""
    return text[:1].isspace() or any(mark in text for mark in ("\n ", "\n\t", "\n\u00a0"))


def _find_starts(lines: list[Line], raw_lines: list[str]) -> list[bool]:
    """For each line whether its indent starts a paragraph: most lines have none, and no bullet stands above it."""
    indented = [raw_lines[line.first - 1][:2].isspace() for line in lines]
    if sum(indented) * 2 >= len(lines):
        return [False] * len(lines)
    hangs = [False] * len(lines)
    for i in range(1, len(lines)):
        adjacent = lines[i].first == lines[i - 1].last + 1
        hangs[i] = adjacent and indented[i] and (hangs[i - 1] or _BULLET.match(lines[i - 1].text) is not None)
    return [a and not b for a, b in zip(indented, hangs, strict=True)]


def _find_width(lines: list[Line], starts: list[bool]) -> int:
    """The width at which the text is hard-wrapped; 0 where it is not."""
    below = zip(lines, lines[1:], starts[1:], strict=False)
    pairs = [(a, b) for a, b, starts_new in below if b.first == a.last + 1 and not starts_new]
    fitting = [(a, b) for a, b in pairs if len(a.text) <= _MAX_WIDTH and not _is_item(b, a)]
    if len(fitting) < _MIN_PAIRS or len(pairs) * _MAX_LONG < sum(len(a.text) > _MAX_WIDTH for a, _ in pairs):
        return 0
    widths = sorted(len(a.text) for a, _ in fitting)
    width = widths[int(_QUANTILE * (len(widths) - 1))]
    fitting = [(a, b) for a, b in fitting if 2 * len(a.text) >= width]
    full = [a for a, b in fitting if _is_full(a, b, width)]
    unfinished = [a for a in full if not _END.search(a.text)]
    wrapped = len(full) >= _MIN_FULL * len(fitting) and len(unfinished) >= _MIN_OPEN * len(full)
    # Menus and headlines may happen to fill a width; a wrapped text is made of full lines.
    share = sum(len(a.text) for a in full) / sum(len(line.text) for line in lines)
    return width if wrapped and width >= _MIN_WIDTH and share >= _MIN_SHARE else 0


def _is_full(line: Line, below: Line, width: int) -> bool:
    return len(line.text) + 1 + len(below.text.split(" ", 1)[0]) > width - _SLACK


def _join_wrapped(text: str, lines: list[Line], starts: list[bool], width: int) -> list[Line]:
    joined: list[Line] = []
    above: Line | None = None
    for line, starts_new in zip(lines, starts, strict=True):
        if above is not None and not starts_new and _runs_on(above, line, width):
            head = joined[-1]
            joined[-1] = Line(head.start, line.end, head.first, line.last, "")
        else:
            joined.append(line)
        above = line
    return [line if line.text else line._replace(text=fold_line_feeds(text[line.start : line.end])) for line in joined]


def _runs_on(line: Line, below: Line, width: int) -> bool:
    if below.first != line.last + 1 or _is_item(below, line):
        return False
    if _is_full(line, below, width):
        return True
    return not _END.search(line.text) and len(line.text) > width * (0.5 if below.text[:1].islower() else 0.65)
