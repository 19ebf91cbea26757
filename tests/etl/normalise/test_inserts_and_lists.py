"""What stands between the paragraphs of a body and is none, and the lists that belong to it."""

from __future__ import annotations

import pytest

from etl.normalise import load_line_rules, normalise_article
from etl.records import Article, RawArticle

A = "The ministers of both countries spoke for two hours about the harbour and the road on Sunday, officials said."
B = "They will meet again before the rains, when the first stones of the northern quay are to be laid by fishermen."
C = "The mayor of the old town thanked both sides for their patience and asked them to think of the market too."
D = "A ferry that was to carry the guests home lay in the roads until the fog had gone, its captain told the guests."
FOOT = "SHARE THIS ARTICLE\n\nCheck Also\n\nSign up for our newsletter\n\nLeave a Reply"


def normalise(text: str) -> Article:
    return normalise_article(RawArticle("a.txt", text), load_line_rules(), "0" * 12)


def kinds_of(article: Article) -> dict[str, str]:
    return {part.text: part.kind for part in article.parts}


@pytest.mark.parametrize(
    ("insert", "kind"),
    [
        ("Ferry to the islands sails again on Friday\nWhy the fish market moved to the quay", "related"),
        ("Harbour notes\n\nFerry to the islands sails again on Friday\n\n5 May 2031", "related"),
        (
            "Harbour notes\n\nFerry to the islands sails again\n\nNobody was hurt when it ran aground.\n\n5 May 2031",
            "related",
        ),
        ("Fishermen mend their nets at the quay.\n\n© Anna Okello/KBN", "caption"),
        ("Enlarge this image\n\nFishermen mend their nets at the quay of the old town.", "caption"),
        ("Harbour notes\n\nSign up for our newsletter", "other"),
        ("3", "navigation"),
        ("12", "navigation"),
    ],
    ids=str,
)
def test_insert_is_no_body(insert: str, kind: str) -> None:
    article = normalise(f"{A}\n\n{B}\n\n{insert}\n\n{C}\n\n{D}\n\n{FOOT}")
    assert article.body == f"{A}\n\n{B}\n\n{C}\n\n{D}"
    assert kinds_of(article)[insert.split("\n")[0].removeprefix("Enlarge this image") or insert.split("\n")[2]] == kind


@pytest.mark.parametrize(
    "kept",
    [
        "What the plan says",
        "Related charges",
        "Editor's picks of the year",
        "Don't Miss:",
        "4:14 p.m.",
        "The plan has three parts:\n\nA quay for the ferries of the north\n\nA road to the old town",
        "- A quay for the ferries of the north\n- A road to the market of the old town",
        "1. A quay for the ferries of the north\n2. A road to the market of the old town",
        "The children sang.\n\nThe guests left.",
        "Ken Okello.",
    ],
)
def test_what_belongs_to_the_story_stays(kept: str) -> None:
    article = normalise(f"{A}\n\n{B}\n\n{kept}\n\n{C}\n\n{D}\n\n{FOOT}")
    for line in filter(None, kept.split("\n")):
        assert line in article.body.split("\n\n")


def test_names_in_a_text_without_furniture_are_no_headlines() -> None:
    guests = "Anna Okello, Minister of the Harbour and the Sea\nPiet Vermeer, Director of the Union of Ferry Pilots"
    assert normalise(f"{A}\n\n{B}\n\nGuests of the day were\n\n{guests}").body.endswith(guests.replace("\n", "\n\n"))


@pytest.mark.parametrize(
    "rows",
    [
        [f"May {day} – Tarsund, Quay {day + 2}" for day in range(3, 9)],
        ["How they voted", *(f"Ward {n}: 1{n}2 for, 4{n} against" for n in range(1, 6))],
    ],
    ids=("dates", "results"),
)
def test_rows_below_the_last_paragraph_stay(rows: list[str]) -> None:
    article = normalise("\n\n".join([A, B, C, "\n".join(rows), FOOT]))
    assert article.body == "\n\n".join([A, B, C, *rows])


def test_numbered_list_that_is_announced_stays_with_its_links() -> None:
    items = [line for n in range(1, 7) for line in (f"{n}) A net of {n} ells", f"https://example.org/net/{n}")]
    article = normalise("\n\n".join([A, B, C, "These are the nets of the year:", "\n".join(items), FOOT]))
    assert article.body.endswith("\n\n".join(items))


def test_text_that_is_mostly_its_list_keeps_it() -> None:
    boats = [f"Boat of family number {n} from Tarsund" for n in range(60)]
    article = normalise("\n\n".join([A, B, *boats, "SHARE THIS ARTICLE", "Check Also", "Leave a Reply"]))
    assert boats[-1] in article.body
    assert "SHARE" not in article.body


def test_names_of_pages_below_the_last_paragraph_go() -> None:
    article = normalise("\n\n".join([A, B, C, "Harbour pages", "Ferry pages", "Market pages", FOOT]))
    assert article.body == "\n\n".join([A, B, C])


def test_advertisement_does_not_end_the_body() -> None:
    mark = "Story continues below advertisement"
    article = normalise("\n\n".join([A, *[mark] * 6, B, *[mark] * 6, C, FOOT]))
    assert article.body == "\n\n".join([A, B, C])


@pytest.mark.parametrize(
    ("tail", "kinds"),
    [
        ("  MG", ["credit"]),
        (" \u00a0 \u00a0 AB/CD", ["credit"]),
        (" AB/CD/EF END", ["credit", "end_mark"]),
        (" PHOTO: Fishermen mend their nets in Tarsund AB/CD", ["caption", "credit"]),
        (" Reporting by Anna Okello", ["credit"]),
        (" (KBN/Anna Okello)", ["credit"]),
    ],
    ids=str,
)
def test_tail_of_a_text_on_one_line(tail: str, kinds: list[str]) -> None:
    article = normalise(f"{A} {B}{tail}")
    assert article.body == f"{A} {B}"
    assert [part.kind for part in article.parts] == kinds


def test_time_on_the_last_line_is_no_body() -> None:
    assert normalise(f"{A}\n\n{B}\n\nThank you all.\n\n4:46 P.M. EDT").body == f"{A}\n\n{B}\n\nThank you all."


def test_teaser_with_a_dateline_is_not_the_documents() -> None:
    teaser = "Occupied Zagora, KBN- A patrol stopped the bus of the old town on its way to the market ..."
    article = normalise(f"{A}\n\n{B}\n\n{C}\n\nCheck Also\n\n{teaser}")
    assert article.dateline_place is None
    assert article.body == f"{A}\n\n{B}\n\n{C}"


def test_heading_below_a_credited_caption_is_body() -> None:
    article = normalise(
        f"{A}\n\n{B}\n\nFishermen at the quay of Lamu\n\n© Anna Okello/KBN\n\nThe road\n\n{C}\n\n{D}\n\n{FOOT}"
    )
    assert article.body == f"{A}\n\n{B}\n\nThe road\n\n{C}\n\n{D}"


def test_label_of_a_photo_takes_the_name_below() -> None:
    article = normalise(f"{A}\n\n{B}\n\nФото:\nархив Анны Окелло\n\n{C}\n\n{D}\n\n{FOOT}")
    assert article.body == f"{A}\n\n{B}\n\n{C}\n\n{D}"
