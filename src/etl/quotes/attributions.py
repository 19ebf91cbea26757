"""Where a sentence attributes words: each reporting cue in use, with its subject."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from etl.cues import Cue, Cues
from etl.quotes.grammar import load_grammar
from etl.quotes.phrases import Phrase, looks_named, names_source, walk_left
from etl.quotes.subjects import find_left_subject, find_main_subject, find_right_subject
from etl.quotes.tokens import Reading
from etl.quotes.verbs import VerbGroup, find_group, is_noun, opens_content
from etl.quotes.words import STOPS, WORDS, Token, has_finite, kind_at, low_at
from etl.spans import Hit

_MAX_SOURCE = 40
NO_LIMIT = 1 << 30


@dataclass(slots=True)
class Attribution:
    """A cue in use. Token numbers count in its sentence; `start` and `end` are the offsets of the cue.

    `form` is finite, inverted, relative (who said), participle, infinitive, noun (her claim), phrase (according to) or
    as-saying (quoted X as saying). `edge` is the first token of the attribution (its subject or its verb group),
    `after` the first token behind it. `subject` is None where the cue has none of its own: a `shared` one takes it from
    a cue or a clause nearby. `relative`: it stands in a relative clause. Its words end before token `limit`.
    """

    cue: Cue
    form: str
    edge: int
    after: int
    subject: Phrase | None = None
    shared: bool = False
    negated: bool = False
    via: Phrase | None = None
    relative: bool = False
    limit: int = NO_LIMIT
    start: int = 0
    end: int = 0


class _Use(NamedTuple):
    """A cue where it stands: tokens [first, after), and the token before which no subject is sought."""

    tokens: list[Token]
    cue: Cue
    first: int
    after: int
    floor: int


def may_report(body: str, hit: Hit, cues: Cues) -> bool:
    """False where the word before a form shows it to be a noun or a name: the report, the United States.

    It spares the reading of whole sentences; what it lets through is looked at more closely.
    """
    start, cue = hit.start, cues.by_lemma[hit.value]
    if body[start - 1 : start] != " " or not body[start - 2 : start - 1].isalnum() or "phrase" in cue.frames:
        return True
    if body[start].isupper():
        return cue.lemma == "tweet"
    if hit.end - start > len(cue.lemma) + 2 or body[start : hit.end] not in _list_noun_forms(cue.lemma):
        return True
    return body[max(start - 20, 0) : start - 1].rpartition(" ")[2].lower() not in _list_noun_leads()


@cache
def _list_noun_leads() -> frozenset[str]:
    words = load_grammar()
    leads = words.determiners | words.prepositions
    others = words.pronouns | words.relatives | words.quantifiers | words.auxiliaries | words.group | words.adverbs
    return leads - others - words.aspect - {"to"}


@cache
def _list_noun_forms(lemma: str) -> frozenset[str]:
    base = lemma.split()[0]
    return frozenset({base, f"{base}s", f"{base}es"}) - load_grammar().past_verbs


def find_attributions(reading: Reading, hits: Sequence[Hit], cues: Cues) -> list[Attribution]:
    """The cues of one sentence that are used as such, in the order of the text."""
    found: list[Attribution] = []
    tokens, starts, ends, _ = reading
    for hit in hits:
        first = bisect_left(starts, hit.start)
        after = bisect_left(starts, hit.end, lo=first)
        if first >= len(tokens) or starts[first] != hit.start or ends[after - 1] != hit.end:
            continue
        if found and first < found[-1].after:
            continue
        floor = found[-1].after if found and found[-1].form != "as-saying" else 0
        attribution = _read_cue(_Use(tokens, cues.by_lemma[hit.value], first, after, floor))
        if attribution is None or not _is_near_quote(tokens, attribution):
            continue
        attribution.start, attribution.end = hit.start, hit.end
        if attribution.form == "as-saying":  # the verb of quoting is part of it
            found = [earlier for earlier in found if earlier.after <= attribution.edge]
        found.append(attribution)
    return found


def _is_near_quote(tokens: list[Token], attribution: Attribution) -> bool:
    """True unless the cue takes quotes only and none stands next to it."""
    if attribution.cue.frames != {"quote"}:
        return True
    near = (attribution.edge - 1, attribution.edge - 2, attribution.after, attribution.after + 1)
    if any(kind_at(tokens, at) == "quote" for at in near):
        return True
    return attribution.after < len(tokens) and tokens[-1].kind in (":", "quote")


def _read_cue(use: _Use) -> Attribution | None:
    tokens, cue, words = use.tokens, use.cue, load_grammar()
    if "phrase" in cue.frames:
        return _read_phrase(use)
    group = find_group(tokens, use.first, use.floor)
    before = tokens[group.first - 1] if group.first > 0 else None
    if tokens[use.first].kind == "name" and before is not None and before.kind != "quote" and cue.lemma != "tweet":
        return None
    if "passive" in cue.frames:
        return _find_subject(use, group)
    if tokens[use.first].low.endswith("ing"):
        if before is not None and before.low in words.aspect:  # kept saying
            return _find_subject(use, find_group(tokens, group.first - 1, use.floor))
        return _find_subject(use, group) if group.be else _read_participle(use)
    if before is not None and before.low == "to":
        return _read_infinitive(use, group.first - 1)
    if group.be or is_noun(tokens, cue, use.first, group, use.after):
        return _read_possessed(use)
    if low_at(tokens, use.after) == "by" and low_at(tokens, use.after + 1) not in words.means:
        return None
    return _find_subject(use, group)


def _read_phrase(use: _Use) -> Attribution | None:
    """according to: the speaker is what follows, up to a comma or the end."""
    tokens, words, last, depth = use.tokens, load_grammar(), use.after, 0
    while last < len(tokens) and last - use.after < _MAX_SOURCE:
        token = tokens[last]
        depth += (token.kind == "(") - (token.kind == ")")
        if depth <= 0 and (token.kind in STOPS or token.kind == "quote"):
            break
        clause = token.low == "and" and has_finite(tokens, last + 1, min(last + 8, len(tokens)))
        if depth <= 0 and last > use.after and (clause or token.low in words.source_ends):
            break
        last += 1
    if last == use.after or low_at(tokens, use.after) in words.wh_words or not names_source(tokens, use.after, last):
        return None
    return Attribution(use.cue, "phrase", use.first, last, Phrase(use.after, last))


def _read_participle(use: _Use) -> Attribution | None:
    """..., adding that: it shares the subject of what comes before."""
    tokens, words, edge = use.tokens, load_grammar(), use.first
    while edge > 0 and tokens[edge - 1].adverb:
        edge -= 1
    before = tokens[edge - 1] if edge else None
    if before is not None:
        if before.low in words.determiners or before.low.endswith(("'s", "s'")) or before.low in words.participle_bars:
            return _read_possessed(use)
        if before.low == "as":
            return _read_as_saying(use, edge)
        opens = use.after < len(tokens) and (
            opens_content(tokens[use.after]) or tokens[use.after].low in words.wh_words
        )
        if before.low in words.participle_leads:
            if not opens:
                return None
            edge -= 1
        own = _find_absolute(use, edge)
        if own is not None:
            return Attribution(use.cue, "participle", own.first, use.after, own)
        if (
            before.kind in WORDS
            and before.low not in words.participle_leads
            and (use.after >= len(tokens) or not opens_content(tokens[use.after]))
        ):
            return None
    return Attribution(use.cue, "participle", edge, use.after, shared=True)


def _read_possessed(use: _Use) -> Attribution | None:
    """her warning that the port “may close”; Lee's claim that: the noun of a cue, with whose it is and quoted words."""
    tokens, at = use.tokens, use.first - 1
    if at < use.floor or tokens[use.first].low.endswith("ed"):
        return None
    if low_at(tokens, use.after) != "that" or not any(token.kind == "quote" for token in tokens[use.after :]):
        return None
    if tokens[at].low in ("his", "her", "their"):
        return Attribution(use.cue, "noun", at, use.after, Phrase(at, at + 1))
    if tokens[at].low.endswith(("'s", "s'")) and tokens[at].kind == "name":
        first = walk_left(tokens, at, use.floor)
        while first < at and not looks_named(tokens, first, at + 1):
            first += 1
        return Attribution(use.cue, "noun", first, use.after, Phrase(first, at + 1))
    return None


