"""The meeting took place in Rome on Monday: a day or a place of the encounter told last."""

from __future__ import annotations

from dataclasses import replace

from etl.mentions.context import Context
from etl.mentions.evidence import find_when, find_where
from etl.mentions.frames import Trigger
from etl.mentions.patterns import load_pattern
from etl.mentions.rows import Telling
from etl.mentions.shapes import PLACE_BASE
from etl.sentences import Sentence
from etl.spans import Hit

# Sentences behind a telling in which "the meeting" is the one told.
ABOUT_REACH = 2
REFERENCE_RULE = "mentions/reference"


def read_reference(context: Context, sentence: Sentence, hit: Hit, trigger: Trigger) -> Telling | None:
    """The encounter told last with the day or the place that this sentence adds; None where it adds neither."""
    took_place = load_pattern("took-place").match(trigger.behind)
    if not context.told or not took_place or not load_pattern("definite").search(trigger.before):
        return None
    last = _find_told(context, trigger)
    if last is None:
        return None
    behind = trigger.behind[:60]
    calls = ((name, context.rules.statuses[name]) for name in ("cancelled", "postponed", "behind"))
    status = next((name for name, pattern in calls if pattern.search(behind)), "held")
    status = "scheduled" if status == "behind" else status
    when = find_when(trigger.shape, trigger.start, trigger.end, status, context.article.reference_date)
    where = None if last.is_remote else find_where(trigger.shape, trigger.start, trigger.end)
    if when is None and where is None:
        return None
    words = context.document.body[hit.start : hit.end]
    parties = tuple(
        replace(party, mention=words, start=hit.start, end=hit.end, basis="group") for party in last.participants
    )
    return Telling(sentence, hit.start, hit.end, REFERENCE_RULE, last.format, status, parties, when, where)


def _find_told(context: Context, trigger: Trigger) -> Telling | None:
    """The encounter told last; of "the Geneva meeting" the last one that no other city is told of."""
    match = load_pattern("place-owner").search(trigger.before)
    if match is None:
        return context.told[-1]
    city = trigger.shape.places[ord(match["place"]) - PLACE_BASE].city
    fits = (t for t in reversed(context.told) if t.where is None or t.where.city in (None, city))
    return next(fits, None)


def is_about_last(context: Context, telling: Telling) -> bool:
    """True for "The meeting was chaired by A and B" right behind the telling of a meeting, without a day or a place."""
    if not context.told or telling.when is not None or telling.where is not None:
        return False
    document, last = context.document, context.told[-1]
    near = document.sentence_number_at(telling.start) - document.sentence_number_at(last.start)
    begins = document.body[telling.sentence.start : telling.sentence.end]
    return 0 < near <= ABOUT_REACH and bool(load_pattern("about-it").match(begins))
