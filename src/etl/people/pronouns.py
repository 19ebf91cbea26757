"""Whom he or she stands for: the last person that is the subject of a sentence, if nobody else competes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from etl.spans import Person, PersonMention

if TYPE_CHECKING:
    from etl.people.cast import Cast
    from etl.sentences import Sentence

_GENDERS = {"he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f"}
_PARAGRAPHS = 2
# In a text of one paragraph.
_SENTENCES = 12
# What stands before the subject of a clause: its beginning, a conjunction, or the cue of an inverted clause.
_BEFORE_SUBJECT = re.compile(
    r"(?:^|[.,;:!?\"'”’“‘)\-–—]|\b(?:that|while|as|and|but|when|because|although|though|where|which|after|before|if"
    r"|since|said|says|added|asked|explained|noted|wrote|tweeted|continued|replied|argued|concluded|stressed|the"
    r"|on \w+))\s*$",
    re.IGNORECASE,
)
_LOOK_BACK = 24
_NOMINATIVE = {"m": re.compile(r"\b[Hh]e\b"), "f": re.compile(r"\b[Ss]he\b")}


def choose_antecedent(cast: Cast, pronoun: str, offset: int) -> Person | None:
    """The person whom `pronoun` at `offset` stands for; None where it is not clear.

    Sentences are searched backwards, through at most two paragraphs and 12 sentences. In one with a single fitting
    person it is that person; among several the one that is the subject. Where none is the subject but a like pronoun
    is ("he said beside B"), it is whom that one stands for; where a role that nobody is known for is ("the minister
    met B"), it is not clear. Somebody of unknown gender fits either pronoun, but only where nobody else was named.
    """
    gender = _GENDERS.get(pronoun.lower())
    document = cast.document
    if gender is None or not document.sentences:
        return None
    here = document.sentence_number_at(offset)
    paragraph = document.paragraphs[max(document.paragraph_at(offset) - _PARAGRAPHS, 0)]
    first = max(paragraph.start, document.sentences[max(here - _SENTENCES, 0)].start)
    fitting = _find_fitting(cast, gender, first, offset)
    for number in range(here, -1, -1):
        sentence = document.sentences[number]
        if sentence.end <= first:
            break
        mentions = [m for m in fitting if sentence.start <= m.start < sentence.end]
        if mentions:
            if not any(_is_subject(cast, mention) for mention in mentions):
                other = _find_pronoun(cast, gender, sentence, min(offset, mentions[0].start))
                if other is not None:
                    return choose_antecedent(cast, pronoun, other)
                if _has_unknown_subject(cast, sentence, mentions[0].start):
                    return None
            return _choose(cast, mentions, fitting, gender)
        if _has_unknown_subject(cast, sentence, min(offset, sentence.end)):
            return None
    return None


def _find_fitting(cast: Cast, gender: str, first: int, offset: int) -> list[PersonMention]:
    """Persons of the gender, or of none, named in first..offset in the voice of the pronoun at `offset`.

    That is outside of quotation marks, or where the pronoun itself stands in some.
    """
    fitting = [
        m
        for m in cast.before(first, offset)
        if m.person is not None and m.end <= offset and (m.person.gender == gender or m.person.gender is None)
    ]
    document = cast.document
    if not fitting or document.is_quoted(offset):
        return fitting
    return [m for m in fitting if not document.is_quoted(m.head_start)]


def _choose(cast: Cast, mentions: list[PersonMention], fitting: list[PersonMention], gender: str) -> Person | None:
    persons = dict.fromkeys(m.person for m in mentions if m.person)
    if len(persons) > 1:
        subjects = dict.fromkeys(m.person for m in mentions if m.person and _is_subject(cast, m))
        persons = dict(list(subjects.items())[:1]) if subjects else {}
    if len(persons) != 1:
        return None
    person = next(iter(persons))
    if person.gender != gender and len({m.person for m in fitting}) > 1:
        return None
    return person


def _find_pronoun(cast: Cast, gender: str, sentence: Sentence, end: int) -> int | None:
    """Where a like pronoun stands as a subject in `sentence`, before `end` and outside of quotation marks."""
    for match in _NOMINATIVE[gender].finditer(cast.document.masked, sentence.start, end):
        return match.start()
    return None


def _has_unknown_subject(cast: Cast, sentence: Sentence, end: int) -> bool:
    """True where a role that stands for nobody known is the subject of `sentence`, before `end`."""
    others = cast.before(sentence.start, end)
    return any(m.person is None and m.basis == "role" and _is_subject(cast, m) for m in others)


def _is_subject(cast: Cast, mention: PersonMention) -> bool:
    if cast.document.body[mention.end : mention.end + 1] in ("'", "’"):
        return False  # a genitive: the subject is what follows
    apposed = [m for m in cast.before(mention.start - 90, mention.start) if m.end == mention.start - len(", ")]
    if apposed and apposed[-1].basis == "role" and apposed[-1].person == mention.person:
        return _is_subject(cast, apposed[-1])  # "the president of Peru, Ana Ruiz"
    if any(other.end == mention.start - len(" and ") for other in cast.before(mention.start - 60, mention.start)):
        return False  # the second of a pair
    sentence = cast.document.sentence_at(mention.start)
    before = cast.document.body[max(sentence.start, mention.start - _LOOK_BACK) : mention.start]
    return _BEFORE_SUBJECT.search(before) is not None
