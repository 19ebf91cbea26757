"""The quotes of a document: the claims of each sentence, the quotes that no cue takes, and their speakers."""

from __future__ import annotations

from functools import cache

from etl.cues import Cues
from etl.document import Document
from etl.organizations import load_organizations
from etl.people import Cast
from etl.quotes import leftovers
from etl.quotes.attributions import find_attributions, list_verb_forms, may_report
from etl.quotes.claims import find_claims
from etl.quotes.continuations import Continuations
from etl.quotes.rows import Draft, build_quotes, draft_quote, get_place
from etl.quotes.speakers import NOBODY
from etl.quotes.subjects import find_main_subject
from etl.quotes.tokens import read_tokens
from etl.quotes.turns import find_turns
from etl.quotes.view import Claim, SentenceView, inner_text, is_statement
from etl.quotes.voices import Voices
from etl.records import Article, Quote
from etl.scan import Hits
from etl.sentences import Sentence
from etl.spans import Hit

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
    return [draft_quote(quoted, "marks-only", NOBODY) for quoted in marked]


@cache
def _list_agencies() -> frozenset[str]:
    return frozenset(name for name, found in load_organizations().items() if found.kind == "agency")


def _find_media(hits: Hits) -> tuple[Hit, ...]:
    """The news agencies that the document names."""
    agencies = _list_agencies()
    return tuple([hit for hit in hits.of("organization") if hit.value in agencies])


