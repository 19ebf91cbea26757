"""Cues that are no finite verbs: adding that; quoted Lee as saying; went on to say; her claim that."""

from __future__ import annotations

from etl.quotes.finite_cues import read_finite
from etl.quotes.grammar import load_grammar
from etl.quotes.phrases import Phrase, looks_named, walk_left
from etl.quotes.subjects import find_left_subject, find_main_subject
from etl.quotes.uses import Attribution, CueUse
from etl.quotes.verbs import find_group, opens_content
from etl.quotes.words import STOPS, WORDS, kind_at, low_at

# Words between a noun and what it reports.
_MAX_ADJUNCT = 5


def read_participle(use: CueUse) -> Attribution | None:
    """..., adding that: it shares the subject of what comes before."""
    tokens, words, edge = use.tokens, load_grammar(), use.first
    while edge > 0 and tokens[edge - 1].adverb:
        edge -= 1
    before = tokens[edge - 1] if edge else None
    if before is not None:
        if before.low in words.determiners or before.low.endswith(("'s", "s'")) or before.low in words.participle_bars:
            return read_possessed(use)
        if before.low == "as":
            return _read_as_saying(use, edge)
        opens = use.after < len(tokens) and (
            opens_content(tokens[use.after]) or tokens[use.after].low in words.wh_words
        )
        if before.low in words.participle_leads:
            if not opens:
                return None
            edge -= 1
        own = _find_absolute(use, edge)
        if own is not None:
            return Attribution(use.cue, "participle", own.first, use.after, own)
        if (
            before.kind in WORDS
            and before.low not in words.participle_leads
            and (use.after >= len(tokens) or not opens_content(tokens[use.after]))
        ):
            return None
    return Attribution(use.cue, "participle", edge, use.after, shared=True)


def read_possessed(use: CueUse) -> Attribution | None:
    """her warning that the port “may close”; Lee's claim that: the noun of a cue, with whose it is and quoted words."""
    tokens, at = use.tokens, use.first - 1
    if at < use.floor or tokens[use.first].low.endswith("ed"):
        return None
    that = use.after
    while (
        that < min(use.after + _MAX_ADJUNCT, len(tokens) - 1)
        and tokens[that].kind in WORDS
        and tokens[that].low != "that"
    ):
        that += 1  # her statement on Monday that
    if low_at(tokens, that) != "that" or not any(token.kind == "quote" for token in tokens[that:]):
        return None
    if that > use.after and not tokens[use.after].preposition:
        return None
    if tokens[at].low in ("his", "her", "their", "its"):
        return Attribution(use.cue, "noun", at, use.after, Phrase(at, at + 1))
    if tokens[at].low.endswith(("'s", "s'")) and tokens[at].kind == "name":
        first = walk_left(tokens, at, use.floor)
        while first < at and not looks_named(tokens, first, at + 1):
            first += 1
        return Attribution(use.cue, "noun", first, use.after, Phrase(first, at + 1))
    return None


def _find_absolute(use: CueUse, edge: int) -> Phrase | None:
    """The participle's own subject: with the union calling it; Lee left, Brandt saying that."""
    tokens, words = use.tokens, load_grammar()
    if kind_at(tokens, edge - 1) not in ("name", "word") or low_at(tokens, edge - 1) in words.participle_leads:
        return None
    first = walk_left(tokens, edge - 1, use.floor)
    while first < edge and tokens[first].preposition and tokens[first].low != "with":
        return None
    if first < edge and tokens[first].low == "with":
        first += 1
    elif kind_at(tokens, first - 1) not in (",", "-") and low_at(tokens, first - 1) not in ("and", "with"):
        return None
    named = looks_named(tokens, first, edge) or any(token.kind == "name" for token in tokens[first:edge])
    return Phrase(first, edge) if named else None


def _read_as_saying(use: CueUse, edge: int) -> Attribution | None:
    """TASS quoted the president as saying; the president was quoted by TASS as saying."""
    tokens, at = use.tokens, edge - 2
    while at >= 0 and tokens[at].low not in load_grammar().quoting_verbs:
        at -= 1
    if at < 0:
        return None
    group = find_group(tokens, at, 0)
    middle = Phrase(at + 1, edge - 1)
    if group.be:
        subject = find_left_subject(tokens, group.first, 0)
        via = Phrase(middle.first + 1, middle.last) if low_at(tokens, middle.first) == "by" else None
        first = subject.first if subject else group.first
        return Attribution(use.cue, "as-saying", first, use.after, subject, via=via)
    if middle.first >= middle.last:
        return None
    shared = tokens[at].low.endswith("ing")
    via = find_main_subject(tokens, at) if shared else find_left_subject(tokens, group.first, 0)
    first = via.first if via and not shared else group.first
    return Attribution(use.cue, "as-saying", first, use.after, middle, via=via)


def read_infinitive(use: CueUse, to: int) -> Attribution | None:
    """went on to say: a statement. used the speech to say: one only where quoted words follow at once."""
    tokens, words = use.tokens, load_grammar()
    for length in (2, 1, 3, 4):
        if to - length >= use.floor:
            written = " ".join(token.low for token in tokens[to - length : to])
            if written in words.starters:
                return read_finite(use, find_group(tokens, to - length, use.floor))
    follows = kind_at(tokens, use.after)
    if follows == "quote" or (follows in (",", ":") and kind_at(tokens, use.after + 1) == "quote"):
        return Attribution(use.cue, "participle", to, use.after, shared=True)
    quoted = any(token.kind == "quote" for token in tokens[use.after :])
    if low_at(tokens, use.after) == "that" and quoted and low_at(tokens, to - 1) not in words.refusals:
        own = _find_made_to_speak(use, to)
        return Attribution(use.cue, "infinitive", to, use.after, own, shared=own is None)
    return None


def _find_made_to_speak(use: CueUse, to: int) -> Phrase | None:
    """led [her aides] to say that: who is brought to speak."""
    tokens = use.tokens
    for at in range(to - 1, max(use.floor, to - 12), -1):
        if tokens[at].low in load_grammar().causatives:
            return Phrase(at + 1, to) if at + 1 < to else None
        if tokens[at].kind in STOPS:
            return None
    return None
