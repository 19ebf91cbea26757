"""Datelines, timestamps, days, captions and the reference date that follows from them."""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from etl.normalise import load_line_rules, normalise_article
from etl.normalise.bylines import read_byline
from etl.normalise.days import load_calendar
from etl.normalise.timestamps import load_timestamp_reader
from etl.records import Article, Metadata, RawArticle

CASES = Path(__file__).parents[2] / "cases" / "lines" / "datelines.toml"
PROSE = (
    "The ministers of both countries spoke for two hours about the harbour and the road, and will meet again soon.\n"
)


@pytest.mark.parametrize("case", tomllib.loads(CASES.read_text(encoding="utf-8"))["case"], ids=lambda c: c["text"][:30])
def test_dateline(case: dict[str, Any]) -> None:
    dateline = load_line_rules().datelines.find_dateline(case["text"])
    if "place" not in case:
        assert dateline is None
        return
    assert dateline is not None
    assert (dateline.place, dateline.agency, dateline.day) == (case["place"], case.get("agency"), case.get("day"))
    assert case["text"][dateline.end :].startswith(case["rest"])


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("March 15, 2023", [date(2023, 3, 15)]),
        ("on 15th of March 2023", [date(2023, 3, 15)]),
        ("2023-03-15T10:00", [date(2023, 3, 15)]),
        ("15.03.2023", [date(2023, 3, 15)]),
        ("5. März 2024 und 6. März 2024", [date(2024, 3, 5), date(2024, 3, 6)]),
        ("15 марта 2023", [date(2023, 3, 15)]),
        ("3/4/2023 is ambiguous", []),
        ("26/10/2023 and 10/27/2023", [date(2023, 10, 26), date(2023, 10, 27)]),
        ("13/13/2023", []),
        ("25/02/2023February 25, 2023", [date(2023, 2, 25), date(2023, 2, 25)]),
        ("February 30, 2023", []),
        ("March 15", []),
        ("in 2023", []),
    ],
)
def test_full_days_are_found(text: str, days: list[date]) -> None:
    assert [found.day for found in load_calendar().find_days(text)] == days


@pytest.mark.parametrize(
    ("line", "day", "time"),
    [
        ("Published: 5 March 2024, 10:30 GMT", date(2024, 3, 5), datetime(2024, 3, 5, 10, 30, tzinfo=UTC)),
        ("Tuesday, March 5, 2024 6:05 PM", date(2024, 3, 5), datetime(2024, 3, 5, 18, 5, tzinfo=UTC)),
        ("Updated: Nov 20 2019, 15:24 IST", date(2019, 11, 20), None),
        ("2024-03-05 10:30 +0200", date(2024, 3, 5), datetime(2024, 3, 5, 8, 30, tzinfo=UTC)),
        ("10:30 p.m.", None, None),
    ],
)
def test_timestamp_line_is_read(line: str, day: date | None, time: datetime | None) -> None:
    stamp = load_timestamp_reader().find_timestamp(line)
    assert stamp is not None
    assert (stamp.day, stamp.time) == (day, time)


@pytest.mark.parametrize(
    "line", ["The 5 March 2024 talks", "40 dead", "Born 5 March 1950 in Lamu", "Lamu 2, Mombasa 1"]
)
def test_line_with_other_words_is_no_timestamp(line: str) -> None:
    assert load_timestamp_reader().find_timestamp(line) is None


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("By Anna Okello", "Anna Okello"),
        ("Von Jan Becker | 5. März 2024", "Jan Becker"),
        ("By", None),
        ("By Anna Okello/KBN", "Anna Okello"),
        ("By RFE/RL's Tarsund Service", "RFE/RL's Tarsund Service"),
        ("By Anna Okello Follow", "Anna Okello"),
        ("Author: A. Okello", "A. Okello"),
    ],
)
def test_byline_names_its_author(line: str, name: str | None) -> None:
    assert read_byline(line) == name


def normalise(text: str, **metadata: Any) -> Article:
    return normalise_article(RawArticle("a.txt", text, Metadata(**metadata)), load_line_rules(), "0" * 12)


def dates_of(article: Article) -> tuple[date | None, str, date | None, str]:
    return article.published_on, article.published_basis, article.reference_date, article.reference_basis


DAY = date(2031, 5, 4)
CAPTION = "Two ministers shake hands at the harbour of Lamu on May 14, 2031. (Photo by KBN)\n\n"


