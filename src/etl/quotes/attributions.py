"""Where a sentence attributes words: each reporting cue in use, with its subject."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache

from etl.cues import Cues, load_cues
from etl.quotes.finite_cues import read_finite
from etl.quotes.grammar import load_grammar
from etl.quotes.nonfinite_cues import read_infinitive, read_participle, read_possessed
from etl.quotes.phrases import Phrase, names_source
from etl.quotes.tokens import Reading
from etl.quotes.uses import Attribution, CueUse
from etl.quotes.verbs import find_group, is_noun
from etl.quotes.words import STOPS, Token, has_finite, kind_at, low_at
from etl.spans import Hit

_MAX_SOURCE = 40
_QUOTE_ONLY = frozenset({"quote"})


def may_report(body: str, hit: Hit, cues: Cues) -> bool:
    """False where the word before a form shows it to be a noun or a name: the report, the United States.

    It spares the reading of whole sentences; what it lets through is looked at more closely.
    """
    start, end, _, lemma = hit
    if start < 2 or body[start - 1] != " " or not body[start - 2].isalnum():
        return True
    if body[start].isupper():
        return lemma == "tweet" or "phrase" in cues.by_lemma[lemma].frames
    if body[start:end] not in _list_noun_forms(lemma):
        return True
    lead = body[max(start - 20, 0) : start - 1].rpartition(" ")[2].lower()
    if lead not in _list_noun_leads():
        return True
    owned = lead in ("his", "her", "their", "its")  # her claim that
    return owned and ("noun" in cues.by_lemma[lemma].frames or body.startswith(" that ", end))


@cache
def list_verb_forms() -> frozenset[str]:
    """The forms of all cues that are no noun: of these may_report is true in small letters."""
    cues = load_cues().by_lemma.values()
    forms = {(form, cue.lemma) for cue in cues for form in (*cue.finite, *cue.participles, *cue.bases)}
    nouns = {form for form, lemma in forms if form in _list_noun_forms(lemma)}
    return frozenset(form for form, _ in forms if form not in nouns and form.islower())


@cache
def _list_noun_leads() -> frozenset[str]:
    words = load_grammar()
    leads = words.determiners | words.prepositions
    others = words.pronouns | words.relatives | words.quantifiers | words.auxiliaries | words.group | words.adverbs
    return leads - others - words.aspect - {"to"}


@cache
def _list_noun_forms(lemma: str) -> frozenset[str]:
    return load_cues().by_lemma[lemma].nouns - load_grammar().past_verbs


def find_attributions(reading: Reading, hits: Sequence[Hit], cues: Cues) -> list[Attribution]:
    """The cues of one sentence that are used as such, in the order of the text."""
    found: list[Attribution] = []
    tokens, offsets, _ = reading
    for start, end, _, lemma in hits:
        begins, ends = bisect_right(offsets, start) - 1, bisect_left(offsets, end)
        first, after = begins // 2, ends // 2 + 1
        if begins % 2 or not ends % 2 or offsets[begins] != start or end not in offsets[ends : ends + 1]:
            continue
        if found and first < found[-1].after:
            continue
        cue, floor = cues.by_lemma[lemma], _find_floor(found) if found else 0
        attribution = _read_cue(CueUse(tokens, cue, first, after, floor))
        if attribution is None or (cue.frames == _QUOTE_ONLY and not _is_near_quote(tokens, attribution)):
            continue
        if cue.lemma == "quote" and _is_aside(tokens, attribution):
            continue
        attribution.start, attribution.end = start, end
        if attribution.form == "as-saying":  # the verb of quoting is part of it
            found = [earlier for earlier in found if earlier.after <= attribution.edge]
        found.append(attribution)
    return found


def _find_floor(found: Sequence[Attribution]) -> int:
    """The token before which no subject is sought: the end of the last cue that is not part of a subject itself."""
    for earlier in reversed(found):
        if earlier.form != "relative":  # Ann Lee, who advises the firm, said
            return earlier.after if earlier.form != "as-saying" else 0
    return 0


def _is_near_quote(tokens: list[Token], attribution: Attribution) -> bool:
    """True where a quote stands next to the cue, or the sentence ends with one or leads to one."""
    near = (attribution.edge - 1, attribution.edge - 2, attribution.after, attribution.after + 1)
    if any(kind_at(tokens, at) == "quote" for at in near):
        return True
    return attribution.after < len(tokens) and tokens[-1].kind in (":", "quote")


def _is_aside(tokens: list[Token], attribution: Attribution) -> bool:
    """True for Lee said, and I quote, “...”."""
    subject = attribution.subject
    return subject is not None and tokens[subject.first].low == "i"


def _read_cue(use: CueUse) -> Attribution | None:
    tokens, cue, words = use.tokens, use.cue, load_grammar()
    if "phrase" in cue.frames:
        return _read_phrase(use)
    if "noun" in cue.frames:
        return read_possessed(use)
    group = find_group(tokens, use.first, use.floor)
    before = tokens[group.first - 1] if group.first > 0 else None
    if tokens[use.first].kind == "name" and before is not None and before.kind != "quote" and cue.lemma != "tweet":
        return None
    if "passive" in cue.frames:
        return read_finite(use, group)
    if tokens[use.first].low.endswith("ing"):
        if before is not None and before.low in words.aspect:  # kept saying
            return read_finite(use, find_group(tokens, group.first - 1, use.floor))
        is_verb = group.be or (before is not None and before.contracted)  # she's saying that
        return read_finite(use, group) if is_verb else read_participle(use)
    if before is not None and before.low == "to":
        return read_infinitive(use, group.first - 1)
    if group.be or is_noun(tokens, cue, use.first, group, use.after):
        return read_possessed(use)
    if low_at(tokens, use.after) == "by" and low_at(tokens, use.after + 1) not in words.means:
        return None
    return read_finite(use, group)


def _read_phrase(use: CueUse) -> Attribution | None:
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
