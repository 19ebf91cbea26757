"""Numbers in a series: "the ninth meeting", "the 5th round of nuclear talks"."""

from __future__ import annotations

import calendar
import re

from etl.meetings.weights import load_link_weights

REACH = 80  # characters before the noun
_NO_NOUN = r"(?!(?:and|of|in|on|at|they|he|she|it|who|that|held|met|was|were|had|has|will)\b)"
_NUMBER = re.compile(
    r"(?<![Oo]n the )\b(?:(?P<digits>\d{1,3})(?:st|nd|rd|th)|(?P<word>[A-Za-z]+th)) "
    rf"(?:{_NO_NOUN}[\w-]+ ){{0,4}}(?:of (?:{_NO_NOUN}[\w-]+ ){{0,3}})?$"
)
_MONTHS = tuple(f"{name} " for name in calendar.month_name[1:])


def find_number(sentence: str, noun_start: int) -> int | None:
    """The number in its series of what the noun at `noun_start` of the sentence names; None where it has none.

    Small numbers are left out (link_weights.toml, series), and days of a month.
    """
    found = _NUMBER.search(sentence, max(0, noun_start - REACH), max(0, noun_start))
    if found is None or sentence[: found.start()].endswith(_MONTHS):
        return None
    ordinals = load_link_weights().ordinals
    number = int(found["digits"]) if found["digits"] else ordinals.get(found["word"].lower())
    return number if number is not None and number >= min(ordinals.values()) else None
