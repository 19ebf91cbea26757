"""Title, wrapped lines, the zone of the body, and its guard."""

from __future__ import annotations

from typing import Any

import pytest

from etl.normalise import load_line_rules, normalise_article
from etl.normalise.lines import split_lines
from etl.normalise.zones import find_best_run
from etl.records import Article, Metadata, RawArticle

A = "The ministers of both countries spoke for two hours about the harbour and the road on Sunday, officials said."
B = "They will meet again before the rains, when the first stones of the northern quay are to be laid by fishermen."
C = "The mayor of the old town thanked both sides for their patience and asked them to think of the market too."


def normalise(text: str, **metadata: Any) -> Article:
    return normalise_article(RawArticle("a.txt", text, Metadata(**metadata)), load_line_rules(), "0" * 12)


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("", None),
        ("Ministers speak of harbour and road\n\n", "Ministers speak of harbour and road"),
        (
            "MINISTERS SPEAK OF HARBOUR AND ROAD FOR TWO HOURS IN LAMU\n\n",
            "MINISTERS SPEAK OF HARBOUR AND ROAD FOR TWO HOURS IN LAMU",
        ),
        ("Ministers speak of harbour and road [PHOTOS]\n", "Ministers speak of harbour and road"),
        (
            "Will the ministers ever build the harbour and the road?\n\n",
            "Will the ministers ever build the harbour and the road?",
        ),
        ("By Anna Okello\n\n", None),
    ],
    ids=str,
)
def test_title_is_the_headline_above_the_lead(head: str, title: str | None) -> None:
    article = normalise(f"{head}{A}\n\n{B}\n\n{C}\n")
    assert article.title == title
    assert article.body == f"{A}\n\n{B}\n\n{C}"


def test_short_lead_is_no_title() -> None:
    article = normalise(f"Two ministers met in Lamu on Sunday.\n\n{A}\n\n{B}\n\n{C}")
    assert article.title is None
    assert article.body.startswith("Two ministers met")


def test_metadata_title_is_taken_where_the_text_has_none() -> None:
    assert normalise(f"{A}\n\n{B}", title="Harbour talks").title == "Harbour talks"


def test_metadata_title_marks_its_line() -> None:
    article = normalise(f"Harbour talks open.\n\n{A}\n\n{B}", title="Harbour talks open")
    assert article.title == "Harbour talks open."
    assert article.body == f"{A}\n\n{B}"


def test_repeated_title_is_no_body() -> None:
    article = normalise(f"Ministers speak of the harbour\n\n{A}\n\nMinisters speak of the harbour\n\n{B}\n\n{C}")
    assert article.body == f"{A}\n\n{B}\n\n{C}"


def test_crosshead_between_prose_stays() -> None:
    article = normalise(f"{A}\n\nWhat the plan says\n\n{B}\n\nRelated charges\n\n{C}")
    assert "What the plan says" in article.body
    assert "Related charges" in article.body


def test_opener_with_a_story_of_its_own_does_not_close_the_body() -> None:
    article = normalise(f"{A}\n\nRecommended\n\n{B}\n\n{C}\n\n{A}\n\n{B}")
    assert article.body == f"{A}\n\n{B}\n\n{C}\n\n{A}\n\n{B}"


def test_text_of_furniture_words_alone_is_kept() -> None:
    text = "Share\n\nShare\n\nAdvertisement"
    assert normalise(text).body == text


def test_text_that_would_lose_most_of_its_prose_is_kept_whole() -> None:
    lists = "\n".join(f"Stall {i}" for i in range(40))
    article = normalise(f"{A}\n{lists}\n{B}\n{C}\n{lists}\n{A} And more.\n{lists}\n{B} Again.\n")
    assert article.body.count("Stall 7") == 3
    assert article.body.endswith("Again.\n\n" + lists.replace("\n", "\n\n") + f"\n\n{B} Again.") or C in article.body


@pytest.mark.parametrize("text", ["", " \n\n ", "\u200b", "\u00ad\n"])
def test_empty_text_has_no_body(text: str) -> None:
    article = normalise(text)
    assert (article.body, article.n_words, article.coverage, article.language) == ("", 0, "none", None)


WRAPPED = """The ministers of both countries spoke for two hours about the
harbour and the road, and officials who were there said that it had
been the longest of the talks so far.

They will meet again before the rains, when the first stones of the
northern quay are to be laid by fishermen."""


