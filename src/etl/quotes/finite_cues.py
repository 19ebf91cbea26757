"""Finite cues: with the subject before them, turned round, shared with another cue, or in a relative clause."""

from __future__ import annotations

from etl.quotes.grammar import load_grammar
from etl.quotes.phrases import Phrase
from etl.quotes.subjects import find_left_subject, find_right_subject
from etl.quotes.uses import NO_LIMIT, Attribution, CueUse
from etl.quotes.verbs import VerbGroup
from etl.quotes.words import STOPS, Token, has_finite, has_main_verb, kind_at, low_at

_RELATIVES = frozenset({"which", "whom", "what", "who", "whose"})


def read_finite(use: CueUse, group: VerbGroup) -> Attribution | None:
    """The attribution of a finite cue: inverted, shared, relative, or with its subject before the verb group."""
    tokens, words = use.tokens, load_grammar()
    while group.first > use.floor and tokens[group.first - 1].kind in ("*", "_"):  # “...” **said Ann Lee**
        group = group._replace(first=group.first - 1)
    first = group.first
    before = tokens[first - 1] if first > use.floor else None
    if before is None or before.kind == "quote":
        return _invert(use, group) if first == 0 or kind_at(tokens, first - 1) == "quote" else None
    joined = before.kind == "," and first - 2 >= use.floor and tokens[first - 2].low in ("and", "but")
    if before.low in words.coordinators or joined:
        return Attribution(use.cue, "finite", first - 1, use.after, shared=True, negated=group.negated)
    if before.low in words.relatives:
        return _read_relative(use, group)
    subject = find_left_subject(tokens, first, use.floor)
    if before.kind == "," and "bare" in use.cue.frames and has_finite(tokens, use.floor, first):
        turned = _invert(use, group)  # the road is closed, said Ann Lee
        if (
            turned is not None
            and (kind_at(tokens, turned.after) != "," or low_at(tokens, turned.after + 1) in words.relatives)
            and not has_finite(tokens, use.after, turned.after)
        ):
            return turned
    if subject is None and before.kind in (",", "-"):
        shared = Attribution(use.cue, "finite", first, use.after, shared=True, negated=group.negated)
        return _invert(use, group) or (shared if before.kind == "," else None)
    if subject is None:
        return None
    opener = low_at(tokens, subject.first - 1)
    relative, unreal = opener in _RELATIVES, opener in ("if", "unless")
    negated = group.negated or unreal
    return Attribution(use.cue, "finite", subject.first, use.after, subject, negated=negated, relative=relative)


def _invert(use: CueUse, group: VerbGroup) -> Attribution | None:
    """” said Ann Lee; the road is closed, said Lee. Verbs that name a hearer are not turned round, but for asked."""
    tokens, frames = use.tokens, use.cue.frames
    quoted = group.first == 0 or tokens[group.first - 1].kind == "quote"
    if "recipient" in frames and not (use.cue.group == "ask" and quoted):
        return None
    right = find_right_subject(tokens, use.after)
    if (
        right is None
        or _opens_clause(tokens, use.after, right)
        or not (quoted or (frames.isdisjoint({"object", "act"}) and _ends_clause(tokens, right.last)))
    ):
        return None
    return Attribution(use.cue, "inverted", group.first, right.last, right, negated=group.negated)


def _opens_clause(tokens: list[Token], first: int, right: Phrase) -> bool:
    """True where the words behind a cue have a verb of their own: said [tensions in the port were higher than ever]."""
    words, end = load_grammar(), first
    while end < len(tokens) and tokens[end].kind not in STOPS and tokens[end].kind != "quote":
        if tokens[end].low in words.boundaries or tokens[end].low == "and":
            break
        end += 1
    return end > right.last and has_main_verb(tokens, first, end)


def _ends_clause(tokens: list[Token], at: int) -> bool:
    if kind_at(tokens, at) in ("", ",", ".", ";", ":"):
        return True
    words, low = load_grammar(), tokens[at].low
    return low in words.days or (low in words.speaker_ends and low != "to")


def _read_relative(use: CueUse, group: VerbGroup) -> Attribution | None:
    """Ann Lee, who said: whom the clause is about speaks."""
    tokens, first = use.tokens, group.first
    if tokens[first - 1].low not in ("who", "which"):
        return None
    comma = kind_at(tokens, first - 2) == ","
    told = Attribution(use.cue, "relative", first - 1, use.after, negated=group.negated)
    told.limit = _find_main_verb(tokens, use.after) if comma else NO_LIMIT
    if first - 1 - comma <= use.floor:  # said Ann Lee, who added
        told.shared = True
        return told
    told.subject = find_left_subject(tokens, first - 1 - comma, use.floor)
    if told.subject is not None and not comma:
        told.subject = _find_antecedent(tokens, told.subject)
    told.shared = told.subject is None and comma and use.floor > 0  # said Ann Lee, 40, of Lima, who added
    return told if told.subject is not None or told.shared else None


def _find_antecedent(tokens: list[Token], subject: Phrase) -> Phrase:
    """Whom a clause with who and no comma is about: hope to [officials] who say; the head of the union who said."""
    nouns = load_grammar().group_nouns
    if tokens[subject.first].low in load_grammar().pronouns and subject.last - subject.first > 1:
        return Phrase(subject.last - 1, subject.last)  # I love people who say
    for at in range(subject.last - 1, subject.first, -1):
        if tokens[at - 1].preposition:
            group = tokens[subject.last - 1].low in nouns and not any(
                t.low in nouns for t in tokens[subject.first : at]
            )
            return Phrase(at, subject.last) if group else subject
    return subject


def _find_main_verb(tokens: list[Token], start: int) -> int:
    """The comma before the verb of the main clause, which ends a relative one: Lee, who said she was ill, left."""
    for at in range(start + 1, len(tokens)):
        if tokens[at - 1].kind == "," and tokens[at].finite and kind_at(tokens, at + 1) != ",":
            return at - 1
    return NO_LIMIT
