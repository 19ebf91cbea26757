"""The quotes of a document: the claims of each sentence, the quotes that no cue takes, and their speakers."""

from __future__ import annotations

from dataclasses import dataclass, field

from etl.cues import Cues
from etl.document import Document
from etl.marks import QuotedSpan
from etl.organizations import load_organizations
from etl.people import Cast
from etl.quotes import leftovers
from etl.quotes.attributions import find_attributions, may_report
from etl.quotes.claims import find_claims
from etl.quotes.phrases import Phrase
from etl.quotes.rows import Draft, build_quotes
from etl.quotes.speakers import NOBODY, Speaker, resolve_speaker
from etl.quotes.subjects import find_main_subject
from etl.quotes.tokens import read_tokens
from etl.quotes.view import Claim, SentenceView, inner_text, is_statement
from etl.records import Article, Quote
from etl.scan import Hits
from etl.sentences import Sentence
from etl.spans import Hit, Span

# A cue without words of its own leads to the next quote where nothing much follows it.
_MAX_AFTER_BARE_CUE = 8
# A list or a table without full stops is no sentence: its words are not attributed.
_MAX_TOKENS = 1000
# What is longer is no headline but a speech or a list.
_MAX_LABELLED = 40


def find_quotes(document: Document, hits: Hits, cast: Cast, article: Article, cues: Cues) -> tuple[Quote, ...]:
    """The quotes of `document`, by start. Offsets count in the body; every row keeps the rule that found it.

    An article of coverage marks_only gives marked direct quotes without speaker, one of coverage none gives nothing.
    """
    if article.coverage == "none" or not document.sentences:
        return ()
    if article.coverage == "marks_only":
        return build_quotes(document, article, cues, _find_marked(document))
    reader = _Reader(document, hits, cast, cues)
    for number in reader.list_sentences():
        reader.read(number, document.sentences[number])
    return build_quotes(document, article, cues, reader.drafts)


def _find_marked(document: Document) -> list[Draft]:
    """Quoted stretches of four words or more, or with a sentence's end inside."""
    marked = (quoted for quoted in document.quoted if is_statement(inner_text(document, quoted)))
    return [_draft_quote(quoted, "marks-only", NOBODY) for quoted in marked]


def _draft_quote(quoted: QuotedSpan, rule: str, speaker: Speaker, *, split: bool = False) -> Draft:
    return Draft("direct", quoted.pieces[0].start, quoted.pieces[-1].end, rule, (quoted,), speaker, split=split)


@dataclass(slots=True)
class _Memory:
    """Who spoke last, for quotes that name nobody: the speaker, the place, the draft; who a colon introduced."""

    speaker: Speaker = NOBODY
    paragraph: int = -2
    sentence: int = -2
    draft: Draft | None = None
    lead_in: Speaker = NOBODY
    lead_sentence: int = -2
    bare: int = -2
    waiting: list[Draft] = field(default_factory=list)


def _find_media(hits: Hits) -> tuple[Hit, ...]:
    """The news agencies that the document names."""
    organizations = load_organizations()
    return tuple(hit for hit in hits.of("organization") if organizations[hit.value].kind == "agency")


