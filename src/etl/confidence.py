"""How often a rule is right: data/confidence.toml holds what was counted on gold, here is what follows from it.

confidence = (right + strength * prior) / (rows + strength)

`right` of `rows` rows of a rule were right on the gold that the file names. `prior` is the share of right rows of all
rules of its type together, (right + 0.5) / (rows + 1); `strength` is the number of rows that it counts for. So a rule
that was seen a thousand times has its own share, one that was seen twice nearly that of its type, and one that was
never seen, or that is newer than the file, exactly that of its type.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from etl.data import DataError, check_keys, read_toml

FILE = "confidence.toml"


@dataclass(frozen=True, slots=True)
class Confidences:
    """Figures by rule id; `types` are those of the types, for rules that were not counted."""

    rules: Mapping[str, float]
    types: Mapping[str, float]

    def find(self, rule_id: str, type_name: str) -> float:
        """The figure of the rule, else that of the type. Raises KeyError for a type that was not counted."""
        known = self.rules.get(rule_id)
        return known if known is not None else self.types[type_name]


@cache
def load_confidences(table: str) -> Confidences:
    """The figures of a table of data/confidence.toml (quotes, meetings). Raises DataError for unsound counts."""
    data = read_toml(FILE)[table]
    check_keys(data, f"{FILE}: {table}", ("gold", "strength", "counts"))
    return build_confidences(data["counts"], data["strength"], tuple(data["gold"]))


def build_confidences(
    counts: Mapping[str, Mapping[str, Mapping[str, list[int]]]], strength: float, gold: tuple[str, ...]
) -> Confidences:
    """Figures out of [right, rows] by type, rule and gold. Raises DataError for more right rows than rows."""
    rules: dict[str, float] = {}
    types: dict[str, float] = {}
    for type_name, of_type in counts.items():
        summed = {rule: _sum_counts(f"{type_name}, {rule}", found, gold) for rule, found in of_type.items()}
        right, rows = (sum(pair[place] for pair in summed.values()) for place in (0, 1))
        prior = (right + 0.5) / (rows + 1)
        types[type_name] = round(prior, 3)
        rules |= {rule: round((hit + strength * prior) / (seen + strength), 3) for rule, (hit, seen) in summed.items()}
    return Confidences(rules, types)


def _sum_counts(where: str, found: Mapping[str, list[int]], gold: tuple[str, ...]) -> tuple[int, int]:
    check_keys(dict(found), f"{FILE}: {where}", (), gold)
    pairs = list(found.values())
    if any(len(pair) != 2 or not 0 <= pair[0] <= pair[1] for pair in pairs):
        raise DataError(f"{FILE}: {where}: counts are [right, rows], right at most rows; here {pairs}")
    return sum(pair[0] for pair in pairs), sum(pair[1] for pair in pairs)
