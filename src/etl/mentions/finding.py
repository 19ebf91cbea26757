"""Mentions of encounters in one article: its sentences in order, what was told before binding what comes after."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from etl.document import Document
from etl.mentions.attendance import add_attendants, add_names, is_attendance, list_attendances
from etl.mentions.context import Context, list_voices
from etl.mentions.convenings import read_convening
from etl.mentions.evidence import Where, find_when, find_where
from etl.mentions.families import Triggers
from etl.mentions.frames import Frame, Trigger
from etl.mentions.framing import find_frame
from etl.mentions.headlines import Headline, find_speaker, name_offices, read_headline
from etl.mentions.inheritance import JOINED_RULE, inherit
from etl.mentions.participants import are_only_countries, are_parties, join_parties
from etl.mentions.patterns import load_pattern
from etl.mentions.place_names import goes_by_place, read_place_name
from etl.mentions.quoted import is_sure, open_quotes
from etl.mentions.references import is_about_last, read_reference
from etl.mentions.resolution import Sides, resolve_sides, settle_crowds
from etl.mentions.rows import Telling, are_days_apart, build_mention
from etl.mentions.standing import is_standing
from etl.mentions.statuses import is_yet_to_be, read_format, read_status
from etl.mentions.summaries import split_summaries
from etl.people import Cast
from etl.records import Article, Mention, Quote
from etl.scan import Hits
from etl.sentences import Sentence
from etl.spans import DateMention, Hit, PlaceMention

DISCUSSED_RULE = "mentions/discussed"
JOINED_FOR = "mentions/joined-for"


def find_mentions(
    document: Document,
    hits: Hits,
    cast: Cast,
    dates: tuple[DateMention, ...],
    places: tuple[PlaceMention, ...],
    article: Article,
    triggers: Triggers,
    headline: Headline | None = None,
    quotes: Sequence[Quote] = (),
) -> tuple[Mention, ...]:
    """The mentions of the body, by sentence and trigger; ids are unique.

    What speakers tell counts where the article's own words do not tell it.

    `headline` is the headline of a text that records an encounter; what only it tells stands at the body's first
    trigger, with parties that have no offsets. `quotes` are those of the text: who speaks in them says "I".
    """
    if not hits.of("trigger") or not document.sentences:
        return ()
    found, quoted = _split_hits(document, hits)
    speaker = find_speaker(headline) if headline else None
    cast = name_offices(cast, headline) if headline else cast
    voices = list_voices(quotes, cast) if quoted else ()
    context = Context(document, hits, cast, dates, places, article, triggers, speaker, voices)
    _read_sentences(context, found)
    context.told[:] = split_summaries(context.told)
    if quoted:
        _read_quotes(context, quoted)
    told = read_headline(context, headline, found) if headline else None
    if told is not None:
        context.told.append(told)
    mentions: dict[str, Mention] = {}
    for telling in context.told:
        mention = build_mention(article, telling)
        mentions.setdefault(mention.mention_id, mention)
    return tuple(mentions.values())


def _split_hits(document: Document, hits: Hits) -> tuple[list[Hit], list[Hit]]:
    """Triggers outside of quotation marks, and those inside."""
    found: list[Hit] = []
    quoted: list[Hit] = []
    for hit in hits.of("trigger"):
        (quoted if document.is_quoted(hit.start) else found).append(hit)
    return found, quoted


def _read_sentences(context: Context, hits: list[Hit]) -> None:
    """Reads the sentences of the triggers in their order, and those between that say who was there."""
    document = context.document
    by_sentence = groupby(hits, key=lambda hit: document.sentence_at(hit.start).start)
    by_start = {start: list(group) for start, group in by_sentence}
    waiting, last = deque(by_start), -1
    while waiting and not context.told:  # as long as nothing is told, nobody can have been there
        last = waiting.popleft()
        _read_at(context, last, by_start)
    if context.told:
        more = (start for start in list_attendances(document, max(last, 0)) if start > last)
        for start in sorted({*waiting, *more}):
            _read_at(context, start, by_start)
    elif (gathering := read_convening(context, hits)) is not None:
        context.told.append(inherit(context, gathering))


def _read_at(context: Context, start: int, hits: dict[int, list[Hit]]) -> None:
    sentence = context.document.sentence_at(start)
    if start in hits:
        _read_sentence(context, sentence, hits[start])
    if context.told:
        add_attendants(context, sentence)


def _read_quotes(context: Context, hits: list[Hit]) -> None:
    """Adds what speakers tell of encounters that the article's own words do not tell."""
    inner = replace(
        context,
        document=open_quotes(context.document, [hit.start for hit in hits]),
        told=list(context.told),
        parties={},
    )
    _read_sentences(inner, hits)
    known = [telling.key for telling in context.told]
    for telling in inner.told[len(known) :]:
        if is_sure(telling) and not any(telling.key <= key or key <= telling.key for key in known):
            context.told.append(telling)


def _read_sentence(context: Context, sentence: Sentence, hits: list[Hit]) -> None:
    start, end = sentence.start, sentence.end
    blank = not context.told and not goes_by_place(context, sentence)
    if blank and not context.may_name_parties(start, end):
        return
    shape = context.build_shape(sentence)
    if blank and not shape.parties:
        return
    for hit in hits:
        if start <= hit.start and hit.end <= end:
            first, last = shape.locate(hit.start), shape.locate(hit.end - 1) + 1
            if _is_part_of_name(context, hit, start):
                continue
            if shape.start_at(first) == hit.start and shape.end_at(last - 1) == hit.end:
                trigger = Trigger(shape, context.rules.families[hit.value], first, last, context.rules)
                for telling in _read_trigger(context, sentence, hit, trigger):
                    _tell(context, telling)


