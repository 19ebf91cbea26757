"""Changes between a snapshot and new tables."""

from __future__ import annotations

import polars as pl
import pytest

from etl.warehouse import Warehouse, find_changes
from schemas import TABLES

OLD, NEW, OTHER = "1" * 16, "2" * 16, "3" * 16


@pytest.fixture
def changes_after(warehouse: Warehouse, publish, sound_tables):
    """The changes when some tables take the place of others: as published, which are those of `find_changes`."""

    def compare(before: dict[str, pl.DataFrame], after: dict[str, pl.DataFrame]) -> pl.DataFrame:
        old = publish(warehouse, sound_tables | before).snapshot
        found = find_changes(old, sound_tables | after)
        publication = publish(warehouse, sound_tables | after)
        if publication.published:
            assert publication.snapshot.read_changes().equals(found)
        return found

    return compare


def test_at_first_everything_is_added(sound_tables) -> None:
    changes = find_changes(None, sound_tables)
    assert sorted(changes["table"]) == sorted(TABLES)
    assert set(changes["change"]) == {"added"}
    keys = dict(changes.select("table", "key").iter_rows())
    assert keys["article_parts"] == "a" * 16 + ",0"
    assert keys["rejected"] == "paper/two.txt"


def test_rows_are_added_changed_and_removed(changes_after, build_table) -> None:
    stay, change, go, come = ({"article_id": str(number) * 16} for number in range(4))
    found = changes_after(
        {"articles": build_table("articles", stay, change, go)},
        {"articles": build_table("articles", change | {"section": ["News", "World"]}, come, stay)},
    )
    assert found.select("table", "key", "change").rows() == [
        ("articles", "1" * 16, "changed"),
        ("articles", "2" * 16, "removed"),
        ("articles", "3" * 16, "added"),
    ]


@pytest.mark.parametrize(
    ("column", "before", "after"),
    [
        ("title", None, ""),
        ("title", "A", None),
        ("section", [], ["News"]),
        ("n_words", 6, 7),
        ("published_on", None, None),
    ],
)
def test_any_column_counts(column: str, before: object, after: object, changes_after, build_table) -> None:
    found = changes_after(
        {"articles": build_table("articles", {column: before})}, {"articles": build_table("articles", {column: after})}
    )
    assert found["change"].to_list() == ["changed"] * (before != after)


def test_rejects_are_compared_whole_and_counted(changes_after, build_table) -> None:
    one, other = {"check": "empty"}, {"check": "binary"}
    found = changes_after(
        {"rejected": build_table("rejected", one, one, one, other)},
        {"rejected": build_table("rejected", one, other, other)},
    )
    assert found.select("table", "key", "change").rows() == [
        ("rejected", "paper/two.txt", "added"),
        ("rejected", "paper/two.txt", "removed"),
        ("rejected", "paper/two.txt", "removed"),
    ]


def test_a_mention_that_moved_names_both_meetings(changes_after, build_table) -> None:
    mentions = [str(number) * 16 for number in range(4, 8)]

    def link(*meetings: str) -> pl.DataFrame:
        pairs = zip(mentions, meetings, strict=True)
        return build_table("meeting_mentions", *({"mention_id": m, "meeting_id": k} for m, k in pairs))

    found = changes_after(
        {
            "meetings": build_table("meetings", {"meeting_id": OLD}, {"meeting_id": OTHER}),
            "meeting_mentions": link(OLD, OLD, OLD, OTHER),
        },
        {
            "meetings": build_table("meetings", {"meeting_id": NEW}, {"meeting_id": OTHER}),
            "meeting_mentions": link(NEW, OTHER, NEW, OTHER),
        },
    )
    assert found.rows() == [
        ("meeting_mentions", mentions[0], "changed", OLD, NEW),
        ("meeting_mentions", mentions[1], "changed", OLD, OTHER),
        ("meeting_mentions", mentions[2], "changed", OLD, NEW),
        ("meetings", OLD, "removed", OLD, NEW),
        ("meetings", NEW, "added", None, NEW),
    ]


def test_a_meeting_whose_mentions_are_gone_has_no_successor(changes_after, build_table, empty_tables) -> None:
    gone = {name: empty_tables[name] for name in ("meetings", "meeting_mentions")}
    found = changes_after({}, gone)
    assert found.rows() == [
        ("meeting_mentions", "b" * 16, "removed", "c" * 16, None),
        ("meetings", "c" * 16, "removed", "c" * 16, None),
    ]
