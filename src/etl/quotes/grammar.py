"""Closed word classes (data/grammar.toml) and what they tell of a token: is it a verb, does it begin as a pronoun."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache, lru_cache

from etl.cues import third_person
from etl.data import check_keys, read_toml
from etl.quotes.tokens import Token, low_at


@dataclass(frozen=True, slots=True)
class Grammar:
    """Word classes in lower case; data/grammar.toml says what each is for."""

    adjunct_starts: frozenset[str]
    adverbs: frozenset[str]
    aspect: frozenset[str]
    auxiliaries: frozenset[str]
    be: frozenset[str]
    boundaries: frozenset[str]
    coordinators: frozenset[str]
    days: frozenset[str]
    determiners: frozenset[str]
    document_nouns: frozenset[str]
    group: frozenset[str]
    group_nouns: frozenset[str]
    joins: frozenset[str]
    leads: frozenset[str]
    media_names: frozenset[str]
    media_nouns: frozenset[str]
    negations: frozenset[str]
    no_clause_starts: frozenset[str]
    no_verbs: frozenset[str]
    noun_verbs: frozenset[str]
    object_ends: frozenset[str]
    object_pronouns: frozenset[str]
    openers: frozenset[str]
    organization_nouns: frozenset[str]
    participle_bars: frozenset[str]
    participle_leads: frozenset[str]
    past_verbs: frozenset[str]
    prepositions: frozenset[str]
    present_verbs: frozenset[str]
    pronouns: frozenset[str]
    quantifiers: frozenset[str]
    quoting_verbs: frozenset[str]
    recipients: frozenset[str]
    relatives: frozenset[str]
    role_nouns: frozenset[str]
    source_ends: frozenset[str]
    speaker_ends: frozenset[str]
    starters: frozenset[str]
    time_leads: frozenset[str]
    time_nouns: frozenset[str]
    wh_adjuncts: frozenset[str]
    wh_words: frozenset[str]


@cache
def load_grammar() -> Grammar:
    """The word classes; raises DataError where a list is missing or unknown."""
    table = read_toml("grammar.toml")
    check_keys(table, "grammar.toml", tuple(field.name for field in fields(Grammar)))
    return Grammar(**{name: frozenset(words) for name, words in table.items()})


@cache
def _finite_words() -> frozenset[str]:
    words = load_grammar()
    present = {third_person(verb) for verb in words.present_verbs}
    return words.auxiliaries | words.past_verbs | (present - _noun_forms())


@cache
def _noun_forms() -> frozenset[str]:
    return frozenset(third_person(verb) for verb in load_grammar().noun_verbs)


def is_finite(token: Token) -> bool:
    """True for a word that is probably a finite verb by itself: an auxiliary, a past form, a listed present form."""
    return _is_finite_form(token.low, token.kind)


@lru_cache(maxsize=1 << 16)
def _is_finite_form(low: str, kind: str) -> bool:
    if kind != "word":
        return kind == "name" and low in load_grammar().auxiliaries
    return low in _finite_words() or (low.endswith("ed") and len(low) > 3 and low not in load_grammar().no_verbs)


def has_finite(tokens: list[Token], first: int, last: int) -> bool:
    """True where tokens[first:last] hold a finite verb, those that could be nouns (talks, need) by their neighbours."""
    span = tokens[first:last]
    if any(_is_finite_form(token.low, token.kind) for token in span):
        return True
    doubtful = _doubtful_words()
    return any(
        token.kind == "word" and token.low in doubtful and _is_present(tokens, first + at)
        for at, token in enumerate(span)
        if at
    )


@cache
def _doubtful_words() -> frozenset[str]:
    return load_grammar().present_verbs | _noun_forms()


def _is_present(tokens: list[Token], at: int) -> bool:
    """True for people need, it aims, Lee plans to: a form that could be a noun, and is none here."""
    words = load_grammar()
    token, before = tokens[at], tokens[at - 1]
    if token.low in words.present_verbs:
        plural = before.low.endswith("s") and not before.low.endswith("'s")
        plural = plural or before.low in words.group_nouns or before.low in ("we", "they", "you", "i", "who")
        return plural and before.kind in ("word", "name") and before.low not in words.determiners
    after = low_at(tokens, at + 1)
    if before.low in ("he", "she", "it", "who", "which", "this") or after in ("that", "to"):
        return True
    return before.kind == "name" and before.low not in words.determiners and after in words.determiners


def begins_as_pronoun(token: Token) -> bool:
    """True for a pronoun that is a subject, contracted or not: he, he'd."""
    return token.kind in ("word", "name") and token.low.partition("'")[0] in load_grammar().pronouns


def is_contraction(token: Token) -> bool:
    """True for he'd, they've."""
    return "'" in token.low and begins_as_pronoun(token)


def is_adverb(token: Token) -> bool:
    """True for a word that may stand between a subject and its verb: also, bluntly."""
    words = load_grammar()
    return token.kind == "word" and (
        token.low in words.adverbs or (token.low.endswith("ly") and token.low not in words.no_verbs)
    )


def is_time(token: Token) -> bool:
    """True for a day, a month or a noun of time."""
    words = load_grammar()
    return token.low in words.days or token.low in words.time_nouns
