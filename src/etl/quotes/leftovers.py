"""Quotes that no cue of their sentence takes: alone, after a colon, before a name, or with a verb that no list has."""

from __future__ import annotations

import re

from etl.document import Document
from etl.quotes.grammar import load_grammar
from etl.quotes.labels import find_label
from etl.quotes.phrases import Phrase, is_writer
from etl.quotes.subjects import find_clause_subject, find_main_subject, find_right_subject
from etl.quotes.tokens import read_tokens
from etl.quotes.view import SentenceView, holds_verb, is_statement
from etl.quotes.words import WORDS, Token, kind_at, low_at
from etl.spans import Span

_SIGNATURE = re.compile(r"([-–—―]+)?\s*((?:[A-Z][\w.’'-]*,?\s){1,4}[A-Z][\w.’'-]*(?:,[^.?!:;]{0,80})?)\.?")
_SHORT_SIGNATURE = re.compile(r"([-–—―]+)\s*([A-Z][\w’'-]+)\.?")
_MAX_SIGNATURE = 14
_MAX_LABEL = 9
# Names of shows and slogans are shorter.
_MIN_BLANKS = 5
# Terms, names and titles of works are shorter.
_MIN_WORDING = 4
# Without a verb of the lists.
_MIN_VERBLESS = 8
# In a sentence that tells what somebody said.
_MIN_TOLD = 2
_NOBODY = ("it", "there", "this", "that")
_WORD = re.compile(r"\w+(?:[’'-]\w+)*")


def stands_alone(tokens: list[Token]) -> bool:
    """True where a sentence holds quotes and punctuation only."""
    return all(token.kind == "quote" or not token.low[:1].isalnum() for token in tokens)


def goes_on_alone(tokens: list[Token]) -> bool:
    """True where only a subordinate clause follows the quote that opens a sentence: “...,” even as the port closed."""
    if len(tokens) < 2 or tokens[0].kind != "quote":
        return False
    words, first = load_grammar(), 1 + (tokens[1].low in ("even", "just", "all"))
    return first < len(tokens) and (tokens[first].low in words.subordinators or tokens[first].low in ("which", "whose"))


def is_long_enough(text: str) -> bool:
    """True for quoted words that may be a whole sentence of their own."""
    return is_statement(text) or text[-1:] in (".", "?", "!", ",", "…")


def find_introducer(view: SentenceView, at: int) -> Phrase | None:
    """Who a colon before the quote at `at` introduces: a name right before it, else the subject of the sentence."""
    tokens, colon = view.tokens, at - 1
    found = find_label(tokens, colon) or find_clause_subject(tokens, colon) or find_main_subject(tokens, colon)
    if found is not None and view.can_tell(found):
        return found
    first = colon
    while first > 0 and tokens[first - 1].kind == "name":
        first -= 1
    return Phrase(first, colon) if colon - first > 1 else found  # the rise surprises Ann Lee: “...”


def find_opening_label(tokens: list[Token]) -> Phrase | None:
    """The name with which a sentence opens, where a colon and more follow it: Ann Lee: The bridge is closed."""
    colon = next((at for at, token in enumerate(tokens[:_MAX_LABEL]) if token.kind == ":"), None)
    label = find_label(tokens, colon) if colon else None
    return label if label and label.first == 0 and label.last < len(tokens) - 2 else None


def find_unlisted_subject(view: SentenceView, at: int) -> Phrase | None:
    """Who says the quote at `at` by a verb that is no cue of the list: “We lost,” Lee deadpanned; Lee cracked, “..."""
    found = _find_subject_beside(view, at)
    return None if found is not None and view.tokens[found.first].low in _NOBODY else found


def _find_subject_beside(view: SentenceView, at: int) -> Phrase | None:
    tokens = view.tokens
    if at:
        if low_at(tokens, at - 2) in ("asked", "told") and low_at(tokens, at - 3) in load_grammar().be:
            return None  # Lee was asked, “...”
        return find_clause_subject(tokens, at - 1) or find_main_subject(tokens, at - 1)
    rest = tokens[1:]
    inverted = bool(rest) and (rest[0].finite or _is_turned(rest))
    found = find_right_subject(rest, 1) if inverted else find_main_subject(rest, len(rest))
    return Phrase(found.first + 1, found.last + 1) if found else None


