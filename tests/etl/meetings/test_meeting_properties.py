"""What holds of any mentions: one meeting each, the same whatever the order, and nothing forbidden inside a meeting."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations
from typing import Any

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.frames import phase_a_dtypes
from etl.meetings import resolve_mentions
from etl.meetings.clusters import build_cluster
from etl.meetings.constraints import find_conflict
from etl.meetings.days import intersect_days
from etl.meetings.tellings import read_tellings
from etl.meetings.weights import load_link_weights
from schemas import TABLES, build_empty_frame

MONDAY = date(2022, 3, 14)
PARTIES = {
    "okoro": {"person_id": "ada-okoro", "name": "Ada Okoro", "role": "president", "country": "NGA"},
    "lund": {"person_id": "nils-lund", "name": "Nils Lund", "role": "president", "country": "NOR"},
    "berg": {"person_id": "x-eva-berg", "name": "Eva Berg", "role": "foreign minister", "country": "NOR"},
    "berg_short": {"person_id": "x-berg", "name": "Berg", "role": None, "country": "NOR"},
    "fm_nor": {"role": "foreign minister", "country": "NOR", "basis": "role"},
    "side_nor": {"role": "delegation", "country": "NOR", "basis": "delegation"},
    "union": {"organization": "African Union"},
    "somebody": {"role": "allies", "basis": "group"},
}
PLACES = [(None, None), ("Oslo", "NOR"), ("Abuja", "NGA"), (None, "NOR")]
DATES: list[dict[str, Any]] = [
    {},
    {"date_text": "Wednesday"},
    {"date_text": "16 March"},
    {"date_text": "in March"},
    {"date_text": "last April"},
    {"day": date(2022, 3, 1), "last_day": date(2022, 3, 31), "precision": "month"},
    {"day": date(2022, 1, 1), "last_day": date(2022, 12, 31), "precision": "year"},
    {"day": date(2022, 3, 11), "last_day": date(2022, 3, 20), "precision": "range", "date_text": "mid-March"},
    {"day": date(2022, 3, 16), "last_day": date(2022, 3, 18), "precision": "range", "date_text": "16 to 18 March"},
    *({"day": MONDAY + timedelta(days)} for days in range(4)),
]
TEXTS = ["They met.", "The two last met in Oslo.", "Okoro received her guest in the afternoon in the old library."]
BODIES = ["They spoke of the Harstad cable, 4,100 km.", "They spoke of fisheries and of the Harstad cable, 4,100 km."]
MENTION = st.fixed_dictionaries(
    {
        "article": st.sampled_from("abcd"),
        "parties": st.lists(st.sampled_from(sorted(PARTIES)), min_size=1, max_size=3, unique=True),
        "status": st.sampled_from(["held", "held", "scheduled", "cancelled"]),
        "format": st.sampled_from(["in_person", "in_person", "phone", "unknown"]),
        "date": st.sampled_from(DATES),
        "place": st.sampled_from(PLACES),
        "text": st.sampled_from(TEXTS),
    }
)
MENTIONS = st.lists(MENTION, max_size=9)
SETTINGS = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def build_world(world_of: Any, mentions: list[dict[str, Any]]) -> Any:
    world = world_of(PARTIES)
    references = {"a": MONDAY, "b": MONDAY + timedelta(3), "c": MONDAY + timedelta(400), "d": None}
    for label, reference in references.items():
        body = BODIES[label in "cd"]
        world.add_article(label, outlet=label if label != "d" else None, reference=reference, body=body)
    for number, mention in enumerate(mentions):
        city, country = mention["place"]
        told = {name: mention[name] for name in ("article", "parties", "status", "format", "text")}
        world.add_mention(f"m{number}", city=city, country=country, **told, **mention["date"])
    return world


@SETTINGS
@given(mentions=MENTIONS, data=st.data())
def test_order_and_division_of_the_rows_do_not_matter(
    mentions: list[dict[str, Any]], data: st.DataObject, world_of: Any, plain_facts: Any
) -> None:
    frames = build_world(world_of, mentions).frames()
    expected = resolve_mentions(*frames, plain_facts)
    shuffled = []
    for frame in frames:
        order = data.draw(st.permutations(range(len(frame))))
        cut = data.draw(st.integers(0, len(frame)))
        shuffled.append(pl.concat([frame[order[cut:]], frame[order[:cut]]]))
    found = resolve_mentions(*shuffled, plain_facts)
    assert found.mentions.equals(expected.mentions)
    assert found.meetings.equals(expected.meetings)
    assert found.meeting_participants.equals(expected.meeting_participants)


@settings(SETTINGS, max_examples=10)
@given(mentions=st.lists(MENTION, min_size=40, max_size=60), random=st.randoms(use_true_random=False))
def test_a_pair_that_meets_often_is_resolved_the_same_in_any_order(
    mentions: list[dict[str, Any]], random: Any, world_of: Any, plain_facts: Any
) -> None:
    """Enough mentions of one pair that they are compared by signs of time and place, and that some are too many."""
    told = [mention | {"article": str(number), "parties": ["okoro", "lund"]} for number, mention in enumerate(mentions)]
    world = build_world(world_of, told)
    for number in range(len(told)):
        reference = random.choice([None, MONDAY + timedelta(random.randrange(40))])
        world.add_article(str(number), reference=reference, body=random.choice(BODIES))
    frames = world.frames()
    expected = resolve_mentions(*frames, plain_facts)
    found = resolve_mentions(*(frame.sample(fraction=1.0, shuffle=True, seed=1) for frame in frames), plain_facts)
    assert found.mentions.equals(expected.mentions)
    assert found.meetings.equals(expected.meetings)
    assert found.meeting_participants.equals(expected.meeting_participants)


@SETTINGS
@given(mentions=MENTIONS)
def test_tables_keep_their_contracts_and_every_mention_has_one_meeting(
    mentions: list[dict[str, Any]], world_of: Any
) -> None:
    resolution = build_world(world_of, mentions).resolve()
    tables = {
        "meeting_mentions": resolution.mentions,
        "meetings": resolution.meetings,
        "meeting_participants": resolution.meeting_participants,
    }
    for table, frame in tables.items():
        TABLES[table].model.validate(frame, lazy=True)
        assert frame.schema == pl.Schema(TABLES[table].dtypes)
    assert resolution.mentions.height == len(mentions)
    assert set(resolution.mentions["meeting_id"]) == set(resolution.meetings["meeting_id"])
    assert set(resolution.meeting_participants["meeting_id"]) == set(resolution.meetings["meeting_id"])
    assert resolution.meetings["n_mentions"].sum() == len(mentions)


@SETTINGS
@given(mentions=MENTIONS)
def test_no_meeting_holds_mentions_that_contradict(
    mentions: list[dict[str, Any]], world_of: Any, plain_facts: Any
) -> None:
    world = build_world(world_of, mentions)
    resolution = world.resolve()
    limits = load_link_weights().limits
    meeting_of = dict(resolution.mentions.select("mention_id", "meeting_id").iter_rows())
    tellings = read_tellings(*world.frames(), plain_facts)
    for a, b in combinations(tellings, 2):
        if meeting_of[a.mention_id] != meeting_of[b.mention_id]:
            continue
        # Days of one visit may lie apart by more than one, with the days between them told by other mentions.
        visit = intersect_days(a.days, b.days) is None and a.city is not None and a.city == b.city
        conflict = find_conflict(build_cluster(a), build_cluster(b), limits)
        assert conflict is None or (conflict == "days" and visit), (conflict, a, b)
        if visit:
            assert abs((a.days.first or 0) - (b.days.first or 0)) < limits.visit_days


@SETTINGS
@given(mentions=MENTIONS)
def test_no_person_of_a_mention_is_lost(mentions: list[dict[str, Any]], world_of: Any) -> None:
    world = build_world(world_of, mentions)
    resolution = world.resolve()
    told = pl.DataFrame(world.participants, schema=phase_a_dtypes("mention_participants"))
    told = told.join(resolution.mentions.select("mention_id", "meeting_id"), on="mention_id", how="inner")
    persons = set(told.select("meeting_id", "person_id").drop_nulls().iter_rows())
    assert persons == set(resolution.meeting_participants.select("meeting_id", "person_id").drop_nulls().iter_rows())


@pytest.mark.parametrize("articles", [0, 3])
def test_no_mentions_make_empty_tables(articles: int, world_of: Any) -> None:
    world = world_of(PARTIES)
    for label in "abc"[:articles]:
        world.add_article(label)
    resolution = world.resolve()
    for table, frame in (
        ("meeting_mentions", resolution.mentions),
        ("meetings", resolution.meetings),
        ("meeting_participants", resolution.meeting_participants),
    ):
        assert frame.equals(build_empty_frame(TABLES[table]))
