"""The verb group of a cue: auxiliaries and adverbs, whether it is passive or negated, whether it is a verb at all."""

from __future__ import annotations

from typing import NamedTuple

from etl.cues import Cue
from etl.quotes.grammar import load_grammar
from etl.quotes.words import Token, kind_at, low_at


class VerbGroup(NamedTuple):
    """`first` is the token with which the group begins."""

    first: int
    be: bool
    negated: bool


def find_group(tokens: list[Token], verb: int, floor: int) -> VerbGroup:
    """The group that ends with the verb at `verb`: has repeatedly said."""
    words = load_grammar()
    first, be, negated = verb, False, False
    while first > floor:
        token = tokens[first - 1]
        if token.kind != "word" or token.contracted:
            break
        low = token.low
        if low in words.auxiliaries or low in words.group:
            be = be or low in words.be
            negated = negated or low in words.negations or low in words.modals
        elif not token.adverb:
            break
        first -= 1
    return VerbGroup(first, be, negated)


def is_noun(tokens: list[Token], cue: Cue, at: int, group: VerbGroup, after: int) -> bool:
    """True where the form at `at` is a noun (the report) or an adjective (the reported loss), no verb (they report)."""
    words = load_grammar()
    low, base = tokens[at].low, cue.base
    if low == base and low_at(tokens, group.first - 1) in words.helpers:
        return True  # helps maintain peace
    if low == base and any(token.low in words.auxiliaries for token in tokens[group.first : at]):
        return False
    if low not in cue.nouns or low in words.past_verbs:
        return _is_adjective(tokens, group.first, after)
    following = low_at(tokens, after)
    if group.first == 0 or following in ("said", "says", "say"):
        return True
    if following in words.auxiliaries and not tokens[after].contracted:
        return True
    before = tokens[group.first - 1]
    if low != base and cue.noun_like and _is_plural(tokens, group.first):
        return True
    if before.low in words.pronouns or before.low in words.relatives:
        return low == base and before.low in ("he", "she", "it")
    if before.kind in (",", "quote", "-", ")"):
        return cue.noun_like and low == base
    if low == base and before.low in words.quantifiers and before.low not in ("this", "that", "no", "each", "one"):
        return after >= len(tokens) or not (opens_content(tokens[after]) or tokens[after].low == "that")
    if before.low in words.determiners or before.preposition or before.low.endswith(("'s", "s'")):
        return True
    return _is_noun_after(tokens, cue, group.first, low == base, after)


def _is_plural(tokens: list[Token], at: int) -> bool:
    """True where the words before `at` are those before a plural: the 14 states, other coastal states."""
    first = at - 1
    if tokens[first].kind == "number":
        return True
    while first > 0 and at - first < 4 and tokens[first].kind in ("name", "word"):
        if tokens[first].low in load_grammar().plural_leads:
            return True
        first -= 1
    return False


def _follows_plural(tokens: list[Token], at: int) -> bool:
    """True for a verb at `at` behind a group of persons and an adjunct: aides to Lee [say]."""
    near = tokens[max(at - 5, 0) : at]
    led = any(token.preposition or token.low == "and" for token in near)
    return led and any(token.low in load_grammar().group_nouns for token in near)


def _is_noun_after(tokens: list[Token], cue: Cue, at: int, is_base: bool, after: int) -> bool:
    """Officials claim, Reuters reports: the subject that ends before `at` fits the form."""
    before = tokens[at - 1]
    if not cue.noun_like:
        return is_base and before.kind == "name" and not before.low.endswith("s") and not _follows_plural(tokens, at)
    if is_base:
        return not (before.low.endswith("s") or before.low in load_grammar().group_nouns)
    words = load_grammar()
    if before.kind == "name" or after >= len(tokens) or tokens[after].kind == "quote":
        return False
    if before.low not in words.source_nouns:
        return True  # the international rules that
    return not opens_content(tokens[after + (kind_at(tokens, after) == "," and after + 1 < len(tokens))])


def _is_adjective(tokens: list[Token], first: int, after: int) -> bool:
    words = load_grammar()
    before = low_at(tokens, first - 1)
    if before not in words.determiners or (before in words.quantifiers and before != "no"):
        return False
    if kind_at(tokens, after) == "quote":
        return before in words.possessives or before in ("the", "a", "an")  # its promised “revenge”
    return kind_at(tokens, after) in ("word", "number") and not opens_content(tokens[after])


def opens_content(token: Token) -> bool:
    """True for a token with which the words that a cue takes may begin."""
    if token.kind in ("quote", ",", ":"):
        return True
    return token.low in load_grammar().determiners or token.pronoun
