"""CPU time of resolving generated mentions: `make bench`. Twice the mentions should take twice the time, no more.

Each world is resolved at half its size and at its full size. The hot ones put one pair of persons into every mention,
which is where comparing each with each shows.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import polars as pl

from etl.frames import phase_a_dtypes
from etl.meetings import resolve_meetings
from etl.records import hash_key

Row = dict[str, Any]
Frames = tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]

FIRST_DAY = date(2004, 1, 1)
CITIES = (("Oslo", "NOR"), ("Abuja", "NGA"), ("Lisbon", "PRT"), ("Geneva", "CHE"), (None, None), (None, None))
OFFICES = ("president", "prime minister", "foreign minister", "defence minister", "ambassador", "envoy")
COUNTRIES = ("NOR", "NGA", "PRT", "FIN", "CHE", "BRA", "JPN", "KEN", "PER", "NZL")
PLAIN_DAY = {"precision": "day", "basis": "explicit"}


def build_person(number: int) -> Row:
    """The columns of a party: every third person is one that no registry knows."""
    prefix = "x-" if number % 3 == 0 else ""
    return {
        "person_id": f"{prefix}given-{number}-family-{number}",
        "name": f"Given{number} Family{number}",
        "role": OFFICES[number % len(OFFICES)],
        "country": COUNTRIES[number % len(COUNTRIES)],
        "organization": None,
        "basis": "name",
    }


def build_frames(told: list[Row]) -> Frames:
    """Frames of phase A: an article for each of the articles that `told` names, a mention a row."""
    articles, mentions, participants = {}, [], []
    for number, row in enumerate(told):
        article_id, mention_id = hash_key("article", row["article"]), hash_key("mention", number)
        articles[article_id] = {"article_id": article_id, "outlet": None, "reference_date": row.get("reference")}
        day, city, country = row.get("day"), *row.get("place", (None, None))
        known = {"mention_id": mention_id, "article_id": article_id, "city": city, "country": country}
        dates = {"date_start": day, "date_end": row.get("last_day") or day, "date_text": row.get("date_text")}
        basis = {"date_precision": row.get("precision", "day" if day else "unknown"), "date_basis": "explicit"}
        texts = {"text": row.get("text") or f"Sentence {number}, in which the two meet for talks.", "trigger": "talks"}
        offsets = {"start": 300 * number, "end": 300 * number + 50, "trigger_start": 9, "trigger_end": 14}
        told_as = {"status": row.get("status", "held"), "format": row.get("format", "in_person")}
        mentions.append({**known, **dates, **basis, **texts, **offsets, **told_as, "rule_id": "mentions/talks"})
        for ordinal, person in enumerate(row["persons"]):
            ids = {"mention_id": mention_id, "ordinal": ordinal, "mention": "words"}
            participants.append({**build_person(person), **ids})
    columns = {name: phase_a_dtypes("articles")[name] for name in ("article_id", "outlet", "reference_date")}
    return (
        pl.DataFrame(mentions, schema=phase_a_dtypes("meeting_mentions")),
        pl.DataFrame(participants, schema=phase_a_dtypes("mention_participants")),
        pl.DataFrame(list(articles.values()), schema=columns).with_columns(
            published_on=pl.lit(None, pl.Date), body=pl.lit("")
        ),
    )


def tell_mixed(random_: random.Random, number: int, total: int) -> Row:
    """News of twenty years: some pairs meet often, a third of the mentions without a day, some by phone or planned."""
    first = int(3000 * random_.random() ** 3)
    day = FIRST_DAY + timedelta(random_.randrange(7000))
    told = {"article": number // 2, "persons": [first, 3000 + (first * 7 + random_.randrange(5)) % 3000]}
    told |= {"reference": day + timedelta(1) if number % 4 else None, "place": random_.choice(CITIES)}
    told |= {"format": random_.choice(("in_person", "in_person", "in_person", "phone"))}
    told |= {"status": random_.choice(("held", "held", "held", "scheduled", "cancelled"))}
    return told | random_.choice(
        (
            {"day": day},
            {"day": day},
            {},
            {"date_text": "Wednesday"},
            {"day": day.replace(day=1), "last_day": day.replace(day=28), "precision": "range"},
        )
    )


def tell_one_meeting(random_: random.Random, number: int, total: int) -> Row:
    """One meeting, in as many articles as there are mentions."""
    return {"article": number, "persons": [1, 2], "day": date(2022, 3, 16), "place": CITIES[number % 2 * 4]}


def tell_busy_month(random_: random.Random, number: int, total: int) -> Row:
    """One pair in one month: every day, in several cities, and by phone."""
    told: Row = {"article": number, "persons": [1, 2], "day": date(2022, 3, 1 + random_.randrange(31))}
    return told | {"place": random_.choice(CITIES), "format": random_.choice(("in_person", "phone"))}


def tell_undated(random_: random.Random, number: int, total: int) -> Row:
    """One pair without any date, half of the articles undated too, the other half of twenty years."""
    reference = FIRST_DAY + timedelta(random_.randrange(7000)) if number % 2 else None
    return {"article": number, "persons": [1, 2], "reference": reference, "place": random_.choice(CITIES)}


def tell_offices(random_: random.Random, number: int, total: int) -> Row:
    """One pair, sometimes with a third, told in three articles of one month each."""
    third = [2000 + random_.randrange(500)] if number % 3 else []
    day = FIRST_DAY + timedelta(number % 2000)
    return {"article": number, "persons": [1, 2, *third], "day": day, "reference": day}


WORLDS: tuple[tuple[str, int, Callable[[random.Random, int, int], Row]], ...] = (
    ("mixed", 100_000, tell_mixed),
    ("one meeting", 20_000, tell_one_meeting),
    ("one pair, one month", 20_000, tell_busy_month),
    ("one pair, undated", 20_000, tell_undated),
    ("one pair and a third", 20_000, tell_offices),
)


def measure(tell: Callable[[random.Random, int, int], Row], total: int) -> tuple[float, int]:
    """Seconds of CPU that resolving takes, and the number of meetings."""
    random_ = random.Random(total)
    frames = build_frames([tell(random_, number, total) for number in range(total)])
    start = time.process_time()
    resolution = resolve_meetings(*frames)
    return time.process_time() - start, len(resolution.meetings)


def main() -> None:
    told = {"article": 0, "persons": [1, 2], "place": CITIES[0]}
    resolve_meetings(*build_frames([told]))  # the rules and lexicons are read once, before any clock runs
    print(f"{'mentions':>8s} {'meetings':>8s} {'CPU s':>7s}  us a mention")
    for name, total, tell in WORLDS:
        for size in (total // 2, total):
            seconds, meetings = measure(tell, size)
            print(f"{size:8,d} {meetings:8,d} {seconds:7.2f}  {1e6 * seconds / size:12.0f}  {name}", flush=True)


if __name__ == "__main__":
    main()
