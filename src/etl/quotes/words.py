"""Words as the layer looks at them: their classes are read off once, and each place shares the token of its word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from etl.cues import third_person
from etl.quotes.grammar import load_grammar
from etl.sentences import load_abbreviations

STOPS = frozenset({",", ".", ";", ":", "-", "?", "!", "…"})
WORDS = frozenset({"name", "word", "number"})
# With a capital these are a month and a man.
_NAMES = ("may", "will")
_DASHES = frozenset("-–—")
_ACRONYM = re.compile(r"(?:[A-Za-z]\.)+")


@dataclass(frozen=True, slots=True, eq=False)
class Token:
    """A word, a quoted stretch with its marks, or a mark of punctuation. `low` is in lower case, apostrophes plain.

    `kind` is name (a capitalised word), word, number, quote, or the punctuation itself ("-" for any dash).
    finite: probably a finite verb by itself (an auxiliary, a past form, a listed present form). doubtful: a verb or a
    plural noun. adverb: may stand between a subject and its verb. time: a day, a month or a noun of time.
    pronoun: a pronoun that is a subject, contracted or not. contracted: he'd. medium: a noun or a name of one.
    subordinates: opens a clause inside another. begins: a noun phrase or a clause begins with it.
    plain: part of the noun phrase that it stands in, whatever is around it: no verb, no conjunction.
    """

    low: str
    kind: str
    finite: bool = False
    doubtful: bool = False
    adverb: bool = False
    time: bool = False
    pronoun: bool = False
    contracted: bool = False
    preposition: bool = False
    medium: bool = False
    subordinates: bool = False
    begins: bool = False
    plain: bool = False


QUOTE = Token("", "quote")
# Stands for a quoted stretch while the words around it are read.
HOLE = "\ue001"


@lru_cache(maxsize=1 << 16)
def read_word(written: str) -> Token:
    """The token of one word or mark as written; QUOTE for HOLE."""
    if written == HOLE:
        return QUOTE
    char = written[0]
    if char.isalpha():
        kept = written[-1] != "." or keeps_stop(written)
        low = (written if kept else written[:-1]).lower().replace("’", "'")
        return _classify(low, "name" if char.isupper() else "word")
    if char.isdigit():
        return _classify(written, "number")
    return _classify(char, "-" if char in _DASHES else char)


def _classify(low: str, kind: str) -> Token:
    words, is_word, base = load_grammar(), kind == "word", low.partition("'")[0]
    pronoun = kind in ("word", "name") and base in words.pronouns
    ended = low.endswith("ed") and len(low) > 3 and low not in words.no_verbs
    finite = is_word and (low in _finite_words() or ended)
    finite = finite or (kind == "name" and low in words.auxiliaries and low not in _NAMES)
    links = low in words.relatives or low in words.boundaries or low in ("and", "or", "but", "then")
    return Token(
        low,
        kind,
        finite=finite,
        doubtful=is_word and low in _doubtful_words(),
        adverb=is_word and (low in words.adverbs or (low.endswith("ly") and low not in words.no_verbs)),
        time=low in words.days or low in words.time_nouns,
        pronoun=pronoun,
        contracted=pronoun and "'" in low,
        preposition=low in words.prepositions,
        medium=low in words.media_nouns or low in words.media_names,
        subordinates=low in words.relatives or low in words.wh_words or low in ("as", "because", "than"),
        begins=pronoun or low in words.articles,
        plain=kind in WORDS and not finite and not links,
    )


def keeps_stop(written: str) -> bool:
    """True for a word with a full stop that is part of it: an acronym, a title, an abbreviation, a number."""
    words = load_abbreviations()
    if not written[0].isalpha():
        return True
    return _ACRONYM.fullmatch(written) is not None or written[:-1] in words.titles or written[:-1] in words.general


@cache
def _finite_words() -> frozenset[str]:
    words = load_grammar()
    present = {third_person(verb) for verb in words.present_verbs}
    return words.auxiliaries | words.past_verbs | (present - _noun_forms())


@cache
def _noun_forms() -> frozenset[str]:
    return frozenset(third_person(verb) for verb in load_grammar().noun_verbs)


@cache
def _doubtful_words() -> frozenset[str]:
    return load_grammar().present_verbs | _noun_forms()


def has_finite(tokens: list[Token], first: int, last: int) -> bool:
    """True where tokens[first:last] hold a finite verb, those that could be nouns (talks, need) by their neighbours."""
    doubtful = False
    for token in tokens[first:last]:
        if token.finite:
            return True
        doubtful = doubtful or token.doubtful
    if not doubtful:
        return False
    return any(tokens[at].doubtful and _is_present(tokens, at) for at in range(first + 1, min(last, len(tokens))))


def has_main_verb(tokens: list[Token], first: int, last: int, *, sure: bool = False) -> bool:
    """True where tokens[first:last] are a clause: a finite verb beside those of the relative clauses of its nouns.

    No clause: the ties that link them; a plan announced by the firm; the price they pay; their shared goals.
    `sure`: only an auxiliary counts as such a verb.
    """
    subordinate, verb = 0, -1
    for at in range(first, min(last, len(tokens))):
        token = tokens[at]
        if (token.subordinates or token.begins) and at > first and _opens_subordinate(tokens, at):
            subordinate += 1
        elif token.finite or (token.doubtful and at > first and _is_present(tokens, at)):
            if _goes_on(tokens, verb, at) or (token.finite and _is_participle(tokens, at, first)):
                continue
            if verb < 0 and tokens[at - 1].low in ("and", "but") and at > first:
                return False  # stressed the need for calm and left: a verb of the clause around
            if not subordinate and not (sure and token.low not in load_grammar().auxiliaries):
                return True
            if not subordinate:
                continue
            subordinate, verb = subordinate - 1, at
    return False


def _goes_on(tokens: list[Token], verb: int, at: int) -> bool:
    """True for a form of the verb group that began at `verb`: were [strengthened], has not been [planned]."""
    if verb < 0 or tokens[verb].low not in load_grammar().auxiliaries:
        return False
    return all(token.adverb or token.low in load_grammar().group for token in tokens[verb + 1 : at])


def _opens_subordinate(tokens: list[Token], at: int) -> bool:
    """True for that, which, when; and for the price [they] pay, where a noun and a subject meet."""
    words, before = load_grammar(), tokens[at - 1]
    if tokens[at].subordinates:
        return True
    if before.kind not in ("name", "word") or before.time:
        return False
    opener = before.low in words.prepositions or before.low in words.boundaries or before.low in words.openers
    return not (opener or before.finite or before.doubtful or before.adverb or before.low in words.determiners)


def _is_participle(tokens: list[Token], at: int, first: int) -> bool:
    """True for a form that describes a noun: our shared goals, a deal, signed in May, a law passed by the house."""
    words, token = load_grammar(), tokens[at]
    if token.low in words.auxiliaries:
        return False
    before = tokens[at - 1] if at > first else None
    if before is None or before.kind == "," or before.low.endswith(("'s", "s'")):
        return True
    if (before.low in words.determiners or before.low in words.possessives) and before.low not in words.relatives:
        return True
    if before.low in words.prepositions or before.low in ("and", "or"):
        return True
    return low_at(tokens, at + 1) == "by"


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


def kind_at(tokens: list[Token], at: int) -> str:
    """The kind of token `at`; "" where there is none."""
    return tokens[at].kind if 0 <= at < len(tokens) else ""


def low_at(tokens: list[Token], at: int) -> str:
    """Token `at` in lower case; "" where there is none."""
    return tokens[at].low if 0 <= at < len(tokens) else ""
