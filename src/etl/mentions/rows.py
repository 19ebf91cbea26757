"""One mention's row, from what was read of its sentence."""

from __future__ import annotations

from dataclasses import dataclass

from etl.mentions.evidence import When, Where
from etl.records import Article, Mention, Participant, hash_key
from etl.sentences import Sentence


@dataclass(frozen=True, slots=True)
class Telling:
    """What a sentence tells of an encounter. `start` and `end` bound the trigger in the body.

    `number` tells encounters of one trigger apart: separate talks with A (0) and with B (1).
    """

    sentence: Sentence
    start: int
    end: int
    rule_id: str
    format: str
    status: str
    participants: tuple[Participant, ...]
    when: When | None
    where: Where | None
    number: int = 0

    @property
    def key(self) -> frozenset[str]:
        """The participants, to compare encounters of one article."""
        return build_key(self.participants)

    @property
    def is_remote(self) -> bool:
        """True for an encounter by phone or video, which has no place."""
        return self.format in ("phone", "video")


def are_days_apart(one: When | None, other: When | None) -> bool:
    """True where both tell a day and not the same."""
    return one is not None and other is not None and (one.start or one.text) != (other.start or other.text)


def build_key(participants: tuple[Participant, ...]) -> frozenset[str]:
    """What tells participants apart: the person, else role, country and organization."""
    return frozenset(p.person_id or f"{p.role}/{p.country}/{p.organization}" for p in participants)


def build_mention(article: Article, telling: Telling) -> Mention:
    """The row; its id is the hash of article, sentence and trigger, and of the number where it is not 0."""
    when, where = telling.when or When(), telling.where or Where()
    sentence, body = telling.sentence, article.body
    number = (telling.number,) if telling.number else ()
    return Mention(
        mention_id=hash_key(article.article_id, sentence.start, sentence.end, telling.start, *number),
        article_id=article.article_id,
        start=sentence.start,
        end=sentence.end,
        text=body[sentence.start : sentence.end],
        trigger=body[telling.start : telling.end],
        trigger_start=telling.start,
        trigger_end=telling.end,
        status=telling.status,
        format=telling.format,
        date_text=when.text,
        date_text_start=when.text_start,
        date_text_end=when.text_end,
        date_part=when.part,
        date_start=when.start,
        date_end=when.end,
        date_precision=when.precision,
        date_basis=when.basis,
        place_text=where.text,
        place_start=where.start,
        place_end=where.end,
        city=where.city,
        country=where.country,
        rule_id=telling.rule_id,
        participants=telling.participants,
    )
