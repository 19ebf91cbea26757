"""What a sentence attributes to whom: the claims of its cues, and which of them stand."""

from __future__ import annotations

from itertools import chain

from etl.quotes.after_cue import claim_after
from etl.quotes.before_cue import claim_before
from etl.quotes.grammar import load_grammar
from etl.quotes.phrases import is_writer
from etl.quotes.subjects import find_clause_subject, find_following_subject, find_main_subject
from etl.quotes.uses import Attribution
from etl.quotes.view import Claim, SentenceView
from etl.quotes.words import Token, kind_at

# Groups of cues that things take too.
_SHOWING = ("show", "that-verbs")


def find_claims(view: SentenceView) -> list[Claim]:
    """The claims of a sentence, by start; none overlaps another. Subjects of shared cues are filled in."""
    owners = _find_owners(view)
    by_number: dict[int, list[Claim]] = {}
    for number, attribution in enumerate(view.attributions):
        if not attribution.negated:
            limit = min(attribution.limit, _find_limit(view, number, owners))
            before, after = claim_before(view, attribution), claim_after(view, attribution, limit)
            if before and before[0].type == "direct":  # “...,” Lee said last week as the rain fell
                after = [claim for claim in after if claim.type == "direct"]
                for claim in after:
                    claim.continues = True
            claims = before + after
            if claims:
                by_number[number] = [c for c in claims if c.type == "direct" or not _tells_nothing(view, c)]
    return _drop_covered(view, _drop_nested(view, by_number, owners))


def _tells_nothing(view: SentenceView, claim: Claim) -> bool:
    """True where the writer, or the speaker of a transcript, reports himself (we announced), or a thing shows."""
    subject = claim.subject
    if subject is None:
        return False
    if claim.attribution.cue.group in _SHOWING and view.tokens[subject.first].low in ("it", "this", "that"):
        return True  # it shows that; this will allow that
    if view.is_thing(subject) or view.tokens[subject.first].low in ("nothing", "everything"):
        return True
    return is_writer(view.tokens, subject)


def _find_owners(view: SentenceView) -> dict[int, int]:
    """Number of the outermost attribution in whose clause a nested one stands."""
    owners: dict[int, int] = {}
    for number, attribution in enumerate(view.attributions):
        if attribution.shared:
            _share_subject(view, number)
        if number and _is_nested(view.tokens, view.attributions[number - 1], attribution):
            owners[number] = owners.get(number - 1, number - 1)
    return owners


def _share_subject(view: SentenceView, number: int) -> None:
    """The subject of the cue before, or of a clause that stands nearer (..., and said)."""
    attribution = view.attributions[number]
    if attribution.edge == 0 and attribution.form == "participle":
        found = find_following_subject(view.tokens, attribution.after)
        attribution.subject, attribution.limit = found if found else (None, attribution.limit)
        return
    clause = find_clause_subject(view.tokens, attribution.edge)
    for earlier in reversed(view.attributions[:number]):
        if earlier.subject is None or (earlier.edge > 0 and not view.can_tell(earlier.subject)):
            continue
        if clause is None or clause.first <= earlier.subject.first:
            attribution.subject = earlier.subject
            attribution.via = attribution.via or earlier.via
            return
    attribution.subject = clause or find_main_subject(view.tokens, attribution.edge)


def _is_nested(tokens: list[Token], outer: Attribution, inner: Attribution) -> bool:
    """True where the inner cue stands in the clause of the outer one: Lee said that Brandt told him."""
    if inner.edge <= outer.after:
        return inner.edge == outer.after and inner.form == "finite"
    if inner.form in ("phrase", "inverted") or inner.shared:
        return False
    before = tokens[inner.edge - 1]
    begins = outer.after + (kind_at(tokens, outer.after) in (",", "-"))
    if before.low in load_grammar().wh_adjuncts and inner.edge - 1 == begins:
        return False  # “No,” Lee said, after Brandt said the road was closed
    beside = before.low in load_grammar().joins and before.low not in ("or", "as")
    beside = beside or (before.low == "with" and inner.form == "participle")  # with Lee saying that
    return not (beside or before.kind in ("quote", ";", ",", "-", ":"))


def _find_limit(view: SentenceView, number: int, owners: dict[int, int]) -> int:
    """Token at which the words after a cue end at the latest: the next attribution that stands beside it."""
    after = view.attributions[number].after
    if number + 1 == len(view.attributions):
        return len(view.tokens)
    for later in range(number + 1, len(view.attributions)):
        if later not in owners and view.attributions[later].edge >= after:
            return view.attributions[later].edge
    return len(view.tokens)


def _drop_nested(view: SentenceView, by_number: dict[int, list[Claim]], owners: dict[int, int]) -> list[Claim]:
    """The claims without those of nested cues; where the outer one is a medium, the inner ones stand, via it.

    They stand too where the outer cue names what is not said: rejected the offer that Lee called “final”.
    """
    if not owners:
        return list(chain.from_iterable(by_number.values()))
    dropped: set[int] = set()
    for inner, outer in owners.items():
        media = view.attributions[outer].subject
        if media is not None and view.is_media(media) and by_number.get(inner):
            dropped.add(outer)
            for claim in by_number[inner]:
                claim.via = claim.via or media
        elif not view.attributions[outer].cue.unmarked and _holds_all(by_number.get(inner), by_number.get(outer)):
            dropped.add(outer)
        else:
            dropped.add(inner)
    return [claim for number, claims in by_number.items() if number not in dropped for claim in claims]


def _holds_all(inner: list[Claim] | None, outer: list[Claim] | None) -> bool:
    """True where the inner claims hold all that the outer ones quote."""
    told = {quoted.start for claim in inner or () for quoted in claim.quoted}
    held = {quoted.start for claim in outer or () for quoted in claim.quoted}
    return bool(held) and held <= told


def _drop_covered(view: SentenceView, claims: list[Claim]) -> list[Claim]:
    """Where one claim covers another, the outer one stands; but a medium or "according to" only passes words on."""
    if len(claims) < 2 and not (claims and claims[0].before):
        return claims
    kept: list[Claim] = []
    for claim in claims:
        rivals = [other for other in kept if other.start < claim.end and claim.start < other.end]
        passes = claim.before and _passes_on(view, claim)
        if not rivals:
            if not (passes and claim.type == "indirect" and _tells_of_speech(view, claim)):
                kept.append(claim)
            continue
        speaking = [other for other in rivals if other.subject is not None and view.can_speak(other.subject)]
        if passes and speaking:
            for other in rivals:
                other.via = other.via or claim.subject
        elif any(other.type == "direct" and not other.before for other in speaking):
            continue
        elif claim.before and claim.end - claim.start > sum(other.end - other.start for other in rivals):
            kept = [other for other in kept if other not in rivals]
            kept.append(claim)
    return sorted(kept, key=lambda claim: claim.start)


def _passes_on(view: SentenceView, claim: Claim) -> bool:
    if claim.subject is None:
        return False
    return claim.attribution.form == "phrase" or view.is_media(claim.subject)


def _tells_of_speech(view: SentenceView, claim: Claim) -> bool:
    """True where a medium only tells that somebody spoke, without the words: Lee stressed the need, SANA said."""
    return any(
        other is not claim.attribution
        and claim.start <= other.start < claim.end
        and other.subject is not None
        and view.can_speak(other.subject)
        for other in view.attributions
    )
