"""Frames of verbs: A met B; A and B met; A hosted B; B was received by A; A invited B; joining A were B."""

from __future__ import annotations

from etl.mentions.frames import Frame, Side, Trigger, build_frame
from etl.mentions.patterns import load_pattern
from etl.mentions.subjects import find_right_subject, find_subject

JOINED_FOR = "mentions/joined-for"
NOUNS_OR_VERBS = ("meeting", "gathering", "talk")


def find_met(trigger: Trigger) -> Frame | None:
    """A met (with) B; after meeting B, A said; A and B met."""
    family = trigger.family
    if trigger.rules.stop_behind.match(trigger.behind) or _is_noun_use(trigger):
        return None
    if family.id == JOINED_FOR and load_pattern("passive").search(trigger.before):
        return None  # who joined them is added to the encounter told before
    if family.named and load_pattern("passive").search(trigger.before):
        by = load_pattern("discussed-by").match(trigger.behind)
        return Frame(trigger.read_side(by, "b", trigger.end), (), trigger.end, trigger.end) if by else None
    subject = find_subject(trigger.shape, trigger.start)
    found = _find_object(trigger)
    if found is not None and not family.pair_only:
        b, end = found
        subject = subject or find_right_subject(trigger.shape, trigger.start, end)
        apart = load_pattern("apart").search(trigger.shape.text[trigger.start - 20 if trigger.start > 20 else 0 : end])
        separate = bool(apart) or " respectively" in trigger.shape.text[end : end + 20]
        separate = separate or bool(load_pattern("apart-behind").match(trigger.shape.text, end))
        return build_frame(subject, b, end, separate=separate) if subject is not None else None
    bare = family.named or not load_pattern("bare-object").match(trigger.behind)
    if subject is None or not bare or not (family.pair or _has_phone_cue(trigger)):
        return None
    if family.pair_only and not load_pattern("gathers").match(trigger.behind):
        return None
    if family.named and any(party.kind not in ("person", "office") for party in subject.parties):
        return None
    return build_frame(subject, (), min(len(trigger.shape.text), trigger.end + 60))


def _is_noun_use(trigger: Trigger) -> bool:
    word = trigger.shape.text[trigger.start : trigger.end].lower()
    return (
        word in NOUNS_OR_VERBS
        and not load_pattern("verbal").search(trigger.before)
        and not (word == "talk" and "to " in trigger.before[-4:])
    )


def _has_phone_cue(trigger: Trigger) -> bool:
    formats = trigger.rules.formats
    return trigger.family.pair_with_cue and any(
        formats[name].search(trigger.behind[:60]) for name in ("phone", "video")
    )


def _find_object(trigger: Trigger) -> tuple[Side, int] | None:
    family = trigger.family
    for name in [*(family.prepositions or ("object",)), *(["gap"] if family.gap else [])]:
        match = load_pattern(f"verb-{name}").match(trigger.behind)
        if match is None:
            continue
        side = trigger.read_object(match, trigger.end)
        if name == "to" and family.cue_for_to and not (_is_remote(trigger) or _has_day(trigger, side, match.end("b"))):
            continue
        if name == "gap" and (any(party.kind == "country" for party in side) or not trigger.before):
            continue
        return side, trigger.end + match.end("b")
    return None


def _has_day(trigger: Trigger, side: Side, end: int) -> bool:
    """True for "spoke to President B on Monday": an office holder, and the day behind; "spoke to reporters" is none.

    So is "visited Lima, where A spoke to Peruvian officials".
    """
    if load_pattern("where-spoke").search(trigger.before):
        return all(party.kind in ("group", "office", "person") and party.participants[0].country for party in side)
    officers = all(party.kind == "person" and party.participants[0].role for party in side)
    return officers and bool(load_pattern("day-behind").match(trigger.behind, end))


def _is_remote(trigger: Trigger) -> bool:
    return any(trigger.rules.formats[name].search(trigger.shape.text) for name in ("phone", "video"))


def find_hosted(trigger: Trigger) -> Frame | None:
    """A received B; B was received at the airport by A."""
    subject = find_subject(trigger.shape, trigger.start)
    passive = load_pattern("passive").search(trigger.before)
    match = load_pattern("verb-by" if passive else "verb-direct").match(trigger.behind)
    if match is None:
        return None
    subject = subject or find_right_subject(trigger.shape, trigger.start, trigger.end + match.end("b"))
    if subject is None or load_pattern("thanks-for").search(trigger.before):
        return None
    side, end = trigger.read_object(match, trigger.end), trigger.end + match.end("b")
    if load_pattern("no-guest").match(trigger.shape.text[end:]):
        return None
    if all(party.kind == "people" for party in side):
        hosts = subject.parties[0].kind in ("person", "office", "pronoun", "group", "organization")
        if not hosts or load_pattern("in-order-to").search(trigger.before):
            return None  # a country hosts refugees, efforts are made to welcome newcomers
    if passive:
        return Frame(side, subject.parties, subject.end, end, subject.start)
    return build_frame(subject, side, end)


def find_invited(trigger: Trigger) -> Frame | None:
    """A invited B to visit; A will visit at the invitation of B; A accepted an invitation from B."""
    subject = find_subject(trigger.shape, trigger.start)
    if subject is None:
        return None
    if trigger.shape.text[trigger.start : trigger.end].lower() == "invitation":
        match = load_pattern("invited-by").match(trigger.behind)
        comes = load_pattern("at-invitation").search(trigger.before) and load_pattern("visits").search(trigger.before)
        if match is None or not (comes or load_pattern("accepts").search(trigger.before)):
            return None
        return build_frame(subject, trigger.read_side(match, "b", trigger.end), trigger.start)
    if load_pattern("passive").search(trigger.before):
        by = load_pattern("invited-passive").match(trigger.behind)
        hosts = trigger.read_side(by, "b", trigger.end) if by else ()
        return Frame(hosts, subject.parties, subject.end, trigger.end, subject.start) if hosts else None
    match = load_pattern("invited").match(trigger.behind)
    if match is None:
        return None
    return build_frame(subject, trigger.read_side(match, "b", trigger.end), trigger.end + match.end("b"))


def find_joined(trigger: Trigger) -> Frame | None:
    """Joining A on the call were B, C and D."""
    match = load_pattern("joined").match(trigger.behind)
    if match is None:
        return None
    a, b = (trigger.read_side(match, side, trigger.end) for side in ("a", "b"))
    return Frame(a, b, trigger.end, trigger.end)


def find_told(trigger: Trigger) -> Frame | None:
    """A congratulated B by phone."""
    match = load_pattern("told").search(trigger.before)
    if match is None:
        return None
    a, b = (trigger.read_side(match, side) for side in ("a", "b"))
    return Frame(a, b, match.end("a"), trigger.end, match.start("a"))
