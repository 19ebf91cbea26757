"""Sentences that outlets copy from one another, or from themselves: word for word, or nearly."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from zlib import crc32

SAME, SIMILAR = "same_sentence", "similar_sentence"  # reasons in link_weights.toml

_WORDS = 3  # words of a shingle
_SHARE = 0.5  # of the shingles of both sentences so many are common to both, in nearly the same sentence
_LONG = 12  # shingles of a sentence that can be nearly the same: a shorter one is little more than the names
_SKETCH = 4  # shingles by which sentences find each other

Sketches = Mapping[str, Sequence[int]]  # by sentence


class Copies:
    """The sentences of meetings, by the number of the meeting."""

    def __init__(self, crowd: int) -> None:
        self._crowd = crowd
        self._texts: list[str] = []
        self._home: list[int] = []  # the meeting of each sentence
        self._sentences: defaultdict[int, list[int]] = defaultdict(list)  # the sentences of each meeting
        self._holders: defaultdict[int, list[int]] = defaultdict(list)  # sentences by shingle

    def add(self, number: int, sketches: Sketches) -> None:
        """Has meeting `number` found by sentences."""
        for text, sketch in sketches.items():
            sentence = len(self._texts)
            self._texts.append(text)
            self._home.append(number)
            self._sentences[number].append(sentence)
            for shingle in sketch:
                self._holders[shingle].append(sentence)

    def move(self, gone: int, kept: int) -> None:
        """Gives the sentences of a meeting to another."""
        moved = self._sentences.pop(gone, [])
        for sentence in moved:
            self._home[sentence] = kept
        self._sentences[kept] += moved

    def find(self, sketches: Sketches) -> dict[int, str]:
        """The meetings told in one of the sentences, and how much alike: SAME or SIMILAR. What stands everywhere, as
        formulas do, is passed over."""
        found: dict[int, str] = {}
        for text, sketch in sketches.items():
            holders = [h for shingle in sketch if (h := self._holders.get(shingle)) and len(h) <= self._crowd]
            for sentence in {sentence for held in holders for sentence in held}:
                likeness = compare_sentences(text, self._texts[sentence])
                if likeness is not None and found.get(self._home[sentence]) != SAME:
                    found[self._home[sentence]] = likeness
        return found


def sketch_sentences(sentences: Iterable[str]) -> Sketches:
    """The sentences in order with their smallest checksums: sentences that have most shingles in common have some of
    these in common."""
    return {text: sorted(_cut_shingles(text))[:_SKETCH] for text in sorted(sentences)}


def compare_sentences(a: str, b: str) -> str | None:
    """SAME, SIMILAR or None for two folded sentences."""
    if a == b:
        return SAME
    one, other = _cut_shingles(a), _cut_shingles(b)
    if min(len(one), len(other)) < _LONG:
        return None
    common = len(one & other)
    return SIMILAR if common >= _SHARE * (len(one) + len(other) - common) else None


@lru_cache(maxsize=20_000)
def _cut_shingles(text: str) -> frozenset[int]:
    """Checksums of each three words in a row; of the whole where there are fewer."""
    words = text.encode().split(b" ")
    return frozenset(
        [crc32(b" ".join(words[start : start + _WORDS])) for start in range(max(1, len(words) - _WORDS + 1))]
    )
