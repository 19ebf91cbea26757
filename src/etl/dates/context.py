"""What a reading counts from, and what the words of its slots say."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from etl.dates.grammar import load_grammar
from etl.dates.periods import Period


class Context(NamedTuple):
    """What a reading counts from: the reference date, the direction, and the date mentioned before."""

    reference: date | None
    direction: int
    before: Period | None = None


Reading = Callable[[re.Match[str], Context], Period | None]


def find_weekday(word: str | None) -> int | None:
    """The weekday that `word` names, Monday 0."""
    return load_grammar().weekdays.get(word) if word else None


def find_number(word: str | None) -> int | None:
    """The number that `word` says, in digits or letters."""
    if not word:
        return None
    return int(word) if word.isdecimal() else load_grammar().numbers.get(word.lower())
