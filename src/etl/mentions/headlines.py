"""Encounters that only the headline tells: remarks before, at or after a meeting, and their readouts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from etl.document import Document
from etl.mentions.context import Context
from etl.mentions.evidence import Where, find_published_when, find_when, find_where
from etl.mentions.families import load_triggers
from etl.mentions.frames import Frame, Trigger
from etl.mentions.participants import are_only_countries, are_parties, join_parties
from etl.mentions.parties import find_parties
from etl.mentions.patterns import load_pattern
from etl.mentions.resolution import resolve_sides, settle_crowds
from etl.mentions.rows import Telling
from etl.mentions.shapes import Shape, build_shape
from etl.mentions.statuses import read_format
from etl.people import Cast
from etl.places import find_heading_place
from etl.records import Article, Participant
from etl.scan import Hits
from etl.spans import Hit, Person

# Parts that may hold the place above a text, and how many of them are looked at.
HEADING_KINDS, HEADING_LINES = ("other", "dateline", "timestamp"), 4
# The number of the headline's encounter at its trigger, so that its id differs from that of one told there.
HEADLINE = -1
FRAMES = ("met", "noun", "hosted")


@dataclass(frozen=True, slots=True)
class Headline:
    """A headline read as a sentence, with its hits and its persons. Offsets count in the headline."""

    document: Document
    hits: Hits
    cast: Cast


def write_headline(article: Article) -> str | None:
    """The headline of a text that records an encounter, written as a sentence is; None for any other text.

    Words that headlines write with a capital get a small letter where they are no part of a name.
    """
    title = article.title or ""
    if not load_pattern("record").match(title):
        return None
    return load_triggers().headline_words.sub(lambda word: word[0].lower(), title)


def name_offices(cast: Cast, headline: Headline) -> Cast:
    """The cast in which an office that nobody in the text is known to hold stands for its holder in the headline."""
    holders: dict[str | None, list[Person]] = {}
    for person in headline.cast.persons:
        holders.setdefault(person.role, []).append(person)
    mentions = []
    for mention in cast.mentions:
        found = holders.get(mention.role, []) if mention.person is None and mention.basis == "role" else []
        fits = len(found) == 1 and mention.role and mention.country in (None, found[0].country)
        mentions.append(mention._replace(person=found[0]) if fits else mention)
    return replace(cast, mentions=tuple(mentions))


def find_speaker(headline: Headline) -> Person | None:
    """Who says "I" in the text below the headline "Statement by A on ..."; None where several speak."""
    shape = _build_shape(headline)
    match = load_pattern("said-by").match(shape.text)
    parties = shape.list_parties(match.start("a"), match.end("a")) if match else []
    named = [m.person for party in parties for m in headline.cast.within(party.start, party.end) if m.person]
    return named[0] if named else None


def _build_shape(headline: Headline) -> Shape:
    document = headline.document
    parties = find_parties(document, 0, len(document.body), headline.hits, headline.cast, ())
    return build_shape(document.masked, 0, len(document.body), parties, (), ())


def read_headline(context: Context, headline: Headline, triggers: list[Hit]) -> Telling | None:
    """The encounter that the headline tells and the body does not; None where there is none.

    It stands at the first of the body's `triggers` that may tell one, as a row needs words of the body.
    """
    anchor = next((hit for hit in triggers if context.rules.families[hit.value].frame in FRAMES), None)
    if anchor is None:
        return None
    shape = _build_shape(headline)
    for hit in headline.hits.of("trigger"):
        first, last = shape.locate(hit.start), shape.locate(hit.end - 1) + 1
        if shape.start_at(first) != hit.start or shape.end_at(last - 1) != hit.end:
            continue
        trigger = Trigger(shape, context.rules.families[hit.value], first, last, context.rules)
        if trigger.family.frame not in FRAMES:
            continue
        participants = _find_participants(headline, trigger, context.article.reference_date)
        if participants:
            return _build_telling(context, anchor, trigger, participants)
    return None


def _find_frame(trigger: Trigger) -> Frame | None:
    """Remarks by A and B before a meeting; A's meeting with B; a call between A and B."""
    wanted = load_pattern("record-with").match(trigger.behind)
    b = trigger.read_side(wanted, "b", trigger.end) if wanted else ()
    if wanted and wanted["prep"] == "between":
        return Frame(b, (), trigger.start, trigger.end)
    by = load_pattern("record-by").match(trigger.before)
    holder = by or load_pattern("record-of").search(trigger.before)
    if holder is None or not (b or by):
        return None
    return Frame(trigger.read_side(holder, "a"), b, trigger.start, trigger.end)


def _find_participants(headline: Headline, trigger: Trigger, day: date | None) -> tuple[Participant, ...]:
    frame = _find_frame(trigger)
    if frame is None or frame.refers_back:
        return ()
    sides = resolve_sides(headline.document, headline.cast, frame, [], day)
    sides = sides and settle_crowds(frame, sides, None)
    if sides is None or not are_parties(*sides, trigger.family):
        return ()
    joined = join_parties(*sides)
    return () if are_only_countries(joined) else joined


def _build_telling(
    context: Context, anchor: Hit, trigger: Trigger, participants: tuple[Participant, ...]
) -> Telling | None:
    persons = {participant.person_id for participant in participants if participant.person_id}
    told = [{participant.person_id for participant in telling.participants} for telling in context.told]
    known = (
        any(persons <= others for others in told)
        if len(persons) > 1
        else any(
            persons <= others and context.told[number].sentence.paragraph == 0 for number, others in enumerate(told)
        )
    )
    if known or any(telling.start == anchor.start for telling in context.told):
        return None
    sentence = context.document.sentence_at(anchor.start)
    frame = _find_frame(trigger)
    format_ = read_format(trigger, frame, context.article, is_lead=True) if frame else "unknown"
    shape = context.build_shape(sentence)
    first, last = shape.locate(anchor.start), shape.locate(anchor.end - 1) + 1
    reads_out = load_pattern("reads-out").match(context.article.title or "")
    when = find_when(shape, first, last, "held", context.article.reference_date) if reads_out else None
    return Telling(
        sentence,
        anchor.start,
        anchor.end,
        trigger.family.id,
        format_,
        "held",
        tuple(replace(participant, start=None, end=None) for participant in participants),
        when or find_published_when(context.article),
        None if format_ in ("phone", "video") else _find_place(context, anchor, shape),
        number=HEADLINE,
    )


def _find_place(context: Context, anchor: Hit, shape: Shape) -> Where | None:
    """The place above the text or behind the headline; else, where somebody is welcomed, the place to which."""
    article = context.article
    lines = [part.text for part in article.parts if part.kind in HEADING_KINDS][:HEADING_LINES]
    title = (article.title or "").split(" | ")
    place = find_heading_place([*title[1:], *lines])
    if place is not None:
        return Where(place.text, None, None, place.city, place.country)
    if anchor.value != "mentions/received" and not load_pattern("reads-out").match(article.title or ""):
        return None
    return find_where(shape, shape.locate(anchor.start), shape.locate(anchor.end - 1) + 1)