class _Reader:
    """Goes through the sentences of a document and collects drafts of quotes."""

    def __init__(self, document: Document, hits: Hits, cast: Cast, cues: Cues) -> None:
        self.document, self.hits, self.cast, self.cues = document, hits, cast, cues
        self.drafts: list[Draft] = []
        self._voices = Voices(document, hits, cast)
        self._media = _find_media(hits)
        agencies = frozenset(hit.value for hit in self._media)
        self._continuations = Continuations(document, self._voices, agencies)
        self._cue_hits = self._group_cues()
        self._labelled: set[int] = set()
        self._turns = find_turns(document, self._voices)
        self.drafts += self._turns.values()

    def _group_cues(self) -> dict[int, list[Hit]]:
        """The cues outside of quotation marks that may report, by the number of their sentence."""
        grouped: dict[int, list[Hit]] = {}
        body, masked, cues, verbs = self.document.body, self.document.masked, self.cues, list_verb_forms()
        starts, number = [sentence.start for sentence in self.document.sentences[1:]], 0
        for hit in self.hits.of("cue"):
            start = hit.start
            if masked[start] == body[start] and (body[start : hit.end] in verbs or may_report(body, hit, cues)):
                while number < len(starts) and starts[number] <= start:
                    number += 1
                grouped.setdefault(number, []).append(hit)
        return grouped

    def list_sentences(self) -> list[int]:
        """Numbers of the sentences that may hold a quote, sorted: a cue, quoted words or a colon at the end tell.

        A cue that takes quoted words only tells nothing of a sentence without any.
        """
        document, by_lemma = self.document, self.cues.by_lemma
        numbers = {document.sentence_number_at(quoted.start) for quoted in document.quoted}
        for number, hits in self._cue_hits.items():
            for hit in hits:
                if by_lemma[hit.value].unmarked:
                    numbers.add(number)
                    break
        colon = document.masked.find(":")
        while colon >= 0:
            number = document.sentence_number_at(colon)
            if document.sentences[number].end - 1 == colon:
                numbers.add(number)
            if (labelled := self._find_labelled(colon)) is not None:
                self._labelled.add(labelled)
            colon = document.masked.find(":", colon + 1)
        return sorted(numbers | self._labelled)

    def _find_labelled(self, colon: int) -> int | None:
        """Number of the sentence in which somebody's name stands right before a colon and a blank."""
        if not self.document.masked.startswith(" ", colon + 1):
            return None
        named = self.cast.before(0, colon)[-1:]
        return self.document.sentence_number_at(named[0].start) if named and named[0].end == colon else None

    def read(self, number: int, sentence: Sentence) -> None:
        """Collect the quotes of one sentence."""
        if sentence.paragraph in self._turns:
            return
        hits = self._cue_hits.get(number)
        reading = read_tokens(self.document, sentence.start, sentence.end)
        attributions = (
            find_attributions(reading, hits, self.cues) if hits and len(reading.tokens) <= _MAX_TOKENS else []
        )
        if not (attributions or reading.quoted or reading.tokens[-1].kind == ":" or number in self._labelled):
            return
        view = SentenceView(self.document, reading, attributions, self._media)
        claims = find_claims(view) if attributions else []
        drafts = [self._draft(view, claim) for claim in claims] if claims else self._read_label(view, sentence)
        if view.quoted and (claims or not drafts):
            drafts += self._read_leftovers(view, claims, number, sentence)
        if len(drafts) > 1:
            drafts.sort(key=get_place)
        self._continuations.remember(view, drafts, number, sentence)
        self.drafts += drafts

    def _read_label(self, view: SentenceView, sentence: Sentence) -> list[Draft]:
        """Ann Lee: The bridge is “a ruin”: a paragraph of one sentence, labelled with somebody whom the text names."""
        if self.document.masked.find(":", sentence.start, sentence.end) < 0:
            return []
        paragraph = self.document.paragraphs[sentence.paragraph]
        alone = (sentence.start, sentence.end) == paragraph and len(view.tokens) <= _MAX_LABELLED
        label = leftovers.find_opening_label(view.tokens) if alone else None
        if label is None:
            return []
        first, last = label.last + 1, len(view.tokens) - (view.tokens[-1].kind == ".")
        speaker = self._voices.resolve(view, label)
        if speaker.person_id is None or view.tokens[first].kind == "quote" == view.tokens[last - 1].kind:
            return []
        if not view.is_clause(first, last):
            return []
        quoted, span = view.quotes_in(first, last), view.reading.span(first, last)
        kind, rule = ("mixed", "mixed-label") if quoted else ("indirect", "indirect-label")
        return [Draft(kind, *span, rule, quoted, speaker.as_basis("colon"))]

    def _draft(self, view: SentenceView, claim: Claim) -> Draft:
        attribution = claim.attribution
        resolve = self._voices.resolve_teller if attribution.shared else self._voices.resolve
        return Draft(
            claim.type,
            claim.start,
            claim.end,
            claim.rule,
            claim.quoted,
            resolve(view, claim.subject),
            attribution.cue.lemma,
            (attribution.start, attribution.end),
            view.text(claim.via) if claim.via else None,
            claim.continues,
        )

    def _read_leftovers(self, view: SentenceView, claims: list[Claim], number: int, sentence: Sentence) -> list[Draft]:
        """The quotes that no cue of the sentence takes."""
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
        if leftovers.stands_alone(tokens) or (leftovers.goes_on_alone(tokens) and self._continuations.follows(number)):
            long = leftovers.is_long_enough(text)
            return self._continuations.continue_quote(quoted, number, sentence) if long else None
        draft = self._read_marked(view, at, claims) if is_statement(text) else self._read_borrowed(view, at)
        return draft or self._continue_clause(view, at, number, sentence)

    def _read_marked(self, view: SentenceView, at: int, claims: list[Claim]) -> Draft | None:
        """Quoted words that can stand alone, beside words that no cue ties to them."""
        tokens, quoted = view.tokens, view.quoted[at]
        if at and tokens[at - 1].kind == ":":
            speaker = self._voices.resolve_teller(view, leftovers.find_introducer(view, at))
            return draft_quote(quoted, "direct-colon", speaker.as_basis("colon"))
        if at and tokens[at - 1].kind in (",", "-", ";", ".") and claims and claims[-1].start < quoted.start:
            speaker = self._voices.resolve(view, claims[-1].subject)
            return draft_quote(quoted, "direct-split", speaker.as_basis("continuation"), split=True)
        if leftovers.may_have_unlisted_cue(view, at):
            speaker = self._voices.resolve_teller(view, leftovers.find_unlisted_subject(view, at))
            return draft_quote(quoted, "direct-unlisted-cue", speaker)
        return self._read_borrowed(view, at)

    def _read_borrowed(self, view: SentenceView, at: int) -> Draft | None:
        """Words that somebody uses in an act of his: Lee supported a plan to “share the port with its neighbours”."""
        user = leftovers.find_user(view, at)
        if user is None:
            return None
        first = leftovers.find_carrier(view.tokens, user.last, at)
        quoted, speaker = view.quotes_in(first, at + 1), self._voices.resolve(view, user)
        rule = "mixed-told" if view.attributions else "mixed-borrowed"
        if rule == "mixed-borrowed" and (speaker.kind in ("group", "unknown") or leftovers.is_told_of(view.tokens, at)):
            return None
        return Draft("mixed", *view.reading.span(first, at + 1), rule, quoted, speaker)

    def _continue_clause(self, view: SentenceView, at: int, number: int, sentence: Sentence) -> Draft | None:
        """The writer goes on with what was said in the sentence before, partly in the speaker's words."""
        speaker = self._continuations.find_speaker_before(number, sentence)
        if speaker is None or number in self._cue_hits or not leftovers.is_continuation(view, at):
            return None
        subject = self._voices.resolve(view, find_main_subject(view.tokens, len(view.tokens)))
        if subject.kind in ("person", "organization", "country", "role") and subject.name != speaker.name:
            return None  # somebody else's words, by a verb that no list has
        last = len(view.tokens) - (view.tokens[-1].kind in (".", "?", "!"))
        return Draft("mixed", *view.reading.span(0, last), "mixed-continuation", view.quotes_in(0, last), speaker)