def _find_absolute(use: _Use, edge: int) -> Phrase | None:
    """The participle's own subject: with the union calling it; Lee left, Brandt saying that."""
    tokens, words = use.tokens, load_grammar()
    if kind_at(tokens, edge - 1) not in ("name", "word") or low_at(tokens, edge - 1) in words.participle_leads:
        return None
    first = walk_left(tokens, edge - 1, use.floor)
    while first < edge and tokens[first].low in words.prepositions and tokens[first].low != "with":
        return None
    if first < edge and tokens[first].low == "with":
        first += 1
    elif kind_at(tokens, first - 1) not in (",", "-") and low_at(tokens, first - 1) not in ("and", "with"):
        return None
    return Phrase(first, edge) if looks_named(tokens, first, edge) else None


def _read_as_saying(use: _Use, edge: int) -> Attribution | None:
    """TASS quoted the president as saying; the president was quoted by TASS as saying."""
    tokens, at = use.tokens, edge - 2
    while at >= 0 and tokens[at].low not in load_grammar().quoting_verbs:
        at -= 1
    if at < 0:
        return None
    group = find_group(tokens, at, 0)
    middle = Phrase(at + 1, edge - 1)
    if group.be:
        subject = find_left_subject(tokens, group.first, 0)
        via = Phrase(middle.first + 1, middle.last) if low_at(tokens, middle.first) == "by" else None
        first = subject.first if subject else group.first
        return Attribution(use.cue, "as-saying", first, use.after, subject, via=via)
    if middle.first >= middle.last:
        return None
    shared = tokens[at].low.endswith("ing")
    via = find_main_subject(tokens, at) if shared else find_left_subject(tokens, group.first, 0)
    first = via.first if via and not shared else group.first
    return Attribution(use.cue, "as-saying", first, use.after, middle, via=via)


