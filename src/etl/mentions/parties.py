"""The parties that a sentence names: persons, offices, delegations, countries, organizations, groups, pronouns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise, zip_longest

from etl.document import Document
from etl.mentions.crowds import read_crowd
from etl.mentions.groups import Group, list_party_words, read_group
from etl.mentions.office_parties import list_more_offices, list_offices, list_sole_offices
from etl.mentions.party import Party, overlaps
from etl.mentions.patterns import load_pattern
from etl.mentions.persons import merge_appositions, read_person
from etl.mentions.states import list_countries, list_formats, list_named_formats, list_organizations, list_pairs
from etl.mentions.vocabulary import load_party_words
from etl.people import Cast
from etl.records import Participant
from etl.scan import Hits
from etl.spans import Hit, PlaceMention

# How far the words of an office may stand from its body and from its holder.
OFFICE_REACH = 60
# Pronouns that can only be the subject of what follows.
SUBJECTS = frozenset({"he", "she", "they", "He", "She", "They", "I"})
# How far back "the delegation" may have been named with its country.
AGAIN_REACH = 800


def find_parties(
    document: Document, start: int, end: int, hits: Hits, cast: Cast, places: tuple[PlaceMention, ...]
) -> list[Party]:
    """The parties in [start, end), by start, not overlapping; quoted words are left out."""
    text = document.masked
    mentions = cast.within(start, end)
    found = [party for mention in mentions if (party := read_person(text, mention, document, hits))]
    found = merge_appositions(found, text)
    found += list_formats(document, start, end, hits)
    found += list_named_formats(document, start, end, hits)
    found += list_offices(document, start, end, hits, [(party.start, party.end) for party in found])
    found += list_sole_offices(document, cast, start, end)
    found += list_more_offices(document, hits, found, start, end)
    named = [(party.start, party.end) for party in found]
    taken = named + [(place.start, place.end) for place in places]
    # Names that a longer phrase holds ("Iranian and Turkish presidents") give way to the phrase.
    party_words = list_party_words(document.body, hits, start, end)
    for hit in party_words:
        group = read_group(text, hit, hits, start, end)
        if group is not None and not document.is_quoted(hit.start) and not overlaps(group.start, group.end, named):
            found.append(Party(group.start, group.end, group.kind, group.participants))
            taken.append((group.start, group.end))
            named.append((group.start, group.end))
    found = [_add_members(document, party, hits, cast) for party in found]
    found += _list_delegations(document, party_words, hits, cast, taken)
    found += _list_local_groups(document, party_words, places, taken)
    found += _list_crowds(document, party_words, hits, (start, end), taken)
    for more in (_list_told_before, list_pairs, list_organizations, list_countries, _list_pronouns):
        for party in more(document, start, end, hits):
            if not overlaps(party.start, party.end, taken) and not document.is_quoted(party.start):
                found.append(party)
                taken.append((party.start, party.end))
    return _drop_owners(_name_groups(sorted(found, key=lambda party: party.start), text), text)


def _name_groups(parties: list[Party], text: str) -> list[Party]:
    """The parties with "his Peruvian and Chilean counterparts" as part of the first of the two names behind it."""
    kept: list[Party] = []
    group: Party | None = None
    for number, party in enumerate(parties):
        if group is not None:
            party, group = party._replace(start=group.start), None
        size = len(party.participants)
        named = parties[number + 1 : number + 1 + size]
        lists = party.kind in ("group", "office") and size > 1 and len(named) == size
        if lists and all(p.kind == "person" and p.participants[0].name for p in named):
            gaps = [text[one.end : other.start] for one, other in pairwise([party, *named])]
            if gaps[0] in (" ", ", ") and set(gaps[1:]) <= {" and ", ", ", ", and "}:
                group = party
                continue
        kept.append(party)
    return kept


def _drop_owners(parties: list[Party], text: str) -> list[Party]:
    """The parties without the country in "Saudi Arabia's King Salman": it only says where the person is from."""
    kept = []
    office: Party | None = None
    for party, following in zip_longest(parties, parties[1:]):
        if office is not None:
            party = _take_office(office, party)
        office = None
        owns = party.kind in ("country", "organization") and party.possessive and following is not None
        if following is not None and following.kind == "person" and _is_office_of(party, following, text):
            office = party if party.kind == "person" else None
            continue
        heads = following is not None and following.kind in ("person", "office", "group", "delegation")
        if owns and heads and load_pattern("office-tail").fullmatch(text, party.end, following.start):
            continue
        kept.append(party)
    return kept


def _take_office(office: Party, party: Party) -> Party:
    """The person with the country and the role of the office that stands before the name."""
    told, person = office.participants[0], party.participants[0]
    role, country = person.role or told.role, person.country or told.country
    return party._replace(participants=(replace(person, role=role, country=country), *party.participants[1:]))


def _is_office_of(party: Party, following: Party, text: str) -> bool:
    """True for the committee in "chair of Peru's trade committee Ana Ruiz": it only says what the person is."""
    if following.start - party.end > OFFICE_REACH:
        return False
    if party.kind == "person":
        first = party.participants[0]
        told = first.basis == "role" and load_pattern("office-goes-on").match(text, party.end)
        return bool(told and load_pattern("office-tail").fullmatch(text, party.end, following.start))
    if party.kind not in ("country", "organization", "delegation"):
        return False
    ahead = load_pattern("office-of").search(text, max(0, party.start - OFFICE_REACH), party.start)
    return bool(ahead and load_pattern("office-tail").fullmatch(text, party.end, following.start))


def _list_delegations(
    document: Document, party_words: list[Hit], hits: Hits, cast: Cast, taken: list[tuple[int, int]]
) -> list[Party]:
    """The delegation: the one of a country that the text named last, with the members it was said to have."""
    found = []
    text = document.masked
    for hit in party_words:
        kind, word = hit.value.split(":", 1)
        if kind != "delegation" or word not in load_party_words().again or overlaps(hit.start, hit.end, taken):
            continue
        ahead = load_pattern("definite-before").search(text, max(0, hit.start - 30), hit.start)
        if ahead is None or load_pattern("of-something").match(text, hit.end):
            continue
        earlier = (
            read_group(text, other, hits, max(0, other.start - OFFICE_REACH), other.end + OFFICE_REACH)
            for other in reversed(hits.within("party_word", max(0, hit.start - AGAIN_REACH), ahead.start()))
            if other.value.removeprefix("delegation:") in load_party_words().again
        )
        last = next((group for group in earlier if group is not None and len(group.participants) == 1), None)
        if last is not None:
            again = replace(
                last.participants[0], mention=text[ahead.start() : hit.end], start=ahead.start(), end=hit.end
            )
            members = _list_members(document, cast, last, ahead.start(), hit.end)
            found.append(Party(ahead.start(), hit.end, "delegation", (again, *members)))
            taken.append((ahead.start(), hit.end))
    return found


def _add_members(document: Document, party: Party, hits: Hits, cast: Cast) -> Party:
    """The delegation of a country ("the Peruvian delegation") with the members whom an earlier sentence names."""
    text = document.masked
    sole = party.kind == "delegation" and len(party.participants) == 1 and party.participants[0].country
    if not sole or not text.startswith(("the ", "The "), party.start):
        return party
    for other in reversed(hits.within("party_word", max(0, party.start - AGAIN_REACH), party.start)):
        if other.value.removeprefix("delegation:") in load_party_words().again:
            group = read_group(text, other, hits, max(0, other.start - OFFICE_REACH), other.end + OFFICE_REACH)
            if group is not None and [p.country for p in group.participants] == [party.participants[0].country]:
                members = _list_members(document, cast, group, party.start, party.end)
                return party._replace(participants=(*party.participants, *members))
    return party


def _list_members(document: Document, cast: Cast, delegation: Group, start: int, end: int) -> Iterator[Participant]:
    """Those whom the sentence of a delegation names as its members, for a phrase in [start, end) that takes it up."""
    text, sentence = document.masked, document.sentence_at(delegation.start)
    lead = load_pattern("members").match(text, delegation.end, sentence.end)
    if lead is None:
        return
    over = load_pattern("members-end").search(text, lead.end(), sentence.end)
    for mention in cast.within(lead.end(), over.start() if over else sentence.end):
        person, country = mention.person, delegation.participants[0].country
        if person is not None and mention.basis == "name" and person.country in (None, country):
            home, words = person.country or country, text[start:end]
            yield Participant(person.person_id, person.name, person.role, home, None, words, start, end, "group")


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
        if place is None or kind in ("delegation", "people", "vague") or overlaps(hit.start, hit.end, taken):
            continue
        ahead = document.masked[max(0, hit.start - 20) : hit.start].split()
        if ahead and ahead[-1].lower() in load_party_words().abroad:
            continue  # Caribbean leaders in Oslo
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
        if overlaps(hit.start, hit.end, taken) or document.is_quoted(hit.start):
            continue
        floor = max([last for _, last in taken if last <= hit.start], default=bounds[0])
        ceiling = min([first for first, _ in taken if first >= hit.end], default=bounds[1])
        crowd = read_crowd(document.masked, hit, hits, floor, ceiling)
        if crowd is not None:
            found.append(Party(crowd.start, crowd.end, crowd.kind, crowd.participants))
            taken.append((crowd.start, crowd.end))
    return found


def _list_told_before(document: Document, start: int, end: int, hits: Hits) -> Iterator[Party]:
    words = load_party_words()
    if not words.may_tell_before(document.masked, start, end):
        return
    for match in words.before.finditer(document.masked, start, end):
        size = (
            2
            if match["office"]
            else words.numbers.get(match["number"] or match["alone"] or ("both" if match["both"] else ""), 0)
        )
        noun = match["each"] or match["each2"] or (match["noun"] if match["noun"] in words.lands - {"sides"} else None)
        yield Party(match.start(), match.end(), "before", (), size, role=noun and words.each.get(noun, noun))


def _list_pronouns(document: Document, start: int, end: int, hits: Hits) -> Iterator[Party]:
    official = load_pattern("said-official").match(document.masked[start:end])
    if official:
        yield Party(start, start + official.end(), "pronoun", ())
    for match in load_pattern("pronoun").finditer(document.masked, start, end):
        subject = match[0] in SUBJECTS
        yield Party(match.start(), match.end(), "pronoun", (), size=1 if subject else 0)
