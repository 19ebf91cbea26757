"""Date expressions of a text: where they stand and what they say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from typing import NamedTuple

from etl.dates.context import Context
from etl.dates.direction import BEHIND, read_direction
from etl.dates.grammar import NEEDS, DateRule, lexicon_entries, load_grammar
from etl.dates.periods import Period, build_day, find_day
from etl.dates.readings import READINGS
from etl.document import Document, build_document
from etl.records import Article
from etl.scan import Hits, Scanner
from etl.spans import DateMention

# How far before its word an expression may begin, by kind, and how far behind it may end.
BACK = {"month": 48, "year": 24, "weekday": 20, "date_word": 26}
AHEAD = 56
WORD = re.compile(r"(?<![\w-])\w")
YEAR = re.compile(r"[12]\d\d\d(?!\d)")
# A day without a year takes the year of a full date in the same or the next sentence, so many days away at most.
NEAR_DAYS = 45
# With its weekday it takes the year of any full date of the text, if the weekday is true then.
NEAR_DAYS_BY_WEEKDAY = 200
# Words before a date by which a sentence looks back at an earlier time.
_LOOKS_BACK = re.compile(
    r"\b(?:(?:first|last) (?:met|held|spoke|talked|visited|saw)|previous(?:ly)?|had (?:\w+ed|met|held|spoken|seen))\b"
)


class Found(NamedTuple):
    """A match of a rule."""

    rule: DateRule
    match: re.Match[str]


def find_dates(document: Document, hits: Hits, article: Article) -> tuple[DateMention, ...]:
    """All date expressions of the body, sorted, not overlapping; relative ones count from the reference date."""
    return read_dates(document, hits, article.reference_date)


def read_dates(document: Document, hits: Hits, reference: date | None) -> tuple[DateMention, ...]:
    """As `find_dates`, for any text."""
    mentions: list[DateMention] = []
    for found in _find_expressions(document.body, hits):
        start, end = found.match.span()
        direction = BEHIND
        if reference is not None:
            sentence = document.sentence_at(start)
            direction = read_direction(document.body, sentence.start, sentence.end, start, end)
        groups = found.match.groupdict()
        antecedent = _find_antecedent(document, mentions, start) if "same" in groups else None
        before = _read_period(antecedent) if antecedent else None
        period = READINGS[found.rule.reads](found.match, Context(reference, direction, before))
        if period is not None:
            origin = (antecedent.origin or antecedent) if antecedent and groups["same"] else None
            mentions.append(_build_mention(document.body, start, end, period, origin))
    return tuple(_fix_years(document, mentions)) if reference is None else tuple(mentions)


def _find_antecedent(document: Document, mentions: list[DateMention], start: int) -> DateMention | None:
    """The date that "the same day" at `start` refers to: the last one, but for what sentences before tell of the past.

    "They met on Wednesday. They first met on May 3. On the same day she saw C": on that Wednesday.
    """
    here = document.sentence_at(start)
    for mention in reversed(mentions):
        sentence = document.sentence_at(mention.start)
        if sentence.start == here.start or not _LOOKS_BACK.search(document.body, sentence.start, mention.start):
            return mention
    return None


def _read_period(mention: DateMention) -> Period:
    return Period(mention.date_start, mention.date_end, mention.precision, mention.edtf, mention.basis)


def parse_date(text: str, reference: date | None, direction: int = BEHIND) -> Period | None:
    """What the date expression `text` says, counted from `reference`; None where it is no date expression."""
    for found in _find_expressions(text, load_scanner().scan(text)):
        if found.match.start() == 0 or found.match.end() == len(text):
            return READINGS[found.rule.reads](found.match, Context(reference, direction))
    return None


def find_dates_in_text(text: str, reference: date | None) -> tuple[DateMention, ...]:
    """The date expressions of a text that is no body (a caption, a title); offsets count in `text`."""
    if not text.strip():
        return ()
    return read_dates(build_document(text), load_scanner().scan(text), reference)


@cache
def load_scanner() -> Scanner:
    """A scanner for date words alone."""
    return Scanner(lexicon_entries())


def _find_expressions(text: str, hits: Hits) -> list[Found]:
    """Matches by start, not overlapping. A month binds its day, year and weekday, so months come before the rest."""
    found: list[Found] = []
    for need in NEEDS:
        taken = [match.match.span() for match in found]
        for start, end in _list_anchors(text, hits, need):
            if any(first < end and start < last for first, last in taken):
                continue
            match = _choose_longest(text, need, start, end, taken)
            if match is not None:
                found.append(match)
                taken.append(match.match.span())
    return sorted(found, key=lambda match: match.match.start())


def _list_anchors(text: str, hits: Hits, need: str) -> list[tuple[int, int]]:
    """Where the words stand that an expression of this kind hangs on."""
    if need == "year":
        return [year.span() for year in YEAR.finditer(text) if year[0][:2] in ("18", "19", "20")]
    return [(hit.start, hit.end) for hit in hits.of(need)]


def _choose_longest(text: str, need: str, start: int, end: int, taken: list[tuple[int, int]]) -> Found | None:
    best: Found | None = None
    floor = max([last for _, last in taken if last <= start], default=0)
    ceiling = min([first for first, _ in taken if first >= end], default=len(text))
    ceiling = min(ceiling, end + AHEAD)
    grammar = load_grammar()
    fits = grammar.any_rule[need].match
    words = WORD.finditer(text, max(floor, start - BACK[need]), start + 1)
    begins = [word.start() for word in words if fits(text, word.start(), ceiling)]
    for rule in grammar.rules[need] if begins else ():
        for begin in begins:
            match = rule.pattern.match(text, begin, ceiling)
            if match is not None and match.end() >= end:
                if best is None or _measure(match) > _measure(best.match):
                    best = Found(rule, match)
                break
    return best


def _measure(match: re.Match[str]) -> int:
    return match.end() - match.start()


def _build_mention(text: str, start: int, end: int, period: Period, origin: DateMention | None) -> DateMention:
    return DateMention(
        start, end, text[start:end], period.start, period.end, period.precision, period.edtf, period.basis, origin
    )


def _fix_years(document: Document, mentions: list[DateMention]) -> Iterator[DateMention]:
    """The mentions; a day without a year takes the year that full dates of the text support.

    What refers to a day ("that day") takes the year of that day.
    """
    full = [(mention, mention.date_start) for mention in mentions if mention.precision == "day" and mention.date_start]
    fixed: dict[int, DateMention] = {}
    for mention in mentions:
        origin = fixed.get(mention.origin.start) if mention.origin else None
        if origin is not None and mention.date_start is None and origin.date_start is not None:
            mention = replace(_copy_period(mention, origin), origin=origin)
        yearless = re.fullmatch(r"XXXX-(\d\d)-(\d\d)", mention.edtf or "")
        found = _choose_year(document, mention, int(yearless[1]), int(yearless[2]), full) if yearless and full else None
        fixed[mention.start] = _replace_period(mention, build_day(found, "explicit")) if found else mention
        yield fixed[mention.start]


def _choose_year(
    document: Document, mention: DateMention, month: int, day: int, full: list[tuple[DateMention, date]]
) -> date | None:
    word = re.match(r"\w+", mention.text)
    weekday = load_grammar().weekdays.get(word[0]) if word else None
    options = set()
    for other, anchor in full:
        near = _are_neighbours(document, mention.start, other.start)
        reach = NEAR_DAYS_BY_WEEKDAY if weekday is not None else NEAR_DAYS if near else 0
        for year in (anchor.year - 1, anchor.year, anchor.year + 1):
            option = find_day(year, month, day)
            if option and abs((option - anchor).days) <= reach and weekday in (None, option.weekday()):
                options.add(option)
    return options.pop() if len(options) == 1 else None


def _are_neighbours(document: Document, start: int, other: int) -> bool:
    low, high = sorted((start, other))
    return sum(1 for s in document.sentences if low < s.start <= high) <= 1


def _copy_period(mention: DateMention, other: DateMention) -> DateMention:
    return _replace_period(mention, _read_period(other))


def _replace_period(mention: DateMention, period: Period) -> DateMention:
    return replace(
        mention,
        date_start=period.start,
        date_end=period.end,
        precision=period.precision,
        edtf=period.edtf,
        basis=period.basis,
    )
