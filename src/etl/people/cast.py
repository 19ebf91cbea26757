"""The persons that a document names, the words that refer to them, and who a pronoun stands for."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from etl.document import Document
from etl.people.pronouns import choose_antecedent
from etl.spans import Person, PersonMention


@dataclass(frozen=True, slots=True)
class Cast:
    """Who a document names. `mentions` are names and role phrases by start, never overlapping, quoted words included.

    `persons` stand in the order of their first mention.
    """

    persons: tuple[Person, ...]
    mentions: tuple[PersonMention, ...]
    document: Document = field(repr=False, compare=False)
    _starts: tuple[int, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_starts", tuple(mention.start for mention in self.mentions))

    def within(self, start: int, end: int) -> tuple[PersonMention, ...]:
        """The mentions that lie wholly in [start, end), by start."""
        first, last = bisect_left(self._starts, start), bisect_right(self._starts, end)
        return tuple([mention for mention in self.mentions[first:last] if mention.end <= end])

    def before(self, start: int, end: int) -> tuple[PersonMention, ...]:
        """The mentions that begin in [start, end), by start."""
        return self.mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def resolve_pronoun(self, pronoun: str, offset: int) -> Person | None:
        """Whom the pronoun at `offset` stands for; None where nobody fits, or two do and nothing tells them apart."""
        return choose_antecedent(self, pronoun, offset)
