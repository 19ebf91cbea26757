"""Who stands as the subject of a cue: the noun phrase before it, after it, or of the sentence."""

from __future__ import annotations

from etl.quotes.grammar import load_grammar
from etl.quotes.phrases import (
    HARD,
    MAX_WORDS,
    Phrase,
    cut_adjunct,
    is_adverbial,
    is_apposition,
    is_quantity,
    looks_named,
    may_be_subject,
    skip_openers,
    split_segments,
    walk_left,
)
from etl.quotes.words import STOPS, WORDS, Token, has_finite, kind_at

_REACH = 60


def find_left_subject(tokens: list[Token], verb: int, floor: int) -> Phrase | None:
    """The subject that ends right before the verb group at `verb`; nothing before `floor` is looked at."""
    if verb <= floor:
        return None
    before = tokens[verb - 1]
    if before.pronoun:
        return Phrase(verb - 1, verb)
    if before.kind in (",", "-"):
        return _find_with_apposition(tokens, verb, floor)
    if before.kind == ")":  # On Monday Ann Lee (Greens) said
        found = _find_with_apposition(tokens, verb, floor)
        opening = next((at for at in range(verb - 1, floor, -1) if tokens[at].kind == "("), verb)
        return (
            found
            if found is not None and found.first < opening
            else _find_with_parenthesis(tokens, verb, opening, floor)
        )
    if before.kind not in WORDS and before.kind != "%":
        return None
    return cut_adjunct(tokens, walk_left(tokens, verb - 1, floor), verb)


def _find_with_apposition(tokens: list[Token], verb: int, floor: int) -> Phrase | None:
    """The subject before a comma: Ann Lee, a lawyer, said; Lee, for her part, said."""
    last = verb - 1 if tokens[verb - 1].kind != ")" else verb
    first = last
    while first > floor and tokens[first - 1].kind not in HARD and last - first < _REACH:
        first -= 1
    segments = split_segments(tokens, first, last)
    begin = _find_last_clause(tokens, segments)
    for number, segment in enumerate(segments[begin:], begin):
        head = _find_head(tokens, segment)
        if head is None:
            continue
        end = head.last
        for apposition in segments[number + 1 :]:
            if not is_apposition(tokens, apposition):
                break
            end = apposition.last
        return Phrase(head.first, end) if end - head.first <= MAX_WORDS + 6 else head
    return None


def _find_with_parenthesis(tokens: list[Token], verb: int, opening: int, floor: int) -> Phrase | None:
    """The subject with the parenthesis that begins at `opening` and ends right before `verb`."""
    if opening == verb or tokens[opening - 1].kind not in WORDS:
        return None
    found = cut_adjunct(tokens, walk_left(tokens, opening - 1, floor), opening)
    return Phrase(found.first, verb) if found is not None else None


def _find_last_clause(tokens: list[Token], segments: list[Phrase]) -> int:
    """Number of the segment with which the last of several clauses begins: the port is open, [but Lee], a pilot."""
    for number in range(len(segments) - 1, 0, -1):
        if tokens[segments[number].first].low in ("but", "and", "while", "though", "although") and any(
            has_finite(tokens, *earlier) for earlier in segments[:number]
        ):
            return number
    return 0


def _find_head(tokens: list[Token], segment: Phrase) -> Phrase | None:
    """The noun phrase that a segment is; None for an adjunct; for a whole clause, a named phrase at its end."""
    first, last = skip_openers(tokens, *segment), segment.last
    if first >= last:
        return None
    if is_adverbial(tokens, first) or tokens[first].low in load_grammar().adverbs:
        return _find_behind_time(tokens, first, last)
    if any(token.finite for token in tokens[first:last]):
        at = walk_left(tokens, last - 1, first)
        return cut_adjunct(tokens, at, last) if looks_named(tokens, at, last) else None
    return Phrase(first, last) if may_be_subject(tokens, first, last) else None


def _find_behind_time(tokens: list[Token], first: int, last: int) -> Phrase | None:
    """On Monday [Ann Lee], a pilot, said: the noun phrase behind a time that no comma ends."""
    found = cut_adjunct(tokens, first, last)
    if found is None or found.first == 0 or not tokens[found.first - 1].time or not looks_named(tokens, *found):
        return None
    return None if any(token.finite for token in tokens[first:last]) else found


def find_right_subject(tokens: list[Token], start: int) -> Phrase | None:
    """The subject after an inverted cue: ” said Ann Lee, a lawyer. None where a clause begins there instead."""
    if start >= len(tokens) or not _may_follow_cue(tokens[start]):
        return None
    last = _find_right_end(tokens, start)
    if last is None:
        return None
    while last > start and (
        tokens[last - 1].low in load_grammar().days or tokens[last - 1].low in load_grammar().adverbs
    ):
        last -= 1
    if last <= start or not may_be_subject(tokens, start, last):
        return None
    return Phrase(start, _extend_right(tokens, last))


