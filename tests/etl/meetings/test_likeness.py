"""Articles that share their rare words."""

from __future__ import annotations

import pytest

from etl.meetings.clusters import Cluster, build_cluster
from etl.meetings.likeness import Likeness
from etl.meetings.tellings import read_tellings

OKORO = {"person_id": "ada-okoro", "name": "Ada Okoro", "role": "president", "country": "NGA"}
CABLE = "They spoke of the Harstad cable of 4,100 km and of its unforeseeable costs."


@pytest.fixture
def clusters(world_of: type, plain_facts: object) -> list[Cluster]:
    world = world_of({"okoro": OKORO})
    for label in "ab":
        world.add_article(label)
        world.add_mention(f"{label}1", label, ["okoro"])
    return [build_cluster(telling) for telling in read_tellings(*world.frames(), plain_facts)]


@pytest.mark.parametrize(
    ("other", "alike"),
    [
        ("The unforeseeable costs of the Harstad cable, 4,100 km long, were a topic.", True),
        ("They spoke of trade.", False),
        ("They spoke of the cable and of its costs.", False),
        ("", False),
    ],
)
def test_articles_are_alike_by_names_numbers_and_long_words(other: str, alike: bool, clusters: list[Cluster]) -> None:
    a, b = clusters
    bodies = dict(zip(sorted([*a.articles, *b.articles]), (CABLE, other), strict=True))
    likeness = Likeness(bodies)
    assert likeness.measure(a, b) == likeness.measure(b, a)
    assert (likeness.measure(a, b) > 0.5) == alike


def test_names_of_those_who_meet_do_not_count(clusters: list[Cluster]) -> None:
    a, b = clusters
    bodies = dict(zip(sorted([*a.articles, *b.articles]), ("the guest of Ada Okoro", "a talk with Okoro"), strict=True))
    assert Likeness(bodies).measure(a, b) == 0
