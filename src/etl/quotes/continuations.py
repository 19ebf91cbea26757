"""Who says the quotes that name nobody: signed below, introduced before, or by whoever spoke last nearby."""

from __future__ import annotations

from etl.document import Document
from etl.marks import QuotedSpan
from etl.quotes import leftovers
from etl.quotes.rows import Draft, draft_quote
from etl.quotes.speakers import NOBODY, Speaker
from etl.quotes.subjects import find_main_subject
from etl.quotes.tokens import read_tokens
from etl.quotes.view import SentenceView
from etl.quotes.voices import Voices
from etl.sentences import Sentence

# A cue without words of its own leads to the next quote where nothing much follows it.
_MAX_AFTER_BARE_CUE = 8


class Continuations:
    """What the sentences before tell of the next quote: who spoke last and where, and whom a colon introduced."""

    def __init__(self, document: Document, voices: Voices, agencies: frozenset[str]) -> None:
        self._document, self._voices, self._agencies = document, voices, agencies
        self._speaker, self._lead_in = NOBODY, NOBODY
        self._draft: Draft | None = None
        # Numbers of the paragraph and of the sentences in which that stands; none is next to -2.
        self._paragraph = self._sentence = self._lead_sentence = self._bare = self._waiting_sentence = -2
        self._waiting: list[Draft] = []

    def follows(self, number: int) -> bool:
        """True where somebody spoke in the sentence before that of `number`."""
        return self._sentence == number - 1

    def find_speaker_before(self, number: int, sentence: Sentence) -> Speaker | None:
        """Who spoke in the sentence right before, of the same paragraph."""
        if not self.follows(number) or self._paragraph != sentence.paragraph:
            return None
        return self._speaker.as_basis("continuation")

    def continue_quote(self, quoted: QuotedSpan, number: int, sentence: Sentence) -> Draft:
        """The draft of a sentence that is all quote."""
        signed = self._find_signer(number, sentence)
        if signed is not None:
            return draft_quote(quoted, "direct-signed", signed)
        if self._lead_sentence == number - 1:
            return draft_quote(quoted, "direct-lead-in", self._lead_in.as_basis("colon"))
        actor = self._find_actor(number - 1, sentence)
        if actor is not None:
            return draft_quote(quoted, "direct-after-narrative", actor.as_basis("continuation"))
        if self._paragraph not in (sentence.paragraph, sentence.paragraph - 1):
            return draft_quote(quoted, "direct-alone", NOBODY)
        rule = "direct-continuation" if self._paragraph == sentence.paragraph else "direct-next-paragraph"
        draft = draft_quote(quoted, rule, self._speaker.as_basis("continuation"))
        if self._sentence == number - 1 and self._draft is not None and self._draft.type == "direct":
            draft.continues = self._draft
        return draft

    def _find_signer(self, number: int, sentence: Sentence) -> Speaker | None:
        """Who signs a quote that fills its paragraph; without a dash before the name only somebody known."""
        if sentence.start != self._document.paragraphs[sentence.paragraph].start:
            return None
        signature = leftovers.find_signature(self._document, number + 1)
        if signature is None:
            return None
        signer = self._voices.resolve_span(signature)
        dashed = signature.start > self._document.sentences[number + 1].start
        return signer if dashed or signer.person_id is not None else None

    def _find_actor(self, number: int, sentence: Sentence) -> Speaker | None:
        """Who the narrative sentence right before a quote is about, where nobody spoke in it: Lee smiled. “Yes.”"""
        if number < 0 or self._sentence == number or self._bare == number:
            return None
        before = self._document.sentences[number]
        if before.paragraph != sentence.paragraph:
            return None
        view = SentenceView(self._document, read_tokens(self._document, before.start, before.end), [])
        subject = find_main_subject(view.tokens, len(view.tokens))
        speaker = self._voices.resolve(view, subject)
        return speaker if speaker.person_id is not None else None

    def remember(self, view: SentenceView, drafts: list[Draft], number: int, sentence: Sentence) -> None:
        """Take in what a sentence tells of the quotes after it."""
        for draft in drafts:
            if draft.split and self._draft is not None and self._sentence == number:
                draft.continues = self._draft
            if draft.speaker.basis == "none":
                self._wait(draft, number)
                continue
            if self._waiting:
                self._name_waiting(draft, number, sentence)
            self._speaker, self._draft = draft.speaker, draft
            self._paragraph, self._sentence = sentence.paragraph, number
            if draft.type == "indirect" and draft.speaker.name in self._agencies:
                self._speaker, self._paragraph = NOBODY, -2  # it passes words on, and quotes nobody's but the source's
        if not drafts:
            self._remember_bare_cue(view, number, sentence)
        if view.tokens[-1].kind == ":":
            self._remember_introducer(view, number)

    def _remember_introducer(self, view: SentenceView, number: int) -> None:
        subjects = [attribution.subject for attribution in view.attributions if attribution.subject is not None]
        introducer = subjects[-1] if subjects else leftovers.find_introducer(view, len(view.tokens))
        self._lead_in, self._lead_sentence = self._voices.resolve_teller(view, introducer), number

    def _wait(self, draft: Draft, number: int) -> None:
        before = self._waiting if self._waiting_sentence >= number - 1 else []
        self._waiting = [*before, draft] if draft.rule == "direct-alone" else []
        self._waiting_sentence = number

    def _name_waiting(self, draft: Draft, number: int, sentence: Sentence) -> None:
        """Quotes that opened the paragraph alone belong to the speaker of the quote that follows them at once."""
        follows = draft.type == "direct" and self._waiting_sentence >= number - 1
        for waiting in self._waiting:
            if follows and self._document.paragraph_at(waiting.start) == sentence.paragraph:
                waiting.speaker, waiting.rule = draft.speaker.as_basis("continuation"), "direct-before-its-cue"
        self._waiting = []

    def _remember_bare_cue(self, view: SentenceView, number: int, sentence: Sentence) -> None:
        """“Ann Lee said in a statement.” without words of her own leads to the quote behind it."""
        for attribution in view.attributions:
            speaks = attribution.form == "finite" and "clause" in attribution.cue.frames and not attribution.negated
            short = len(view.tokens) - attribution.after < _MAX_AFTER_BARE_CUE
            if speaks and short and attribution.subject is not None:
                self._speaker = self._voices.resolve(view, attribution.subject)
                self._paragraph, self._draft = sentence.paragraph, None
                self._bare = number
