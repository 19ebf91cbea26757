"""Mentions of encounters in one article: its sentences in order, what was told before binding what comes after."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TypeVar

from etl.document import Document
from etl.mentions.evidence import find_caption_evidence, find_published_when, find_when, find_where
from etl.mentions.families import Triggers
from etl.mentions.frames import Frame, Trigger
from etl.mentions.framing import find_frame
from etl.mentions.parties import Party, find_parties
from etl.mentions.patterns import load_pattern
from etl.mentions.resolution import Sides, are_only_countries, are_parties, join_parties, resolve_sides
from etl.mentions.rows import Telling, build_mention
from etl.mentions.shapes import Shape, build_shape
from etl.mentions.statuses import read_format, read_status
from etl.mentions.trips import LEAD_REACH, Trip, find_trip
from etl.mentions.trips import REACH as TRIP_REACH
from etl.people import Cast
from etl.records import Article, Mention, Participant
from etl.scan import Hits
from etl.sentences import Sentence
from etl.spans import DateMention, Hit, PlaceMention

JOINED_RULE = "mentions/joined"
REFERENCE_RULE = "mentions/reference"
SpanType = TypeVar("SpanType", DateMention, PlaceMention)


def find_mentions(
    document: Document,
    hits: Hits,
    cast: Cast,
    dates: tuple[DateMention, ...],
    places: tuple[PlaceMention, ...],
    article: Article,
    triggers: Triggers,
) -> tuple[Mention, ...]:
    """The mentions of the body, by sentence and trigger; ids are unique. Quoted words are not read."""
    if not hits.of("trigger") or not document.sentences:
        return ()
    return _Teller(document, hits, cast, dates, places, article, triggers).read()


@dataclass(slots=True)
class _Teller:
    document: Document
    hits: Hits
    cast: Cast
    dates: tuple[DateMention, ...]
    places: tuple[PlaceMention, ...]
    article: Article
    rules: Triggers
    told: list[Telling] = field(default_factory=list)
    _is_sport: bool | None = None
    _parties: dict[tuple[int, int], list[Party]] = field(default_factory=dict)

    def read(self) -> tuple[Mention, ...]:
        found = [hit for hit in self.hits.of("trigger") if not self.document.is_quoted(hit.start)]
        for start, group in groupby(found, key=lambda hit: self.document.sentence_at(hit.start).start):
            self._read_sentence(self.document.sentence_at(start), list(group))
        mentions: dict[str, Mention] = {}
        for telling in self.told:
            mention = build_mention(self.article, telling)
            mentions.setdefault(mention.mention_id, mention)
        return tuple(mentions.values())

    def _read_sentence(self, sentence: Sentence, hits: list[Hit]) -> None:
        start, end = sentence.start, sentence.end
        shape = self._build_shape(sentence)
        if not shape.parties and not self.told:
            return
        for hit in hits:
            if start <= hit.start and hit.end <= end:
                first, last = shape.locate(hit.start), shape.locate(hit.end - 1) + 1
                if shape.starts[first] == hit.start and shape.ends[last - 1] == hit.end:
                    trigger = Trigger(shape, self.rules.families[hit.value], first, last, self.rules)
                    self._read_trigger(sentence, hit, trigger)

    def _build_shape(self, sentence: Sentence) -> Shape:
        start, end = sentence.start, sentence.end
        dates, places = _select(self.dates, start, end), _select(self.places, start, end)
        return build_shape(self.document.masked, start, end, self._find_parties(start, end), dates, places)

    def _find_parties(self, start: int, end: int) -> list[Party]:
        """The parties in [start, end); kept, as what comes later may refer to the sentence."""
        if (start, end) not in self._parties:
            places = _select(self.places, start, end)
            self._parties[start, end] = find_parties(self.document, start, end, self.hits, self.cast, places)
        return self._parties[start, end]

    def _list_antecedents(self, sentence: Sentence) -> list[tuple[Participant, ...]]:
        """Participants that words like "they" may stand for, the last to be tried first: subjects, then encounters."""
        number = self.document.sentence_number_at(sentence.start)
        before = self.document.sentences[number - 1] if number else None
        spans = [(other.start, other.end) for other in (before, sentence) if other is not None]
        subjects = [
            party.participants
            for start, end in spans
            for party in self._find_parties(start, end)
            if party.kind == "office" and len(party.participants) > 1
        ]
        return subjects + [telling.participants for telling in self.told]

    def _read_trigger(self, sentence: Sentence, hit: Hit, trigger: Trigger) -> None:
        frame = find_frame(trigger)
        if frame is None:
            if trigger.family.frame == "noun":
                self._read_reference(sentence, hit, trigger)
            return
        antecedents = self._list_antecedents(sentence) if frame.refers_back else []
        sides = resolve_sides(self.document, self.cast, frame, antecedents, self.article.reference_date)
        if sides is None or not are_parties(*sides, trigger.family):
            return
        status = read_status(trigger, frame)
        when = find_when(trigger.shape, trigger.start, trigger.end, status, self.article.reference_date)
        if status == "conditional":
            status = "scheduled" if when is not None else "wish"
        if status == "wish":
            return
        format_ = read_format(trigger, frame, self.article, is_lead=self._is_lead(sentence))
        remote = format_ in ("phone", "video")
        where = None if remote else find_where(trigger.shape, trigger.start, trigger.end)
        telling = Telling(
            sentence, hit.start, hit.end, trigger.family.id, format_, status, join_parties(*sides), when, where
        )
        if are_only_countries(telling.participants) and not self._is_concrete(telling, trigger):
            return
        for each in _split(telling, sides, frame):
            self._tell(each)

    def _is_lead(self, sentence: Sentence) -> bool:
        return sentence.paragraph == 0 or not self.told

    def _is_concrete(self, telling: Telling, trigger: Trigger) -> bool:
        """Countries alone speak to each other all the time; an encounter of theirs has a day, a place or a number."""
        if self._is_sport is None:
            words = set(re.findall(r"[a-z-]+", self.document.body.lower()))
            self._is_sport = len(words & self.rules.sport) >= self.rules.sport_limit
        if self._is_sport:
            return False
        told = telling.when is not None or telling.where is not None or telling.status in ("cancelled", "postponed")
        return told or bool(load_pattern("numbered").search(trigger.shape.text))

    def _read_reference(self, sentence: Sentence, hit: Hit, trigger: Trigger) -> None:
        """The meeting took place in Rome on Monday: a day or a place of the encounter told last."""
        took_place = load_pattern("took-place").match(trigger.behind)
        if not self.told or not took_place or not load_pattern("definite").search(trigger.before):
            return
        last = self.told[-1]
        behind = trigger.behind[:60]
        calls = ((name, self.rules.statuses[name]) for name in ("cancelled", "postponed", "behind"))
        status = next((name for name, pattern in calls if pattern.search(behind)), "held")
        status = "scheduled" if status == "behind" else status
        when = find_when(trigger.shape, trigger.start, trigger.end, status, self.article.reference_date)
        where = None if last.is_remote else find_where(trigger.shape, trigger.start, trigger.end)
        if when is None and where is None:
            return
        words = self.document.body[hit.start : hit.end]
        parties = tuple(
            replace(party, mention=words, start=hit.start, end=hit.end, basis="group") for party in last.participants
        )
        self._tell(Telling(sentence, hit.start, hit.end, REFERENCE_RULE, last.format, status, parties, when, where))

    def _tell(self, telling: Telling) -> None:
        if self._is_repeated(telling):
            return
        if telling.status == "held":
            telling = self._inherit(telling)
        if telling.status in ("held", "scheduled"):
            telling = self._inherit_from_trip(telling)
        self.told.append(telling)

    def _is_repeated(self, telling: Telling) -> bool:
        """True if the sentence already told this encounter with another word ("met to discuss")."""
        return any(
            (other.key >= telling.key or other.key <= telling.key)
            and (other.status == telling.status or telling.when in (None, other.when))
            for other in self.told
            if other.sentence == telling.sentence
        )

    def _find_trip(self, telling: Telling) -> Trip | None:
        """The trip of a participant that a sentence right before tells; scheduled ones serve scheduled encounters."""
        number = self.document.sentence_number_at(telling.start)
        persons = {party.person_id for party in telling.participants}
        near = list(range(number - 1, max(number - 1 - TRIP_REACH, -1), -1))
        lead = [0] if TRIP_REACH < number <= LEAD_REACH else []
        for before in near + lead:
            sentence = self.document.sentences[before]
            if not load_pattern("trip").search(self.document.masked, sentence.start, sentence.end):
                continue
            trip = find_trip(self._build_shape(sentence), before)
            if trip is not None and trip.person_id in persons:
                return trip
        return None

    def _inherit_from_trip(self, telling: Telling) -> Telling:
        if telling.is_remote or telling.where is not None:
            return telling
        trip = self._find_trip(telling)
        if trip is None:
            return telling
        sure = trip.is_visit or (
            telling.status == "scheduled" and trip.when is not None and trip.when.precision == "range"
        )
        return replace(telling, where=trip.where, when=telling.when or (trip.when if sure else None))

    def _inherit(self, telling: Telling) -> Telling:
        """Date and place that the sentence leaves to what stands around it."""
        when, where = telling.when, telling.where
        if when is None and telling.rule_id == JOINED_RULE and self.told:
            when = self.told[-1].when
        if when is None and not any(other.key == telling.key for other in self.told):
            when, place = find_caption_evidence(self.article, telling.participants)
            where = where or (None if telling.is_remote else place)
            if when is None and self._is_lead(telling.sentence):
                when = find_published_when(self.article)
        sidelines = load_pattern("of-the-visit").search(
            self.document.masked, telling.sentence.start, telling.sentence.end
        )
        if sidelines and not telling.is_remote:
            first = next((other for other in self.told if other.status == "held" and other.where), None)
            where = where or (first.where if first else None)
            when = when or (first.when if first else None)
        return replace(telling, when=when, where=where)


def _select(spans: tuple[SpanType, ...], start: int, end: int) -> tuple[SpanType, ...]:
    return tuple(span for span in spans if start <= span.start and span.end <= end)


def _split(telling: Telling, sides: Sides, frame: Frame) -> list[Telling]:
    """One encounter; of separate ones one for each counterpart, whose own words are the trigger from the second on."""
    a, b = sides
    if not frame.separate or len(b) < 2:
        return [telling]
    each: list[Telling] = []
    for party in b:
        participants: tuple[Participant, ...] = join_parties(a, (party,))
        inside = party.start is not None and party.end is not None and party.start >= telling.sentence.start
        if each and inside and party.start is not None and party.end is not None:
            each.append(replace(telling, participants=participants, start=party.start, end=party.end))
        elif not each:
            each.append(replace(telling, participants=participants))
    return each
