"""Frames of nouns: a meeting between A and B; A's talks with B; A held talks with B; in a meeting with B, A said."""

from __future__ import annotations

import re

from etl.mentions.attending import find_attending
from etl.mentions.frames import AGENDA, SAID_AT, Frame, Side, Trigger, build_frame
from etl.mentions.party import Party
from etl.mentions.patterns import load_pattern
from etl.mentions.shapes import P
from etl.mentions.speakers import find_speaker, find_speakers
from etl.mentions.states import FORMAT
from etl.mentions.subjects import Subject, find_right_subject, find_subject

STATES = ("country", "organization", "delegation")
PEOPLE = ("person", "office", "pronoun", "before")
# Calls for calm are no telephone calls.
# Behind a noun whose parties nobody could read: it is no meeting of those who speak.
NOT_ALONE = (" of ", " on ", " about ", " between ", " with ", " among ")
CALLS = ("call", "calls")
# A visit is told with its counterpart only: a visit to a place is none.
VISIT = "visit"
# A standing body of two countries: only where it gathers.
COMMISSION = "mentions/commission"
DIPLOMACY = "telephone diplomacy"
AFTER = frozenset({"after", "following", "before", "ahead of", "prior to", "since", "until"})
WITHIN = frozenset({"in", "during", "at"})
REACH_BEFORE, REACH_BEHIND = 140, 70
# Within so many characters before a noun stand its verb and its preposition.
NEAR = 130
# Within so many behind "their meeting" stands the day that tells which.
NEAR_BEHIND = 30
# The words that say that a noun is no encounter are not longer.
STOP_REACH = 40


def find_noun(trigger: Trigger) -> Frame | None:
    """The frame of a noun trigger, or None."""
    word = trigger.shape.text[trigger.start : trigger.end].lower()
    if trigger.rules.stop_before.search(trigger.before, max(0, trigger.start - STOP_REACH)) or (
        word in CALLS and trigger.behind.startswith(" for ")
    ):
        return None
    if trigger.family.id == COMMISSION and not _is_told(trigger):
        return None
    if word == VISIT and not trigger.behind.startswith(" with "):
        return None
    attended = find_attending(trigger) if trigger.family.meeting_type == "summit" else None
    that = load_pattern("noun-that").match(trigger.behind)
    if attended is None and that is not None:
        a, b = (trigger.read_side(that, side, trigger.end) for side in ("a", "b"))
        return Frame(a, b, trigger.end + that.start("verb"), trigger.end + that.end())
    return attended or _find_bound(trigger, _find_adjunct(trigger))


def _find_adjunct(trigger: Trigger) -> str:
    """The preposition of "in a meeting with"; empty too for "engaged in talks", "took part in talks"."""
    near = max(0, trigger.start - NEAR)
    found = load_pattern("adjunct").search(trigger.before, near)
    if found is None:
        return ""
    holds = load_pattern("holds").search(trigger.before, near)
    if holds and holds.start() < found.start():
        return ""
    return "for" if load_pattern("for-talks").search(trigger.before, found.start()) else found[1].lower()


def _find_bound(trigger: Trigger, adjunct: str) -> Frame | None:
    agenda = load_pattern("noun-agenda").match(trigger.behind)
    if agenda is not None:
        a, b = (trigger.read_side(agenda, side, trigger.end) for side in ("a", "b"))
        return Frame(a, b, trigger.end, trigger.end + agenda.end(), adjunct=AGENDA)
    format_ = load_pattern("noun-in-format").match(trigger.behind)
    members = trigger.read_side(format_, "b", trigger.end) if format_ else ()
    if members and members[0].role == FORMAT and _is_told(trigger):
        return Frame(members, (), _get_clause_start(trigger), trigger.end + 60, adjunct=adjunct)
    of = load_pattern("noun-of-with").match(trigger.behind)
    if of is not None:
        a, b = (trigger.read_side(of, side, trigger.end) for side in ("a", "b"))
        return Frame(a, b, _get_clause_start(trigger), trigger.end + of.end(), adjunct=adjunct)
    match = load_pattern("noun-between").match(trigger.behind)
    if (
        match is not None
        and not load_pattern("gap-break").search(match["gap"])
        and _is_close(match["prep"], match["gap"])
    ):
        frame = _bind(
            trigger, match["prep"], trigger.read_object(match, trigger.end), trigger.end + match.end("b"), adjunct
        )
        if frame is not None or match["prep"] in ("with", "between"):
            return frame
    return _find_pair(trigger, adjunct) or _find_alone(trigger, adjunct)


