"""Claims of the words after a cue."""

from __future__ import annotations

from etl.quotes.contents import read_content
from etl.quotes.grammar import load_grammar
from etl.quotes.phrases import looks_named
from etl.quotes.split_clauses import claim_round, opens_with_verb
from etl.quotes.uses import Attribution
from etl.quotes.view import Claim, SentenceView, claim_clause, claim_quote, is_statement
from etl.quotes.words import STOPS, Token, has_finite, kind_at

# Shorter phrases after "said" are objects: said a prayer.
_MIN_BARE = 4
# Words between a cue that names and the name.
_MAX_NAMED = 12
_CLAUSES = frozenset({"that", "wh", "clause"})


def claim_after(view: SentenceView, attribution: Attribution, limit: int) -> list[Claim]:
    """The claims of the tokens between a cue and `limit`."""
    kind, first = read_content(view, attribution, limit)
    if kind == "none":
        return _claim_rest(view, attribution, limit)
    if kind == "adjunct":
        return _claim_led_clause(view, attribution, first, limit) or claim_round(view, attribution, limit)
    if attribution.relative and kind in ("clause", "phrase") and not view.quotes_in(first, limit):
        return _claim_predicate(view, attribution, first, limit)
    last = _trim_right(view.tokens, first, limit)
    if first >= last:
        return []
    if kind == "phrase" and "bare" in attribution.cue.frames and last - first >= _MIN_BARE:
        return [claim_clause(view, attribution, first, last, _name_rule(view, attribution, "clause", first, last))]
    if kind == "direct":
        return _claim_quote(view, attribution, first, last)
    picky = attribution.cue.group == "show" or attribution.form == "relative"
    if picky and (attribution.subject is None or not view.can_tell(attribution.subject)):
        return []
    if _takes_clause(view.tokens, attribution, kind, first):
        if last - first == 1 and view.tokens[first].kind == "quote":
            return _claim_quote(view, attribution, first, last)
        opened = kind != "clause" or attribution.form == "phrase"
        if (opened and last - first > 2) or kind == "clause" or view.is_clause(first, last):
            return [claim_clause(view, attribution, first, last, _name_rule(view, attribution, kind, first, last))]
    return _claim_object(view, attribution, first, last)


def _claim_led_clause(view: SentenceView, attribution: Attribution, first: int, limit: int) -> list[Claim]:
    """said as the river rises, the bridge will close: a clause that begins with another one."""
    tokens, words = view.tokens, load_grammar()
    if "clause" not in attribution.cue.frames or tokens[first].low not in words.wh_adjuncts or attribution.edge > 0:
        return []
    last = _trim_right(tokens, first, limit)
    commas = (at for at in range(first + 2, last - 2) if tokens[at].kind == ",")
    comma = next(commas, None)
    if comma is None or not (looks_named(tokens, comma + 1, last) and has_finite(tokens, comma + 1, last)):
        return []
    return [claim_clause(view, attribution, first, last, _name_rule(view, attribution, "clause", first, last))]


def _claim_predicate(view: SentenceView, attribution: Attribution, first: int, limit: int) -> list[Claim]:
    """a rule which officials said will end in May: the verb whose subject is the relative pronoun, and what follows."""
    tokens = view.tokens
    if "clause" not in attribution.cue.frames or not opens_with_verb(tokens, first):
        return []
    last = next((at for at in range(first, limit) if tokens[at].kind in STOPS), limit)
    if last - first <= 2:
        return []
    return [claim_clause(view, attribution, first, last, _name_rule(view, attribution, "clause", first, last))]


def _takes_clause(tokens: list[Token], attribution: Attribution, kind: str, first: int) -> bool:
    frames = attribution.cue.frames
    if kind not in _CLAUSES or ("clause" not in frames and not ("that" in frames and kind != "clause")):
        return False
    if kind != "clause":
        return True
    opens = tokens[first].kind not in STOPS and tokens[first].low not in load_grammar().no_clause_starts
    return opens and not (attribution.form == "participle" and attribution.edge == 0)


def _name_rule(view: SentenceView, attribution: Attribution, kind: str, first: int, last: int) -> str:
    if attribution.form == "phrase":
        return "according-to"
    if attribution.form == "participle":
        return "participle"
    if view.quotes_in(first, last):
        return "clause"
    return "bare-clause" if kind == "clause" else "that-clause"


