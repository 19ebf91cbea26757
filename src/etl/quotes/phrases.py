"""Noun phrases: where one that ends at a token begins, and what belongs to it."""

from __future__ import annotations

from typing import NamedTuple

from etl.quotes.grammar import load_grammar
from etl.quotes.words import WORDS, Token

MAX_WORDS = 24
_MAX_OWN = 2
# No noun phrase reaches over one of these.
HARD = frozenset({"quote", ":", ";"})
_INSIDE = WORDS | {"%", "$", "#", "@", "&", "/", "'", "’"}
_BREAKS = HARD | {",", "-"}
_DIVIDING = frozenset({",", "-", "(", ")"})


class Phrase(NamedTuple):
    """Tokens [first, last) of a sentence."""

    first: int
    last: int


def walk_left(tokens: list[Token], at: int, floor: int) -> int:
    """First token of the noun phrase that ends with token `at`; not before `floor`."""
    first = at
    while first > floor and at - first < MAX_WORDS:
        token = tokens[first - 1]
        if token.plain:
            first -= 1
        elif token.kind == ")":
            first = _skip_parenthesis(tokens, first - 1, floor)
        elif token.kind in _INSIDE and _belongs(tokens, first - 1, at, floor):
            first -= 1
        else:
            break
    return first


def _belongs(tokens: list[Token], at: int, end: int, floor: int) -> bool:
    """True where token `at` is part of the noun phrase that goes on to token `end`."""
    words, token = load_grammar(), tokens[at]
    if token.low in words.relatives and token.low != "that" and _holds_verb(tokens, at + 1, end + 1):
        return True  # officials who know the plan
    if token.low in words.boundaries:
        return (
            token.low in ("before", "after", "than", "as")
            and at > floor + 2
            and not _is_adverbial_of_time(tokens[at - 1])
        )
    if token.low in ("and", "or", "but", "then"):
        return _joins_nouns(tokens, at, floor)
    if not token.finite or _is_reduced(tokens, at, end) or _is_relative(tokens, at, floor):
        return True
    return at > floor and token.low.endswith("ed") and tokens[at - 1].low in ("the", "a", "an")  # the retired pilot


def _is_adverbial_of_time(before: Token) -> bool:
    """True for hours [after Lee said], shortly [before]: what follows is a clause of its own."""
    return before.time or before.adverb


def _holds_verb(tokens: list[Token], first: int, last: int) -> bool:
    present = load_grammar().present_verbs
    return any(token.finite or token.low in present for token in tokens[first:last])


def _is_relative(tokens: list[Token], at: int, floor: int) -> bool:
    """True for the verb of a relative clause: an official who [spoke] of the plan."""
    while at - 1 > floor and (tokens[at - 1].adverb or tokens[at - 1].finite):
        at -= 1
    return at - 2 > floor and tokens[at - 1].low == "who" and tokens[at - 2].kind in WORDS


def _is_reduced(tokens: list[Token], at: int, end: int) -> bool:
    """True for a participle inside a noun phrase: officials briefed on the plan, a statement made by the group."""
    words = load_grammar()
    before = tokens[at - 1] if at else None
    preceded = before is not None and before.kind in ("word", "name") and before.low not in words.pronouns
    followed = at < end and tokens[at + 1].preposition
    return preceded and followed and tokens[at].low.endswith(("ed", "held", "made"))


def _skip_parenthesis(tokens: list[Token], at: int, floor: int) -> int:
    first = at
    while first > floor and tokens[first].kind != "(":
        first -= 1
    return first


def _joins_nouns(tokens: list[Token], at: int, floor: int) -> bool:
    """True where "and" at `at` joins two noun phrases: no finite verb stands before it in its clause."""
    first = at
    while first > floor and tokens[first - 1].kind not in _BREAKS and at - first < MAX_WORDS:
        first -= 1
    if first == at or _holds_verb(tokens, first, at):
        return False
    return not tokens[first].preposition


def cut_adjunct(tokens: list[Token], first: int, last: int) -> Phrase | None:
    """The phrase without what only leads up to it (On Monday, In a statement, Later); None where nothing is left."""
    words = load_grammar()
    if tokens[last - 1].pronoun:
        return Phrase(last - 1, last)
    while last - first > 1 and (tokens[first].low in words.leads or tokens[first].low in words.adverbs):
        if tokens[first].low in ("both", "all", "one", "first", "second", "third", "long", "last", "next"):
            break
        first += 1
    while last - first > 1 and tokens[first].adverb and not tokens[first + 1].finite:
        first += 1
    if last - first > 3 and tokens[last - 1].low in ("part", "turn") and tokens[last - 3].low == "for":
        last -= 3  # Lee for his part said
    last = _trim_time(tokens, first, last)
    first = _find_contact(tokens, first, last)
    if is_quantity(tokens, first, last):
        return Phrase(first, last)
    gerund = first == 0 and tokens[first].kind == "name" and tokens[first].low.endswith("ing")
    gerund = gerund and (last - first == 1 or any(token.kind != "name" for token in tokens[first:last]))
    if gerund or tokens[first].preposition or tokens[first].low in ("last", "next"):
        first = _find_after_adjunct(tokens, first, last)
    return Phrase(first, last) if first < last and may_be_subject(tokens, first, last) else None