def _is_close(prep: str, gap: str) -> bool:
    """Only with and between may stand further off: "in the presence of" is no "meeting of"."""
    return prep in ("with", "between", "among") or len(gap.split()) < 3


def _bind(trigger: Trigger, prep: str, b: Side, b_end: int, adjunct: str) -> Frame | None:
    """The frame of a noun whose parties `b` stand behind the preposition `prep`."""
    clause, end = _get_clause_start(trigger), min(len(trigger.shape.text), b_end + REACH_BEHIND)
    if prep in ("between", "among", "involving"):
        return Frame(b, (), clause, end, adjunct=adjunct)
    if prep in ("of", "by"):
        several = len(b) > 1 or any(len(party.participants) > 1 or party.kind == "before" for party in b)
        fits = several and trigger.family.format != "phone"
        return Frame(b, (), clause, end, adjunct=adjunct) if fits else None
    if prep in ("from", "to") and trigger.family.format not in ("phone", "video"):
        return None
    # "Following his talks with B, A said": whose talks they were stands behind.
    right, owner = find_right_subject(trigger.shape, trigger.start, b_end), _find_holder(trigger)
    if right and owner and any(party.kind not in PEOPLE or party.kind == "before" for party in right.parties):
        right = None
    if owner is None and load_pattern("holder-unknown").search(trigger.before):
        return None
    holder = right or owner or _find_left(trigger)
    if holder is None or (holder not in (right, owner) and all(p.kind in STATES for p in holder.parties)):
        speaker = find_speaker(trigger)
        if speaker is not None:
            return build_frame(speaker, b, b_end, SAID_AT)
    if holder is None:
        return None
    separate = (
        bool(load_pattern("separate").search(trigger.before))
        or DIPLOMACY in trigger.shape.text
        or " separately" in trigger.behind[:40]
    )
    return build_frame(holder, b, b_end, adjunct, separate=separate)


def _find_left(trigger: Trigger) -> Subject | None:
    """A subject before the noun, unless the noun begins its sentence."""
    leads = load_pattern("leads").match(trigger.before) and not re.search(P, trigger.before)
    subject = None if leads else find_subject(trigger.shape, trigger.start)
    if subject and load_pattern("spoke-about").search(trigger.before, subject.end):
        return None
    return subject


def _find_holder(trigger: Trigger) -> Subject | None:
    """A's meeting with B; his talks with B."""
    match = load_pattern("holder").search(trigger.before)
    if match:
        return Subject(trigger.read_side(match, "a"), match.start("a"), match.end("a"))
    pronoun = load_pattern("holder-pronoun").search(trigger.before)
    if pronoun is None:
        return None
    first, last = pronoun.span("word")
    party = Party(trigger.shape.start_at(first), trigger.shape.end_at(last - 1), "pronoun", ())
    return Subject((party,), first, last)


def _find_pair(trigger: Trigger, adjunct: str) -> Frame | None:
    """Iranian-Turkish talks; the ninth Iran-Oman joint commission meeting."""
    match = load_pattern("pair").search(trigger.before)
    if match is None:
        return None
    side = trigger.read_side(match, "a")
    if not side or side[0].kind != "pair" or (side[0].role == FORMAT and not _is_told(trigger)):
        return None
    return Frame(
        side, (), _get_clause_start(trigger), min(len(trigger.shape.text), trigger.end + REACH_BEHIND), adjunct=adjunct
    )


def _is_told(trigger: Trigger) -> bool:
    """True where the sentence is about the round of a format, and does not only speak of what it deals with."""
    near = trigger.before[max(0, trigger.start - NEAR) :]
    return bool(
        load_pattern("took-place").match(trigger.behind)
        or load_pattern("numbered").search((near + trigger.shape.text[trigger.start : trigger.end]).lower())
        or load_pattern("holds").search(near)
    )


