"""The immutable document that every layer reads: paragraphs, sentences, quoted stretches and the masked text."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from etl.marks import QuotedSpan, find_quoted, trim
from etl.sentences import Sentence, split_sentences
from etl.spans import Span

MASK = "\ue000"
_LINE = re.compile(r"[^\n]+")
_VISIBLE = re.compile(r"\S")


@dataclass(frozen=True, slots=True)
class Document:
    """One body with its layers below the facts. All offsets count code points in `body`.

    `masked` is as long as `body`: each visible character between quotation marks is MASK, the marks are kept.
    `sentences` are found in the masked text, so that none ends inside a quote; they are sorted and do not overlap.
    """

    body: str
    paragraphs: tuple[Span, ...]
    sentences: tuple[Sentence, ...]
    quoted: tuple[QuotedSpan, ...]
    masked: str
    _paragraph_starts: tuple[int, ...] = field(repr=False)
    _sentence_starts: tuple[int, ...] = field(repr=False)
    _quoted_starts: tuple[int, ...] = field(repr=False)

    def paragraph_at(self, offset: int) -> int:
        """Number of the paragraph that holds `offset`; between two, the one before; 0 before the first."""
        return max(bisect_right(self._paragraph_starts, offset) - 1, 0)

    def sentence_number_at(self, offset: int) -> int:
        """Number of the sentence that holds `offset`; between two, the one before; 0 before the first."""
        return max(bisect_right(self._sentence_starts, offset) - 1, 0)

    def sentence_at(self, offset: int) -> Sentence:
        """The sentence that holds `offset`; between two, the one before. Raises IndexError for an empty body."""
        return self.sentences[self.sentence_number_at(offset)]

    def is_quoted(self, offset: int) -> bool:
        """True where the character at `offset` stands between quotation marks (the marks themselves do not)."""
        char = self.body[offset : offset + 1]
        if char != self.masked[offset : offset + 1]:
            return True
        if char != MASK and not char.isspace():
            return False
        number = bisect_right(self._quoted_starts, offset) - 1
        return number >= 0 and any(piece.start <= offset < piece.end for piece in self.quoted[number].pieces)

    def quoted_within(self, start: int, end: int) -> tuple[QuotedSpan, ...]:
        """The quoted stretches that begin in `start`..`end`, sorted."""
        first = bisect_right(self._quoted_starts, start - 1)
        return self.quoted[first : bisect_right(self._quoted_starts, end - 1)]


def build_document(body: str) -> Document:
    """The layers of `body`. Never raises, whatever the text; time is linear in its length."""
    paragraphs = split_paragraphs(body)
    quoted = find_quoted(body, paragraphs)
    masked = mask_quoted(body, quoted)
    sentences = split_sentences(body, masked, paragraphs, quoted)
    return Document(
        body=body,
        paragraphs=paragraphs,
        sentences=sentences,
        quoted=quoted,
        masked=masked,
        _paragraph_starts=tuple(paragraph.start for paragraph in paragraphs),
        _sentence_starts=tuple(sentence.start for sentence in sentences),
        _quoted_starts=tuple(span.start for span in quoted),
    )


def split_paragraphs(body: str) -> tuple[Span, ...]:
    """The lines of `body` that hold visible characters, without white space at their ends."""
    spans = (trim(body, *match.span()) for match in _LINE.finditer(body))
    return tuple(span for span in spans if span.start < span.end)


def mask_quoted(body: str, quoted: tuple[QuotedSpan, ...]) -> str:
    """`body` with each visible character of the quoted pieces replaced by MASK; the length stays."""
    parts, done = [], 0
    for span in quoted:
        for piece in span.pieces:
            parts += [body[done : piece.start], _VISIBLE.sub(MASK, body[piece.start : piece.end])]
            done = piece.end
    parts.append(body[done:])
    return "".join(parts)
