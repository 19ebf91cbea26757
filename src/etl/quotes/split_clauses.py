"""Claims of a clause that its cue interrupts: the bridge, Lee said, will close; in May, she added, it opens again."""

from __future__ import annotations

from etl.quotes.before_cue import is_adjunct
from etl.quotes.grammar import load_grammar
from etl.quotes.phrases import may_be_subject, skip_openers
from etl.quotes.uses import Attribution
from etl.quotes.view import Claim, SentenceView, claim_clause
from etl.quotes.words import STOPS, Token, has_finite, kind_at

# An adjunct of the cue before its second comma: Lee said on Monday in Oslo, ...
_MAX_ADJUNCT = 8


def claim_round(view: SentenceView, attribution: Attribution, limit: int) -> list[Claim]:
    """The words on both sides of a cue between commas; those before it only where they are the subject of the rest."""
    tokens, lead_end = view.tokens, _find_lead_end(view.tokens, attribution)
    comma = _find_comma(tokens, attribution, limit)
    if lead_end < 1 or comma is None or "clause" not in attribution.cue.frames:
        return []
    first, last = comma + 1, _trim_right(tokens, limit)
    if last - first < 2 or tokens[first].kind == "quote" or not view.is_clause(first, last):
        return []
    lead = _find_lead_start(view, lead_end)
    rule, after = ("according-to", "according-to") if attribution.form == "phrase" else ("cue-after", "clause")
    if not view.quotes_in(first, last) and after == "clause":
        after = "bare-clause"
    rest = claim_clause(view, attribution, first, last, after)
    if opens_with_verb(tokens, first):
        nominal = tokens[lead].low in ("what", "whatever", "whoever")  # what hurt her, she said, was the price
        if lead >= lead_end or not (nominal or not view.is_clause(lead, lead_end)):
            return []
        if not may_be_subject(tokens, lead, lead_end):
            return []
        rest.continues = True
        return [claim_clause(view, attribution, lead, lead_end, rule, before=True), rest]
    led = not has_finite(tokens, lead, lead_end) or is_adjunct(tokens, lead, lead_end)
    led = led or tokens[lead].low in load_grammar().leads
    opener, words = tokens[first].low, load_grammar()
    return [rest] if led and opener not in words.joins and opener not in words.relatives else []


def _find_lead_end(tokens: list[Token], attribution: Attribution) -> int:
    """Token behind the words before the cue, at their comma; 0 where there is none."""
    edge = attribution.edge
    if attribution.form not in ("finite", "phrase") or attribution.shared:
        return 0
    if edge >= 2 and tokens[edge - 1].low == "as":
        edge -= 1
    return edge - 1 if kind_at(tokens, edge - 1) in (",", "-") else 0


def _find_comma(tokens: list[Token], attribution: Attribution, limit: int) -> int | None:
    """The comma behind the cue and its adjunct."""
    words, first = load_grammar(), attribution.after
    for at in range(first, min(limit, first + _MAX_ADJUNCT)):
        token = tokens[at]
        if token.kind in (",", "-"):
            return at
        if token.kind in STOPS or token.kind == "quote" or token.finite:
            return None
        led = token.preposition or token.low in words.days or token.low in ("last", "this", "earlier")
        if at == first and not led:
            return None
    return None


def _find_lead_start(view: SentenceView, end: int) -> int:
    tokens, first = view.tokens, end
    while first > 0 and tokens[first - 1].kind not in (";", ":", ".", "quote"):
        first -= 1
    return skip_openers(tokens, first, end)


def opens_with_verb(tokens: list[Token], first: int) -> bool:
    """True where a finite verb stands at `first`, or behind adverbs there."""
    while first < len(tokens) - 1 and tokens[first].adverb:
        first += 1
    return tokens[first].finite and not tokens[first].contracted


def _trim_right(tokens: list[Token], last: int) -> int:
    joins = load_grammar().joins
    while last > 0 and (tokens[last - 1].kind in STOPS or tokens[last - 1].low in joins):
        last -= 1
    return last
