"""Whether a date lies ahead of the reference date or behind it, by the words of its sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from etl.dates.grammar import load_grammar

AHEAD, BEHIND = 1, -1
REACH = 160


def read_direction(text: str, sentence_start: int, sentence_end: int, start: int, end: int) -> int:
    """AHEAD or BEHIND for the date `text[start:end]`; offsets count in `text`.

    The last cue before the date decides, then the first one after it; without any the date lies behind, as most
    dates of the news do.
    """
    before = _list_cues(text, max(sentence_start, start - REACH), start)
    last = max(before, key=lambda cue: cue[:2], default=None)
    if last is not None:
        return last[2]
    after = _list_cues(text, end, min(sentence_end, end + REACH))
    first = min(after, key=lambda cue: (cue[1], -cue[2]), default=None)
    return first[2] if first is not None else BEHIND


def _list_cues(text: str, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """End, start and direction of each cue. A later end wins, and of cues with one end the longer one."""
    grammar = load_grammar()
    for pattern, direction in ((grammar.ahead, AHEAD), (grammar.behind, BEHIND)):
        for cue in _find_all(pattern, text, start, end):
            yield cue.end(), -cue.start(), direction


def _find_all(pattern: re.Pattern[str], text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    yield from pattern.finditer(text, start, end)
