"""Which mentions are one meeting, by cases, and that the tables keep their contracts."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from schemas import TABLES

CASES = tomllib.loads((Path(__file__).parents[2] / "cases/meetings/resolving.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES["case"], ids=lambda case: case["name"])
def test_mentions_become_the_meetings_of_the_case(case: dict[str, Any], world_of: Any) -> None:
    world = world_of(CASES["parties"])
    for article in case["articles"]:
        world.add_article(**article)
    for mention in case["mentions"]:
        world.add_mention(**mention)
    resolution = world.resolve()
    found: dict[str, list[str]] = {}
    for mention_id, meeting_id in resolution.mentions.select("mention_id", "meeting_id").iter_rows():
        found.setdefault(meeting_id, []).append(world.labels[mention_id])
    groups = {tuple(sorted(labels)): meeting_id for meeting_id, labels in found.items()}
    assert sorted(groups) == sorted(tuple(sorted(meeting["mentions"])) for meeting in case["meetings"])
    rows = {row["meeting_id"]: row for row in resolution.meetings.to_dicts()}
    for meeting in case["meetings"]:
        row = rows[groups[tuple(sorted(meeting["mentions"]))]]
        told = {name: value for name, value in meeting.items() if name != "mentions"}
        assert {name: row[name] for name in told} == told
    for table, frame in (
        ("meeting_mentions", resolution.mentions),
        ("meetings", resolution.meetings),
        ("meeting_participants", resolution.meeting_participants),
    ):
        TABLES[table].model.validate(frame, lazy=True)
