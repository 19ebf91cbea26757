"""The frame of a trigger, by its family's kind."""

from __future__ import annotations

from collections.abc import Callable

from etl.mentions.frames import Frame, Trigger
from etl.mentions.nouns import find_noun
from etl.mentions.verbs import find_hosted, find_invited, find_joined, find_met, find_told

FINDERS: dict[str, Callable[[Trigger], Frame | None]] = {
    "met": find_met,
    "noun": find_noun,
    "hosted": find_hosted,
    "invited": find_invited,
    "joined": find_joined,
    "told": find_told,
}


def find_frame(trigger: Trigger) -> Frame | None:
    """The frame of the trigger, or None."""
    finder = FINDERS.get(trigger.family.frame)
    return finder(trigger) if finder else None
