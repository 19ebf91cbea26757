"""What a line might be by itself: furniture by its words, a timestamp, a breadcrumb, a caption."""

from __future__ import annotations

from functools import lru_cache

from etl.normalise.endings import Endings
from etl.normalise.layout import Candidate, Take
from etl.normalise.prose import count_words
from etl.normalise.rules import LineClassifier
from etl.normalise.sections import find_breadcrumb
from etl.normalise.timestamps import TimestampReader

_MIN_CAPTION_WORDS, _MAX_CAPTION_WORDS = 4, 70
_STOPS, _BRACKETS = frozenset('.!?…"”'), frozenset(")]}")
_CACHE_LINES = 65_536


class CandidateFinder:
    """Says what a clean line might be. Pure, and cached by line."""

    def __init__(self, classifier: LineClassifier, endings: Endings, timestamps: TimestampReader) -> None:
        self._classifier = classifier
        self._endings = endings
        self._timestamps = timestamps
        self.find_candidate = lru_cache(maxsize=_CACHE_LINES)(self._find_candidate)

    def _find_candidate(self, text: str) -> Candidate | None:
        match = self._classifier.classify(text)
        if match:
            return Candidate(Take(match.kind, match.rule_id), match.zone, match.opener, match.takes_next)
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