def _is_part_of_name(context: Context, hit: Hit, start: int) -> bool:
    """True for the verb in "Operation Allies Welcome": inside a sentence a capital makes it a name."""
    body = context.document.body
    verb = context.rules.families[hit.value].frame != "noun"
    return verb and hit.start > start and body[hit.start].isupper() and body[hit.start - 2].isalpha()


def _read_trigger(context: Context, sentence: Sentence, hit: Hit, trigger: Trigger) -> list[Telling]:
    frame = None if is_attendance(context, trigger) else find_frame(trigger)
    if frame is None:
        named = trigger.family.frame == "noun"
        told = read_reference(context, sentence, hit, trigger) if named else None
        told = told or (read_place_name(context, sentence, hit, trigger) if named else None)
        return [told] if told else []
    place = find_where(trigger.shape, trigger.start, trigger.end)
    sides = _find_sides(context, sentence, hit.start, frame, place)
    if sides is None or not are_parties(*sides, trigger.family):
        return []
    status = read_status(trigger, frame)
    when = find_when(trigger.shape, trigger.start, trigger.end, status, context.article.reference_date)
    if status == "held" and is_yet_to_be(trigger, when.start if when else None, context.article.reference_date):
        status = "scheduled"
    if status == "conditional":
        status = "scheduled" if when is not None else "wish"
    if status == "wish" or (status == "denied" and trigger.family.id == DISCUSSED_RULE):
        return []
    format_ = read_format(trigger, frame, context.article, is_lead=context.is_lead(sentence))
    where = None if format_ in ("phone", "video") else place
    telling = Telling(
        sentence, hit.start, hit.end, trigger.family.id, format_, status, join_parties(*sides), when, where
    )
    if is_standing(context, telling, frame, trigger):
        return []
    return _split(telling, sides, frame)


def _find_sides(context: Context, sentence: Sentence, trigger: int, frame: Frame, place: Where | None) -> Sides | None:
    antecedents = context.list_antecedents(sentence, trigger) if frame.refers_back else []
    if any(party.kind == "before" for party in (*frame.a, *frame.b)):
        antecedents = context.list_countries_before(sentence) + antecedents
    day = context.article.reference_date
    sides = resolve_sides(context.document, context.cast, frame, antecedents, day, context.find_speaker(trigger))
    last = context.told[-1].where if context.told else None
    where = place or last  # who is abroad meets people of that country
    return sides and settle_crowds(frame, sides, where.country if where else None)


def _split(telling: Telling, sides: Sides, frame: Frame) -> list[Telling]:
    """One encounter; of separate ones one for each counterpart."""
    a, b = sides
    if frame.separate and len(a) > 1 and len(b) == 1:  # "A and B met with C respectively"
        return [replace(telling, participants=join_parties((party,), b), number=n) for n, party in enumerate(a)]
    if not frame.separate or len(b) < 2:
        return [telling]
    return [replace(telling, participants=join_parties(a, (party,)), number=number) for number, party in enumerate(b)]


def _tell(context: Context, telling: Telling) -> None:
    if _is_repeated(context, telling):
        return
    if telling.rule_id in (JOINED_RULE, JOINED_FOR) and context.told and _adds_names(context.told[-1], telling):
        context.told[-1] = add_names(context.told[-1], telling.participants)
        return
    if is_about_last(context, telling):
        last = context.told[-1]
        context.told[-1] = replace(last, participants=join_parties(last.participants, telling.participants))
        return
    context.told.append(inherit(context, telling))


def _adds_names(last: Telling, telling: Telling) -> bool:
    """True for "Joining Ana Ruiz on the call were" right behind the call she hosted."""
    persons = {p.person_id for p in last.participants if p.person_id}
    return last.status == telling.status and any(p.person_id in persons for p in telling.participants)


def _is_repeated(context: Context, telling: Telling) -> bool:
    """True if the sentence already told this encounter with another word ("met to discuss").

    What its parties discussed, or what "they" did, adds nothing to an encounter told before, unless it has a day or a
    place.
    """
    refers = telling.status in ("held", "scheduled") and all(
        p.basis in ("group", "pronoun") for p in telling.participants
    )
    refers = refers or are_only_countries(telling.participants)
    bare = telling.when is None and telling.where is None and (refers or telling.rule_id == DISCUSSED_RULE)
    if bare and any(telling.key == other.key for other in context.told):
        return True
    last = context.told[-1] if context.told else None
    plain = telling.when is None and telling.where is None and (telling.format, telling.status) == ("in_person", "held")
    if plain and last and last.is_remote and last.key == telling.key:
        return True  # "In their conversation", of those who were just told to have spoken by phone
    if load_pattern("sidelines").search(context.document.masked, telling.sentence.start, telling.start):
        return False
    return any(
        (other.key >= telling.key or other.key <= telling.key)
        and (other.status == telling.status or telling.when in (None, other.when))
        and not are_days_apart(telling.when, other.when)
        for other in context.told
        if other.sentence == telling.sentence
    )
