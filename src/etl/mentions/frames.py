"""Frames: which parties of a sentence's shape stand on which side of a trigger."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple, TypeAlias

from etl.mentions.families import Family, Triggers
from etl.mentions.party import Party
from etl.mentions.patterns import load_pattern
from etl.mentions.shapes import Shape
from etl.mentions.subjects import Subject
from etl.records import Participant

INCLUDING = re.compile(r"^[^,;]{0,40},? (?:including|such as|among them)\b")
# The adjunct of "a meeting with B is on A's agenda".
AGENDA = "on the agenda"
# The adjunct of "A said that ..., during a meeting with B".
SAID_AT = "said at"
Side: TypeAlias = tuple[Party, ...]


class Trigger(NamedTuple):
    """A trigger in a shape: its family and where it stands."""

    shape: Shape
    family: Family
    start: int
    end: int
    rules: Triggers

    @property
    def before(self) -> str:
        """The shape up to the trigger."""
        return self.shape.text[: self.start]

    @property
    def behind(self) -> str:
        """The shape from the end of the trigger."""
        return self.shape.text[self.end :]

    def read_side(self, match: re.Match[str], group: str, offset: int = 0) -> Side:
        """The parties in a group of a match that was made in the text from `offset`."""
        parties = self.shape.list_parties(offset + match.start(group), offset + match.end(group))
        # "world leaders including A and B": those named stand for the group.
        words = match[group]
        if len(parties) > 1 and parties[0].kind == "group" and INCLUDING.search(words):
            named = [party for party in parties[1:] if all(p.name for p in party.participants)]
            parties = named or parties[:1]
        return tuple(parties)

    def read_object(self, match: re.Match[str], offset: int) -> Side:
        """As `read_side` for the group b, with whoever is said to head a delegation in it."""
        side, end = self.read_side(match, "b", offset), offset + match.end("b")
        led = load_pattern("led-by").match(self.shape.text[end:])
        if led is None or all(party.kind == "person" for party in side):
            return side
        home = next((p.country for party in side for p in party.participants if party.kind == "delegation"), None)
        heads = self.read_side(led, "b", end)
        return side + tuple(party._replace(participants=_settle(party.participants, home)) for party in heads)


def _settle(participants: tuple[Participant, ...], country: str | None) -> tuple[Participant, ...]:
    """The participants, those of no country with the one of their delegation."""
    return tuple(replace(p, country=p.country or country) for p in participants)


class Frame(NamedTuple):
    """The parties on both sides of a trigger. `b` is empty where one side names all ("A and B met").

    `govern_start` and `govern_end` bound in the shape the words that say what becomes of the encounter, `a_start` is
    where the subject begins (-1 where none stands before the trigger); `adjunct` is the preposition of "in a meeting
    with", "after talks with", or empty; `separate` where each of `b` has an encounter of its own.
    """

    a: Side
    b: Side
    govern_start: int
    govern_end: int
    a_start: int = -1
    adjunct: str = ""
    separate: bool = False

    @property
    def refers_back(self) -> bool:
        """True where a party stands for others that were told before."""
        return any(party.kind in ("before", "pronoun") for party in (*self.a, *self.b))


def build_frame(subject: Subject, b: Side, govern_end: int, adjunct: str = "", *, separate: bool = False) -> Frame:
    """The frame of a subject that stands before its trigger."""
    return Frame(subject.parties, b, subject.end, govern_end, subject.start, adjunct, separate)
