"""At which meeting a quote was said: small articles, the sentences that tell a meeting marked with |...|."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import polars as pl
import pytest

from etl.data import DataError
from etl.quote_meetings import link_quotes, list_said_elsewhere, load_occasion_rules
from schemas import TABLES

LEAD = "President Ada Okoro and her guest Nils Lund held talks in Abuja on Monday."
PERSONS = {"okoro": "Ada Okoro", "lund": "Nils Lund", "berg": "Eva Berg"}


@dataclass
class Story:
    """An article under construction: paragraphs, the meetings that its sentences tell, the quotes."""

    paragraphs: list[str] = field(default_factory=list)
    mentions: list[dict[str, Any]] = field(default_factory=list)
    quotes: list[dict[str, Any]] = field(default_factory=list)

    @property
    def offset(self) -> int:
        return sum(len(paragraph) + 2 for paragraph in self.paragraphs)

    def tell(self, sentence: str, meeting: str, trigger: str = "talks", status: str = "held") -> Story:
        start = self.offset
        at = start + sentence.index(trigger)
        row = {"mention_id": f"{at}", "meeting_id": meeting, "article_id": "a", "start": start, "text": sentence}
        self.mentions.append(row | {"end": start + len(sentence), "trigger_start": at, "status": status})
        return self.write(sentence)

    def write(self, paragraph: str) -> Story:
        self.paragraphs.append(paragraph)
        return self

    def quote(self, speaker: str, words: str, cue: str = "said", basis: str = "name", **facts: Any) -> Story:
        """A quote in the paragraph written last."""
        paragraph = self.paragraphs[-1]
        begin = self.offset - len(paragraph) - 2
        start, cue_start = begin + paragraph.index(words), begin + paragraph.index(cue)
        row = dict.fromkeys(TABLES["quotes"].columns) | {
            "quote_id": f"q{len(self.quotes)}",
            "article_id": "a",
            "type": "direct",
            "start": start,
            "end": start + len(words),
            "cue": {"told": "tell"}.get(cue, "say"),
            "cue_start": cue_start,
            "cue_end": cue_start + len(cue),
            "speaker_id": speaker,
            "speaker_name": PERSONS[speaker],
            "speaker_basis": basis,
        }
        self.quotes.append(row | facts)
        return self

    def link(self) -> dict[str, str]:
        parties = {"m1": ("okoro", "lund"), "m2": ("okoro", "berg")}
        rows = [(m, person, PERSONS[person]) for m, persons in parties.items() for person in persons]
        frame = link_quotes(
            pl.DataFrame(self.quotes, schema=TABLES["quotes"].dtypes),
            pl.DataFrame(self.mentions, schema_overrides={"start": pl.Int64}),
            pl.DataFrame(rows, schema=["meeting_id", "person_id", "name"], orient="row"),
            pl.DataFrame([("a", "\n\n".join(self.paragraphs))], schema=["article_id", "body"], orient="row"),
        )
        return dict(frame.iter_rows())


def test_quotes_of_the_participants_belong_to_the_one_meeting_that_opens_the_article() -> None:
    story = Story().tell(LEAD, "m1").write("“The road is open,” Lund said.").quote("lund", "The road is open,")
    story.write("“Thank you,” Okoro said.").quote("okoro", "Thank you,")
    assert story.link() == {"q0": "m1", "q1": "m1"}


def test_quotes_of_others_belong_to_no_meeting() -> None:
    story = Story().tell(LEAD, "m1").write("“The road is closed,” Berg said.").quote("berg", "The road is closed,")
    assert story.link() == {}


def test_what_is_said_in_an_interview_was_not_said_at_the_meeting() -> None:
    story = Story().tell(LEAD, "m1")
    story.write("“We are friends,” Lund said in an interview.").quote("lund", "We are friends,")
    story.write("“And neighbours,” he said.").quote("lund", "And neighbours,", basis="pronoun")
    story.write("“The road is open,” Lund said.").quote("lund", "The road is open,")
    assert story.link() == {"q2": "m1"}


def test_words_of_the_quote_itself_say_nothing_of_its_occasion() -> None:
    story = Story().tell(LEAD, "m1").write("“I gave an interview on it,” Lund said.")
    assert story.quote("lund", "I gave an interview on it,").link() == {"q0": "m1"}


def test_with_two_meetings_of_the_speaker_the_sentence_or_the_addressee_decides() -> None:
    story = Story().tell(LEAD, "m1").tell("Okoro also held talks with the minister Eva Berg.", "m2")
    story.write("“One,” Okoro said.").quote("okoro", "One,")
    story.write("“Two,” Okoro told Berg.").quote("okoro", "Two,", cue="told")
    story.tell("“Three,” Okoro said during the talks with Lund.", "m1").quote("okoro", "Three,")
    story.write("“Four,” Lund said.").quote("lund", "Four,")
    assert story.link() == {"q1": "m2", "q2": "m1", "q3": "m1"}


def test_a_meeting_that_the_quote_is_about_is_not_the_one_where_it_was_said() -> None:
    story = Story().write("Nothing new.").write("Nothing else.")
    story.tell("“The talks went well,” Lund said.", "m1").quote("lund", "The talks went well,")
    assert story.link() == {}


def test_a_meeting_told_further_down_does_not_draw_the_quotes() -> None:
    story = Story().write("A report.").write("“No,” Lund said.").quote("lund", "No,").write("More.").tell(LEAD, "m1")
    assert story.link() == {}


def test_planned_and_earlier_meetings_have_no_quotes_yet() -> None:
    story = Story().tell("Okoro and Lund will hold talks on Friday.", "m1", status="scheduled")
    story.write("“We shall see,” Lund said.").quote("lund", "We shall see,")
    assert story.link() == {}
    story = Story().tell(LEAD, "m1").tell("The two last met for talks in May.", "m2")
    story.write("“We shall see,” Okoro said.").quote("okoro", "We shall see,")
    assert story.link() == {"q0": "m1"}


def test_a_continued_quote_goes_with_the_one_it_continues() -> None:
    story = Story().tell(LEAD, "m1").write("“Yes,” Lund told reporters. “Of course.”").quote("lund", "Yes,", cue="told")
    story.quote("lund", "Of course.", cue="told", continues="q0", quote_id="q1")
    assert story.link() == {}


def test_no_quotes_make_an_empty_frame() -> None:
    story = Story().tell(LEAD, "m1")
    assert story.link() == {}


@pytest.mark.parametrize("rule", load_occasion_rules(), ids=lambda rule: rule.id)
def test_rules_hit_and_spare_their_examples(rule: Any) -> None:
    assert all(rule.pattern.search(text) for text in rule.hits)
    assert not any(rule.pattern.search(text) for text in rule.spares)
    assert all(list_said_elsewhere(rule.hits))
    assert not any(list_said_elsewhere(rule.spares))


@pytest.mark.parametrize(
    "pattern", [r"\btold(?! him)", r"(?<=in )a letter", r"(he|she) wrote \1", "In a letter", "(letter"]
)
def test_patterns_that_cannot_be_run_are_told(monkeypatch: pytest.MonkeyPatch, pattern: str) -> None:
    rule = {"id": "letter", "pattern": pattern, "hits": ["in a letter"], "spares": []}
    monkeypatch.setattr("etl.quote_meetings.read_toml", lambda name: {"rule": [rule]})
    with pytest.raises(DataError, match="rule letter"):
        load_occasion_rules.__wrapped__()
