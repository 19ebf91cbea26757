"""Meetings: which mentions tell of one meeting, and the row that they make together."""

from __future__ import annotations

import polars as pl

from etl.meetings.facts import Facts, RuleFacts
from etl.meetings.layers import LayerFacts
from etl.meetings.resolver import Resolution, resolve_mentions

__all__ = ["Facts", "Resolution", "RuleFacts", "resolve_meetings", "resolve_mentions"]


def resolve_meetings(mentions: pl.DataFrame, participants: pl.DataFrame, articles: pl.DataFrame) -> Resolution:
    """`resolve_mentions` with the rules and lexicons of the package."""
    return resolve_mentions(mentions, participants, articles, LayerFacts())
