"""A sentence in which each party, date and place is one character, so that frames are short patterns."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from typing import NamedTuple

from etl.document import MASK
from etl.mentions.party import Party
from etl.spans import DateMention, PlaceMention

DATE_BASE, PLACE_BASE, PARTY_BASE, BLOCK = 0xE200, 0xE300, 0xE400, 0x100
P, D, L = "[\ue400-\ue4ff]", "[\ue200-\ue2ff]", "[\ue300-\ue3ff]"
# Runs of quoted words count as one character; the marks and the address of a link as none.
QUOTED = re.compile(rf"{MASK}(?:{MASK}|\s)*|\[(?=[^\]]{{1,80}}\]\()|\]\([^)\s]*\)")


class Shape(NamedTuple):
    """`text` is the sentence's shape, made of pieces: runs of the body's own characters, and spans that are one.

    Of piece k `indexes[k]` says where it begins in `text`, `starts[k]` and `ends[k]` bound it in the body.
    """

    text: str
    indexes: list[int]
    starts: list[int]
    ends: list[int]
    parties: tuple[Party, ...]
    dates: tuple[DateMention, ...]
    places: tuple[PlaceMention, ...]

    def locate(self, offset: int) -> int:
        """Index in `text` of the character that stands for the body's character at `offset`."""
        piece = bisect_right(self.starts, offset) - 1
        if piece < 0:
            return 0
        return min(self.indexes[piece] + offset - self.starts[piece], self._find_last(piece))

    def start_at(self, index: int) -> int:
        """Where in the body begins what character `index` stands for."""
        piece = bisect_right(self.indexes, index) - 1
        return self.starts[piece] + index - self.indexes[piece]

    def end_at(self, index: int) -> int:
        """Where in the body ends what character `index` stands for."""
        piece = bisect_right(self.indexes, index) - 1
        return self.ends[piece] - (self._find_last(piece) - index)

    def _find_last(self, piece: int) -> int:
        return (self.indexes[piece + 1] if piece + 1 < len(self.indexes) else len(self.text)) - 1

    def party_at(self, index: int) -> Party | None:
        """The party that character `index` stands for."""
        number = ord(self.text[index]) - PARTY_BASE
        return self.parties[number] if 0 <= number < BLOCK else None

    def list_parties(self, start: int, end: int) -> list[Party]:
        """The parties in `text[start:end]`."""
        return [party for index in range(start, end) if (party := self.party_at(index)) is not None]


def build_shape(
    masked: str,
    start: int,
    end: int,
    parties: list[Party],
    dates: tuple[DateMention, ...],
    places: tuple[PlaceMention, ...],
) -> Shape:
    """The shape of `masked[start:end]`. Where chunks overlap, parties win over places, places over dates."""
    pieces: list[tuple[str, int, int]] = []
    done = start
    for first, last, char in _choose_chunks(parties[:BLOCK], places[:BLOCK], dates[:BLOCK]):
        pieces += _split_words(masked, done, first)
        pieces.append((char, first, last))
        done = last
    pieces += _split_words(masked, done, end)
    texts = [text for text, _, _ in pieces]
    return Shape(
        "".join(texts),
        list(accumulate(map(len, texts[:-1]), initial=0)),
        [first for _, first, _ in pieces],
        [last for _, _, last in pieces],
        tuple(parties[:BLOCK]),
        dates[:BLOCK],
        places[:BLOCK],
    )


def _choose_chunks(
    parties: list[Party], places: tuple[PlaceMention, ...], dates: tuple[DateMention, ...]
) -> list[tuple[int, int, str]]:
    spans = [(party.start, party.end, chr(PARTY_BASE + number)) for number, party in enumerate(parties)]
    spans += [(place.start, place.end, chr(PLACE_BASE + number)) for number, place in enumerate(places)]
    spans += [(day.start, day.end, chr(DATE_BASE + number)) for number, day in enumerate(dates)]
    chunks: list[tuple[int, int, str]] = []
    for start, end, char in spans:
        for first, last, _ in chunks:
            if first < end and start < last:
                break
        else:
            chunks.append((start, end, char))
    return sorted(chunks)


def _split_words(masked: str, start: int, end: int) -> list[tuple[str, int, int]]:
    """The pieces of `masked[start:end]`: its words as they are, and a mask for each run of quoted ones."""
    pieces: list[tuple[str, int, int]] = []
    at = start
    while at < end:
        quoted = QUOTED.search(masked, at, end)
        plain, last = quoted.span() if quoted else (end, end)
        if at < plain:
            pieces.append((masked[at:plain], at, plain))
        if quoted and quoted[0][0] == MASK:
            pieces.append((MASK, plain, last))
        at = last
    return pieces
