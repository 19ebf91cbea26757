"""Which quotes tell one utterance: cases, and what holds of any quotes."""

from __future__ import annotations

import random
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

CASES = Path(__file__).parents[2] / "cases" / "variants" / "tellings.toml"
CASE_LIST = tomllib.loads(CASES.read_text(encoding="utf-8"))["case"]

WORDS = re.findall(
    r"\w+", "ferry harbour pilot river mill owner licence flood grain truck village border dawn lamp keeper"
)
SPEAKERS = (None, "okoro", "lund", "x-ada-okoro")
DAYS = (None, "2031-05-02", "2031-05-03", "2031-05-09", "2031-09-14")


@st.composite
def draw_quotes(
    draw: st.DrawFn, prefix: str = "q", speakers: tuple[str | None, ...] = SPEAKERS
) -> list[dict[str, Any]]:
    """A dozen quotes of a few articles, many of them cuts of one sentence, so that variants are frequent."""
    sentence = draw(st.lists(st.sampled_from(WORDS), min_size=8, max_size=24))
    days = {article: draw(st.sampled_from(DAYS)) for article in "abcd"}
    quotes = []
    for number in range(draw(st.integers(2, 12))):
        start = draw(st.integers(0, 4))
        article = draw(st.sampled_from("abcd"))
        speaker = draw(st.sampled_from(speakers))
        quotes.append(
            {
                "id": f"{prefix}{number:02}",
                "article": prefix + article,
                "day": days[article],
                "speaker": speaker,
                "meeting": draw(st.sampled_from((None, f"{prefix}m", f"{prefix}n"))) if speaker else None,
                "type": draw(st.sampled_from(("direct", "mixed", "indirect"))),
                "text": " ".join(sentence[start : start + draw(st.integers(3, 20))]),
            }
        )
    return quotes


def mark_case(case: dict[str, Any]) -> Any:
    marks = [pytest.mark.xfail(strict=True, reason=case["known_failure"])] if "known_failure" in case else []
    return pytest.param(case, id=case["id"], marks=marks)


@pytest.mark.parametrize("case", [mark_case(case) for case in CASE_LIST])
def test_cases(case: dict[str, Any], build_story: Any) -> None:
    assert build_story(case["quotes"], case.get("articles")).find() == case["variants"]


def test_no_quotes_no_variants(build_story: Any) -> None:
    story = build_story([{"id": "q1", "speaker": "okoro", "text": "The ferry sails at dawn."}])
    story.quotes = story.quotes.clear()
    assert story.find() == {}


@settings(max_examples=25, deadline=None)
@given(quotes=draw_quotes(), seed=st.integers(0, 9))
def test_the_order_of_the_rows_does_not_matter(quotes: list[dict[str, Any]], seed: int, build_story: Any) -> None:
    story = build_story(quotes)
    found = story.find()
    for table in ("quotes", "articles", "mentions", "participants"):
        frame = getattr(story, table)
        setattr(story, table, frame.sample(fraction=1, shuffle=True, seed=seed))
    assert story.find() == found


@settings(max_examples=25, deadline=None)
@given(quotes=draw_quotes(), copied=st.booleans())
def test_what_is_followed_leads_and_says_no_less(quotes: list[dict[str, Any]], copied: bool, build_story: Any) -> None:
    articles = {"qb": {"copy_of": "qa"}} if copied and any(q["article"] == "qa" for q in quotes) else {}
    found = build_story(quotes, articles).find()
    told = {quote["id"]: quote for quote in quotes}
    for quote_id, leader in found.items():
        assert leader not in found
        assert len(told[leader]["text"].split()) >= len(told[quote_id]["text"].split())


@settings(max_examples=25, deadline=None)
@given(quotes=draw_quotes())
def test_persons_and_distant_days_stay_apart(quotes: list[dict[str, Any]], build_story: Any) -> None:
    told = {quote["id"]: quote for quote in quotes}
    clusters: dict[str, list[dict[str, Any]]] = {}
    for quote_id, leader in build_story(quotes).find().items():
        clusters.setdefault(leader, [told[leader]]).append(told[quote_id])
    for cluster in clusters.values():
        assert len({quote["speaker"].rpartition("-")[2] for quote in cluster if quote["speaker"]}) <= 1
        for one in cluster:
            for other in cluster:
                apart = {one["day"], other["day"]} >= {"2031-05-02", "2031-09-14"}
                assert not apart or one["meeting"] == other["meeting"] is not None


@settings(max_examples=25, deadline=None)
@given(one=draw_quotes("q"), other=draw_quotes("r", (None, "berg", "x-dahl")), seed=st.integers(0, 9))
def test_blocks_that_share_nothing_do_not_move_each_other(
    one: list[dict[str, Any]], other: list[dict[str, Any]], seed: int, build_story: Any
) -> None:
    for quote in other:
        quote["text"] = " ".join(f"{word}zz" for word in quote["text"].split())
    both = [*one, *other]
    random.Random(seed).shuffle(both)
    both.sort(key=lambda quote: quote["id"])
    assert build_story(both).find() == build_story(one).find() | build_story(other).find()
