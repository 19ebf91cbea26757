"""What follows a cue: a quote, a clause with or without that, a noun phrase, an adjunct, or nothing."""

from __future__ import annotations

from typing import NamedTuple

from etl.quotes.grammar import load_grammar
from etl.quotes.uses import Attribution
from etl.quotes.view import SentenceView
from etl.quotes.words import STOPS, WORDS, Token, has_finite, has_main_verb, kind_at, low_at

_REACH = 22
# Words besides pronouns with which a clause may open.
_OPENERS = frozenset({"that", "how", "why", "whether", "if", "what"})


class Content(NamedTuple):
    """`kind` is direct, that, wh, clause, infinitive, phrase, adjunct or none; it begins with token `first`."""

    kind: str
    first: int


def read_content(view: SentenceView, attribution: Attribution, limit: int) -> Content:
    """What follows the cue of `attribution`, before token `limit`."""
    tokens, at = view.tokens, attribution.after
    if at >= limit:
        return Content("none", at)
    token = tokens[at]
    if attribution.form == "phrase":
        opens = token.kind in (",", ":") and attribution.edge <= 1
        quoted = opens and kind_at(tokens, at + 1) == "quote" and at + 1 < limit
        return Content("direct" if quoted else "clause", at + 1) if opens else Content("none", at)
    if token.kind == "quote":
        return Content("direct", at)
    if token.kind == "," and attribution.edge == 1 and tokens[0].low == "as":  # As Lee notes, ...
        return Content("clause", at + 1)
    if token.kind in (":", ",", "-"):
        found = _read_after_mark(tokens, at, limit)
        near = not attribution.cue.frames.isdisjoint({"clause", "that"}) or found.first <= at + 1
        return found if near else Content("none", at)
    if token.kind in STOPS:
        return Content("none", at)
    return _read_after_word(view, attribution, limit)


def _read_after_mark(tokens: list[Token], at: int, limit: int) -> Content:
    """After a comma or a colon: a quote at once or after an adjunct; after a colon also a clause."""
    if at + 1 < limit and tokens[at + 1].kind == "quote":
        return Content("direct", at + 1)
    if tokens[at].kind == ":":
        return Content("clause", at + 1) if has_finite(tokens, at + 1, limit) else Content("none", at)
    for later in range(at + 1, min(at + _REACH, limit)):
        marked = tokens[later - 1].kind in (",", ":")
        if tokens[later].kind == "quote":
            found = marked and not has_finite(tokens, at + 1, later)
            return Content("direct", later) if found else Content("none", at)
        if tokens[later].low == "that" and marked and not has_finite(tokens, at + 1, later):
            return Content("that", later + 1)
    return Content("none", at)


def _read_after_word(view: SentenceView, attribution: Attribution, limit: int) -> Content:
    tokens, words, at = view.tokens, load_grammar(), attribution.after
    low = tokens[at].low
    if low == "that" and _is_complementizer(tokens, at, limit):
        return Content("that", at + 1)
    asks = attribution.cue.group in ("ask", "tell")
    if low in words.wh_words and (asks or low not in words.wh_adjuncts):
        return Content("wh", at)
    if low in words.wh_adjuncts and low in words.prepositions:
        told = _find_opening(tokens, at, limit, recipient=False)  # said after the talks that
        if told is not None and told.kind == "that":
            return told
    if low in words.wh_adjuncts and (low != "as" or attribution.cue.frames.isdisjoint({"object", "act"})):
        return Content("adjunct", at)
    if low == "to":
        return _read_to(tokens, at, limit)
    recipient = "recipient" in attribution.cue.frames
    found = _find_opening(tokens, at, limit, recipient=recipient) or _find_after_day(tokens, at, limit)
    if found is not None:
        return found
    if recipient:
        return _read_recipient(tokens, at, limit)
    if (low == "as" or low in words.object_pronouns) and not attribution.cue.frames.isdisjoint({"object", "act"}):
        return Content("phrase", at)  # called him a “fool”; which she dismissed as “nonsense”
    if low in words.prepositions or low in words.days or (low in words.object_pronouns and low != "her"):
        return Content("adjunct", at)
    if low in ("reporters", "journalists"):
        return Content("adjunct", at)
    return Content("clause" if _is_told(view, attribution, at, limit) else "phrase", at)


def _is_told(view: SentenceView, attribution: Attribution, at: int, limit: int) -> bool:
    """True where a clause follows; said takes nothing else, but others take nouns too: stressed the need that."""
    if "bare" in attribution.cue.frames or view.quotes_in(at, limit):
        return has_finite(view.tokens, at, limit) or view.is_clause(at + 1, limit)
    return has_main_verb(view.tokens, at, limit, sure=_names_outlook(view.tokens, at, limit))


def _names_outlook(tokens: list[Token], at: int, limit: int) -> bool:
    """True for the need for aid, its continued support to: what is stressed there is a noun with its complements."""
    words = load_grammar()
    if tokens[at].low not in words.determiners:
        return False
    for noun in range(at + 1, min(at + 5, limit - 1)):
        if tokens[noun].low in words.outlook_nouns:
            return tokens[noun + 1].preposition or tokens[noun + 1].low in ("to", "that")
    return False