def _trim_right(tokens: list[Token], first: int, last: int) -> int:
    joins = load_grammar().joins
    while last > first and (tokens[last - 1].kind in STOPS or tokens[last - 1].low in joins):
        last -= 1
    return last


def _claim_quote(view: SentenceView, attribution: Attribution, first: int, last: int) -> list[Claim]:
    """A quote that follows the cue: direct where nothing else of the clause does, else a clause with quoted words."""
    statement = is_statement(view.words_at(first))
    if first > attribution.after + 1 and not statement and view.tokens[first - 1].low != "that":
        return []
    following = view.tokens[first + 1] if first + 1 < last else None
    alone = following is None or following.kind in STOPS or attribution.form == "as-saying"
    if alone or (statement and following is not None and _is_adjunct(following)):
        return [
            claim_quote(view, attribution, first, "direct-cue-before"),
            *_claim_more(view, attribution, first, last),
        ]
    if "object" in attribution.cue.frames and not statement:
        return _claim_object(view, attribution, first, last)
    return [claim_clause(view, attribution, first, last, "clause")]


def _claim_more(view: SentenceView, attribution: Attribution, first: int, last: int) -> list[Claim]:
    """Further quotes of the sentence, each behind a mark: said, “A.” “B.”"""
    return [
        claim_quote(view, attribution, at, "direct-split", continues=True)
        for at in range(first + 1, last)
        if view.tokens[at].kind == "quote"
        and (view.tokens[at - 1].kind in STOPS or view.tokens[at - 1].kind == "quote")
        and is_statement(view.words_at(at))
    ]


def _claim_rest(view: SentenceView, attribution: Attribution, limit: int) -> list[Claim]:
    """“A,” Lee said as she left, “B.”: the quote goes on behind words that the cue does not take."""
    tokens, edge = view.tokens, attribution.edge
    if attribution.form == "phrase" or "quote" not in (kind_at(tokens, edge - 1), kind_at(tokens, edge - 2)):
        return claim_round(view, attribution, limit)
    for at in range(attribution.after + 1, limit):
        if tokens[at].kind == "quote" and tokens[at - 1].kind in (",", ":", "-", ";", "."):
            return [claim_quote(view, attribution, at, "direct-split", continues=True)]
    return []


def _is_adjunct(token: Token) -> bool:
    words = load_grammar()
    return token.preposition or token.low in words.days or token.low in words.adjunct_starts


def _claim_object(view: SentenceView, attribution: Attribution, first: int, last: int) -> list[Claim]:
    """Quoted words inside a noun phrase or an infinitive: called it “a mess”, vowed to “go on”."""
    tokens = view.tokens
    last = _cut_at_foreign_quote(view, attribution, first, last)
    quotes = [at for at in range(first, last) if tokens[at].kind == "quote"]
    if not quotes or _crosses_clause(tokens, attribution, first, quotes[0]):
        return []
    end = quotes[-1] + 1
    closed = view.words_at(end - 1)[-1:] in (",", ".", ";", "?", "!")
    while (
        not closed
        and end < last
        and tokens[end].kind not in STOPS
        and tokens[end].low not in load_grammar().object_ends
    ):
        end += 1
    if end - first == 1:
        return [claim_quote(view, attribution, first, "direct-cue-before")]
    return [claim_clause(view, attribution, first, end, "object")]


def _cut_at_foreign_quote(view: SentenceView, attribution: Attribution, first: int, last: int) -> int:
    """A quote behind a comma or a colon is no part of a noun phrase, but for names: called Lee, 40, “a fool”."""
    tokens, names = view.tokens, "object" in attribution.cue.frames
    for at in range(first + 1, last):
        if tokens[at].kind == "quote" and not (
            names and at - first < _MAX_NAMED and not is_statement(view.words_at(at))
        ):
            listed = tokens[at - 1].kind == "," and tokens[at - 2].kind == "quote"
            if tokens[at - 1].kind in (",", ":") and not listed:
                return at - 1
    return last


def _crosses_clause(tokens: list[Token], attribution: Attribution, first: int, quote: int) -> bool:
    """True where another clause begins between the cue and the quoted words: blamed the ad, which she called “..."""
    if "clause" in attribution.cue.frames:
        return False
    comma = any(token.kind in (",", "-", ";") for token in tokens[first:quote])
    return comma and has_finite(tokens, first, quote)
