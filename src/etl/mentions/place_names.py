"""Encounters that go by their place: "The Geneva summit took place in May. The presidents of Peru and Chile ..."."""

from __future__ import annotations

from etl.mentions.context import Context
from etl.mentions.evidence import Where, find_when
from etl.mentions.frames import Trigger
from etl.mentions.holders import name_office
from etl.mentions.patterns import load_pattern
from etl.mentions.rows import Telling
from etl.mentions.shapes import PLACE_BASE
from etl.records import Participant
from etl.sentences import Sentence
from etl.spans import Hit

# Sentences behind it in which those who met stand.
REACH = 2
# An article that is about the encounter begins with it.
LEADS = 3
LEAD_CHARS = 600
KINDS = ("office", "group")


def goes_by_place(context: Context, sentence: Sentence) -> bool:
    """True for a sentence of the lead that may name an encounter by its city: a look at its first words alone."""
    if sentence.start > LEAD_CHARS:
        return False
    return bool(load_pattern("place-meeting").search(context.document.masked, sentence.start, sentence.end))


def read_place_name(context: Context, sentence: Sentence, hit: Hit, trigger: Trigger) -> Telling | None:
    """The encounter that the lead names by its city and of which it says that it took place; else None.

    Who met stands in one of the next sentences: leaders, ministers or officials of two countries or more.
    """
    match = load_pattern("place-owner").search(trigger.before)
    if match is None or load_pattern("took-place-then").match(trigger.behind) is None:
        return None
    number = context.document.sentence_number_at(sentence.start)
    place = trigger.shape.places[ord(match["place"]) - PLACE_BASE]
    parties = _find_parties(context, number) if number < LEADS and place.city else ()
    if not parties:
        return None
    where = Where(place.text, place.start, place.end, place.city, place.country)
    when = find_when(trigger.shape, trigger.start, trigger.end, "held", context.article.reference_date)
    return Telling(sentence, hit.start, hit.end, trigger.family.id, "in_person", "held", parties, when, where)


def _find_parties(context: Context, number: int) -> tuple[Participant, ...]:
    for sentence in context.document.sentences[number + 1 : number + 1 + REACH]:
        for party in context.find_parties(sentence.start, sentence.end):
            if party.kind in KINDS and len({p.country for p in party.participants if p.country}) > 1:
                day = context.article.reference_date
                return tuple(name_office(participant, context.cast, day) for participant in party.participants)
    return ()
