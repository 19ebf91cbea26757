"""Summits of organizations: A will attend the Baltic Forum summit."""

from __future__ import annotations

from etl.mentions.frames import Frame, Trigger, build_frame
from etl.mentions.patterns import load_pattern
from etl.mentions.subjects import find_subject


def find_attending(trigger: Trigger) -> Frame | None:
    """A will attend the Baltic Forum summit: the forum's leaders are the other side."""
    match = load_pattern("format").search(trigger.before)
    side = trigger.read_side(match, "b") if match else ()
    if match is None or not side or side[0].kind != "format":
        return None
    attends = load_pattern("attends").search(trigger.before[: match.start("b")])
    if attends and load_pattern("thanks-for").search(trigger.before, 0, attends.start()):
        return None  # "thanked B for hosting the summit"
    subject = find_subject(trigger.shape, attends.start()) if attends else None
    if subject and subject.parties[0].kind == "country":  # "leave Peru to attend"
        subject = find_subject(trigger.shape, subject.start)
    if subject is None or any(party.kind not in ("person", "office", "pronoun") for party in subject.parties):
        return None
    return build_frame(subject, side, trigger.end)
