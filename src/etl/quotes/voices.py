"""The speakers that phrases name, each resolved once."""

from __future__ import annotations

from etl.document import Document
from etl.people import Cast
from etl.quotes.grammar import load_grammar
from etl.quotes.phrases import Phrase
from etl.quotes.speakers import NOBODY, Speaker, resolve_speaker
from etl.quotes.view import SentenceView
from etl.scan import Hits
from etl.spans import Span


class Voices:
    """Who speaks in a document: resolves phrases of its sentences to speakers."""

    def __init__(self, document: Document, hits: Hits, cast: Cast) -> None:
        self._document, self._hits, self._cast = document, hits, cast
        self._known: dict[Span, Speaker] = {}
        # Whom the last phrase with each noun for a role named: a senior official, Ann Lee.
        self._holders: dict[str, Speaker] = {}

    def resolve(self, view: SentenceView, phrase: Phrase | None) -> Speaker:
        """The speaker that `phrase` names; NOBODY where there is no phrase."""
        if phrase is None:
            return NOBODY
        first, span = view.tokens[phrase.first], view.reading.span(*phrase)
        if first.contracted and phrase.last - phrase.first == 1:
            span = Span(span.start, span.start + first.low.index("'"))
        return self.resolve_span(span)

    def resolve_teller(self, view: SentenceView, phrase: Phrase | None) -> Speaker:
        """The speaker, where the phrase is somebody or a paper, and no thing."""
        return self.resolve(view, phrase if phrase is not None and view.can_tell(phrase) else None)

    def resolve_span(self, span: Span) -> Speaker:
        """The speaker that the words at `span` name."""
        known = self._known.get(span)
        if known is None:
            found = resolve_speaker(self._document, self._hits, self._cast, span)
            known = self._known[span] = self._resolve_back(found)
        return known

    def _resolve_back(self, speaker: Speaker) -> Speaker:
        """The official: who spoke before as an official, if nobody else has since."""
        words = (speaker.mention or "").lower().split()
        if len(words) == 2 and words[0] == "the" and speaker.kind == "role":
            holder = self._holders.get(words[1])
            if holder is None:
                return speaker
            return holder._replace(mention=speaker.mention, start=speaker.start, end=speaker.end, basis="role")
        nouns = load_grammar().role_nouns.intersection([word.strip(",") for word in words])
        if nouns:
            self._holders.update(dict.fromkeys(nouns, speaker))
        return speaker
