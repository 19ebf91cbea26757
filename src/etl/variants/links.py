"""The link between two tellings: are they the same utterance?"""

from __future__ import annotations

from collections.abc import Sequence

from etl.variants.lexicon import Lexicon
from etl.variants.tellings import Telling

_MIN_WINDOW = 12  # words that count; the window for a very short telling
_LIKE = 2  # two tellings of which one has so many times the words of the other are of like length
_NEAR = frozenset({"meeting", "news", "article"})
_PERSON = "person "


def find_occasion(a: Telling, b: Telling, lexicon: Lexicon) -> str | None:
    """What is known about where and when the two were said (data/variants.toml); None where they cannot be one."""
    if a.chain == b.chain:
        return None
    if a.article_id == b.article_id:
        return "repeat" if a.type == b.type else "article"
    if a.meeting is not None and a.meeting == b.meeting:
        return "meeting"
    apart = _are_apart(a, b)
    if a.day is None or b.day is None:
        reported = a.type == b.type == "indirect"
        return "elsewhere" if apart else "unknown_reported" if reported else "unknown"
    days = abs(a.day - b.day)
    if days > lexicon.limits.late_days:
        return None
    return "elsewhere" if apart or days > lexicon.limits.near_days else "news"


def _are_apart(a: Telling, b: Telling) -> bool:
    """True if the speaker was at meetings that the one article tells, and at others that the other tells."""
    first, second = ({t.meeting} if t.meeting is not None else t.meetings for t in (a, b))
    return bool(first and second) and first.isdisjoint(second)


def may_be_one(a: Telling, b: Telling, lexicon: Lexicon) -> bool:
    """True if nothing that is known of speakers and occasions forbids that the two are one utterance."""
    return not _are_other_persons(a, b) and (a.chain == b.chain or find_occasion(a, b, lexicon) is not None)


def weigh_link(shorter: Telling, fuller: Telling, lexicon: Lexicon) -> float | None:
    """The share of `shorter` that `fuller` has too, by weight; None where that does not make them one utterance."""
    name = find_occasion(shorter, fuller, lexicon)
    if name is None or _are_other_persons(shorter, fuller):
        return None
    occasion = lexicon.occasions[name]
    weights = shorter.weights
    if name in _NEAR and _is_echo(shorter, fuller, lexicon):
        return 1.0
    least = max(occasion.shared, occasion.cover * shorter.total)
    if occasion.many:
        least = min(least, max(occasion.many, occasion.cover_many * shorter.total))
    if sum(weights[concept] for concept in weights.keys() & fuller.weights.keys()) < least:
        return None
    run = _find_needed_run(shorter, fuller, name, lexicon)
    if run is None or (run and not have_run(shorter, fuller, run)) or (not run and contradict(shorter, fuller)):
        return None
    shared = weigh_densest(shorter, fuller, lexicon.limits.window)
    return shared / shorter.total if shared >= least else None


def _are_other_persons(a: Telling, b: Telling) -> bool:
    """True if two persons said it. One person may be known by the surname alone in one of the articles."""
    if a.speaker is None or b.speaker is None or a.speaker == b.speaker:
        return False
    if not (a.speaker.startswith(_PERSON) and b.speaker.startswith(_PERSON)):
        return False
    surnames = {speaker.rpartition("-")[2] for speaker in (a.speaker, b.speaker)}
    return len(surnames) > 1


def _find_needed_run(shorter: Telling, fuller: Telling, occasion: str, lexicon: Lexicon) -> int | None:
    """The words in a row that both must have; None where no wording is enough.

    Writers use one wording for several meetings, and what nobody is named for anybody may have said: there only words
    in quotation marks show that it was said once.
    """
    run = lexicon.occasions[occasion].run
    if occasion == "elsewhere" and "indirect" in (shorter.type, fuller.type):
        return None
    if shorter.speaker is not None and shorter.speaker == fuller.speaker:
        return run
    if shorter.article_id != fuller.article_id and "direct" not in (shorter.type, fuller.type):
        return None
    return max(run, lexicon.limits.copied_run)


def _is_echo(shorter: Telling, fuller: Telling, lexicon: Lexicon) -> bool:
    """True if the words that `shorter` has in marks stand so in those of the same speaker in `fuller`."""
    if shorter.speaker is None or shorter.speaker != fuller.speaker:
        return False
    if shorter.quoted_total < lexicon.limits.echo:
        return False
    echo, quoted = (f" {' '.join(telling.quoted)} " for telling in (shorter, fuller))
    return echo in quoted


def contradict(shorter: Telling, fuller: Telling) -> bool:
    """True if one denies what the other says, or both count and no number is common.

    A fuller telling may deny something besides; then it is much longer.
    """
    if shorter.is_negated and not fuller.is_negated:
        return True
    if fuller.is_negated and not shorter.is_negated and len(fuller.concepts) <= _LIKE * len(shorter.concepts):
        return True
    return bool(shorter.numbers and fuller.numbers) and shorter.numbers.isdisjoint(fuller.numbers)


def have_run(a: Telling, b: Telling, length: int) -> bool:
    """True if `length` words in a row are the same in both; all words of the one that has fewer."""
    length = min(length, len(a.forms), len(b.forms))
    runs = set(list_runs(a.forms, length))
    return any(run in runs for run in list_runs(b.forms, length))


def list_runs(words: Sequence[str], length: int) -> list[tuple[str, ...]]:
    """All stretches of `length` words."""
    return [tuple(words[at : at + length]) for at in range(len(words) - length + 1)]


def weigh_densest(shorter: Telling, fuller: Telling, window: float) -> float:
    """The weight of the common words in that stretch of `fuller` that has most of them, `window` times `shorter` long.

    A long statement has some of the words of any short one; in a telling of it they stand together.
    """
    weights, concepts = shorter.weights, fuller.concepts
    size = max(_MIN_WINDOW, int(window * len(shorter.concepts)))
    counts: dict[str, int] = {}
    shared = best = 0.0
    for at, concept in enumerate(concepts):
        if concept in weights:
            counts[concept] = counts.get(concept, 0) + 1
            if counts[concept] == 1:
                shared += weights[concept]
                best = max(best, shared)
        if at >= size - 1 and (gone := concepts[at - size + 1]) in weights:
            counts[gone] -= 1
            if counts[gone] == 0:
                shared -= weights[gone]
    return best
