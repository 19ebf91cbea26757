"""Date and place that the sentence of an encounter leaves to what stands around it: a trip, a caption, the headline."""

from __future__ import annotations

from dataclasses import replace

from etl.mentions.context import Context
from etl.mentions.evidence import find_caption_evidence, find_published_when
from etl.mentions.patterns import load_pattern
from etl.mentions.rows import Telling
from etl.mentions.trips import LEAD_REACH, REACH, Trip, find_trip

JOINED_RULE = "mentions/joined"


def inherit(context: Context, telling: Telling) -> Telling:
    """The telling with the date and the place that other sentences and parts of the article give it."""
    if telling.status == "held":
        telling = _inherit_evidence(context, telling)
    if telling.status in ("held", "scheduled"):
        telling = _inherit_from_trip(context, telling)
    return telling


def _inherit_evidence(context: Context, telling: Telling) -> Telling:
    when, where, told = telling.when, telling.where, context.told
    if when is None and telling.rule_id == JOINED_RULE and told:
        when = told[-1].when
    if when is None and not any(other.key == telling.key for other in told):
        when, place = find_caption_evidence(context.article, telling.participants)
        where = where or (None if telling.is_remote else place)
        if when is None and context.is_lead(telling.sentence):
            when = find_published_when(context.article)
    sentence = telling.sentence
    sidelines = load_pattern("of-the-visit").search(context.document.masked, sentence.start, sentence.end)
    if sidelines and not telling.is_remote:
        first = next((other for other in told if other.status == "held" and other.where), None)
        where = where or (first.where if first else None)
        when = when or (first.when if first else None)
    return replace(telling, when=when, where=where)


def _inherit_from_trip(context: Context, telling: Telling) -> Telling:
    if telling.is_remote or telling.where is not None:
        return telling
    trip = _find_trip(context, telling)
    if trip is None:
        return telling
    sure = trip.is_visit or (trip.when is not None and trip.when.precision == "range")
    return replace(telling, where=trip.where, when=telling.when or (trip.when if sure else None))


def _find_trip(context: Context, telling: Telling) -> Trip | None:
    """The trip of a participant that a sentence right before tells; scheduled ones serve scheduled encounters."""
    document = context.document
    number = document.sentence_number_at(telling.start)
    persons = {party.person_id for party in telling.participants}
    near = list(range(number - 1, max(number - 1 - REACH, -1), -1))
    lead = [0] if REACH < number <= LEAD_REACH else []
    for before in near + lead:
        sentence = document.sentences[before]
        if not load_pattern("trip").search(document.masked, sentence.start, sentence.end):
            continue
        trip = find_trip(context.build_shape(sentence), before)
        if trip is not None and trip.person_id in persons:
            return trip
    return None
