"""From drafts to rows of the quotes table."""

from __future__ import annotations

from dataclasses import dataclass, field
from operator import attrgetter

from etl.cues import Cues
from etl.document import Document
from etl.marks import QuotedSpan
from etl.quotes.speakers import Speaker
from etl.records import Article, Quote, hash_key
from etl.spans import Span


@dataclass(slots=True, eq=False)
class Draft:
    """A quote on its way to a row. `continues` is the draft of the stretch that this one goes on from."""

    type: str
    start: int
    end: int
    rule: str
    quoted: tuple[QuotedSpan, ...]
    speaker: Speaker
    cue: str | None = None
    cue_span: Span | None = None
    via: str | None = None
    split: bool = False
    continues: Draft | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        # The clause ends with its sentence; quoted words in it may run on into the next paragraphs.
        for quoted in self.quoted:
            self.end = max(self.end, quoted.pieces[-1].end)


def draft_quote(quoted: QuotedSpan, rule: str, speaker: Speaker, *, split: bool = False) -> Draft:
    """A direct quote that no claim holds."""
    return Draft("direct", quoted.pieces[0].start, quoted.pieces[-1].end, rule, (quoted,), speaker, split=split)


get_place = attrgetter("start", "end")


def build_quotes(document: Document, article: Article, cues: Cues, drafts: list[Draft]) -> tuple[Quote, ...]:
    """One row a draft, by start; of drafts that overlap, the first stays. `continues` names rows that are there."""
    kept: list[Draft] = []
    last = 0
    for draft in sorted(drafts, key=get_place):
        if last <= draft.start < draft.end:
            kept.append(draft)
            last = draft.end
    ids = {id(draft): hash_key(article.article_id, draft.start, draft.end, draft.type) for draft in kept}
    return tuple(_build_row(document, article, cues, draft, number, ids) for number, draft in enumerate(kept))


def _build_row(
    document: Document, article: Article, cues: Cues, draft: Draft, ordinal: int, ids: dict[int, str]
) -> Quote:
    body, cue = document.body, draft.cue_span or (None, None)
    mention, start, end, person_id, name, kind, role, country, basis = draft.speaker
    return Quote(
        quote_id=ids[id(draft)],
        article_id=article.article_id,
        ordinal=ordinal,
        type=draft.type,
        text=body[draft.start : draft.end],
        start=draft.start,
        end=draft.end,
        verbatim=tuple([body[first:last] for quoted in draft.quoted for first, last in quoted.pieces]),
        cue=draft.cue,
        cue_start=cue[0],
        cue_end=cue[1],
        speaker_mention=mention,
        speaker_start=start,
        speaker_end=end,
        speaker_id=person_id,
        speaker_name=name,
        speaker_kind=kind,
        speaker_role=role,
        speaker_country=country,
        speaker_basis=basis,
        via=draft.via,
        continues=ids.get(id(draft.continues)) if draft.continues is not None else None,
        rule_id=f"quotes/{draft.rule}",
        confidence=cues.confidences.find(draft.rule, draft.type),
    )
