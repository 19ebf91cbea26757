"""The resolver with the rules and lexicons of the package."""

from __future__ import annotations

from datetime import date
from typing import Any

from etl.meetings import resolve_meetings
from etl.meetings.layers import LayerFacts
from etl.mentions import load_triggers
from schemas import TABLES, vocabulary

PARTIES = {
    "okoro": {"person_id": "x-ada-okoro", "name": "Ada Okoro", "role": "president", "country": "NGA"},
    "lund": {"person_id": "x-nils-lund", "name": "Nils Lund", "role": "president", "country": "NOR"},
}


def test_the_layers_know_what_the_resolver_asks() -> None:
    facts = LayerFacts()
    for rule_id in load_triggers().families:
        rule = facts.describe_rule(rule_id)
        assert rule.meeting_type in vocabulary.MEETING_TYPES
        assert 0 <= rule.confidence <= 1
    assert facts.find_geonames_id("Oslo", "NOR") is not None
    assert facts.resolve_venue("a tent") is None
    assert facts.build_edtf(None, None, "unknown", "16 March") == "XXXX-03-16"
    assert facts.build_edtf(date(2022, 3, 16), date(2022, 3, 16), "day", None) == "2022-03-16"
    assert facts.find_occasion("They met in the rain.") is None


def test_meetings_are_resolved_with_them(world_of: Any) -> None:
    rule_id = sorted(load_triggers().families)[0]
    world = world_of(PARTIES)
    for label, day in (("a", date(2022, 3, 16)), ("b", None)):
        world.add_article(label)
        facts = {"day": day} if day else {"date_text": "16 March"}
        world.add_mention(label, label, ["okoro", "lund"], city="Oslo", country="NOR", rule_id=rule_id, **facts)
    resolution = resolve_meetings(*world.frames())
    row = resolution.meetings.to_dicts()[0]
    assert (resolution.meetings.height, row["n_articles"], row["date_edtf"]) == (1, 2, "2022-03-16")
    TABLES["meetings"].model.validate(resolution.meetings, lazy=True)
