"""A reporting cue in use: how it stands in its sentence, and what is read of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from etl.cues import Cue
from etl.quotes.phrases import Phrase
from etl.quotes.words import Token

NO_LIMIT = 1 << 30


@dataclass(slots=True)
class Attribution:
    """A cue in use. Token numbers count in its sentence; `start` and `end` are the offsets of the cue.

    `form` is finite, inverted, relative (who said), participle, infinitive, noun (her claim), phrase (according to) or
    as-saying (quoted X as saying). `edge` is the first token of the attribution (its subject or its verb group),
    `after` the first token behind it. `subject` is None where the cue has none of its own: a `shared` one takes it from
    a cue or a clause nearby. `relative`: it stands in a relative clause. Its words end before token `limit`.
    """

    cue: Cue
    form: str
    edge: int
    after: int
    subject: Phrase | None = None
    shared: bool = False
    negated: bool = False
    via: Phrase | None = None
    relative: bool = False
    limit: int = NO_LIMIT
    start: int = 0
    end: int = 0


class CueUse(NamedTuple):
    """A cue where it stands: tokens [first, after), and the token before which no subject is sought."""

    tokens: list[Token]
    cue: Cue
    first: int
    after: int
    floor: int
