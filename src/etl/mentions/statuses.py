"""What becomes of an encounter, and how its parties meet, by the words that govern the trigger."""

from __future__ import annotations

from datetime import date

from etl.mentions.families import Triggers
from etl.mentions.frames import AGENDA, SAID_AT, Frame, Trigger
from etl.mentions.patterns import load_pattern
from etl.records import Article

HELD_ADJUNCTS = frozenset(
    {
        SAID_AT,
        "after",
        "following",
        "since",
        "from",
        "outcome of",
        "result of",
        "upon",
        "on the sidelines of",
        "in the course of",
    }
)
AHEAD_ADJUNCTS = frozenset({"before", "ahead of", "prior to"})
MAIN_CLAUSE_ADJUNCTS = frozenset({"in", "during", "at", "through"})
AHEAD = ("cancelled", "postponed", "denied", "conditional", "wish", "proposed", "scheduled")
BEHIND = ("cancelled", "postponed", "not_held", "behind")
BEHIND_REACH = 70
PAST_REACH = 50


def read_status(trigger: Trigger, frame: Frame) -> str:
    """One of the statuses of the tables, or wish or conditional for an encounter that nobody says takes place."""
    status = _read_status(trigger, frame)
    ahead = trigger.family.frame == "noun" and load_pattern("upcoming").search(trigger.before)
    return "scheduled" if status == "held" and ahead else status


def is_yet_to_be(trigger: Trigger, day: date | None, reference: date | None) -> bool:
    """True where what is told as held has a day after the text's, and no verb says that it was."""
    if day is None or reference is None or day <= reference:
        return False
    word = trigger.shape.text[trigger.start : trigger.end].lower()
    if trigger.family.frame != "noun":
        return not load_pattern("past-verb").match(word)
    near = trigger.before[-PAST_REACH:] + "|" + trigger.behind[:PAST_REACH]
    return not load_pattern("past-verb").search(near)


def _read_status(trigger: Trigger, frame: Frame) -> str:
    family, triggers, start, end = trigger.family, trigger.rules, trigger.start, trigger.end
    text = trigger.shape.text
    ahead = (
        text[frame.govern_start : frame.govern_end] if frame.govern_start > end else text[frame.govern_start : start]
    )
    ahead = load_pattern("relative").sub(",", ahead)  # "A, who is to visit Peru, met B"
    second = load_pattern("second-auxiliary").search(ahead)
    ahead = second[0] if second else ahead  # "A will meet B, and has met C"
    if family.frame == "invited":
        return _read_invitation(text[start:end], ahead, triggers)
    if frame.a_start >= 0 and load_pattern("undecided").search(text[max(0, frame.a_start - 40) : frame.a_start]):
        return "wish"
    if frame.a_start >= 0 and load_pattern("denies-that").search(text[: frame.a_start]):
        return "denied"
    if frame.a_start >= 0 and load_pattern("asks-to").search(text[: frame.a_start]) and ahead.startswith(" to "):
        return "wish"
    if family.frame == "noun" and load_pattern("none-of-it").search(text[max(0, start - 40) : start]):
        return "denied"
    if frame.adjunct == AGENDA:
        return "cancelled" if triggers.statuses["cancelled"].search(text[frame.govern_end :]) else "scheduled"
    if frame.adjunct in HELD_ADJUNCTS:
        return "held"
    besides = frame.a_start > end and load_pattern("besides").search(text[:start])
    if besides and load_pattern("main-future").search(text[frame.govern_start : frame.govern_start + 30]):
        return "scheduled"  # "In addition to meeting B, A will ..."
    # "between A and B": the list counts as one, so that its "and" begins no other clause.
    behind = load_pattern("party-list").sub("B", _cut_clause(text[end : frame.govern_end + BEHIND_REACH]))
    behind = load_pattern("topic").sub("", behind)
    if frame.adjunct in MAIN_CLAUSE_ADJUNCTS and family.frame == "noun":
        main = text[max(0, start - 90) : start] + _cut_clause(text[frame.govern_end : frame.govern_end + 60])
        return "scheduled" if load_pattern("main-future").search(main) else "held"
    if load_pattern("first-to").search(ahead):
        return "held"
    if load_pattern("when-they").match(text) and text[start:end].split()[0].endswith("s") and " will " in text[end:]:
        return "scheduled"  # "When A meets B on Monday, they will"
    if load_pattern("to-hold").search(ahead) and load_pattern("travelled").search(ahead):
        return "held"
    if load_pattern("left-for").search(ahead):
        return "scheduled"
    planned = frame.a_start >= 0 and load_pattern("planned-that").search(text[: frame.a_start])
    for status in AHEAD:
        if planned and status in ("conditional", "wish"):
            continue
        if triggers.statuses[status].search(ahead):
            if status == "denied" and load_pattern("not-since").match(text[end:]):
                return "wish"
            return _read_trip(text[:start], triggers) if status == "scheduled" else status
    for status in BEHIND if family.frame == "noun" else BEHIND[:2]:
        if triggers.statuses[status].search(behind):
            return {"behind": "scheduled", "not_held": "denied"}.get(status, status)
    to_come = ahead.endswith("to ") and family.frame != "noun"
    return "scheduled" if planned or frame.adjunct in AHEAD_ADJUNCTS or to_come else "held"


def _read_trip(ahead: str, triggers: Triggers) -> str:
    """What became of the trip on which they were to meet: "called off his visit to Uruguay, where he was to meet"."""
    trip = load_pattern("trip-of-encounter").search(ahead)
    for status in ("cancelled", "postponed") if trip else ():
        if triggers.statuses[status].search(trip.group("verb")):  # type: ignore[union-attr]
            return status
    return "scheduled"


def _read_invitation(word: str, ahead: str, triggers: Triggers) -> str:
    if word.lower() != "invitation":
        return "denied" if triggers.statuses["denied"].search(ahead) else "proposed"
    for status in ("cancelled", "postponed", "denied", "scheduled"):
        if triggers.statuses[status].search(ahead):
            return status
    return "held" if load_pattern("visited").search(ahead) else "scheduled"


def _cut_clause(text: str) -> str:
    """`text` up to the end of its clause."""
    return load_pattern("clause-end").split(text, maxsplit=1)[0]


def read_format(trigger: Trigger, frame: Frame, article: Article, *, is_lead: bool) -> str:
    """phone or video where the trigger, its clause or, for the lead, the headline says so; else the family's format."""
    family, formats, text = trigger.family, trigger.rules.formats, trigger.shape.text
    if family.format in ("phone", "video"):
        return "video" if family.format == "phone" and formats["video"].search(text) else family.format
    first, last = min(frame.govern_start, trigger.start), max(frame.govern_end, trigger.start)
    clause = text[max(0, first - 40) : last + 40]
    for name in ("video", "phone"):
        if formats[name].search(clause):
            return name
    if is_lead and family.format == "unknown":
        for name in ("phone", "video"):
            if formats[f"title_{name}"].search(article.title or ""):
                return name
    return "in_person"