def _is_turned(tokens: list[Token]) -> bool:
    """True for “...,” reads the letter: a verb in the present before its subject."""
    verb = tokens[0].kind == "word" and tokens[0].low.endswith("s") and not tokens[0].preposition
    return verb and len(tokens) > 1 and (tokens[1].kind == "name" or tokens[1].low in load_grammar().articles)


def find_user(view: SentenceView, at: int) -> Phrase | None:
    """Who uses the quoted words at `at` inside a clause of his, where they are no name and no term."""
    if not at or not _is_wording(view.words_at(at), _MIN_TOLD if view.attributions else _MIN_WORDING):
        return None
    if view.attributions:
        tellers = [told.subject for told in view.attributions if told.edge < at and not told.negated]
        user = tellers[-1] if tellers else None
    else:
        user = find_clause_subject(view.tokens, at)
    if user is None or view.tokens[user.first].low.partition("'")[0] in _NOBODY or is_writer(view.tokens, user):
        return None
    return user if view.can_speak(user) else None


def is_told_of(tokens: list[Token], at: int) -> bool:
    """True where the quote at `at` only says what its subject is, or is called: Lee was “...”; pitched as “...”."""
    before = tokens[at - 1].low
    return before in load_grammar().be or (before == "as" and tokens[at - 2].finite)


def is_continuation(view: SentenceView, at: int) -> bool:
    """True for a quote of a sentence without a cue that goes on with what was said: Now “it is up to the crews.”"""
    text = view.words_at(at)
    least = _MIN_WORDING if holds_verb(text) else _MIN_VERBLESS
    return not view.attributions and text.count(" ") + 1 >= least


def find_carrier(tokens: list[Token], floor: int, at: int) -> int:
    """Where the phrase that carries the quote at `at` begins, behind its verb: took [a plan to “share the port”]."""
    first = at
    while first > floor and tokens[first - 1].kind in WORDS and not tokens[first - 1].finite:
        first -= 1
    return first


def _is_wording(text: str, least: int) -> bool:
    words = _WORD.findall(text)
    long = [word for word in words if len(word) > 3 and word not in load_grammar().prepositions]
    if len(words) < _MIN_WORDING:
        return len(words) >= least and text.islower()
    return not all(word[0].isupper() for word in long)


def may_have_unlisted_cue(view: SentenceView, at: int) -> bool:
    """True where a quote opens its sentence before other words, or follows a comma with a capital."""
    tokens, text = view.tokens, view.words_at(at)
    if at:  # a noun before the comma is what the quoted words name: her nickname, “Gert.”
        led = at > 1 and (tokens[at - 2].finite or tokens[at - 2].adverb or text.count(" ") >= _MIN_BLANKS)
        return led and kind_at(tokens, at - 1) == "," and text[0].isupper()
    if len(tokens) < 2 or tokens[1].low in load_grammar().wh_words or tokens[1].low in ("a", "an", "whose"):
        return False
    return text[-1:] in (",", "?", "!", ".", "—")


def find_signature(document: Document, number: int) -> Span | None:
    """The name in the line below a quote, where sentence `number` is one: — Ann Lee, Lisbon."""
    if number >= len(document.sentences):
        return None
    line = document.sentences[number]
    match = _SIGNATURE.fullmatch(document.masked, line.start, line.end)
    match = match or _SHORT_SIGNATURE.fullmatch(document.masked, line.start, line.end)
    if match is None or (not match.group(1) and document.sentences[number - 1].paragraph == line.paragraph):
        return None
    span = Span(*match.span(2))
    tokens = read_tokens(document, *span).tokens
    return None if len(tokens) > _MAX_SIGNATURE or any(token.finite for token in tokens) else span
