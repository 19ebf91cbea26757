"""From drafts to rows of the quotes table."""

from __future__ import annotations

from dataclasses import dataclass, field
from operator import attrgetter

from etl.cues import Cues
from etl.document import Document
from etl.marks import QuotedSpan
from etl.quotes.speakers import Speaker
from etl.records import Article, Quote, hash_text


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
    cue_span: tuple[int, int] | None = None
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
    article_id = article.article_id
    ids = {id(draft): hash_text(f"{article_id}\n{draft.start}\n{draft.end}\n{draft.type}") for draft in kept}
    return tuple([_build_row(document.body, article_id, cues, draft, number, ids) for number, draft in enumerate(kept)])


def _build_row(body: str, article_id: str, cues: Cues, draft: Draft, ordinal: int, ids: dict[int, str]) -> Quote:
    """The row of a draft, its columns in the order of Quote."""
    cue_start, cue_end = draft.cue_span or (None, None)
    mention, mention_start, mention_end, person_id, name, kind, role, country, basis = draft.speaker
    type_name, start, end, rule = draft.type, draft.start, draft.end, draft.rule
    return Quote(
        ids[id(draft)],
        article_id,
        ordinal,
        type_name,
        body[start:end],
        start,
        end,
        tuple([body[first:last] for quoted in draft.quoted for first, last in quoted.pieces]),
        draft.cue,
        cue_start,
        cue_end,
        mention,
        mention_start,
        mention_end,
        person_id,
        name,
        kind,
        role,
        country,
        basis,
        draft.via,
        ids.get(id(draft.continues)) if draft.continues is not None else None,
        f"quotes/{rule}",
        cues.confidences.find(rule, type_name),
    )
