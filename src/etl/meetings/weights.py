"""The weights of link_weights.toml, read once and checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from etl.data import DataError, check_keys, read_toml

DATA = "link_weights.toml"


@dataclass(frozen=True, slots=True)
class Limits:
    """The numbers beside the weights; the data file says what each means."""

    threshold: float
    margin: float
    certain: float
    visit_days: int
    window_days: int
    near_days: int
    news_days: int
    plan_days: int
    crowd: int
    alike: float
    same_news: float


@dataclass(frozen=True, slots=True)
class LinkWeights:
    """What each reason is worth."""

    limits: Limits
    weights: Mapping[str, float]
    open_triggers: frozenset[str]
    ordinals: Mapping[str, int]

    def add_up(self, reasons: Iterable[str]) -> float:
        """The sum of the reasons' weights. Raises KeyError for a reason that the file does not know."""
        return sum(self.weights[reason] for reason in reasons)

    def scale(self, total: float) -> float:
        """link_score of a sum, 0 to 1."""
        return round(max(0.0, min(1.0, total / self.limits.certain)), 4)


@cache
def load_link_weights() -> LinkWeights:
    """The weights of the package. Raises DataError where the file is not what it must be."""
    table: dict[str, Any] = read_toml(DATA)
    check_keys(table, DATA, ("limits", "open_format", "series", "reason"))
    check_keys(table["limits"], f"{DATA}, limits", tuple(field.name for field in fields(Limits)))
    check_keys(table["open_format"], f"{DATA}, open_format", ("triggers",))
    check_keys(table["series"], f"{DATA}, series", ("ordinals", "first"))
    ordinals = {word: number for number, word in enumerate(table["series"]["ordinals"], table["series"]["first"])}
    weights: dict[str, float] = {}
    for reason in table["reason"]:
        check_keys(reason, f"{DATA}, reason {reason.get('id')}", ("id", "weight", "means"))
        if reason["id"] in weights:
            raise DataError(f"{DATA}: reason {reason['id']} stands there twice")
        weights[reason["id"]] = float(reason["weight"])
    return LinkWeights(Limits(**table["limits"]), weights, frozenset(table["open_format"]["triggers"]), ordinals)
