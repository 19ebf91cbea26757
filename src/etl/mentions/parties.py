"""The parties that a sentence names: persons, offices, delegations, countries, organizations, groups, pronouns."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest

from etl.document import Document
from etl.mentions.crowds import read_crowd
from etl.mentions.groups import list_party_words, read_group
from etl.mentions.patterns import load_pattern
from etl.mentions.vocabulary import load_party_words
from etl.organizations import load_organizations
from etl.people import Cast
from etl.records import Participant
from etl.scan import Hits
from etl.spans import Hit, PersonMention, PlaceMention

# How far the words of an office may stand from its body and from its holder.
OFFICE_REACH = 60


@dataclass(frozen=True, slots=True)
class Party:
    """One stretch of a sentence that names parties. Offsets count in the body.

    `kind` is person, office, group, delegation, country, organization, pair (Iran-Oman), before (the parties told
    before) or pronoun; `size` is the number of parties that "the two leaders" asks for, 0 where it asks for none, and
    `role` the office that "the foreign ministers of the two countries" gives to each country told before.
    """

    start: int
    end: int
    kind: str
    participants: tuple[Participant, ...]
    size: int = 0
    possessive: bool = False
    role: str | None = None


def find_parties(
    document: Document, start: int, end: int, hits: Hits, cast: Cast, places: tuple[PlaceMention, ...]
) -> list[Party]:
    """The parties in [start, end), by start, not overlapping; quoted words are left out."""
    text = document.masked
    mentions = cast.within(start, end)
    found = [party for mention in mentions if (party := _read_person(text, mention, document, hits))]
    found = _merge_appositions(found, text)
    formats = list(_list_formats(document, start, end, hits))
    found += formats
    taken = [(party.start, party.end) for party in found] + [(place.start, place.end) for place in places]
    # Names that a longer phrase holds ("Iranian and Turkish presidents") give way to the phrase.
    party_words = list_party_words(document.body, hits, start, end)
    for hit in party_words:
        group = read_group(text, hit, hits, start, end)
        if group is not None and not document.is_quoted(hit.start) and not _overlaps(group.start, group.end, taken):
            found.append(Party(group.start, group.end, group.kind, group.participants))
            taken.append((group.start, group.end))
    found += _list_local_groups(document, party_words, places, taken)
    found += _list_crowds(document, party_words, hits, (start, end), taken)
    for more in (_list_told_before, _list_pairs, _list_organizations, _list_countries, _list_pronouns):
        for party in more(document, start, end, hits):
            if not _overlaps(party.start, party.end, taken) and not document.is_quoted(party.start):
                found.append(party)
                taken.append((party.start, party.end))
    return _drop_owners(sorted(found, key=lambda party: party.start), document.masked)


def _drop_owners(parties: list[Party], text: str) -> list[Party]:
    """The parties without the country in "Saudi Arabia's King Salman": it only says where the person is from."""
    kept = []
    for party, following in zip_longest(parties, parties[1:]):
        owns = party.kind in ("country", "organization") and party.possessive and following is not None
        if following is not None and following.kind == "person" and _is_office_of(party, following, text):
            continue
        if owns and following is not None and following.kind in ("person", "office", "group", "delegation"):
            between = text[party.end : following.start]
            if len(between) < 40 and not re.search(r"[,;]| (?:and|with|on|in) ", between):
                continue
        kept.append(party)
    return kept


def _is_office_of(party: Party, following: Party, text: str) -> bool:
    """True for the committee in "chair of Peru's trade committee Ana Ruiz": it only says what the person is."""
    if party.kind not in ("country", "organization", "delegation") or following.start - party.end > OFFICE_REACH:
        return False
    ahead = load_pattern("office-of").search(text, max(0, party.start - OFFICE_REACH), party.start)
    return bool(ahead and load_pattern("office-tail").fullmatch(text, party.end, following.start))


def _list_local_groups(
    document: Document, party_words: list[Hit], places: tuple[PlaceMention, ...], taken: list[tuple[int, int]]
) -> list[Party]:
    """Leaders in Baghdad: a group of the country of the place."""
    found = []
    for hit in party_words:
        kind, word = hit.value.split(":", 1)
        place = next(
            (p for p in places if p.country and document.masked[hit.end : p.start] in (" in ", " in the ")), None
        )
        if place is None or kind in ("delegation", "people", "vague") or _overlaps(hit.start, hit.end, taken):
            continue
        mention = document.body[hit.start : hit.end]
        group = Participant(None, None, word, place.country, None, mention, hit.start, hit.end, "group")
        found.append(Party(hit.start, hit.end, "group", (group,)))
        taken.append((hit.start, hit.end))
    return found


def _list_crowds(
    document: Document, party_words: list[Hit], hits: Hits, bounds: tuple[int, int], taken: list[tuple[int, int]]
) -> list[Party]:
    found = []
    for hit in party_words:
        if _overlaps(hit.start, hit.end, taken) or document.is_quoted(hit.start):
            continue
        floor = max([last for _, last in taken if last <= hit.start], default=bounds[0])
        ceiling = min([first for first, _ in taken if first >= hit.end], default=bounds[1])
        crowd = read_crowd(document.masked, hit, hits, floor, ceiling)
        if crowd is not None:
            found.append(Party(crowd.start, crowd.end, crowd.kind, crowd.participants))
            taken.append((crowd.start, crowd.end))
    return found


def _overlaps(start: int, end: int, spans: list[tuple[int, int]]) -> bool:
    return any(first < end and start < last for first, last in spans)


def _is_possessive(text: str, end: int) -> bool:
    return bool(load_pattern("possessive").match(text[end : end + 3])) or text[end - 2 : end] in ("'s", "’s")


def _merge_appositions(parties: list[Party], text: str) -> list[Party]:
    """His Cuban counterpart, Ana Ruiz; Ana Ruiz, the Cuban foreign minister: one party with name, role and country."""
    merged: list[Party] = []
    for party in parties:
        before = merged[-1] if merged else None
        between = text[before.end : party.start] if before else ""
        if before is not None and between == ", " and _is_unfinished(before, party):
            continue  # "Ana Ruiz, the head of Peru's council"
        apposed = between in (", ", " ") or load_pattern("acronym").fullmatch(between)
        if before is None or not apposed or (joined := _join(before, party)) is None:
            merged.append(party)
        else:
            merged[-1] = joined
    return merged


def _is_unfinished(before: Party, party: Party) -> bool:
    named, described = before.participants[0], party.participants[0]
    return party.possessive and described.basis == "role" and named.person_id is not None and named.basis == "name"


def _join(first: Party, second: Party) -> Party | None:
    one, other = first.participants[0], second.participants[0]
    named, described = (one, other) if other.basis != "name" else (other, one)
    if (named.basis, described.basis) not in (("name", "role"), ("name", "counterpart")):
        return None
    same = described.person_id in (None, named.person_id)
    if not same or (named.country and described.country and named.country != described.country):
        return None
    participant = replace(
        named, role=named.role or described.role, country=named.country or described.country,
        mention=named.mention, basis="counterpart" if described.basis == "counterpart" else "name",
    )  # fmt: skip
    return Party(first.start, second.end, "person", (participant,), possessive=second.possessive)


def _find_country_behind(text: str, end: int, hits: Hits) -> str | None:
    """The country of "Prime Minister Ana Ruiz of Ecuador"."""
    link = load_pattern("of-country").match(text, end)
    options = hits.within("country", link.end() - 4, link.end() + 40) if link else ()
    return next((hit.value for hit in options if link and hit.start in (link.end(), link.end() - 4)), None)


def _find_office_organization(mention: PersonMention, hits: Hits) -> str | None:
    """The organization whose office it is: the IAEA chief."""
    return next((hit.value for hit in hits.within("organization", mention.start, mention.end)), None)


def _is_top_diplomat(mention: PersonMention) -> bool:
    return mention.role == "diplomat" and bool(load_pattern("top-of-all").search(mention.text))


def _read_person(text: str, mention: PersonMention, document: Document, hits: Hits) -> Party | None:
    words = load_party_words()
    if document.is_quoted(mention.start) or words.exclude.search(mention.text):
        return None
    if words.modifies.search(text, max(0, mention.start - 48), mention.start):
        return None
    person = mention.person
    organization = _find_office_organization(mention, hits) if person is None and mention.country is None else None
    role = "foreign minister" if _is_top_diplomat(mention) else mention.role
    role = role or ("counterpart" if person is None and mention.basis == "counterpart" else None)
    if person is None and (role is None or (mention.country is None and organization is None)):
        return None
    participant = Participant(
        person_id=person.person_id if person else None,
        name=person.name if person else None,
        role=role or (person.role if person else None),
        country=mention.country
        or (person.country if person else None)
        or _find_country_behind(text, mention.end, hits),
        organization=organization,
        mention=mention.text,
        start=mention.start,
        end=mention.end,
        basis=mention.basis,
    )
    possessive, end = _is_possessive(text, mention.end), mention.end
    comma = mention.text.find(", ")
    if possessive and comma > 0 and participant.basis == "name" and ", Jr" not in mention.text:
        # "Ana Ruiz, the head of Peru's council": the office is the council's, and the name ends at the comma.
        participant = replace(participant, role=person.role if person else None, mention=mention.text[:comma])
        possessive, end = False, mention.start + comma
        participant = replace(participant, end=end)
    return Party(mention.start, end, "person", (participant,), possessive=possessive)


def _list_formats(document: Document, start: int, end: int, hits: Hits) -> Iterator[Party]:
    """The organization before "summit": its leaders are the other side of whoever attends."""
    organizations = load_organizations()
    for hit in hits.within("organization", start, end):
        tail = load_pattern("format-tail").match(document.masked, hit.end, end)
        gathers = organizations[hit.value].kind == "igo" and hit.value not in load_party_words().no_formats
        if gathers and tail and not document.is_quoted(hit.start):
            last = hit.end + len(tail["name"])
            mention = document.body[hit.start : last]
            leaders = Participant(None, None, "leaders", None, hit.value, mention, hit.start, last, "group")
            yield Party(hit.start, last, "format", (leaders,))


def _list_told_before(document: Document, start: int, end: int, hits: Hits) -> Iterator[Party]:
    words = load_party_words()
    for match in words.before.finditer(document.masked, start, end):
        size = 2 if match["office"] else words.numbers.get(match["number"] or ("both" if match["both"] else ""), 0)
        noun = match["each"] or match["each2"] or (match["noun"] if match["noun"] in words.lands - {"sides"} else None)
        yield Party(match.start(), match.end(), "before", (), size, role=noun and words.each.get(noun, noun))


def _list_organizations(document: Document, start: int, end: int, hits: Hits) -> Iterator[Party]:
    organizations = load_organizations()
    for hit in hits.within("organization", start, end):
        organization = organizations[hit.value]
        if organization.kind in load_party_words().no_party_kinds or not _is_party_noun(
            document.masked, hit.start, hit.end
        ):
            continue
        mention = document.body[hit.start : hit.end]
        yield Party(
            hit.start,
            hit.end,
            "organization",
            (
                Participant(
                    None, None, "delegation", organization.country, hit.value, mention, hit.start, hit.end, "delegation"
                ),
            ),
            possessive=_is_possessive(document.masked, hit.end),
        )


def _list_countries(document: Document, start: int, end: int, hits: Hits) -> Iterator[Party]:
    text = document.masked
    taken_out = -1
    for hit in _list_country_hits(document, start, end, hits):
        # "in Iran, Russia and Turkey": what is joined to a place is one, too.
        joined = taken_out >= 0 and load_pattern("joint").fullmatch(text, taken_out, hit.start)
        if joined or not _is_party_noun(text, hit.start, hit.end):
            taken_out = hit.end
            continue
        delegation = build_delegation(document.body, hit)
        yield Party(hit.start, hit.end, "country", (delegation,), possessive=_is_possessive(text, hit.end))


def _list_country_hits(document: Document, start: int, end: int, hits: Hits) -> list[Hit]:
    """Countries, capitals and peoples ("the Russians"), by start; of those that start together the longest."""
    found = [hit for kind in ("country", "capital") for hit in hits.within(kind, start, end)]
    found += [hit for hit in hits.within("demonym", start, end) if document.body[hit.end - 1] == "s"]
    chosen: list[Hit] = []
    for hit in sorted(found, key=lambda hit: (hit.start, -hit.end)):
        if not chosen or hit.start >= chosen[-1].end:
            chosen.append(hit)
    return chosen


def _list_pairs(document: Document, start: int, end: int, hits: Hits) -> Iterator[Party]:
    """Iranian-Turkish, Russia-Iran-Turkey, as they stand before a noun."""
    found = [hit for kind in ("country", "demonym", "capital") for hit in hits.within(kind, start, end)]
    if len(found) < 2:
        return
    by_start = {hit.start: hit for hit in sorted(found, key=lambda hit: hit.end)}
    done = start
    for first in sorted(by_start):
        chain = [by_start[first]]
        while document.body[chain[-1].end : chain[-1].end + 1] in ("-", "–") and chain[-1].end + 1 in by_start:
            chain.append(by_start[chain[-1].end + 1])
        if len(chain) > 1 and first >= done and len({hit.value for hit in chain}) == len(chain):
            done = chain[-1].end
            yield Party(first, done, "pair", tuple(build_delegation(document.body, hit) for hit in chain))


def build_delegation(body: str, hit: Hit) -> Participant:
    """The country of a hit as a party."""
    return Participant(
        None, None, "delegation", hit.value, None, body[hit.start : hit.end], hit.start, hit.end, "delegation"
    )


def _is_party_noun(text: str, start: int, end: int) -> bool:
    """False where the name is a place or modifies the noun behind it ("the Taliban commander")."""
    if load_pattern("no-party-before").search(text, max(0, start - 24), start):
        return False
    if text[start:end].isupper() and end - start > 3 and re.match(r" ?[-–—_(]", text[end : end + 2]):
        return False  # a dateline that stayed in the body
    if text[max(0, start - 1) : start] == "(":
        return False
    behind = text[end : end + 30]
    return not load_pattern("modifies-noun").match(behind) or bool(load_pattern("function-word").match(behind))


def _list_pronouns(document: Document, start: int, end: int, hits: Hits) -> Iterator[Party]:
    for match in load_pattern("pronoun").finditer(document.masked, start, end):
        yield Party(match.start(), match.end(), "pronoun", ())