def _read_infinitive(use: _Use, to: int) -> Attribution | None:
    """went on to say: a statement. used the speech to say: one only where quoted words follow at once."""
    tokens, words = use.tokens, load_grammar()
    for length in (2, 1, 3, 4):
        if to - length >= use.floor:
            written = " ".join(token.low for token in tokens[to - length : to])
            if written in words.starters:
                return _find_subject(use, find_group(tokens, to - length, use.floor))
    follows = kind_at(tokens, use.after)
    if follows == "quote" or (follows in (",", ":") and kind_at(tokens, use.after + 1) == "quote"):
        return Attribution(use.cue, "participle", to, use.after, shared=True)
    quoted = any(token.kind == "quote" for token in tokens[use.after :])
    if low_at(tokens, use.after) == "that" and quoted and low_at(tokens, to - 1) not in words.refusals:
        own = _find_made_to_speak(use, to)
        return Attribution(use.cue, "infinitive", to, use.after, own, shared=own is None)
    return None


def _find_made_to_speak(use: _Use, to: int) -> Phrase | None:
    """led [her aides] to say that: who is brought to speak."""
    tokens = use.tokens
    for at in range(to - 1, max(use.floor, to - 12), -1):
        if tokens[at].low in load_grammar().causatives:
            return Phrase(at + 1, to) if at + 1 < to else None
        if tokens[at].kind in STOPS:
            return None
    return None


def _find_subject(use: _Use, group: VerbGroup) -> Attribution | None:
    """The attribution of a finite cue: inverted, shared, relative, or with its subject before the verb group."""
    tokens, words = use.tokens, load_grammar()
    while group.first > use.floor and tokens[group.first - 1].kind in ("*", "_"):  # “...” **said Ann Lee**
        group = group._replace(first=group.first - 1)
    first = group.first
    before = tokens[first - 1] if first > use.floor else None
    if before is None or before.kind == "quote":
        return _invert(use, group) if first == 0 or kind_at(tokens, first - 1) == "quote" else None
    joined = before.kind == "," and first - 2 >= use.floor and tokens[first - 2].low in ("and", "but")
    if before.low in words.coordinators or joined:
        return Attribution(use.cue, "finite", first - 1, use.after, shared=True, negated=group.negated)
    if before.low in words.relatives:
        return _read_relative(use, group)
    subject = find_left_subject(tokens, first, use.floor)
    if before.kind == "," and "bare" in use.cue.frames and has_finite(tokens, use.floor, first):
        turned = _invert(use, group)  # the road is closed, said Ann Lee
        if (
            turned is not None
            and kind_at(tokens, turned.after) != ","
            and not has_finite(tokens, use.after, turned.after)
        ):
            return turned
    if subject is None and before.kind in (",", "-"):
        shared = Attribution(use.cue, "finite", first, use.after, shared=True, negated=group.negated)
        return _invert(use, group) or (shared if before.kind == "," else None)
    if subject is None:
        return None
    relative = low_at(tokens, subject.first - 1) in ("which", "whom", "what", "who", "whose")
    return Attribution(use.cue, "finite", subject.first, use.after, subject, negated=group.negated, relative=relative)


def _invert(use: _Use, group: VerbGroup) -> Attribution | None:
    """” said Ann Lee; the road is closed, said Lee. Verbs that name a hearer are not turned round, but for asked."""
    tokens, frames = use.tokens, use.cue.frames
    quoted = group.first == 0 or tokens[group.first - 1].kind == "quote"
    if "recipient" in frames and not (use.cue.group == "ask" and quoted):
        return None
    right = find_right_subject(tokens, use.after)
    if right is None or not (quoted or (frames.isdisjoint({"object", "act"}) and _ends_clause(tokens, right.last))):
        return None
    return Attribution(use.cue, "inverted", group.first, right.last, right, negated=group.negated)


def _ends_clause(tokens: list[Token], at: int) -> bool:
    if kind_at(tokens, at) in ("", ",", ".", ";", ":"):
        return True
    words, low = load_grammar(), tokens[at].low
    return low in words.days or (low in words.speaker_ends and low != "to")


def _read_relative(use: _Use, group: VerbGroup) -> Attribution | None:
    """Ann Lee, who said: whom the clause is about speaks."""
    tokens, first = use.tokens, group.first
    if tokens[first - 1].low not in ("who", "which"):
        return None
    comma = kind_at(tokens, first - 2) == ","
    told = Attribution(use.cue, "relative", first - 1, use.after, negated=group.negated)
    told.limit = _find_main_verb(tokens, use.after) if comma else NO_LIMIT
    if first - 1 - comma <= use.floor:  # said Ann Lee, who added
        told.shared = True
        return told
    told.subject = find_left_subject(tokens, first - 1 - comma, use.floor)
    return told if told.subject is not None else None


def _find_main_verb(tokens: list[Token], start: int) -> int:
    """The comma before the verb of the main clause, which ends a relative one: Lee, who said she was ill, left."""
    for at in range(start + 1, len(tokens)):
        if tokens[at - 1].kind == "," and tokens[at].finite and kind_at(tokens, at + 1) != ",":
            return at - 1
    return NO_LIMIT
