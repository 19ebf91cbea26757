"""Date and place that the sentence of an encounter leaves to what stands around it: a trip, a caption, the headline."""

from __future__ import annotations

from dataclasses import replace

from etl.mentions.context import Context
from etl.mentions.evidence import Where, find_caption_evidence, find_here, find_published_when, find_title_place
from etl.mentions.patterns import load_pattern
from etl.mentions.rows import Telling
from etl.mentions.trips import LEAD_REACH, REACH, Trip, find_trip

# Sentences at the beginning that tell what the article is about.
LEADS = 1
JOINED_RULE = "mentions/joined"


def inherit(context: Context, telling: Telling) -> Telling:
    """The telling with the date and the place that other sentences and parts of the article give it."""
    if telling.where is None and not telling.is_remote:
        telling = replace(telling, where=find_here(context.article, telling.end))
    if telling.status == "held":
        telling = _inherit_evidence(context, telling)
    if telling.status in ("held", "scheduled"):
        telling = _inherit_from_trip(context, telling)
        if telling.where is None and not telling.is_remote and not context.told and context.is_lead(telling.sentence):
            telling = replace(telling, where=find_title_place(context.article, telling.participants))
    return telling


def _inherit_evidence(context: Context, telling: Telling) -> Telling:
    when, where, told = telling.when, telling.where, context.told
    if when is None and telling.rule_id == JOINED_RULE and told:
        when = told[-1].when
    if when is None and not any(other.key == telling.key for other in told):
        when, place = find_caption_evidence(context.article, telling.participants)
        where = where or (None if telling.is_remote else place)
        if when is None and not told and context.is_lead(telling.sentence):
            when = find_published_when(context.article)
    sentence = telling.sentence
    sidelines = load_pattern("of-the-visit").search(context.document.masked, sentence.start, sentence.end)
    if sidelines and not telling.is_remote:
        first = next((other for other in told if other.status == "held" and other.where), None)
        where = where or (first.where if first else None)
        when = when or (first.when if first else None)
    return replace(telling, when=when, where=where)


def _inherit_from_trip(context: Context, telling: Telling) -> Telling:
    """With the place of the trip on which the parties met, and its days where they must have met on them."""
    where, when = telling.where, telling.when
    if telling.is_remote or (where is not None and when is not None):
        return telling
    trip = _find_trip(context, telling)
    if trip is None or (where is not None and not _is_within(where, trip.where)):
        return telling
    sure = (trip.is_visit and not _is_told(context, trip)) or (trip.when is not None and trip.when.precision == "range")
    return replace(telling, where=where or trip.where, when=when or (trip.when if sure else None))


def _is_told(context: Context, trip: Trip) -> bool:
    """True where the day of the trip's sentence is that of an encounter: "met B on Friday, the first visit of A"."""
    start = context.document.sentences[trip.sentence].start
    return any(told.sentence.start == start and told.when == trip.when for told in context.told)


def _is_within(where: Where, trip: Where) -> bool:
    """True for a place that may be where the trip went: the same city, or the country of either."""
    return where.country == trip.country and (where.city is None or trip.city is None or where.city == trip.city)


def _find_trip(context: Context, telling: Telling) -> Trip | None:
    """The trip of a participant that a sentence right before tells; scheduled ones serve scheduled encounters.

    A trip that opens the article reaches further, and to dated talks of the traveller's country with the host.
    """
    document = context.document
    number = document.sentence_number_at(telling.start)
    near = list(range(number - 1, max(number - 1 - REACH, -1), -1))
    lead = [before for before in range(LEADS) if before < near[-1]] if near and number <= LEAD_REACH else []
    for before in near + lead:
        sentence = document.sentences[before]
        if not load_pattern("trip").search(document.masked, sentence.start, sentence.end):
            continue
        trip = find_trip(context.build_shape(sentence), before)
        if trip is not None and _is_on_trip(telling, trip, before == 0):
            return trip
    return None


def _is_on_trip(telling: Telling, trip: Trip, opens: bool) -> bool:
    """True if the traveller takes part, or, on the trip that opens the article, his or her country and the host's."""
    parties = telling.participants
    if any(party.person_id == trip.traveller.person_id for party in parties):
        return True
    countries = {party.country for party in parties if party.person_id is None}
    home = trip.traveller.country
    return opens and telling.when is not None and home is not None and {home, trip.where.country} <= countries
