"""Dates: expressions of the text with their precision, counted from the article's reference date."""

from __future__ import annotations

from etl.dates.direction import AHEAD, BEHIND
from etl.dates.edtf import build_edtf
from etl.dates.expressions import find_dates, find_dates_in_text, parse_date, read_dates
from etl.dates.grammar import DateRule, lexicon_entries, load_grammar
from etl.dates.periods import Period

__all__ = [
    "AHEAD",
    "BEHIND",
    "DateRule",
    "Period",
    "build_edtf",
    "find_dates",
    "find_dates_in_text",
    "lexicon_entries",
    "load_grammar",
    "parse_date",
    "read_dates",
]