class _Reader:
    """Goes through the sentences of a document and collects drafts of quotes."""

    def __init__(self, document: Document, hits: Hits, cast: Cast, cues: Cues) -> None:
        self.document, self.hits, self.cast, self.cues = document, hits, cast, cues
        self.drafts: list[Draft] = []
        self._memory = _Memory()
        self._cue_hits: dict[int, list[Hit]] = {}
        for hit in hits.of("cue"):
            if document.masked[hit.start] == document.body[hit.start] and may_report(document.body, hit, cues):
                self._cue_hits.setdefault(document.sentence_number_at(hit.start), []).append(hit)
        self._media = _find_media(hits)
        self._labelled: set[int] = set()
        self._speakers: dict[Span, Speaker] = {}

    def list_sentences(self) -> list[int]:
        """Numbers of the sentences that may hold a quote, sorted: a cue, quoted words or a colon at the end tell."""
        document, masked = self.document, self.document.masked
        numbers = {*self._cue_hits, *(document.sentence_number_at(quoted.start) for quoted in document.quoted)}
        for mention in self.cast.mentions:
            if masked.startswith(": ", mention.end):
                self._labelled.add(document.sentence_number_at(mention.start))
        numbers |= self._labelled
        if ":" in masked:
            numbers.update(at for at, sentence in enumerate(document.sentences) if masked[sentence.end - 1] == ":")
        return sorted(numbers)

    def read(self, number: int, sentence: Sentence) -> None:
        """Collect the quotes of one sentence."""
        hits = self._cue_hits.get(number, ())
        reading = read_tokens(self.document, sentence.start, sentence.end)
        attributions = find_attributions(reading, hits, self.cues) if len(reading.tokens) <= _MAX_TOKENS else []
        view = SentenceView(self.document, reading, attributions, self._media)
        if not (attributions or reading.quoted or view.tokens[-1].kind == ":" or number in self._labelled):
            return
        claims = find_claims(view)
        drafts = [self._draft(view, claim) for claim in claims]
        drafts += (not claims and self._read_label(view, sentence)) or self._read_leftovers(
            view, claims, number, sentence
        )
        drafts.sort(key=lambda draft: (draft.start, draft.end))
        self._remember(view, drafts, number, sentence)
        self.drafts += drafts

    def _read_label(self, view: SentenceView, sentence: Sentence) -> list[Draft]:
        """Ann Lee: The bridge is “a ruin”: a paragraph of one sentence, labelled with somebody whom the text names."""
        paragraph = self.document.paragraphs[sentence.paragraph]
        alone = (sentence.start, sentence.end) == paragraph and len(view.tokens) <= _MAX_LABELLED
        label = leftovers.find_opening_label(view.tokens) if alone else None
        if label is None:
            return []
        first, last = label.last + 1, len(view.tokens) - (view.tokens[-1].kind == ".")
        speaker = self._resolve(view, label)
        if speaker.person_id is None or view.tokens[first].kind == "quote" == view.tokens[last - 1].kind:
            return []
        if not view.is_clause(first, last):
            return []
        quoted, span = view.quotes_in(first, last), view.reading.span(first, last)
        kind, rule = ("mixed", "mixed-label") if quoted else ("indirect", "indirect-label")
        return [Draft(kind, *span, rule, quoted, speaker.as_basis("colon"))]

    def _draft(self, view: SentenceView, claim: Claim) -> Draft:
        attribution = claim.attribution
        resolve = self._resolve_teller if attribution.shared else self._resolve
        return Draft(
            claim.type,
            claim.start,
            claim.end,
            claim.rule,
            claim.quoted,
            resolve(view, claim.subject),
            cue=attribution.cue.lemma,
            cue_span=Span(attribution.start, attribution.end),
            via=view.text(claim.via) if claim.via else None,
            split=claim.continues,
        )

    def _resolve(self, view: SentenceView, phrase: Phrase | None) -> Speaker:
        if phrase is None:
            return NOBODY
        first, span = view.tokens[phrase.first], view.reading.span(*phrase)
        if first.contracted and phrase.last - phrase.first == 1:
            span = Span(span.start, span.start + first.low.index("'"))
        if span not in self._speakers:
            self._speakers[span] = resolve_speaker(self.document, self.hits, self.cast, span)
        return self._speakers[span]

    def _resolve_teller(self, view: SentenceView, phrase: Phrase | None) -> Speaker:
        """The speaker, where the phrase is somebody or a paper, and no thing."""
        return self._resolve(view, phrase if phrase is not None and view.can_tell(phrase) else None)

    def _read_leftovers(self, view: SentenceView, claims: list[Claim], number: int, sentence: Sentence) -> list[Draft]:
        """The quotes that no cue of the sentence takes."""
        if not view.quoted:
            return []
        taken = {span.start for claim in claims for span in claim.quoted}
        drafts = []
        for at, quoted in view.quoted.items():
            if quoted.start in taken or any(claim.start <= quoted.start < claim.end for claim in claims):
                continue
            draft = self._read_leftover(view, at, claims, number, sentence)
            if draft is not None:
                drafts.append(draft)
        return drafts

    def _read_leftover(
        self, view: SentenceView, at: int, claims: list[Claim], number: int, sentence: Sentence
    ) -> Draft | None:
        tokens, quoted, text = view.tokens, view.quoted[at], view.words_at(at)
        if leftovers.stands_alone(tokens):
            return self._continue(quoted, number, sentence) if leftovers.is_long_enough(text) else None
        if not is_statement(text):
            return None
        if at and tokens[at - 1].kind == ":":
            speaker = self._resolve_teller(view, leftovers.find_introducer(view, at))
            return _draft_quote(quoted, "direct-colon", speaker.as_basis("colon"))
        if at and tokens[at - 1].kind in (",", "-", ";", ".") and claims and claims[-1].start < quoted.start:
            speaker = self._resolve(view, claims[-1].subject)
            return _draft_quote(quoted, "direct-split", speaker.as_basis("continuation"), split=True)
        if leftovers.may_have_unlisted_cue(view, at):
            speaker = self._resolve_teller(view, leftovers.find_unlisted_subject(view, at))
            return _draft_quote(quoted, "direct-unlisted-cue", speaker)
        return None

    def _continue(self, quoted: QuotedSpan, number: int, sentence: Sentence) -> Draft:
        """A sentence that is all quote: signed below, introduced before, or by the last speaker nearby."""
        memory = self._memory
        signed = self._find_signer(number, sentence)
        if signed is not None:
            return _draft_quote(quoted, "direct-signed", signed)
        if memory.lead_sentence == number - 1:
            return _draft_quote(quoted, "direct-lead-in", memory.lead_in.as_basis("colon"))
        actor = self._find_actor(number - 1, sentence)
        if actor is not None:
            return _draft_quote(quoted, "direct-after-narrative", actor.as_basis("continuation"))
        if memory.paragraph not in (sentence.paragraph, sentence.paragraph - 1):
            return _draft_quote(quoted, "direct-alone", NOBODY)
        rule = "direct-continuation" if memory.paragraph == sentence.paragraph else "direct-next-paragraph"
        draft = _draft_quote(quoted, rule, memory.speaker.as_basis("continuation"))
        if memory.sentence == number - 1 and memory.draft is not None and memory.draft.type == "direct":
            draft.continues = memory.draft
        return draft

    def _find_signer(self, number: int, sentence: Sentence) -> Speaker | None:
        """Who signs a quote that fills its paragraph; without a dash before the name only somebody known."""
        signature = leftovers.find_signature(self.document, number + 1)
        if signature is None or sentence.start != self.document.paragraphs[sentence.paragraph].start:
            return None
        signer = resolve_speaker(self.document, self.hits, self.cast, signature)
        dashed = signature.start > self.document.sentences[number + 1].start
        return signer if dashed or signer.person_id is not None else None

    def _find_actor(self, number: int, sentence: Sentence) -> Speaker | None:
        """Who the narrative sentence right before a quote is about, where nobody spoke in it: Lee smiled. “Yes.”"""
        if number < 0 or self._memory.sentence == number or self._memory.bare == number:
            return None
        before = self.document.sentences[number]
        if before.paragraph != sentence.paragraph:
            return None
        view = SentenceView(self.document, read_tokens(self.document, before.start, before.end), [])
        subject = find_main_subject(view.tokens, len(view.tokens))
        speaker = self._resolve(view, subject)
        return speaker if speaker.person_id is not None else None

    def _remember(self, view: SentenceView, drafts: list[Draft], number: int, sentence: Sentence) -> None:
        memory = self._memory
        for draft in drafts:
            if draft.split and memory.draft is not None and memory.sentence == number:
                draft.continues = memory.draft
            if draft.speaker.basis == "none":
                memory.waiting = [*memory.waiting, draft] if draft.rule == "direct-alone" else []
                continue
            self._name_waiting(draft, sentence)
            memory.speaker, memory.draft = draft.speaker, draft
            memory.paragraph, memory.sentence = sentence.paragraph, number
        if not drafts:
            self._remember_bare_cue(view, number, sentence)
        if view.tokens[-1].kind == ":":
            subjects = [attribution.subject for attribution in view.attributions if attribution.subject is not None]
            last = len(view.tokens)
            introducer = subjects[-1] if subjects else leftovers.find_introducer(view, last)
            memory.lead_in, memory.lead_sentence = self._resolve_teller(view, introducer), number

    def _name_waiting(self, draft: Draft, sentence: Sentence) -> None:
        """Quotes that opened the paragraph alone belong to the speaker of the quote that follows them."""
        for waiting in self._memory.waiting:
            if draft.type == "direct" and self.document.paragraph_at(waiting.start) == sentence.paragraph:
                waiting.speaker, waiting.rule = draft.speaker.as_basis("continuation"), "direct-before-its-cue"
        self._memory.waiting = []

    def _remember_bare_cue(self, view: SentenceView, number: int, sentence: Sentence) -> None:
        """“Ann Lee said in a statement.” without words of her own leads to the quote behind it."""
        for attribution in view.attributions:
            speaks = attribution.form == "finite" and "clause" in attribution.cue.frames and not attribution.negated
            short = len(view.tokens) - attribution.after < _MAX_AFTER_BARE_CUE
            if speaks and short and attribution.subject is not None:
                self._memory.speaker = self._resolve(view, attribution.subject)
                self._memory.paragraph, self._memory.draft = sentence.paragraph, None
                self._memory.bare = number
