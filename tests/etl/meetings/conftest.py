"""Rows of mentions, participants and articles for the resolver's tests, and lower layers of a few lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import SimpleNamespace
from typing import Any

import polars as pl
import pytest

from etl.frames import phase_a_dtypes
from etl.meetings import Resolution, resolve_mentions
from etl.records import hash_key


class PlainFacts:
    """Facts without data files: rule ids say their type, venues and occasions are marked in the text."""

    def describe_rule(self, rule_id: str) -> SimpleNamespace:
        return SimpleNamespace(meeting_type=rule_id.removeprefix("mentions/").replace("-", "_"), confidence=0.9)

    def find_occasion(self, text: str) -> str | None:
        return text.partition("sidelines of ")[2].rstrip(".") or None

    def resolve_venue(self, place_text: str) -> str | None:
        return place_text if "Palace" in place_text else None

    def find_geonames_id(self, city: str, country: str | None) -> int | None:
        return len(city)

    def build_edtf(
        self, date_start: date | None, date_end: date | None, precision: str, date_text: str | None
    ) -> str | None:
        if date_start is not None:
            return {"day": f"{date_start}", "month": f"{date_start:%Y-%m}"}.get(precision, f"{date_start}/{date_end}")
        months = {"March": 3, "June": 6}
        words = (date_text or "").split()  # "16 March"
        return f"XXXX-{months[words[1]]:02}-{int(words[0]):02}" if words[0:1] and words[0].isdigit() else None


@dataclass
class World:
    """Articles and mentions as frames of phase A. Mentions go by a label of their own; ids are hashes of it."""

    parties: Mapping[str, Mapping[str, Any]]
    articles: list[dict[str, Any]] = field(default_factory=list)
    mentions: list[dict[str, Any]] = field(default_factory=list)
    participants: list[dict[str, Any]] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)

    def add_article(self, label: str, outlet: str | None = None, reference: date | None = None, body: str = "") -> None:
        self.articles.append(
            {
                "article_id": hash_key(label),
                "source_uri": f"{label}.txt",
                "outlet": outlet,
                "reference_date": reference,
                "published_on": None,
                "body": body,
            }
        )

    def add_mention(self, label: str, article: str, parties: Sequence[str], **facts: Any) -> None:
        start = 200 * len([m for m in self.mentions if m["article_id"] == hash_key(article)])
        text = facts.pop("text", "Someone met someone.")
        precision = facts.pop("precision", "day" if "day" in facts else "unknown")
        trigger_start = start + facts.pop("trigger_offset", 0)
        added = facts.pop("added", ())  # whom a later sentence adds
        first, last = facts.pop("day", None), facts.pop("last_day", None)
        place = facts.get("place_text")
        row = dict.fromkeys(phase_a_dtypes("meeting_mentions")) | {
            "mention_id": hash_key(label),
            "article_id": hash_key(article),
            "start": start,
            "end": start + len(text),
            "text": text,
            "trigger": text[:3],
            "trigger_start": trigger_start,
            "trigger_end": trigger_start + 3,
            "status": "held",
            "format": "in_person",
            "date_start": first,
            "date_end": last or first,
            "date_precision": precision,
            "date_basis": "explicit" if first else "none",
            "place_start": start if place else None,
            "place_end": start + 1 if place else None,
            "rule_id": "mentions/talks",
            **facts,
        }
        self.mentions.append(row)
        self.labels[hash_key(label)] = label
        for ordinal, name in enumerate(parties):
            party = dict.fromkeys(phase_a_dtypes("mention_participants")) | dict(self.parties[name])
            ids = {"mention_id": hash_key(label), "ordinal": ordinal, "mention": name}
            ids |= {"start": row["end"] + 9, "end": row["end"] + 10} if name in added else {}
            self.participants.append({**party, **ids, "basis": party["basis"] or "name"})

    def frames(self) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
        article_dtypes = phase_a_dtypes("articles")
        names = ("article_id", "source_uri", "outlet", "reference_date", "published_on", "body")
        return (
            pl.DataFrame(self.mentions, schema=phase_a_dtypes("meeting_mentions")),
            pl.DataFrame(self.participants, schema=phase_a_dtypes("mention_participants")),
            pl.DataFrame(self.articles, schema={name: article_dtypes[name] for name in names}),
        )

    def resolve(self) -> Resolution:
        return resolve_mentions(*self.frames(), PlainFacts())


@pytest.fixture
def world_of() -> type[World]:
    return World


@pytest.fixture
def plain_facts() -> PlainFacts:
    return PlainFacts()
