"""Who else was there: B joined the call, A was joined by B, also present were B and C; added to what was told last."""

from __future__ import annotations

from dataclasses import replace

from etl.document import Document
from etl.mentions.context import Context
from etl.mentions.frames import Trigger
from etl.mentions.holders import name_office
from etl.mentions.participants import join_parties
from etl.mentions.patterns import load_pattern
from etl.mentions.rows import Telling
from etl.mentions.shapes import Shape
from etl.mentions.vocabulary import load_party_words
from etl.records import Participant
from etl.sentences import Sentence

# Sentences after the telling in which they may be named.
REACH = 12
KINDS = ("person", "office", "group", "people")


def list_attendances(document: Document, start: int) -> list[int]:
    """Where the sentences of the body begin that may say from `start` on who was there."""
    found = load_pattern("attends-at-all").finditer(document.masked, start)
    return [document.sentence_at(match.start()).start for match in found]


def add_attendants(context: Context, sentence: Sentence) -> None:
    """Adds those who took part, as the sentence or the list behind it says, to the encounter told last.

    Only one that was held or is planned takes more, and none of some month or year that is told as the background.
    """
    number = _find_attended(context)
    if number is None:
        return
    text, start, end = context.document.masked, sentence.start, sentence.end
    if text[start:end].rstrip().endswith(":") and load_pattern("attend-list").search(text, start, end):
        _add_listed(context, sentence, number)
    elif load_pattern("attends-at-all").search(text, start, end):
        _add_named(context, context.build_shape(sentence), number)


def _find_attended(context: Context) -> int | None:
    for number in range(len(context.told) - 1, -1, -1):
        told = context.told[number]
        if told.status in ("held", "scheduled") and (told.when is None or told.when.precision not in ("month", "year")):
            return number
    return None


def is_attendance(context: Context, trigger: Trigger) -> bool:
    """True for the noun of "B also took part in the talks" where an encounter was told: it tells no other one."""
    if not context.told or not load_pattern("attended-words").search(trigger.before):
        return False
    match = load_pattern("attended").search(trigger.shape.text)
    return bool(match and match["a"] and match.end() == trigger.end and _find_attended(context) is not None)


def _add_named(context: Context, shape: Shape, number: int) -> None:
    if not shape.parties or not load_pattern("attended-words").search(shape.text):
        return
    match = load_pattern("attended").search(shape.text)
    if match is None:
        return
    group = next(name for name, words in match.groupdict().items() if words)
    parties = [party for party in shape.list_parties(match.start(group), match.end(group)) if party.kind in KINDS]
    last = context.told[number]
    more = tuple(
        name_office(participant, context.cast, context.article.reference_date)
        for party in parties
        for participant in party.participants
    )
    if more and not _is_far(context, last.sentence.start, parties[0].start):
        context.told[number] = add_names(last, more)


def _add_listed(context: Context, sentence: Sentence, told: int) -> None:
    more = list_listed(context, sentence)
    if more:
        context.told[told] = add_names(context.told[told], more)


def list_listed(context: Context, sentence: Sentence) -> tuple[Participant, ...]:
    """Those who stand in the lines of the list that a sentence announces, a name a line: "Joining the call were:"."""
    document = context.document
    more: list[Participant] = []
    number = document.sentence_number_at(sentence.start)
    for line in document.sentences[number + 1 :]:
        if not load_pattern("list-line").match(document.body, line.start):
            break
        first = next((p for p in context.find_parties(line.start, line.end) if p.kind in KINDS), None)
        more += first.participants if first else ()
    return tuple(more)


def add_names(last: Telling, more: tuple[Participant, ...]) -> Telling:
    """The telling with more participants; those named stand for "allies and partners", of whom nobody else is known."""
    words = load_party_words().alone
    named = sum(1 for participant in more if participant.person_id) > 1
    kept = tuple(p for p in last.participants if not (named and p.role in words and not p.country))
    return replace(last, participants=join_parties(kept, more))


def _is_far(context: Context, told: int, start: int) -> bool:
    """True where so much stands in between that another encounter may be meant."""
    return context.document.sentence_number_at(start) - context.document.sentence_number_at(told) > REACH