def test_metadata_date_wins() -> None:
    article = normalise("Published: 7 May 2031\n\nNAIROBI, 6 May 2031 (KBN) - " + PROSE, published_on=DAY)
    assert dates_of(article) == (DAY, "metadata", DAY, "metadata")


def test_line_that_says_so_is_next() -> None:
    article = normalise("A road for the harbour of Lamu\nPublished: 4 May 2031\n\n" + CAPTION + PROSE)
    assert dates_of(article) == (DAY, "text", DAY, "text")


@pytest.mark.parametrize(
    "line",
    [
        "May 4, 2031 4:05 AM UTC · Updated 2 hours ago",
        "4 May 2031 · Last modified on 6 May 2031",
        "Published 4 May 2031, updated 6 May 2031",
        "Source: KBN | 2031-05-04 21:17:15 | Editor: okello",
        "Anna Okello   |04.05.2031 - Update : 06.05.2031",
        "By Anna Okello | 4 May 2031",
        "Harbour Post Online , Sunday 4 May 2031",
        "All News 20:02 May 4, 2031",
        "Anna Okello Published May 4, 2031 Updated May 6, 2031 08:12am",
    ],
)
def test_day_of_publication_is_told_from_the_day_of_a_change(line: str) -> None:
    article = normalise(f"A road for the harbour of Lamu\n\n{line}\n\n{PROSE}\n{PROSE}")
    assert dates_of(article) == (DAY, "text", DAY, "text")


def test_lone_day_below_the_first_paragraph_is_that_of_publication() -> None:
    article = normalise(f"A road for the harbour of Lamu\n\n{PROSE}\nMay 4, 2031\n13:55\n\n{PROSE}\n{PROSE}")
    assert dates_of(article) == (DAY, "text", DAY, "text")


@pytest.mark.parametrize("below", ["May 4, 2031\n\n{0}\nMay 6, 2031\n", "{0}\n{0}\nMay 4, 2031\n"])
def test_days_further_down_or_more_than_one_are_not(below: str) -> None:
    article = normalise(f"A road for the harbour of Lamu\n\n{PROSE}\n{below.format(PROSE)}\n{PROSE}")
    assert dates_of(article) == (None, "none", None, "none")


def test_day_of_the_last_change_is_only_counted_from() -> None:
    line = "Updated 6:12 PM GMT, May 4, 2031"
    article = normalise(f"A road for the harbour of Lamu\n\n{line}\n\n{CAPTION}{PROSE}\n{PROSE}")
    assert dates_of(article) == (None, "none", DAY, "text")


def test_dateline_with_its_year_is_next() -> None:
    article = normalise(CAPTION + "NAIROBI, 4 May 2031 (KBN) - " + PROSE)
    assert dates_of(article) == (None, "none", DAY, "dateline")


def test_dateline_without_year_gives_no_date() -> None:
    assert dates_of(normalise("NAIROBI, May 4 (KBN) - " + PROSE)) == (None, "none", None, "none")


def test_caption_is_last_and_file_photos_do_not_count() -> None:
    assert dates_of(normalise(CAPTION + PROSE))[2:] == (date(2031, 5, 14), "caption")
    assert dates_of(normalise("FILE - " + CAPTION + PROSE))[2:] == (None, "none")


def test_date_inside_the_story_is_no_reference() -> None:
    assert dates_of(normalise("The road was opened on 4 May 2031 by the mayor of Lamu, who cut the ribbon.\n" + PROSE))[
        2:
    ] == (None, "none")


@pytest.mark.parametrize(
    ("metadata", "outlet"),
    [
        ({"outlet": "Press TV"}, "presstv"),
        ({"outlet": "presstv"}, "presstv"),
        ({"outlet": "www.presstv.co.uk"}, "presstv"),
        ({"url": "https://en.example.org/a"}, None),
        ({"url": "https://www.bbc.co.uk/news/1"}, "bbc"),
        ({"outlet": "The White House"}, "whitehouse"),
        ({"outlet": "  North Coast Post "}, "North Coast Post"),
        ({}, None),
    ],
    ids=str,
)
def test_outlet_of_the_metadata(metadata: dict[str, str], outlet: str | None) -> None:
    assert normalise(PROSE, **metadata).outlet == outlet


def test_outlet_of_the_text() -> None:
    assert normalise("Lamu, SANA- " + PROSE).outlet == "sana"
    assert normalise(PROSE + "\nwww.presstv.co.uk\n").outlet == "presstv"
    assert normalise("Lamu, SANA- " + PROSE, outlet="Tehran Times").outlet == "tehrantimes"
