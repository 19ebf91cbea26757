"""A cast: those who tell a meeting from others, with what is asked of them again and again worked out once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from etl.meetings.parties import Party, compare_parties, find_core

_CACHED = 100_000  # the same few meet again and again
_KEYED_PARTIES = 5  # of long lists the first few in sorted order; two accounts of one list share most of them


@dataclass(frozen=True, slots=True, eq=False)
class Cast:
    """The core of the parties of a meeting (`find_core`). `found_by` and `sought` are keys of each two of them, under
    which others find this cast, and under which it finds others; `countries` all that are known as one key, None where
    fewer than two are."""

    parties: tuple[Party, ...]
    found_by: tuple[str, ...]
    sought: tuple[str, ...]
    countries: str | None
    has_side: bool  # one of them is a group or a side of which nobody in particular is told
    is_sides: bool  # all of them are
    is_heads: bool  # all are heads of state or government
    is_abroad: bool  # of two countries, or of one and of nobody knows which


@lru_cache(maxsize=_CACHED)
def build_cast(parties: tuple[Party, ...]) -> Cast:
    """The cast of all the `parties` of a meeting."""
    core = find_core(parties)
    keyed = core[:_KEYED_PARTIES]
    countries = {party.country for party in core}
    known = sorted(country for country in countries if country is not None)
    return Cast(
        parties=core,
        found_by=_pair_keys([party.found_by for party in keyed]),
        sought=_pair_keys([party.sought for party in keyed]),
        countries=" ".join(known) if len(known) > 1 else None,
        has_side=any(party.is_generic for party in core),
        is_sides=all(party.is_generic for party in core),
        is_heads=all(party.is_head for party in core),
        is_abroad=len(countries) > 1,
    )


def _pair_keys(keys: list[tuple[str, ...]]) -> tuple[str, ...]:
    """Each two of the parties as one key, by each of their keys."""
    pairs = combinations(keys, 2)
    return tuple(sorted({f"{a} + {b}" if a < b else f"{b} + {a}" for x, y in pairs for a in x for b in y}))


@lru_cache(maxsize=_CACHED)
def compare_casts(a: Cast, b: Cast) -> str | None:
    """How far two casts agree, as the id of a reason in link_weights.toml; None where they are different meetings'."""
    return compare_parties(a.parties, b.parties)