def _may_follow_cue(token: Token) -> bool:
    words = load_grammar()
    if token.kind not in WORDS or (token.preposition and token.low != "like"):
        return False
    if token.low in words.boundaries:
        return False
    if token.adverb or (token.low in words.adverbs and token.kind != "name") or token.low in words.days:
        return False
    return token.low not in words.recipients or token.low in words.group_nouns


def _find_right_end(tokens: list[Token], start: int) -> int | None:
    """Token after the noun phrase that begins at `start`; None where an auxiliary shows it to be a clause."""
    words = load_grammar()
    last, depth = start, 0
    while last < len(tokens) and last - start < MAX_WORDS:
        current = tokens[last]
        depth += (current.kind == "(") - (current.kind == ")")
        if depth <= 0 and (current.kind in STOPS or current.kind in ("quote", "*", "_")):
            break
        if depth <= 0 and last > start:
            listed = current.low == "and" and kind_at(tokens, last + 1) == "name"
            ends = current.low in words.boundaries or current.low in words.speaker_ends or current.low == "and"
            if ends and not listed:
                break
            if current.kind == "word" and current.low in words.auxiliaries:
                return None
        last += 1
    return last


def _extend_right(tokens: list[Token], last: int) -> int:
    """`last` moved over an apposition: said the envoy, Ann Lee."""
    words = load_grammar()
    if kind_at(tokens, last) != ",":
        return last
    end = last + 1
    while end < len(tokens) and tokens[end].kind in WORDS and end - last < 16:
        if tokens[end].finite or tokens[end].low in words.boundaries:
            break
        end += 1
    if end == last + 1 or tokens[last + 1].low in words.days:
        return last
    begins = tokens[last + 1].kind == "name" or tokens[last + 1].low in ("a", "an", "the", "who", "one")
    return end if begins and kind_at(tokens, end) in ("", ",", ".", ";", "quote") else last


def find_main_subject(tokens: list[Token], end: int) -> Phrase | None:
    """The subject of the clause before `end`, or of its sentence: the first noun phrase that is no adjunct."""
    first = max((at + 1 for at in range(end) if tokens[at].kind in HARD), default=0)
    for begin in dict.fromkeys((first, 0)):
        for segment in split_segments(tokens, begin, end):
            head = _find_main_head(tokens, segment)
            if head is not None:
                return head
    return None


def find_clause_subject(tokens: list[Token], end: int) -> Phrase | None:
    """The subject of the last clause before `end` that has a finite verb: what ", and said" goes on from."""
    words = load_grammar()
    for segment in reversed(split_segments(tokens, 0, end)):
        head = _find_main_head(tokens, segment)
        if head is None or not has_finite(tokens, head.last, segment.last):
            continue
        if looks_named(tokens, *head) or tokens[head.first].low in words.group_nouns or is_quantity(tokens, *head):
            return head
    return None


def find_following_subject(tokens: list[Token], start: int) -> tuple[Phrase, int] | None:
    """Declaring that the road was closed, Lee left: the subject of the last clause, and the comma before it."""
    for segment in reversed(split_segments(tokens, start, len(tokens))):
        head = _find_main_head(tokens, segment)
        if head is None or segment.first <= start or not has_finite(tokens, head.last, segment.last):
            continue
        if looks_named(tokens, *head):
            return head, segment.first - 1
    return None


def _find_main_head(tokens: list[Token], segment: Phrase) -> Phrase | None:
    """The noun phrase with which a segment begins, up to its verb; None for an adjunct or a stretch of time."""
    first, last = skip_openers(tokens, *segment), segment.last
    counted = is_quantity(tokens, first, last)
    if first < last and tokens[first].preposition and not counted:
        return _find_behind_adjunct(tokens, first, last)
    if first >= last or tokens[first].kind in HARD or (is_adverbial(tokens, first) and not counted):
        return None
    if _is_stretch_of_time(tokens, first, last):
        return None
    stop = first + 1
    while stop < last and not _ends_head(tokens, first, stop):
        stop += 1
    return Phrase(first, stop) if may_be_subject(tokens, first, stop) else None


def _find_behind_adjunct(tokens: list[Token], first: int, last: int) -> Phrase | None:
    """On Monday Lee left: the subject right before the first verb of a segment that begins with an adjunct."""
    verb = next((at for at in range(first + 1, last) if tokens[at].finite), None)
    found = cut_adjunct(tokens, first, verb) if verb is not None else None
    return found if found is not None and found.first > first and looks_named(tokens, *found) else None


def _ends_head(tokens: list[Token], first: int, at: int) -> bool:
    words, token = load_grammar(), tokens[at]
    if token.kind in HARD or token.finite or token.low in words.boundaries:
        return True
    if token.adverb and tokens[at - 1].low not in words.determiners:
        return True
    return tokens[first].low in words.pronouns


def _is_stretch_of_time(tokens: list[Token], first: int, last: int) -> bool:
    """True for "A month later": no verb, and a word of time at the end."""
    ends = tokens[last - 1].time or tokens[last - 1].low in ("later", "earlier", "ago")
    return ends and not any(token.finite for token in tokens[first:last])
