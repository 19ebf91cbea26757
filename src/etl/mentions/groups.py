"""Offices, groups and delegations of countries: "the Iranian and Turkish presidents", "officials from Syria"."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from etl.mentions.patterns import load_pattern
from etl.mentions.vocabulary import load_party_words
from etl.people.lexicon import list_plural_surfaces
from etl.people.roles import load_surfaces
from etl.records import Participant
from etl.scan import Hits
from etl.spans import Hit

COUNTRY_KINDS = ("country", "demonym", "capital", "organization")
BETWEEN_REACH, LEFT_REACH = 48, 90
MAX_WORDS = 5
_WORD = re.compile(r"[A-Za-z]+")
_LAST_WORD = re.compile(r"(?<![\w’'-])([\w’'&-]+) $")


class Group(NamedTuple):
    """A phrase and its participants; `kind` is office, group or delegation."""

    start: int
    end: int
    kind: str
    participants: tuple[Participant, ...]


def list_party_words(body: str, hits: Hits, start: int, end: int) -> list[Hit]:
    """Nouns in [start, end) that name several people: those of parties.toml, and the plurals of the role lexicon."""
    found = [hit for hit in hits.within("party_word", start, end) if not hit.value.startswith("format:")]
    roles = hits.within("role", start, end)
    plurals = _load_plurals() if roles else frozenset()
    for hit in roles:
        if body[hit.start : hit.end].lower() in plurals:
            deputies = re.search(r"\b[Dd]eputy $", body[max(0, hit.start - 8) : hit.start])
            role = f"deputy {hit.value}" if deputies else hit.value
            found.append(Hit(hit.start - 7 if deputies else hit.start, hit.end, "party_word", f"each:{role}"))
    chosen: list[Hit] = []
    for hit in sorted(found, key=lambda hit: (hit.start, -hit.end, hit.value.startswith(("people:", "vague:")))):
        if chosen and chosen[-1].end + 1 == hit.start and body[hit.start - 1] == " ":
            chosen.pop()  # "women leaders": the last noun is what they are
        if not chosen or hit.start >= chosen[-1].end:
            chosen.append(hit)
    return chosen


def is_plural(text: str, hit: Hit) -> bool:
    """True for a noun of the role lexicon that names several people: "ministers", "businessmen", "counterparts"."""
    return text[hit.end - 1] == "s" or text[hit.start : hit.end].lower() in _load_plurals()


@cache
def _load_plurals() -> frozenset[str]:
    return list_plural_surfaces()


def read_group(text: str, hit: Hit, hits: Hits, start: int, end: int) -> Group | None:
    """The phrase whose noun is `hit`, with the countries that stand before or behind it; None where none does.

    Offsets count in the body; the phrase lies in [start, end).
    """
    kind, word = hit.value.split(":", 1)
    if kind in ("people", "vague"):
        return None
    if kind in ("each", "group", "delegation") and re.match(r"['’]s?(?=\W)|['’]s", text[hit.end : hit.end + 3]):
        return None
    noun, more = _find_portfolios(text, hit, start) if kind == "each" else (hit, ())
    left = _read_left(text, noun, hits, start)
    right = _read_right(text, hit, hits, end) if not left else []
    owners = left or right
    if not owners:
        words = load_party_words()
        if word not in words.alone or kind == "each":
            return None
        return Group(hit.start, hit.end, "group", (_build_participant(text, hit.start, hit.end, word, None, "group"),))
    first = min(owner.start for owner in owners)
    first = min(first, find_attributes(text, noun.start, start)[0] if right and kind != "delegation" else noun.start)
    if text[max(0, first - 4) : first].lower() == "the ":
        first -= 4
    last = max(hit.end, *(owner.end for owner in owners))
    owned = load_pattern("body-name").match(text, last, end) if right and text[last : last + 1] in "'’" else None
    last = owned.end() if owned else last
    participants = _build_participants(text, first, last, kind, word, owners)
    for role in reversed(more):
        participants = build_owned(text, first, last, role, owners, "role") + participants
    return Group(first, last, "office" if kind == "each" else kind, participants)


def _find_portfolios(text: str, hit: Hit, floor: int) -> tuple[Hit, tuple[str, ...]]:
    """The noun with the portfolios joined to it, and their offices: "the foreign, trade and interior ministers"."""
    noun = text[hit.start : hit.end].lower()
    listed = load_pattern("portfolios").search(text, max(floor, hit.start - LEFT_REACH), hit.start)
    if listed is None or not noun.endswith(" ministers"):
        return hit, ()
    start, roles = hit.start, list[str]()
    for word in reversed(list(_WORD.finditer(text, *listed.span("list")))):
        role = load_surfaces().get(f"{word[0].lower()} minister")
        if role is None:
            break
        start = word.start()
        roles.insert(0, role)
    return hit._replace(start=start), tuple(roles)


def _build_participants(
    text: str, start: int, end: int, kind: str, word: str, owners: list[Hit]
) -> tuple[Participant, ...]:
    role, basis = {
        "each": (load_party_words().each.get(word, word), "role"),
        "delegation": ("delegation", "delegation"),
    }.get(kind, (word, "group"))
    return build_owned(text, start, end, role, owners, basis)


def build_owned(text: str, start: int, end: int, role: str, owners: list[Hit], basis: str) -> tuple[Participant, ...]:
    """One participant for each owner of the phrase `text[start:end]`; where it has none, one without a country."""
    found = {
        (owner.value, owner.kind == "organization"): _build_participant(text, start, end, role, owner, basis)
        for owner in owners
    }
    return tuple(found.values()) or (_build_participant(text, start, end, role, None, basis),)


def _build_participant(text: str, start: int, end: int, role: str, owner: Hit | None, basis: str) -> Participant:
    is_organization = owner is not None and owner.kind == "organization"
    return Participant(
        person_id=None,
        name=None,
        role=role,
        country=None if owner is None or is_organization else owner.value,
        organization=owner.value if owner is not None and is_organization else None,
        mention=text[start:end],
        start=start,
        end=end,
        basis=basis,
    )


def find_attributes(text: str, at: int, floor: int) -> tuple[int, str]:
    """Where the words begin that tell which people the noun at `at` means, and the word before these."""
    words = load_party_words()
    for _ in range(MAX_WORDS):
        found = _LAST_WORD.search(text, max(floor, at - 30), at)
        if found is None:
            return at, ""
        word = found[1]
        if word.lower() in words.ends or (word not in words.keeps and load_pattern("no-attribute").search(word)):
            return at, word.lower()
        at = found.start(1)
    return at, ""


def _read_left(text: str, hit: Hit, hits: Hits, floor: int) -> list[Hit]:
    """Countries before the noun: "Syrian officials", "the Russian, Iranian and Turkish foreign ministers"."""
    options = list_owners(hits, max(floor, hit.start - LEFT_REACH), hit.start)
    owners: list[Hit] = []
    at = hit.start
    for option in reversed(options):
        if option.end > at or text[option.start - 1 : option.start] == "(":
            continue
        gap = load_pattern("short-name").sub("", text[option.end : at], count=1)
        if not owners:
            between = load_pattern("owner").match(gap)
            fits = between is not None and load_party_words().between.match(gap[between.end() :])
        else:
            fits = load_pattern("owner-next").fullmatch(gap)
        if not fits:
            break
        owners.append(option)
        at = option.start
    return owners[::-1]


def _read_right(text: str, hit: Hit, hits: Hits, ceiling: int) -> list[Hit]:
    """Countries behind the noun: "the deputy ministers of Peru, Chile, and Bolivia"."""
    opening = load_pattern("of-country").match(text, hit.end)
    owners: list[Hit] = []
    at = opening.end() if opening else -1
    options = list_owners(hits, hit.end, min(ceiling, hit.end + 160))
    while at >= 0:
        option = next((o for o in options if o.start in (at, at - 4) and o.kind != "demonym"), None)
        option = option or next((o for o in options if o.start == at and text.startswith(" government", o.end)), None)
        if option is None or (owners and option.start < owners[-1].end):
            break
        owners.append(option)
        after = option.end + (len(" government") if text.startswith(" government", option.end) else 0)
        tail = load_pattern("owner-tail").match(text, after)
        following = load_pattern("and-country").match(text, tail.end() if tail else after)
        at = following.end() if following else -1
    return owners


def list_owners(hits: Hits, start: int, end: int) -> list[Hit]:
    """Hits that name a country or an organization, by start; of those that start together the longest."""
    options = [hit for kind in COUNTRY_KINDS for hit in hits.within(kind, start, end)]
    chosen: list[Hit] = []
    for option in sorted(options, key=lambda o: (o.start, -o.end)):
        if not chosen or option.start >= chosen[-1].end:
            chosen.append(option)
    return chosen
