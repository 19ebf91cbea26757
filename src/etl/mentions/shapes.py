"""A sentence in which each party, date and place is one character, so that frames are short patterns."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from etl.document import MASK
from etl.mentions.party import Party
from etl.spans import DateMention, PlaceMention

DATE_BASE, PLACE_BASE, PARTY_BASE, BLOCK = 0xE200, 0xE300, 0xE400, 0x100
P, D, L = "[\ue400-\ue4ff]", "[\ue200-\ue2ff]", "[\ue300-\ue3ff]"
# Runs of quoted words count as one character; the marks and the address of a link as none.
QUOTED = re.compile(rf"{MASK}(?:{MASK}|\s)*|\[(?=[^\]]{{1,80}}\]\()|\]\([^)\s]*\)")


@dataclass(frozen=True, slots=True)
class Shape:
    """`text` is the sentence's shape; `starts[i]` and `ends[i]` bound in the body what character i stands for."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    parties: tuple[Party, ...]
    dates: tuple[DateMention, ...]
    places: tuple[PlaceMention, ...]

    def locate(self, offset: int) -> int:
        """Index in `text` of the character that stands for the body's character at `offset`."""
        return max(bisect_right(self.starts, offset) - 1, 0)

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
    chunks = _choose_chunks(parties[:BLOCK], places[:BLOCK], dates[:BLOCK])
    text: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    done = start
    for first, last, char in [*chunks, (end, end, "")]:
        _copy_words(masked, done, first, text, starts, ends)
        if char:
            text.append(char)
            starts.append(first)
            ends.append(last)
        done = last
    return Shape("".join(text), tuple(starts), tuple(ends), tuple(parties[:BLOCK]), dates[:BLOCK], places[:BLOCK])


def _choose_chunks(
    parties: list[Party], places: tuple[PlaceMention, ...], dates: tuple[DateMention, ...]
) -> list[tuple[int, int, str]]:
    spans = [(party.start, party.end, chr(PARTY_BASE + number)) for number, party in enumerate(parties)]
    spans += [(place.start, place.end, chr(PLACE_BASE + number)) for number, place in enumerate(places)]
    spans += [(day.start, day.end, chr(DATE_BASE + number)) for number, day in enumerate(dates)]
    chunks: list[tuple[int, int, str]] = []
    for start, end, char in spans:
        if not any(first < end and start < last for first, last, _ in chunks):
            chunks.append((start, end, char))
    return sorted(chunks)


def _copy_words(masked: str, start: int, end: int, text: list[str], starts: list[int], ends: list[int]) -> None:
    at = start
    while at < end:
        quoted = QUOTED.search(masked, at, end)
        plain = quoted.start() if quoted else end
        text.extend(masked[at:plain])
        starts.extend(range(at, plain))
        ends.extend(range(at + 1, plain + 1))
        at = plain
        if quoted and quoted[0][0] != MASK:
            at = quoted.end()
        elif quoted:
            text.append(MASK)
            starts.append(plain)
            ends.append(quoted.end())
            at = quoted.end()
