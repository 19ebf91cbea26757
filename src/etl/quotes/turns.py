"""Transcripts: paragraphs that open with the name of who speaks in them. LEE: The bridge is closed. It is old."""

from __future__ import annotations

import re
from collections import Counter

from etl.document import Document
from etl.quotes.rows import Draft
from etl.quotes.voices import Voices
from etl.spans import Span

_LABEL = re.compile(r"[*_]*([A-Z][\w.’' -]{1,60}?)(?: \([^()]{1,30}\))?[*_]*: ?[*_]* (?=\S)")
# A reporter's turn in official transcripts: Q Thank you. Is the bridge closed?
_QUESTION = re.compile(r"Q\s|[QA][.:]\s")
# Characters of a label, with the marks around it.
_MAX_LABEL = 120
# A dialogue has so many turns at least, of two speakers or more.
_MIN_TURNS = 3
# With these a line begins that nobody speaks, or a quote in marks.
_ASIDES = "([{<*_#•-–—\"“'‘«"
# In small letters, shorter turns are entries of a list.
_MIN_BLANKS = 3


def find_turns(document: Document, voices: Voices) -> dict[int, Draft]:
    """What each speaker says, by the number of the paragraph; nothing where the text is no dialogue."""
    if document.masked.count(": ") < _MIN_TURNS:
        return {}
    turns: dict[int, Draft] = {}
    for number, paragraph in enumerate(document.paragraphs):
        if document.masked.find(":", paragraph.start, min(paragraph.start + _MAX_LABEL, paragraph.end)) < 0:
            continue
        match = _LABEL.match(document.masked, paragraph.start, paragraph.end)
        if match is not None:
            turn = _read_turn(document, voices, Span(*match.span(1)), Span(match.end(), paragraph.end))
            if turn is not None:
                turns[number] = turn
    speakers = Counter(turn.speaker.mention for turn in turns.values())
    # A list of names (Lee: 12 seats) names each once, a dialogue comes back to them.
    is_dialogue = len(turns) >= _MIN_TURNS and len(speakers) > 1 and max(speakers.values()) > 1
    return turns | _continue_turns(document, turns) if is_dialogue else {}


def _continue_turns(document: Document, turns: dict[int, Draft]) -> dict[int, Draft]:
    """The paragraphs without a label between two turns: whoever spoke before goes on, where labels are in capitals."""
    continued: dict[int, Draft] = {}
    last: Draft | None = None
    for number in range(min(turns), max(turns)):
        paragraph = document.paragraphs[number]
        text = document.body[paragraph.start : paragraph.end]
        last = turns.get(number, last)
        if last is None or number in turns or not (last.speaker.mention or "").isupper():
            continue
        if text[0] in _ASIDES or _QUESTION.match(text) or _LABEL.match(document.masked, paragraph.start, paragraph.end):
            last = None  # (Applause.): who goes on is not sure
            continue
        speaker, quoted = last.speaker.as_basis("continuation"), document.quoted_within(*paragraph)
        kind, rule = ("mixed", "mixed-turn") if quoted else ("indirect", "indirect-turn")
        last = continued[number] = Draft(kind, *paragraph, rule, quoted, speaker, continues=last)
    return continued


def _read_turn(document: Document, voices: Voices, label: Span, words: Span) -> Draft | None:
    """What stands behind the name of somebody known or of an office; None for a quote in marks."""
    speaker = voices.resolve_span(label)
    if speaker.person_id is None and speaker.kind != "role":
        return None
    written, text = document.body[label.start : label.end], document.body[words.start : words.end]
    if not written.isupper() and text.count(" ") < _MIN_BLANKS:
        return None
    quoted = document.quoted_within(*words)
    if quoted and (quoted[0].start, quoted[0].end) == words:
        return None
    kind, rule = ("mixed", "mixed-turn") if quoted else ("indirect", "indirect-turn")
    return Draft(kind, *words, rule, quoted, speaker.as_basis("colon"))
