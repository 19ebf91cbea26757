"""Gatherings whose participants only a list names: "hosted a roundtable on fish. Participants included:"."""

from __future__ import annotations

from etl.mentions.attendance import list_listed
from etl.mentions.context import Context
from etl.mentions.evidence import find_when, find_where
from etl.mentions.frames import Frame, Trigger
from etl.mentions.participants import join_parties
from etl.mentions.patterns import load_pattern
from etl.mentions.resolution import resolve_sides
from etl.mentions.rows import Telling
from etl.mentions.statuses import read_format
from etl.mentions.subjects import find_subject
from etl.records import Participant
from etl.sentences import Sentence
from etl.spans import Hit

# The gathering is told in one of so many first sentences.
LEADS = 3
MIN_NAMED = 2
# "Hosted a roundtable", "convened the forum".
FRAMES = ("noun", "hosted")


def read_convening(context: Context, hits: list[Hit]) -> Telling | None:
    """The gathering that the lead tells, with its host and those of the first list of participants that names two."""
    listed = _list_participants(context)
    if sum(1 for participant in listed if participant.person_id) < MIN_NAMED:
        return None
    for sentence in context.document.sentences[:LEADS]:
        for hit in hits:
            if sentence.start <= hit.start < sentence.end and context.rules.families[hit.value].frame in FRAMES:
                told = _tell_gathering(context, sentence, hit, listed)
                if told is not None:
                    return told
    return None


def _list_participants(context: Context) -> tuple[Participant, ...]:
    text = context.document.masked
    for sentence in context.document.sentences:
        if text[sentence.end - 1] == ":" and load_pattern("attend-list").search(text, sentence.start, sentence.end):
            listed = list_listed(context, sentence)
            if listed:
                return listed
    return ()


def _tell_gathering(context: Context, sentence: Sentence, hit: Hit, listed: tuple[Participant, ...]) -> Telling | None:
    """The telling of what somebody hosted or held; None where nobody did."""
    shape = context.build_shape(sentence)
    first, last = shape.locate(hit.start), shape.locate(hit.end - 1) + 1
    trigger = Trigger(shape, context.rules.families[hit.value], first, last, context.rules)
    verb = load_pattern("convenes").search(trigger.before) if trigger.family.frame == "noun" else None
    start = verb.start() if verb else first
    subject = find_subject(shape, start) if verb or trigger.family.frame == "hosted" else None
    if subject is None:
        return None
    frame = Frame(subject.parties, (), subject.end, last, subject.start)
    day = context.article.reference_date
    sides = resolve_sides(context.document, context.cast, frame, [], day, context.find_speaker(hit.start))
    if sides is None:
        return None
    format_ = read_format(trigger, frame, context.article, is_lead=context.is_lead(sentence))
    when = find_when(shape, first, last, "held", day)
    where = None if format_ in ("phone", "video") else find_where(shape, first, last)
    rule, parties = trigger.family.id, join_parties(sides[0], listed)
    return Telling(sentence, hit.start, hit.end, rule, format_, "held", parties, when, where)