def _is_complementizer(tokens: list[Token], at: int, limit: int) -> bool:
    """True where the "that" at `at` opens a clause: no verb follows at once, unless it begins as a pronoun (he's)."""
    if at + 1 >= limit:
        return False
    following = tokens[at + 1]
    return following.kind == "quote" or following.pronoun or not following.finite


def _read_to(tokens: list[Token], at: int, limit: int) -> Content:
    """said to reporters that; promised to leave."""
    words = load_grammar()
    low = low_at(tokens, at + 1)
    if not (kind_at(tokens, at + 1) == "name" or low in words.determiners or low in words.recipients):
        return Content("infinitive", at)
    for later in range(at + 1, min(at + 12, limit)):
        if tokens[later].low == "that":
            return Content("that", later + 1)
        if tokens[later].kind == "quote" and tokens[later - 1].kind in (",", ":"):
            return Content("direct", later)
    return Content("adjunct", at)


def _find_opening(tokens: list[Token], at: int, limit: int, *, recipient: bool) -> Content | None:
    """What opens behind hearers and adjuncts: told the crowd on Monday that; said in Oslo: “...; told CNN he would."""
    words, low = load_grammar(), tokens[at].low
    led = low in words.prepositions or low in words.days or low in ("last", "this", "later", "earlier", "here")
    if not (recipient or led):
        return None
    for later in range(at, min(at + _REACH, limit)):
        token = tokens[later]
        if token.low == "about" and recipient:
            return None  # told us about the price they pay
        if token.kind == "quote":
            if recipient and any(between.low == "to" for between in tokens[at + 1 : later]):
                return None  # asked the guards to “hold on”
            return Content("direct", later) if recipient or _is_marked(tokens, at, later) else None
        if later > at and (token.pronoun or token.low in _OPENERS):
            found = _opens_at(tokens, later, limit, recipient=recipient)
            if found is not None:
                return found
        if token.kind in (";", ".", "?") or (token.finite and not _is_participle(tokens, later)):
            return None
    return None


def _is_participle(tokens: list[Token], at: int) -> bool:
    """True for a form that may belong to the noun before it: in a statement [read] to the court, a paper [issued]."""
    low = tokens[at].low
    led = at + 1 < len(tokens) and tokens[at + 1].preposition
    return low.endswith("ed") or (led and low not in load_grammar().auxiliaries)


def _is_marked(tokens: list[Token], at: int, quote: int) -> bool:
    """True where a comma or colon stands before the quote, or only adverbs of time between the cue and it."""
    words = load_grammar()
    return tokens[quote - 1].kind in (",", ":") or all(
        token.low in words.adverbs or token.low in words.days for token in tokens[at:quote]
    )


def _opens_at(tokens: list[Token], at: int, limit: int, *, recipient: bool) -> Content | None:
    words, token = load_grammar(), tokens[at]
    if token.low == "that" and tokens[at - 1].low not in ("all", "so") and _is_complementizer(tokens, at, limit):
        return Content("that", at + 1)
    if recipient and token.low in ("how", "why", "whether", "if", "what"):
        return Content("wh", at)
    if token.contracted:
        return Content("clause", at)
    if token.low in words.pronouns and at + 1 < limit:
        following = tokens[at + 1]
        if following.finite or following.adverb or following.low in words.present_verbs:
            return Content("clause", at)
    return None


def _find_after_day(tokens: list[Token], at: int, limit: int) -> Content | None:
    """said (on) Monday the road was closed."""
    words = load_grammar()
    if tokens[at].low in words.days:
        first = at + 1
    elif (tokens[at].low == "on" and low_at(tokens, at + 1) in words.days) or (
        tokens[at].low in ("last", "this", "earlier") and at + 1 < limit and tokens[at + 1].time
    ):
        first = at + 2
    else:
        return None
    if kind_at(tokens, first) == ",":
        return Content("adjunct", at)
    opens = kind_at(tokens, first) in ("name", "word") and low_at(tokens, first) not in words.prepositions
    return Content("clause", first) if first < limit and opens and has_finite(tokens, first, limit) else None


def _read_recipient(tokens: list[Token], at: int, limit: int) -> Content:
    """told him the road was closed: where the clause begins behind the hearer."""
    words, first = load_grammar(), at + 1
    if tokens[at].low not in words.recipients and tokens[at].low not in words.pronouns:
        while first < limit and tokens[first].kind in ("name", "word"):
            low = tokens[first].low
            if low in words.determiners or low in words.pronouns or low in words.prepositions or tokens[first].finite:
                break
            first += 1
    if first < limit and tokens[first].low == "to":
        return Content("infinitive", first)
    opens = first < limit and (tokens[first].kind in WORDS or tokens[first].kind == "quote")
    if not opens or tokens[first].preposition or tokens[first].finite:
        return Content("phrase", at)
    return Content("clause" if has_finite(tokens, first, limit) else "phrase", first)
