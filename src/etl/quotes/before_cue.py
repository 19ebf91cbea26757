"""Claims of the words before a cue: “...,” Lee said; the road is closed, Lee said."""

from __future__ import annotations

from etl.quotes.contents import read_content
from etl.quotes.grammar import load_grammar
from etl.quotes.phrases import skip_openers
from etl.quotes.uses import Attribution
from etl.quotes.view import Claim, SentenceView, claim_clause, claim_quote, is_statement
from etl.quotes.words import STOPS, Token, kind_at

# Marks that pair with nothing.
_STRAY = ("*", "_", "”", '"', "“", "'", "’", "‘")
# More words behind a cue are its object, and what stands before it is not.
_MAX_OBJECT = 3
_SENTENCE_ENDS = (":", ";", ".", "?", "!")


def claim_before(view: SentenceView, attribution: Attribution) -> list[Claim]:
    """The claim of the tokens before an attribution, if they are its words."""
    tokens, edge = view.tokens, attribution.edge
    if (
        not edge
        or attribution.form in ("participle", "infinitive", "noun", "relative")
        or (attribution.shared and tokens[edge].low in load_grammar().coordinators)
    ):
        return []
    if edge >= 2 and tokens[edge - 1].low == "as" and tokens[edge - 2].kind == ",":  # ..., as Lee notes
        edge -= 1
    while kind_at(tokens, edge - 1) in _STRAY:  # “...”,” Lee said
        edge -= 1
    comma = kind_at(tokens, edge - 1) in (",", "-")
    last = edge - comma
    if kind_at(tokens, last - 1) == "quote":
        return _claim_quote(view, attribution, last - 1)
    if not (comma or (attribution.form == "phrase" and edge)) or "clause" not in attribution.cue.frames:
        return []
    if tokens[-1].kind == ":" and attribution is view.attributions[-1]:
        return []  # Stressing the need for calm, Lee said:
    if not _has_nothing_after(view, attribution):
        return []
    first = _find_start(view, last)
    subordinate = attribution.form != "phrase" and tokens[first].low in load_grammar().subordinators
    if subordinate and not any(token.kind == "," for token in tokens[first:last]):
        return []  # when the port closed, Lee said: no words of his
    if is_adjunct(tokens, first, last):
        return []
    first = _skip_leads(tokens, first, last)
    if last - first < 2 or not view.is_clause(first, last):
        return []
    rule = "according-to" if attribution.form == "phrase" else "cue-after"
    return [claim_clause(view, attribution, first, last, rule, before=True)]


def _claim_quote(view: SentenceView, attribution: Attribution, at: int) -> list[Claim]:
    """A quote right before the attribution: direct where it stands alone, else part of a reported clause."""
    tokens, text = view.tokens, view.words_at(at)
    first = _find_quote_clause(view, attribution, at)
    direct = [claim_quote(view, attribution, at, "direct-cue-after", before=True)]
    if first == at:
        return direct
    statement = is_statement(text)
    if not statement and read_content(view, attribution, len(tokens)).kind in ("that", "clause"):
        return []  # On the show “Morning,” Lee said the road was closed.
    before = tokens[at - 1].kind
    if before in (":", "-", ".", ",") and statement and not (before == "," and text[0].islower()):
        return direct
    closed = text.rstrip("'’”\"").endswith((",", "?", "!", ".", "—", "…"))  # “... ‘not so,’” Lee said
    if not closed and kind_at(tokens, at + 1) != ",":
        return []
    if view.is_clause(first, at + 1):
        return [claim_clause(view, attribution, _skip_leads(tokens, first, at), at + 1, "cue-after", before=True)]
    return direct


def _find_quote_clause(view: SentenceView, attribution: Attribution, at: int) -> int:
    """Where the clause that ends with the quote at `at` begins: no earlier cue stands in it."""
    tokens, first = view.tokens, at
    while first > 0 and tokens[first - 1].kind not in _SENTENCE_ENDS:
        first -= 1
    for earlier in view.attributions:
        if earlier is attribution:
            break
        silent = earlier.subject is not None and not view.can_speak(earlier.subject)  # the meeting stressed “...”
        if first < earlier.after <= at and not silent:
            first = earlier.after
    while first < at and (tokens[first].kind in STOPS or tokens[first].low in ("and", "but", "that")):
        first += 1
    return first


def _has_nothing_after(view: SentenceView, attribution: Attribution) -> bool:
    """True where no words follow that the cue could take: the sentence ends, or only an adjunct comes."""
    if attribution.form == "phrase":
        return True
    kind, first = read_content(view, attribution, len(view.tokens))
    if kind == "phrase" and "recipient" not in attribution.cue.frames:
        end = next((at for at in range(first, len(view.tokens)) if view.tokens[at].kind in STOPS), len(view.tokens))
        return end - first <= _MAX_OBJECT and not view.quotes_in(first, end)
    return kind in ("none", "adjunct") or (kind == "phrase" and not view.quotes_in(first, len(view.tokens)))


def _find_start(view: SentenceView, last: int) -> int:
    """Where the clause that ends at `last` begins: after a colon, a semicolon, or a quote that ends its sentence."""
    tokens, first = view.tokens, last
    while first > 0 and tokens[first - 1].kind not in (";", ":"):
        if tokens[first - 1].kind == "quote" and view.words_at(first - 1)[-1:] in (".", "?", "!"):
            break
        first -= 1
    return first


def is_adjunct(tokens: list[Token], first: int, last: int) -> bool:
    """True for a stretch that begins with a preposition and holds no sure verb: for voters in states like Ohio."""
    led = tokens[first].preposition
    return led and not any(token.finite or token.kind in (",", "quote") for token in tokens[first:last])


def _skip_leads(tokens: list[Token], first: int, last: int) -> int:
    while first < last - 1:
        if tokens[first].kind not in STOPS and skip_openers(tokens, first, first + 1) == first:
            break
        first += 1
    return first