def _find_alone(trigger: Trigger, adjunct: str) -> Frame | None:
    """A and B held talks; in a meeting, A and B said; A told B in a meeting; talks took place between them."""
    if adjunct in WITHIN:
        told = load_pattern("told").search(trigger.before)
        if told:
            a, b = trigger.read_side(told, "a"), trigger.read_side(told, "b")
            return Frame(a, b, told.start("a"), trigger.end, adjunct=adjunct)
    theirs = _find_theirs(trigger) or _find_pair_holder(trigger)
    if theirs is not None:
        return theirs
    if load_pattern("leads").match(trigger.before):
        told = load_pattern("noun-right-told").match(trigger.behind) if adjunct in WITHIN else None
        if told:
            a, b = (trigger.read_side(told, side, trigger.end) for side in ("a", "b"))
            return Frame(a, b, trigger.start, trigger.end, adjunct=adjunct)
        right = load_pattern("noun-right").match(trigger.behind)
        side = trigger.read_side(right, "b", trigger.end) if right else ()
        if right and (
            any(party.kind != "country" for party in side)
            or load_pattern("acts").match(trigger.behind[right.end("b") :])
        ):
            return Frame(
                side,
                (),
                trigger.start,
                trigger.end + right.end("b"),
                adjunct=adjunct,
            )
    if not trigger.family.pair:
        return None
    if adjunct in AFTER or adjunct in WITHIN:
        return _find_after(trigger, adjunct)
    holds = load_pattern("holds").search(trigger.before, max(0, trigger.start - NEAR))
    subject = find_subject(trigger.shape, holds.start()) if holds else None
    if subject is not None:
        return build_frame(subject, (), min(len(trigger.shape.text), trigger.end + 40))
    match = load_pattern("noun-passive").match(trigger.behind) or load_pattern("noun-chaired").match(trigger.behind)
    if match is None:
        return None
    return Frame(
        trigger.read_side(match, "b", trigger.end), (), _get_clause_start(trigger), trigger.end + match.end("b")
    )


def _find_theirs(trigger: Trigger) -> Frame | None:
    """Their last meeting; during their talks in Rome, A said: of those who were told before, with a day or a place."""
    theirs = load_pattern("their-encounter").search(trigger.before) if trigger.family.pair else None
    if theirs is None:
        return None
    holds = load_pattern("holds").search(trigger.before, max(0, trigger.start - NEAR))
    if load_pattern("main-future").search(trigger.before) or (holds and find_subject(trigger.shape, holds.start())):
        return None  # "A and B held their first talks": A and B are told
    told = load_pattern("earlier-one").search(theirs[0] + trigger.behind[:NEAR_BEHIND])
    holder = _find_holder(trigger) if told or load_pattern("somewhere").match(trigger.behind) else None
    return Frame(holder.parties, (), trigger.start, trigger.end, adjunct="since") if holder else None


def _find_pair_holder(trigger: Trigger) -> Frame | None:
    """A and B's second summit."""
    match = load_pattern("holder-pair").search(trigger.before) if trigger.family.pair else None
    if match is None:
        return None
    a, b = trigger.read_side(match, "a"), trigger.read_side(match, "b")
    both = all(party.kind in ("person", "office") for party in (*a, *b))
    return Frame(a, b, match.end("b"), min(len(trigger.shape.text), trigger.end + REACH_BEHIND)) if both else None


def _find_after(trigger: Trigger, adjunct: str) -> Frame | None:
    """A and B spoke to the press after a meeting in Rome: two persons, and no word of whose meeting it was."""
    subject = find_subject(trigger.shape, trigger.start) or find_speakers(trigger)
    if subject is None or len(subject.parties) < 2:
        return None
    if all(party.kind in STATES for party in subject.parties) and load_pattern("own-round").search(trigger.before):
        return build_frame(subject, (), trigger.end, adjunct)
    if not load_pattern("a-meeting").search(trigger.before):
        return None
    if any(party.kind != "person" for party in subject.parties) or trigger.behind.startswith(NOT_ALONE):
        return None
    return build_frame(subject, (), trigger.end, adjunct)


def _get_clause_start(trigger: Trigger) -> int:
    found = [match.end() for match in load_pattern("break").finditer(trigger.before)]
    return max([0, *found, trigger.start - REACH_BEFORE])
