"""One sentence as the layer reads it, and the claims that are built from its tokens."""

from __future__ import annotations

import re
from dataclasses import dataclass

from etl.document import Document
from etl.marks import QuotedSpan
from etl.quotes.grammar import load_grammar
from etl.quotes.phrases import Phrase, is_quantity
from etl.quotes.tokens import Reading
from etl.quotes.uses import Attribution
from etl.quotes.words import Token, has_finite, read_word
from etl.spans import Hit

_WORD = re.compile(r"\w+(?:[’'-]\w+)*")
_ENDS = re.compile(r"[.?!…,;—–-][’')\]]?$")
_VERB = re.compile(
    r"\b(?:is|are|was|were|am|has|have|had|will|would|can|could|should|may|might|must|cannot|do|does|did|ain['’]t|\w+n['’]t"
    r"|\w+['’](?:s|re|ve|ll|d|m)|\w{3,}ed|went|came|took|made|got|gave|said|saw|knew|let|need|want|know|think|believe)\b",
    re.I,
)
# Titles of works are shorter.
_NINE_WORDS = re.compile(r"\W*+(?:\w++(?:[’'-]\w++)*+\W++){8}\w")


@dataclass(slots=True, eq=False)
class Claim:
    """Words that a sentence attributes: offsets of the text, tokens of the speaker.

    `before`: the words stand before their cue. `continues`: they go on from quoted words before the cue.
    """

    type: str
    start: int
    end: int
    rule: str
    quoted: tuple[QuotedSpan, ...]
    attribution: Attribution
    subject: Phrase | None = None
    via: Phrase | None = None
    before: bool = False
    continues: bool = False


class SentenceView:
    """The tokens, quoted stretches and attributions of a sentence, and the media that `document` names."""

    __slots__ = ("attributions", "document", "media", "quoted", "reading", "tokens")

    def __init__(
        self, document: Document, reading: Reading, attributions: list[Attribution], media: tuple[Hit, ...] = ()
    ) -> None:
        self.document, self.reading, self.attributions, self.media = document, reading, attributions, media
        self.tokens: list[Token] = reading.tokens
        self.quoted: dict[int, QuotedSpan] = reading.quoted

    def text(self, phrase: Phrase) -> str:
        """The words of a phrase as they stand in the body."""
        start, end = self.reading.span(*phrase)
        return self.document.body[start:end]

    def words_at(self, at: int) -> str:
        """The words between the marks of token `at`."""
        return inner_text(self.document, self.quoted[at])

    def quotes_in(self, first: int, last: int) -> tuple[QuotedSpan, ...]:
        """The quoted stretches of tokens[first:last]."""
        if not self.quoted:
            return ()
        return tuple(quoted for at, quoted in self.quoted.items() if first <= at < last)

    def is_clause(self, first: int, last: int) -> bool:
        """True where a finite verb stands in tokens[first:last], quoted words included."""
        if has_finite(self.tokens, first, last):
            return True
        return any(holds_verb(inner_text(self.document, quoted)) for quoted in self.quotes_in(first, last))

    def is_media(self, phrase: Phrase) -> bool:
        """True for the name of a medium, or a noun for one (the newspaper): it passes words on."""
        tokens, last = self.tokens, phrase.first
        while last < phrase.last:
            if tokens[last].preposition and last > phrase.first:
                break
            if tokens[last].medium:
                return True
            last += 1
        if not self.media:
            return False
        start, end = self.reading.span(phrase.first, last)
        return any(start <= hit.start and hit.end <= end for hit in self.media)

    def can_speak(self, phrase: Phrase) -> bool:
        """False for things (the meeting, the visit); a name, a pronoun or a role can speak."""
        words = load_grammar()
        blurred = is_quantity(self.tokens, *phrase) and self.tokens[phrase.first].preposition
        tokens = self.tokens[phrase.first + blurred : phrase.last]
        ends = (at for at, token in enumerate(tokens) if token.preposition or token.kind == ",")
        head = next(ends, len(tokens))
        if any(token.kind == "name" and token.low not in words.determiners for token in tokens[:head]):
            return True
        last = tokens[head - 1].low if head else ""
        if last == "there":
            return False
        if any(token.kind == "number" for token in tokens[: head - 1]) and last.endswith("s"):
            return last not in words.things and last not in words.time_nouns  # fifty sailors
        return (
            last in words.pronouns
            or last in words.role_nouns
            or last in words.group_nouns
            or last in words.organization_nouns
        )

    def is_thing(self, phrase: Phrase) -> bool:
        """True for what shows something and says nothing: the visit, this step."""
        words = load_grammar()
        tokens = self.tokens[phrase.first : phrase.last]
        ends = (at for at, token in enumerate(tokens) if at and (token.preposition or token.kind == ","))
        head = tokens[next(ends, len(tokens)) - 1]
        return head.kind == "word" and head.low in words.things

    def can_tell(self, phrase: Phrase) -> bool:
        """True for who can speak, and for papers: the report."""
        tokens = self.tokens[phrase.first : phrase.last]
        return self.can_speak(phrase) or any(token.low in load_grammar().document_nouns for token in tokens)


def inner_text(document: Document, quoted: QuotedSpan) -> str:
    """The words between the marks, from the first piece to the last."""
    return document.body[quoted.pieces[0].start : quoted.pieces[-1].end]


def holds_verb(text: str) -> bool:
    """True for quoted words with a finite verb among them."""
    return _VERB.search(text) is not None or any(read_word(word).finite for word in _WORD.findall(text))


def is_statement(text: str) -> bool:
    """True for quoted words that can stand alone: four or more, or with a sentence's end inside; no title of a work."""
    if _NINE_WORDS.match(text):
        return True
    words = _WORD.findall(text)
    if len(words) < 4:
        return text[-1:] in (".", "?", "!")
    long = [word for word in words if len(word) > 3]
    capitals = len(long) > 1 and all(word[0].isupper() for word in long)
    return not (capitals and text[-1:] not in (".", "?", "!", ","))


def claim_quote(
    view: SentenceView, attribution: Attribution, at: int, rule: str, *, before: bool = False, continues: bool = False
) -> Claim:
    """The claim that token `at`, a quoted stretch, is: direct where it is a statement, else a mixed fragment."""
    quoted, text = view.quoted[at], view.words_at(at)
    speech = attribution.cue.frames.isdisjoint({"object", "act"})
    whole = is_statement(text) or (before and speech and _ENDS.search(text) is not None)
    return Claim(
        type="direct" if whole else "mixed",
        start=quoted.pieces[0].start,
        end=quoted.pieces[-1].end,
        rule=rule if whole else "mixed-fragment",
        quoted=(quoted,),
        attribution=attribution,
        subject=attribution.subject,
        via=attribution.via,
        before=before,
        continues=continues,
    )


def claim_clause(
    view: SentenceView, attribution: Attribution, first: int, last: int, rule: str, *, before: bool = False
) -> Claim:
    """The claim that tokens[first:last] are: mixed where they hold quoted words, else indirect."""
    quotes = view.quotes_in(first, last)
    start, end = view.reading.span(first, last)
    if view.tokens[last - 1].kind == "number" and view.document.body[end - 1] == ".":
        end -= 1  # delays fell in 2023.
    return Claim(
        type="mixed" if quotes else "indirect",
        start=start,
        end=end,
        rule=f"mixed-{rule}" if quotes else f"indirect-{rule}",
        quoted=quotes,
        attribution=attribution,
        subject=attribution.subject,
        via=attribution.via,
        before=before,
    )
