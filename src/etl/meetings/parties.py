"""The parties of a meeting, and how far two accounts of who took part agree."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Any, NamedTuple

from etl.data import check_keys, read_toml

DATA = "meeting_parties.toml"
UNREGISTERED = "x-"  # person_ids of persons that no registry knows begin so

_NO_WORD = re.compile(r"[\W_]+")
_NAMESAKE = re.compile(r"-\d+$")

# How surely two parties are one.
NO_MATCH, SAME_COUNTRY, SAME_OFFICE, SAME_PARTY = range(4)
_CACHED = 100_000  # accounts of who takes part come again and again
MOST = 0.6  # share of the larger list that must be common where four or more take part


@dataclass(frozen=True, slots=True)
class PartyRules:
    """What meeting_parties.toml says."""

    generic: frozenset[str]
    fulfilled: frozenset[str]
    heads: frozenset[str]


@cache
def load_party_rules() -> PartyRules:
    """The rules of the package. Raises DataError where the file has other keys."""
    table: dict[str, Any] = read_toml(DATA)
    check_keys(table, DATA, ("generic", "fulfilled", "heads"))
    return PartyRules(**{key: frozenset(map(fold_words, words)) for key, words in table.items()})


class _Account(NamedTuple):
    person_id: str | None
    name: str | None
    roles: frozenset[str]
    country: str | None
    organization: str | None


class Party(_Account):
    """One row of mention_participants, or several that are one party; offices folded for comparison.

    A tuple, since parties are looked up all the time.
    """

    @property
    def is_person(self) -> bool:
        return self.name is not None or self.person_id is not None

    @cached_property
    def is_generic(self) -> bool:
        """True for a group or a side of which nobody in particular is told."""
        if self.is_person or self.organization is not None:
            return False
        return self.country is None or self.roles <= load_party_rules().generic

    @cached_property
    def is_head(self) -> bool:
        return not self.roles.isdisjoint(load_party_rules().heads)

    @cached_property
    def identity(self) -> str | None:
        """The key that all accounts share that know this party by name; None for one known by office or country."""
        if self.name is not None and (self.person_id is None or self.person_id.startswith(UNREGISTERED)):
            return f"surname {fold_words(self.name).rsplit(' ', 1)[-1]}"
        if self.person_id is not None:
            return f"person {self.person_id}"
        return f"organization {fold_words(self.organization)}" if self.organization is not None else None

    @cached_property
    def offices(self) -> tuple[str, ...]:
        """Who holds what for which country."""
        return () if self.country is None else tuple(f"{role} {self.country}" for role in sorted(self.roles))

    @cached_property
    def found_by(self) -> tuple[str, ...]:
        """Keys under which another account of this party finds it. An office without a name is found by both the
        named and the nameless."""
        held = [f"holder {office}" for office in self.offices]
        if self.identity is not None:
            return (self.identity, *held) if self.is_person else (self.identity,)
        if self.is_generic:
            return (f"country {self.country}",)
        return (*held, *(f"office {office}" for office in self.offices))

    @cached_property
    def sought(self) -> tuple[str, ...]:
        """Keys under which this party finds other accounts of it: a person by name, and where only the office is
        told; an office whoever holds it."""
        if self.identity is not None and self.is_person:
            return (self.identity, *(f"office {office}" for office in self.offices))
        if self.identity is not None or self.is_generic:
            return self.found_by
        return tuple(f"holder {office}" for office in self.offices)


def fold_text(text: str) -> str:
    """Lower case, without accents, punctuation and runs of blanks: what copies of a text may differ in."""
    plain = text if text.isascii() else unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode() or text
    return _NO_WORD.sub(" ", plain.casefold()).strip()


# Names, offices and places come again and again.
fold_words = cache(fold_text)


@cache
def build_party(
    person_id: str | None, name: str | None, role: str | None, country: str | None, organization: str | None
) -> Party:
    roles = frozenset((fold_words(role),)) if role else frozenset()
    return Party(person_id, name, roles, country, organization)


def join_parties(a: Party, b: Party) -> Party:
    """One party out of two accounts of it: the person rather than the office, the longer name, all offices."""
    known, other = (
        (a, b)
        if (a.is_person, len(a.name or ""), a.person_id or "") >= (b.is_person, len(b.name or ""), b.person_id or "")
        else (b, a)
    )
    return Party(
        known.person_id or other.person_id,
        known.name,
        known.roles | other.roles,
        known.country or other.country,
        known.organization or other.organization,
    )


@lru_cache(maxsize=_CACHED)
def unite_parties(a: tuple[Party, ...], b: tuple[Party, ...]) -> tuple[Party, ...]:
    """All parties of two accounts of one meeting, each once."""
    if a == b:
        return a
    pairs, rest = pair_parties(b, a)
    united = {new: join_parties(new, old) for new, old, match in pairs if match >= SAME_OFFICE}
    kept = [old for _, old, match in pairs if match < SAME_OFFICE] + rest
    return tuple(sorted({*(united.get(party, party) for party in b), *kept}, key=sort_party))


def sort_party(party: Party) -> tuple[str, ...]:
    """A key that puts parties in one order whatever the order they came in."""
    roles = " ".join(sorted(party.roles))
    return (party.name or "~", party.person_id or "", party.organization or "", party.country or "", roles)


def match_parties(a: Party, b: Party) -> int:
    """NO_MATCH to SAME_PARTY. Two registered persons are one exactly where their ids are equal."""
    if a.person_id is not None and a.person_id == b.person_id:
        return SAME_PARTY
    if a.is_person and b.is_person:
        return SAME_PARTY if _share_name(a, b) else NO_MATCH
    if a.is_person or b.is_person:
        return _match_person(a, b) if a.is_person else _match_person(b, a)
    if a.organization is not None or b.organization is not None:
        same = a.organization and b.organization and fold_words(a.organization) == fold_words(b.organization)
        return SAME_PARTY if same else NO_MATCH
    if a.country != b.country:
        return NO_MATCH
    if a.country is None:  # "business leaders" of nobody knows where
        return SAME_COUNTRY if a.roles and a.roles == b.roles else NO_MATCH
    if a.is_generic or b.is_generic:
        return SAME_COUNTRY
    return NO_MATCH if a.roles.isdisjoint(b.roles) else SAME_OFFICE


def _match_person(person: Party, other: Party) -> int:
    if other.organization is not None or other.country is None or other.country != person.country:
        return NO_MATCH
    if other.is_generic:
        return SAME_COUNTRY if other.roles <= load_party_rules().fulfilled else NO_MATCH
    return NO_MATCH if other.roles.isdisjoint(person.roles) else SAME_OFFICE


def _share_name(a: Party, b: Party) -> bool:
    """True for a longer and a shorter form of one unregistered name: "Ada Okoro", "Okoro"."""
    if not all(p.person_id is None or p.person_id.startswith(UNREGISTERED) for p in (a, b)):
        return False
    if a.country is not None and b.country is not None and a.country != b.country:
        return False
    if a.person_id and b.person_id and _NAMESAKE.sub("", a.person_id) == _NAMESAKE.sub("", b.person_id):
        return False  # the numbers are there because one document knows two persons of this name
    short, long = sorted((fold_words(p.name or "").split() for p in (a, b)), key=len)
    return bool(short) and long[-1] == short[-1] and set(short) <= set(long)


def find_core(parties: Iterable[Party]) -> tuple[Party, ...]:
    """The parties that tell a meeting from others: all that are somebody in particular, if two are, else all."""
    everyone = tuple(dict.fromkeys(parties))
    particular = tuple(party for party in everyone if not party.is_generic)
    return particular if len(particular) >= 2 else everyone


def compare_parties(a: Sequence[Party], b: Sequence[Party]) -> str | None:
    """How far two cores agree, as the id of a reason in link_weights.toml; None where they are different meetings'."""
    small, large = (a, b) if len(a) <= len(b) else (b, a)
    if not small:
        return None
    if a == b and len(a) > 1 and all(party.is_person or party.organization for party in a):
        return "same_participants"
    pairs, rest = pair_parties(small, large)
    if len(pairs) < len(small):
        if _have_common_sides(pairs, [*small, *large]):
            return "covered_participants"
        return "most_participants" if _are_most(pairs, small, large) else None
    if min(match for _, _, match in pairs) == SAME_COUNTRY:
        sure = [p for p, q, match in pairs if match == SAME_PARTY]
        if 0 < len(sure) == len(small) - 1 == len(large) - 1 and sure[0].organization and not sure[0].is_person:
            return "same_roles"  # an organization and a country's side: its sides are few
        if _list_countries(small) != _list_countries(large):
            return None
        return "same_person_and_side" if any(party.is_person for party in sure) else "same_countries"
    if not rest:
        level = min(match for _, _, match in pairs)
        return "one_participant" if len(small) == 1 else "same_participants" if level == SAME_PARTY else "same_roles"
    if len(small) == 1:
        return "one_participant"
    countries = _list_countries(small)
    if all(party.country in countries and not party.is_head for party in rest):
        return "covered_participants"
    return "most_participants" if _are_most(pairs, small, large) else None


