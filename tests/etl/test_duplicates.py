"""Articles with the same body, or nearly the same."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
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


STORY = (
    "The harbour board of Lerwick agreed on Monday to dredge the channel before winter. Its chair, Astrid "
    "Moe, said that the pilots had asked for the work since the spring, and that the money was found at "
    "last. Boats of more than 40 metres have had to wait for the tide, some of them for half a day. The "
    "dredger comes from Esbjerg and will work at night, so that the ferries can keep their times. "
    "Fishermen fear for the mussel beds on the far side of the sound, and the board has promised to look "
    "at them each week and to tell the islanders what its divers find there."
)


def find_texts(*bodies: str) -> dict[str, str]:
    return find(*((f"{n:02}", f"{n:02}.txt", None, body) for n, body in enumerate(bodies)))


def test_edited_copy_is_a_duplicate() -> None:
    edited = STORY.replace("agreed on Monday", "agreed").replace("at last", "in the end").replace("each week", "weekly")
    assert find_texts(STORY, edited) == {"01": "00"}


def test_copy_with_a_sentence_more_is_a_duplicate() -> None:
    assert find_texts(STORY, STORY + " The work ends by Christmas.") == {"01": "00"}


@pytest.mark.parametrize(
    ("said", "instead"),
    [
        ("40 metres", "60 metres"),
        ("on Monday", "on Friday"),
        ("Astrid Moe", "Knut Berg"),
        ("from Esbjerg", "from Bergen"),
        ("Fishermen", "Teachers"),
    ],
)
def test_other_facts_in_the_same_words_are_another_article(said: str, instead: str) -> None:
    assert said in STORY
    assert find_texts(STORY, STORY.replace(said, instead)) == {}


def test_small_number_words_are_facts() -> None:
    assert find_texts(STORY + " It took two years.", STORY + " It took three years.") == {}


def test_how_a_number_is_written_is_no_other_fact() -> None:
    assert find_texts(STORY + " It costs 3,000 crowns.", STORY + " It costs 3000 crowns.") == {"01": "00"}


def test_short_readouts_in_one_formula_stay_apart() -> None:
    told = "The minister spoke by phone with his colleague of {}. They discussed trade and the situation in the region."
    assert find_texts(told.format("Norway"), told.format("Iceland"), told.format("the islands")) == {}


def test_half_of_a_text_is_no_copy_of_it() -> None:
    assert find_texts(STORY, STORY[: len(STORY) // 2]) == {}


def test_near_the_copy_but_not_the_original_is_an_original() -> None:
    """A chain: the second is near both others, which are not near each other."""
    first = " The mussel farmers of the island, who were not asked, want to be heard."
    last = " The school will show what the divers bring up, in jars along the wall."
    assert find_texts(STORY + first, STORY, STORY + last) == {"01": "00"}
    assert find_texts(STORY, STORY + last) == {"01": "00"}
    assert find_texts(STORY + first, STORY + last) == {}


def test_two_copies_of_one_original_name_the_original() -> None:
    a, b = STORY.replace("at last", "in the end"), STORY.replace("some of them", "several")
    assert find_texts(STORY, a, b) == {"01": "00", "02": "00"}


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sets(st.integers(0, 9), max_size=4), max_size=6), st.randoms())
def test_near_copies_do_not_depend_on_the_order_of_rows(edits: list[set[int]], random: object) -> None:
    sentences = [f"{word} boats came by the old lighthouse that day and stayed there." for word in "abcdefghij"]
    rows = [
        (f"{n:02}", f"{n % 3}.txt", None, " ".join(s for i, s in enumerate(sentences) if i not in left_out))
        for n, left_out in enumerate(edits)
    ]
    found = find_duplicates(pl.DataFrame(rows, schema=SCHEMA, orient="row"))
    assert not set(found["duplicate_of"]) & set(found["article_id"])
    random.shuffle(rows)  # type: ignore[attr-defined]
    assert find_duplicates(pl.DataFrame(rows, schema=SCHEMA, orient="row")).equals(found)
