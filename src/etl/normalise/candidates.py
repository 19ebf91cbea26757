"""What a line might be by itself: furniture by its words, a timestamp, a breadcrumb, a caption."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from etl.normalise.endings import Endings
from etl.normalise.layout import Candidate, Take
from etl.normalise.prose import GUARD_WORDS, count_words
from etl.normalise.rules import EDGES, LineClassifier
from etl.normalise.sections import find_breadcrumb
from etl.normalise.timestamps import MAX_STAMP_CHARS, TimestampReader
from etl.normalise.zones import Shape

_MIN_CAPTION_WORDS, _MAX_CAPTION_WORDS = 4, 70
_FULL_STOPS = ".!?"
_STOPS, _BRACKETS = frozenset('.!?…"”'), frozenset(")]}")
_CACHE_LINES = 65_536


class CandidateFinder:
    """Says what a clean line might be. Pure, and cached by line."""

    def __init__(self, classifier: LineClassifier, endings: Endings, timestamps: TimestampReader) -> None:
        self._classifier = classifier
        self.rules = classifier.rules
        self._endings = endings
        self._timestamps = timestamps
        self.find_candidate = lru_cache(maxsize=_CACHE_LINES)(self._find_candidate)

    def find_candidates(
        self, texts: Sequence[str], lows: Sequence[bytes], shapes: Sequence[Shape]
    ) -> list[Candidate | None]:
        """What find_candidate says of each of the clean lines `texts`; `lows` are these in lower case.

        Most lines are sentences that hardly a rule could take: they are told from the others in one pass.
        """
        found: list[Candidate | None] = [None] * len(texts)
        sentences = []
        for i, (text, shape) in enumerate(zip(texts, shapes, strict=True)):
            if text[-1] not in _FULL_STOPS or shape.words < GUARD_WORDS or not self._is_sentence(text):
                found[i] = self.find_candidate(text)
            elif len(text) <= self._classifier.max_chars:
                sentences.append(i)
        if sentences:
            for number in self._classifier.list_suspects([lows[i] for i in sentences]):
                i = sentences[number]
                found[i] = self.find_candidate(texts[i])
        return found

    def _is_sentence(self, text: str) -> bool:
        """Whether only a rule that may take sentences could take `text`, which has eight words and a full stop."""
        if text[-2] in _BRACKETS or text[0] in EDGES or text.endswith("..."):
            return False
        if len(text) > MAX_STAMP_CHARS:
            return not self._classifier.knows_phrase(text)
        return self._timestamps.find_timestamp(text) is None and not self._classifier.knows_phrase(text)

    def _find_candidate(self, text: str) -> Candidate | None:
        match = self._classifier.classify(text)
        if match:
            return Candidate(Take(match.kind, match.rule_id), match.zone, match.opener, match.takes_next, match.closes)
        stamp = self._timestamps.find_timestamp(text)
        if stamp:
            zone = "any" if stamp.labelled else "edges"
            return Candidate(Take("timestamp", "timestamp/date-or-time"), zone)
        caption = self._find_caption(text)
        if caption is None and find_breadcrumb(text):
            return Candidate(Take("breadcrumb", "section/breadcrumb"), "head")
        return caption

    def _find_caption(self, text: str) -> Candidate | None:
        # A credit does not end like a sentence, unless in brackets.
        if text[-1] in _STOPS and text[-1] not in _BRACKETS and text[-2:-1] not in _BRACKETS:
            return None
        if text.count(" ") >= _MAX_CAPTION_WORDS:
            return None
        ending = self._endings.find_ending(text, "caption")
        if ending is None or count_words(text) > _MAX_CAPTION_WORDS or self._endings.find_ending(text, "title"):
            return None
        caption = text[: ending.start].strip(" |–—-/")
        if count_words(caption) < _MIN_CAPTION_WORDS:
            return Candidate(Take("credit", ending.rule_id))
        return Candidate(Take("caption", ending.rule_id, credit=ending.credit, text=caption))