def _have_common_sides(pairs: list[tuple[Party, Party, int]], everyone: Iterable[Party]) -> bool:
    """True if two of different countries are the same in both accounts, and each account names others of these
    countries, none of them a head of state or government."""
    sure = [party for pair in pairs if pair[2] >= SAME_OFFICE for party in pair[:2]]
    countries = _list_countries(sure) - {None}
    rest = [party for party in everyone if party not in sure]
    return len(countries) > 1 and all(party.country in countries and not party.is_head for party in rest)


def _are_most(pairs: list[tuple[Party, Party, int]], small: Sequence[Party], large: Sequence[Party]) -> bool:
    """True if most are the same, and not those of one country alone: the same hosts receive one guest after another."""
    sure = [party for party, _, match in pairs if match >= SAME_OFFICE]
    if len(small) < 3 or len(large) < 4 or len(sure) < MOST * len(large):
        return False
    common = {party.organization or party.country for party in sure}
    return len(common) > 1 or _list_countries(small) == _list_countries(large) == common


def _list_countries(parties: Iterable[Party]) -> frozenset[str | None]:
    return frozenset(party.country for party in parties)


def pair_parties(small: Sequence[Party], large: Sequence[Party]) -> tuple[list[tuple[Party, Party, int]], list[Party]]:
    """One-to-one pairs of what is the same party, the surest first, and the parties of `large` without a pair."""
    found = sorted(
        ((-match, i, j) for i, p in enumerate(small) for j, q in enumerate(large) if (match := match_parties(p, q)))
    )
    taken_small: set[int] = set()
    taken_large: set[int] = set()
    pairs = []
    for negative, i, j in found:
        if i not in taken_small and j not in taken_large:
            taken_small.add(i)
            taken_large.add(j)
            pairs.append((small[i], large[j], -negative))
    return pairs, [party for j, party in enumerate(large) if j not in taken_large]
