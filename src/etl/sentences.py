"""Sentences of a body. The cuts are found in the masked text, so that no sentence ends inside a quote.

A full stop inside the closing mark ends the sentence, unless what follows is the quote's attribution
(`“We won.” Smith added.`, `“Why?” she asked`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from etl.cues import load_cues
from etl.data import check_keys, read_toml
from etl.marks import QuotedSpan, trim
from etl.spans import Span

# It begins with a class of characters, so that the search skips what lies between the stops.
_STOP = re.compile(r"[.?!…](?:[.?!…]*[)\]”’»\"']*(?=\s)|(?<=[a-z]{2}[.?!])(?=[A-Z][a-z]+\s))")
_CLOSERS = " )]”’»\"'"
_MAY_BEGIN = re.compile(r"[\s(\[]*[^\s\w(\[]*\s?(?:[A-Z0-9À-ÖØ-ÞĀ-Ž]|\w(?<![a-zß-öø-ÿ]))|[\s(\[]*[\"“„«‘'`•*–—-]")
_ACRONYM = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]")
_NO_WORD = re.compile(r"[^\w.’'-]")
_NEXT_WORD = re.compile(r"\W*(\w+)")
_ENDED = re.compile(r"[.?!…][)\]’']?$")

# Words between a closing mark and the cue of its attribution: "Smith", "the group's Dr. Ann Lee".
# A capital one of these after a full stop begins a new sentence.
_NO_SUBJECT = (
    r"(?!(?:But|And|Yet|So|Nor|Still|Meanwhile|However|When|While|If|Although|Though|For|In|On|At|As|After|Before"
    r"|During|With|From|By|Under|Despite|According|Asked)\b)"
)
_SUBJECT = _NO_SUBJECT + r"(?:(?:[^\s.?!:;,“”\"\ue000]+(?:\.[^\s.]+)*|[A-Z][a-z]{0,4}\.|(?:[A-Z]\.)+),?\s+){1,12}?"
_TAIL = re.compile(r"[^.?!:“”\"]{0,300}")
_TAIL_BEGINS = re.compile(
    r"\s*(?:$|,|(?:about|of|with|as|at|in|on|during|after|before|to|through|via|from|by|last|this|later|earlier|yesterday|today|while|when"
    r"|\w+ly|reporters|journalists|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b)"
)
# Whom it is told, and an adjunct: ” Lee told the crowd in Lima.
_HEARER = re.compile(r"(?:\s+[^\s,]+){1,6}?\s+(?:in|on|at|during|after|before|when|as|last|this|by)\b")
_TAIL_THAT = re.compile(r"\s*,(?:[^,]{1,30},)?\s*that\b")
_TAIL_CLAUSE = re.compile(r"\b(?:that|is|are|was|were|will|would|has|have|had|can|could|should|must|may|might)\b")


class Sentence(NamedTuple):
    """`body[start:end]`, without white space at its ends, and the number of its paragraph."""

    start: int
    end: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Abbreviations:
    """data/abbreviations.toml: the words after which a full stop need not end the sentence."""

    titles: frozenset[str]
    numbered: frozenset[str]
    general: frozenset[str]
    starters: frozenset[str]


@cache
def load_abbreviations() -> Abbreviations:
    """The lists of data/abbreviations.toml; raises DataError where a list is missing or unknown."""
    table = read_toml("abbreviations.toml")
    check_keys(table, "abbreviations.toml", ("titles", "numbered", "general", "starters"))
    return Abbreviations(**{name: frozenset(words) for name, words in table.items()})


def split_sentences(
    body: str, masked: str, paragraphs: Sequence[Span], quoted: Sequence[QuotedSpan]
) -> tuple[Sentence, ...]:
    """The sentences of all paragraphs, sorted; together they hold every visible character of `body`."""
    sentences: list[Sentence] = []
    spans = iter(quoted)
    span = next(spans, None)
    for number, paragraph in enumerate(paragraphs):
        closings: list[QuotedSpan] = []
        while span is not None and span.end <= paragraph.end:
            if _ENDED.search(body, max(span.pieces[-1].end - 3, 0), span.pieces[-1].end):
                closings.append(span)
            span = next(spans, None)
        cuts = _find_cuts(masked, paragraph, closings)
        for start, end in _cut(paragraph, cuts):
            piece = trim(body, start, end)
            if piece.start < piece.end:
                sentences.append(Sentence(piece.start, piece.end, number))
    return tuple(sentences)


def _cut(paragraph: Span, cuts: list[int]) -> Iterator[tuple[int, int]]:
    start = paragraph.start
    for cut in cuts:
        yield start, cut
        start = cut
    yield start, paragraph.end


def _find_cuts(masked: str, paragraph: Span, closings: list[QuotedSpan]) -> list[int]:
    """Offsets after which a new sentence begins, sorted."""
    cuts = []
    for match in _STOP.finditer(masked, paragraph.start, paragraph.end):
        if not _is_abbreviated(masked, match, paragraph.end) and _MAY_BEGIN.match(masked, match.end(), paragraph.end):
            cuts.append(match.end())
    for span in closings:
        closing = span.end
        begins = closing < paragraph.end and _MAY_BEGIN.match(masked, closing, paragraph.end)
        led = masked[max(span.start - 2, 0) : span.start].rstrip()[-1:] in (",", ":")  # Lee said, “...”
        if begins and (led or not _is_attributed(masked, closing, paragraph.end)):
            place = bisect_left(cuts, closing)
            if cuts[place : place + 1] != [closing]:
                cuts.insert(place, closing)
    return [cut for cut in cuts if paragraph.start < cut < paragraph.end]


def _is_abbreviated(masked: str, stop: re.Match[str], end: int) -> bool:
    """True where the full stop belongs to a title, an initial, an acronym or another abbreviation."""
    if stop.group()[:1] != "." or len(stop.group()) > 2:
        return False
    words = load_abbreviations()
    before = masked[max(stop.start() - 20, 0) : stop.start()].removesuffix("\n")
    word = _NO_WORD.split(before)[-1].lstrip(".'’-")
    if word in words.titles:
        return True
    is_numbered = word in words.numbered
    if not (is_numbered or word in words.general or _is_initial(word) or _ACRONYM.fullmatch(word)):
        return False
    after = _NEXT_WORD.match(masked, stop.end(), end)
    following = after.group(1) if after else ""
    return (is_numbered and following[:1].isdigit()) or (bool(following) and following not in words.starters)


def _is_initial(word: str) -> bool:
    return len(word) == 1 and word.isupper() and word != "I"


def _is_attributed(masked: str, closing: int, end: int) -> bool:
    """True where the words after a closing mark are the attribution of the quote: `” Smith said on Monday.`"""
    begin = closing
    while begin < end and masked[begin] in _CLOSERS:
        begin += 1
    match = _attribution_pattern().match(masked, begin, end)
    if match is None:
        return False
    tail = _TAIL.match(masked, match.end(), end)
    rest, stop = (tail.group(), tail.end()) if tail else ("", match.end())
    following = masked[stop : stop + 1] if stop < end else ""
    if following == ":":
        return False
    if following in ("“", "”", '"'):
        if rest.strip() in ("", ","):
            return not _quote_begins_sentence(masked, stop)
        if rest.rstrip()[-1:] in (",", ":", ""):
            return False  # the words lead to the next quote
    if _TAIL_THAT.match(rest):
        return False
    hearer = _HEARER.match(rest) if match.group().endswith(("asked", "told")) else None
    if hearer is not None:
        return _TAIL_CLAUSE.search(hearer.group()) is None
    asked = match.group().endswith(("asked", "told")) and len(rest.split()) <= 6
    return (asked or _TAIL_BEGINS.match(rest) is not None) and not _TAIL_CLAUSE.search(rest.split(",")[0])


def _quote_begins_sentence(masked: str, mark: int) -> bool:
    """Masked quotes do not show their case: after "said," a quote is taken for the one that the words introduce."""
    return masked[mark - 2 : mark] == ", "


@cache
def _attribution_pattern() -> re.Pattern[str]:
    verbs = "|".join(sorted(map(re.escape, load_cues().finite_forms), key=lambda form: (-len(form), form)))
    return re.compile(rf"{_SUBJECT}(?:(?:also|then|later|further|has|had)\s+)?(?:{verbs})(?!\w)")
