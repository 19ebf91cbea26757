"""What the reading of one article shares: its layers, the encounters told so far, the parties of each sentence."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple, TypeVar

from etl.document import Document
from etl.mentions.families import Triggers
from etl.mentions.parties import find_parties
from etl.mentions.party import Party
from etl.mentions.patterns import load_pattern
from etl.mentions.rows import Telling
from etl.mentions.shapes import Shape, build_shape
from etl.mentions.states import build_delegation
from etl.mentions.vocabulary import load_party_words
from etl.normalise.outlets import load_outlets
from etl.people import Cast
from etl.records import Article, Participant, Quote
from etl.scan import Hits
from etl.sentences import Sentence
from etl.spans import DateMention, Person, PlaceMention

SpanType = TypeVar("SpanType", DateMention, PlaceMention)
PARTY_KINDS = ("country", "organization", "party_word", "capital", "demonym", "role")
# Sentences before "the two countries" in which they may be named.
COUNTRIES_REACH = 3


class Voice(NamedTuple):
    """A quote, by its offsets in the body, and who says "I" in it."""

    start: int
    end: int
    person: Person


def list_voices(quotes: Sequence[Quote], cast: Cast) -> tuple[Voice, ...]:
    """The quotes whose speakers are persons of the cast."""
    persons = {person.person_id: person for person in cast.persons}
    return tuple(
        Voice(quote.start, quote.end, persons[quote.speaker_id]) for quote in quotes if quote.speaker_id in persons
    )


@dataclass(slots=True)
class Context:
    """What is read from, and what was read.

    `speaker` is who says "I" in the text, `voices` are the quotes of its speakers; `told` grows while the article is
    read, in the order of its sentences.
    """

    document: Document
    hits: Hits
    cast: Cast
    dates: tuple[DateMention, ...]
    places: tuple[PlaceMention, ...]
    article: Article
    rules: Triggers
    speaker: Person | None = None
    voices: tuple[Voice, ...] = ()
    told: list[Telling] = field(default_factory=list)
    _is_sport: bool | None = None
    parties: dict[tuple[int, int], list[Party]] = field(default_factory=dict)

    def find_speaker(self, offset: int) -> Person | None:
        """Who says "I" at `offset`: the speaker of the quote there, else the speaker of the text."""
        return next((voice.person for voice in self.voices if voice.start <= offset < voice.end), self.speaker)

    def build_shape(self, sentence: Sentence) -> Shape:
        """The shape of a sentence of the body."""
        start, end = sentence.start, sentence.end
        dates, places = _select(self.dates, start, end), _select(self.places, start, end)
        return build_shape(self.document.masked, start, end, self.find_parties(start, end), dates, places)

    def find_parties(self, start: int, end: int) -> list[Party]:
        """The parties in [start, end); kept, as what comes later may refer to the sentence."""
        if (start, end) not in self.parties:
            places = _select(self.places, start, end)
            found = find_parties(self.document, start, end, self.hits, self.cast, places)
            self.parties[start, end] = [self._take_home(party) for party in found] if self.home else found
        return self.parties[start, end]

    def _take_home(self, party: Party) -> Party:
        """In a text of a government "administration officials" are its own."""
        first = party.participants[0] if party.participants else None
        if party.kind != "people" or first is None or first.country or "administration" not in (first.role or ""):
            return party
        return party._replace(kind="group", participants=(replace(first, role="officials", country=self.home),))

    @property
    def home(self) -> str | None:
        """The country whose government publishes the text."""
        return load_outlets().government_of(self.article.outlet)

    def may_name_parties(self, start: int, end: int) -> bool:
        """False where nothing in [start, end) could be a party: a look at the hits alone."""
        if self.cast.within(start, end):
            return True
        if any(self.hits.within(kind, start, end) for kind in PARTY_KINDS):
            return True
        return load_party_words().may_tell_before(self.document.masked, start, end)

    def list_antecedents(self, sentence: Sentence, trigger: int) -> list[tuple[Participant, ...]]:
        """Participants that words like "they" may stand for, the last to be tried first.

        Subjects, then encounters, then two persons whom the sentence joins before its trigger.
        """
        number = self.document.sentence_number_at(sentence.start)
        before = self.document.sentences[number - 1] if number else None
        spans = [(other.start, other.end) for other in (before, sentence) if other is not None]
        subjects = [
            party.participants
            for start, end in spans
            for party in self.find_parties(start, end)
            if party.kind == "office" and len(party.participants) > 1
        ]
        named = [p for p in self.find_parties(sentence.start, sentence.end) if p.kind == "person" and p.end < trigger]
        joined = [
            one.participants + other.participants
            for one, other in itertools.pairwise(named)
            if self.document.masked[one.end : other.start] == " and "
        ]
        told = [telling.participants for telling in self.told]
        return subjects + told + joined[-1:] + self._list_where(sentence, trigger)

    def _list_where(self, sentence: Sentence, trigger: int) -> list[tuple[Participant, ...]]:
        """The last delegation or group before the trigger in "flew on to Fiji, where they met"."""
        where = load_pattern("where-they").search(self.document.masked, sentence.start, trigger)
        parties = self.find_parties(sentence.start, sentence.end) if where else []
        sides = [p for p in parties if p.kind == "delegation" and p.end < trigger]
        return [sides[0].participants] if sides else []

    def list_countries_before(self, sentence: Sentence) -> list[tuple[Participant, ...]]:
        """The countries of the nearest sentence up to this one that names two or more, as delegations."""
        number = self.document.sentence_number_at(sentence.start)
        for other in reversed(self.document.sentences[max(0, number - COUNTRIES_REACH) : number + 1]):
            found = {
                hit.value: hit
                for kind in ("country", "demonym", "capital")
                for hit in self.hits.within(kind, other.start, other.end)
            }
            if len(found) > 1:
                ordered = sorted(found.values(), key=lambda hit: hit.start)
                return [tuple(build_delegation(self.document.body, hit) for hit in ordered)]
        return []

    def is_lead(self, sentence: Sentence) -> bool:
        """True for the first paragraph, and for any sentence before the first encounter."""
        return sentence.paragraph == 0 or not self.told

    @property
    def is_sport(self) -> bool:
        """True for a text with so many words of sport that countries in it are teams."""
        if self._is_sport is None:
            words = set(re.findall(r"[a-z-]+", self.document.body.lower()))
            self._is_sport = len(words & self.rules.sport) >= self.rules.sport_limit
        return self._is_sport


def _select(spans: tuple[SpanType, ...], start: int, end: int) -> tuple[SpanType, ...]:
    return tuple(span for span in spans if start <= span.start and span.end <= end)
