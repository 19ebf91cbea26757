"""Articles with the same body."""

from __future__ import annotations

from datetime import date

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from etl.duplicates import find_duplicates

SCHEMA = {"article_id": pl.String, "source_uri": pl.String, "published_on": pl.Date, "body": pl.String}


def find(*rows: tuple[str, str, date | None, str]) -> dict[str, str]:
    frame = pl.DataFrame(rows, schema=SCHEMA, orient="row")
    return dict(find_duplicates(frame).iter_rows())


def test_case_marks_and_white_space_do_not_matter() -> None:
    told = "The ÉLYSÉE said: “No talks”,\n\nand that was all."
    again = "the élysée said - 'no talks' and   that was all"
    assert find(("a", "one.txt", None, told), ("b", "two.txt", None, again)) == {"b": "a"}


def test_other_words_are_another_article() -> None:
    assert find(("a", "one.txt", None, "Talks held."), ("b", "two.txt", None, "Talks were held.")) == {}


def test_the_earliest_is_the_original_and_undated_ones_come_last() -> None:
    rows = [
        ("a", "a.txt", None, "Same."),
        ("b", "b.txt", date(2022, 3, 2), "Same."),
        ("c", "c.txt", date(2022, 3, 1), "same"),
    ]
    assert find(*rows) == {"a": "c", "b": "c"}


def test_source_and_then_id_break_ties() -> None:
    assert find(("a", "z.txt", None, "Same."), ("b", "y.txt", None, "Same.")) == {"a": "b"}
    assert find(("b", "z.txt", None, "Same."), ("a", "z.txt", None, "Same.")) == {"b": "a"}


def test_empty_bodies_are_no_copies() -> None:
    assert find(("a", "a.txt", None, ""), ("b", "b.txt", None, ""), ("c", "c.txt", None, "—")) == {}


def test_no_articles_give_an_empty_frame() -> None:
    found = find_duplicates(pl.DataFrame(schema=SCHEMA))
    assert found.schema == pl.Schema({"article_id": pl.String, "duplicate_of": pl.String})
    assert found.is_empty()


@given(st.lists(st.sampled_from(["Talks.", "talks", "Talks, held.", ""]), max_size=6), st.randoms())
def test_an_original_is_no_duplicate_and_the_order_of_rows_does_not_matter(bodies: list[str], random: object) -> None:
    rows = [(f"{number:02}", f"{number % 3}.txt", None, body) for number, body in enumerate(bodies)]
    frame = pl.DataFrame(rows, schema=SCHEMA, orient="row")
    found = find_duplicates(frame)
    assert not set(found["duplicate_of"]) & set(found["article_id"])
    random.shuffle(rows)  # type: ignore[attr-defined]
    assert find_duplicates(pl.DataFrame(rows, schema=SCHEMA, orient="row")).equals(found)
