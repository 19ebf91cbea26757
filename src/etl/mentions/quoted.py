"""Encounters told between quotation marks: the document with its quoted words laid open and all others left out."""

from __future__ import annotations

from dataclasses import replace

from etl.document import Document
from etl.mentions.rows import Telling
from etl.sentences import split_sentences


def open_quotes(document: Document, starts: list[int]) -> Document:
    """The document whose sentences are those of the quoted pieces that hold one of `starts`; offsets stay."""
    pieces = [
        piece
        for quoted in document.quoted
        for piece in quoted.pieces
        if any(piece.start <= start < piece.end for start in starts)
    ]
    sentences = split_sentences(document.body, document.body, tuple(pieces), ())
    return replace(
        document,
        sentences=sentences,
        quoted=(),
        masked=document.body,
        _sentence_starts=tuple(sentence.start for sentence in sentences),
        _quoted_starts=(),
    )


def is_sure(telling: Telling) -> bool:
    """True for an encounter that a speaker tells as a fact: a day, a place, or two persons by name."""
    if telling.status not in ("held", "scheduled", "postponed", "cancelled"):
        return False
    persons = sum(1 for participant in telling.participants if participant.person_id)
    dated = telling.when is not None or telling.where is not None
    told = all(participant.basis != "pronoun" or participant.mention == "I" for participant in telling.participants)
    return persons > 1 or (dated and told)
