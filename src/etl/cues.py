"""Reporting cues (data/cues.toml): the words that say that somebody said something, and the frames they stand in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from etl.confidence import Confidences, load_confidences
from etl.data import DataError, check_keys, read_toml
from etl.scan import Entry

FRAMES = ("clause", "bare", "that", "quote", "object", "act", "recipient", "phrase", "passive", "noun")
_VOWELS = "aeiou"
# What these take stands between quotation marks, or has quoted words in it.
_MARKED = frozenset({"quote", "object", "act", "recipient", "noun"})


@dataclass(frozen=True, slots=True)
class Cue:
    """One reporting cue. `frames` says what it takes:

    clause: a bare clause or one with that; bare: what follows is a clause, whatever its words;
    that: a clause only after that, whether or a question word;
    quote: a direct quote; object: quoted words about an object (called it “a mess”); act: a noun phrase, a quote only
    where it holds quoted words (praised the “courage”); recipient: a person before what is said (told reporters);
    phrase: the speaker follows (according to); passive: the speaker is its subject though it is passive; noun: the
    speaker is whose it is (her statement that).
    `finite`, `participles` and `bases` are its forms (past and third person; -ing; infinitive). `unmarked`: it may take
    words that stand in no quotation marks. `base` is its first word, `nouns` the forms of that which may be nouns.
    """

    lemma: str
    group: str
    frames: frozenset[str]
    finite: tuple[str, ...]
    participles: tuple[str, ...]
    bases: tuple[str, ...]
    noun_like: bool
    unmarked: bool
    base: str
    nouns: frozenset[str]


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence and what a rule must find in it: quote is None where it must find nothing."""

    text: str
    quote: str | None = None
    type: str | None = None
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the quotes layer and its examples."""

    rule_id: str
    hits: tuple[Example, ...]
    spares: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Cues:
    """All cues by lemma, the rules of the layer by id, the examples of the cue groups, word lists, and how often the
    rules are right.
    """

    by_lemma: dict[str, Cue]
    rules: dict[str, Rule]
    hits: tuple[Example, ...]
    spares: tuple[Example, ...]
    finite_forms: frozenset[str]
    confidences: Confidences


@cache
def load_cues() -> Cues:
    """The cues of data/cues.toml; raises DataError for an unknown key, frame or a lemma given twice."""
    table = read_toml("cues.toml")
    check_keys(table, "cues.toml", ("group", "irregular", "noun_like"), ("rule",))
    by_lemma: dict[str, Cue] = {}
    hits: list[Example] = []
    spares: list[Example] = []
    for group in table["group"]:
        where = f"cues.toml: group {group.get('id')}"
        check_keys(group, where, ("id", "frames", "lemmas", "hits", "spares"), ("about",))
        hits += _read_examples(group["hits"], where)
        spares += _read_examples(group["spares"], where)
        for lemma in group["lemmas"]:
            if lemma in by_lemma:
                raise DataError(f"{where}: {lemma} stands in group {by_lemma[lemma].group} too; keep it once")
            by_lemma[lemma] = _build_cue(lemma, group, table["irregular"], lemma in table["noun_like"], where)
    unknown = sorted(
        {*table["irregular"], *table["noun_like"]} - {lemma.split()[0] for lemma in by_lemma} - {*by_lemma}
    )
    if unknown:
        raise DataError(f"cues.toml: irregular or noun_like names no lemma of any group: {unknown}")
    rules = {rule.rule_id: rule for rule in map(_read_rule, table.get("rule", ()))}
    forms = frozenset(form for cue in by_lemma.values() for form in _attributing_forms(cue))
    return Cues(by_lemma, rules, tuple(hits), tuple(spares), forms, load_confidences("quotes"))


def _attributing_forms(cue: Cue) -> tuple[str, ...]:
    """The finite forms that can close a quote (Lee added.), without those that are nouns as often (remarks)."""
    if cue.frames & {"phrase", "passive", "object", "act", "noun"}:
        return ()
    return tuple(form for form in cue.finite if not (cue.noun_like and form == third_person(cue.lemma)))


def lexicon_entries() -> Iterator[Entry]:
    """An entry of kind cue, its value the lemma, for every form of every cue."""
    for cue in load_cues().by_lemma.values():
        for form in dict.fromkeys((*cue.finite, *cue.participles, *cue.bases)):
            yield Entry(form, "cue", cue.lemma, cased=False)


def _build_cue(lemma: str, group: dict[str, Any], irregular: dict[str, list[str]], noun: bool, where: str) -> Cue:
    frames = frozenset(group["frames"])
    if not frames <= set(FRAMES):
        raise DataError(f"{where}: unknown frames {sorted(frames - set(FRAMES))}; allowed: {list(FRAMES)}")
    verb, _, particle = lemma.partition(" ")
    looks = (noun, not frames <= _MARKED, verb, frozenset({verb, f"{verb}s", f"{verb}es"}))
    if "noun" in frames:
        return Cue(lemma, group["id"], frames, (lemma, f"{lemma}s"), (), (), *looks)
    if frames & {"phrase", "passive"}:
        return Cue(lemma, group["id"], frames, (lemma, *irregular.get(lemma, ())), (), (), *looks)
    rest = f" {particle}" if particle else ""
    forms = irregular.get(verb) or [third_person(verb), past(verb), participle(verb)]
    finite = tuple(f"{form}{rest}" for form in forms if not form.endswith("ing"))
    participles = tuple(f"{form}{rest}" for form in forms if form.endswith("ing"))
    return Cue(lemma, group["id"], frames, finite, participles, (lemma,), *looks)


def _read_examples(rows: list[dict[str, str]], where: str) -> Iterator[Example]:
    for row in rows:
        check_keys(row, f"{where}: example", ("text",), ("quote", "type", "speaker"))
        yield Example(**row)


def _read_rule(row: dict[str, Any]) -> Rule:
    where = f"cues.toml: rule {row.get('id')}"
    check_keys(row, where, ("id", "about", "hits", "spares"))
    examples = {key: tuple(_read_examples(row[key], where)) for key in ("hits", "spares")}
    return Rule(f"quotes/{row['id']}", examples["hits"], examples["spares"])


def third_person(verb: str) -> str:
    """says, tries, stresses: the regular form."""
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return verb[:-1] + "ies"
    return verb + ("es" if verb.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")


def past(verb: str) -> str:
    """announced, tried, stressed: the regular form."""
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return verb[:-1] + "ied"
    return verb + ("d" if verb.endswith("e") else "ed")


def participle(verb: str) -> str:
    """announcing, trying, agreeing: the regular form."""
    return (verb[:-1] if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")) else verb) + "ing"