def _find_contact(tokens: list[Token], first: int, last: int) -> int:
    """Where a subject begins that follows the noun of its clause at once: an offer [the port] made; else `first`."""
    for at in range(last - 1, first + 1, -1):
        if tokens[at].low in ("the", "a", "an") and tokens[at - 1].kind == "word" and tokens[at - 1].plain:
            for begin in range(at - 2, max(at - 5, first - 1), -1):
                if tokens[begin].low in ("the", "a", "an"):
                    return at
                if tokens[begin].preposition or not tokens[begin].plain or tokens[begin + 1].preposition:
                    break
    return first


def is_quantity(tokens: list[Token], first: int, last: int) -> bool:
    """True for about half of voters, over 40%: a number that a preposition only blurs."""
    if last - first < 2:
        return False
    if tokens[first].low not in ("about", "around", "over", "under", "nearly", "almost"):
        return tokens[last - 1].kind == "%" and tokens[first].kind == "number"
    return tokens[first + 1].kind == "number" or tokens[first + 1].low in load_grammar().quantifiers


def _trim_time(tokens: list[Token], first: int, last: int) -> int:
    """`last` before words of time between the subject and the cue: Lee on Tuesday said."""
    end = last
    while end - first > 1 and tokens[end - 1].time and tokens[end - 1].low not in _names_of(tokens[end - 1]):
        end -= 1
    if end == last:
        return last
    while end - first > 1 and tokens[end - 1].low in load_grammar().time_leads:
        end -= 1
    return end


def _names_of(token: Token) -> tuple[str, ...]:
    """Words of time that are part of a name where they have a capital: India Today."""
    return ("today", "tonight", "week", "time", "times", "day") if token.kind == "name" else ()


def _find_after_adjunct(tokens: list[Token], first: int, last: int) -> int:
    """Where the subject begins behind a leading adjunct without a comma; `last` where it does not."""
    words = load_grammar()
    for at in range(first + 2, last):
        token, before = tokens[at], tokens[at - 1]
        if before.preposition or before.low in words.determiners:
            continue
        if token.low in words.determiners:
            return at
        if token.kind == "name" and (before.low in words.days or before.kind in ("number", "word")):
            return at
    return last


def may_be_subject(tokens: list[Token], first: int, last: int) -> bool:
    """True where tokens[first:last] hold a noun and do not begin or end in the middle of a phrase."""
    head = tokens[last - 1]
    if head.preposition or tokens[first].low in ("to", "of", "not"):
        return False
    if last - first == 1 and tokens[first].low in load_grammar().subordinators:
        return False  # When asked, Lee said
    if head.kind == "name" or head.kind == "word":
        return True
    return any(token.kind in ("name", "word") and not token.preposition for token in tokens[first:last])


def looks_named(tokens: list[Token], first: int, last: int) -> bool:
    """True for a phrase that begins with a name, a determiner or a pronoun."""
    words = load_grammar()
    if first >= last:
        return False
    return tokens[first].kind == "name" or tokens[first].low in words.determiners or tokens[first].low in words.pronouns


def split_segments(tokens: list[Token], first: int, last: int) -> list[Phrase]:
    """The stretches between the commas and dashes of tokens[first:last], parentheses left whole."""
    segments, begin, depth = [], first, 0
    for at in [at for at in range(first, last) if tokens[at].kind in _DIVIDING]:
        kind = tokens[at].kind
        depth = max(depth + (kind == "(") - (kind == ")"), 0)
        if not depth and kind in (",", "-"):
            if begin < at:
                segments.append(Phrase(begin, at))
            begin = at + 1
    if begin < last:
        segments.append(Phrase(begin, last))
    return segments


def is_apposition(tokens: list[Token], segment: Phrase) -> bool:
    """True for a segment that says who the name before it is: a lawyer; 45; one of the hosts."""
    words = load_grammar()
    token = tokens[segment.first]
    if token.preposition or token.low in words.leads or token.low in words.adverbs:
        return token.low in ("of", "one", "both")
    if tokens[segment.last - 1].time or token.low in words.relatives:
        return False
    if token.kind == "word" and token.low.endswith(("ing", "ly", "ed")):
        return False
    return token.kind in WORDS


def is_writer(tokens: list[Token], phrase: Phrase) -> bool:
    """True for the writer, or the speaker of a transcript, himself: we; I dare [say]."""
    own = tokens[phrase.first].low.partition("'")[0] in ("i", "we", "you", "me", "us")
    return own and phrase.last - phrase.first <= _MAX_OWN


def skip_openers(tokens: list[Token], first: int, last: int) -> int:
    """`first` behind words that only join a clause to what came before."""
    while first < last and tokens[first].low in load_grammar().openers:
        first += 1
    return first


def is_adverbial(tokens: list[Token], at: int) -> bool:
    """True for a segment's first word that keeps it from being a subject: when, in, speaking, reportedly."""
    words, token = load_grammar(), tokens[at]
    if token.low in words.leads or token.preposition or token.low in words.relatives:
        return True
    return token.kind == "word" and (token.adverb or token.low.endswith(("ing", "ed")))


def names_source(tokens: list[Token], first: int, last: int) -> bool:
    """True for somebody whose words these can be: a name, a role, a group, a paper; the guard, but not plan or age."""
    words = load_grammar()
    if last - first > 1 and tokens[first].low in ("the", "a", "an", *words.quantifiers):
        return True
    return any(
        (token.kind == "name" and not (at == first and token.low in words.determiners))
        or token.low in words.source_nouns
        or token.low in words.pronouns
        or token.low in words.object_pronouns
        for at, token in enumerate(tokens[first:last], first)
    )
