"""Who was at a meeting by what is said to have been said there: A said that B goes on, during a meeting with C."""

from __future__ import annotations

from etl.mentions.frames import Trigger
from etl.mentions.patterns import load_pattern
from etl.mentions.subjects import Subject

SPEAKERS = ("person", "pronoun")


def find_speaker(trigger: Trigger) -> Subject | None:
    """A said that B will go on, during a meeting with C: A."""
    if not load_pattern("said-at").search(trigger.before):
        return None
    match = load_pattern("speaker-remarks").match(trigger.before) or load_pattern("speaker").match(trigger.before)
    parties = trigger.read_side(match, "a") if match else ()
    if match is None or len(parties) != 1 or parties[0].kind not in SPEAKERS:
        return None
    return Subject(parties, match.start("a"), match.end("a"))


def find_speakers(trigger: Trigger) -> Subject | None:
    """A and B stressed this and that in a meeting in Rome: both."""
    match = load_pattern("speakers").match(trigger.before)
    return Subject(trigger.read_side(match, "a"), match.start("a"), match.end("a")) if match else None