def test_hard_wrapped_paragraphs_are_joined() -> None:
    lines = split_lines(WRAPPED)
    assert [(line.first, line.last) for line in lines] == [(1, 3), (5, 6)]
    assert lines[0].text.endswith("of the talks so far.")
    assert all(WRAPPED[line.start : line.end].split() == line.text.split() for line in lines)


def test_indent_starts_a_paragraph() -> None:
    indented = "    " + WRAPPED.replace("\n\n", "\n    ")
    assert [(line.first, line.last) for line in split_lines(indented)] == [(1, 3), (4, 5)]


def test_lines_that_are_paragraphs_stay_apart() -> None:
    lists = "Lamu\nMombasa\nThe port of Tanga\nKilifi and Malindi"
    for text in (f"{A}\n{B}\n{C}", lists):
        assert [line.text for line in split_lines(text)] == text.split("\n")


@pytest.mark.parametrize(
    ("scores", "run"),
    [([], (0, 0)), ([-1.0], (0, 0)), ([-7, 20, -7, 30, -24, 5], (1, 4)), ([5, 5], (0, 2)), ([3, -9, 3], (0, 1))],
)
def test_best_run(scores: list[float], run: tuple[int, int]) -> None:
    assert find_best_run(scores) == run


def test_headline_named_twice_wins_over_a_label() -> None:
    """Pages name their headline as the title of the page, too; more words of another line may stand in the story."""
    label, title = "Two ministers and the mayor", "Lamu and Tarsund win their northern quay road"
    article = normalise(f"{title}\n\nHome\n\n{label}\n\n{title}\n\nSubscribe\n\nMenu\n\n{A}\n\n{B}\n\n{C}")
    assert article.title == title


@pytest.mark.parametrize(
    "text", ["The mayor (left) and the ministers of both countries at the quay", "Archivbild: road"]
)
def test_text_of_a_picture_is_no_title(text: str) -> None:
    article = normalise(f"Menu\n\nSearch\n\n{text}\n\nShare\n\n{A}\n\n{B}\n\n{C}")
    assert article.title is None


SUMMARY = "Officials of both countries say the northern quay will be ready before the rains of next year"


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        (SUMMARY, True),
        ("Harbour of Lamu", False),
        (f"({SUMMARY})", False),
        (f"{SUMMARY}, May 5, 2031", False),
        (f"{SUMMARY} | Example Post", False),
    ],
    ids=str,
)
def test_summary_below_the_headline_is_body(line: str, kept: bool) -> None:
    share = "Share on Facebook\n\nShare on X\n\nPrint\n\nEmail\n\nShare"
    article = normalise(f"Ministers speak of harbour and road\n\n{line}\n\n{share}\n\n{A}\n\n{B}\n\n{C}")
    assert article.title == "Ministers speak of harbour and road"
    assert (line in article.body) == kept


def test_comments_of_readers_are_no_body() -> None:
    comments = "\n\n".join(f"{text} I was there and saw it all." for text in (A, B, C) * 4)
    article = normalise(f"{A}\n\n{B}\n\n{C}\n\n12 responses to “Ministers speak of harbour”\n\n{comments}")
    assert article.body == f"{A}\n\n{B}\n\n{C}"
    assert {part.kind for part in article.parts} >= {"comment_prompt"}


def test_table_of_cookies_is_no_body() -> None:
    rows = "\n".join(
        f"_id{n} {n} months This cookie counts the visitors of the pages of the site." for n in range(2, 30)
    )
    article = normalise(f"{A}\n\n{B}\n\n{C}\n\nCookie Duration Description\n{rows}")
    assert article.body == f"{A}\n\n{B}\n\n{C}"


def test_day_behind_its_month_starts_no_item() -> None:
    text = (
        "The ministers met on May 5 and again in the old town of Lamu on the banks of the river on May\n"
        "12. This time they spoke for two hours about the harbour and the road that leads\n"
        "to it, and about the ferry, which was to sail again before the end of the week,\nofficials said.\n"
    )
    assert len(split_lines(text)) == 1


def test_line_that_the_body_goes_on_with_is_no_title() -> None:
    article = normalise(f"LAMU (KBN) – Ministers of both countries have talked\nabout the harbour. {A}\n{B}\n{C}\n")
    assert article.title is None
