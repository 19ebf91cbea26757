"""Countries and organizations as parties: by themselves, in pairs, and those whose leaders gather."""

from __future__ import annotations

import re
from collections.abc import Iterator

from etl.document import Document
from etl.mentions.groups import build_owned
from etl.mentions.party import Party, is_possessive
from etl.mentions.patterns import load_pattern
from etl.mentions.vocabulary import load_party_words
from etl.organizations import load_organizations
from etl.records import Participant
from etl.scan import Hits
from etl.spans import Hit

# The role of a pair that is a format's name.
FORMAT = "format"
# How far before a format its leaders may be named.
OFFICE_REACH = 40


def list_formats(document: Document, start: int, end: int, hits: Hits) -> Iterator[Party]:
    """The organization before "summit": its leaders are the other side of whoever attends."""
    organizations = load_organizations()
    for hit in hits.within("organization", start, end):
        tail = load_pattern("format-tail").match(document.masked, hit.end, end)
        gathers = organizations[hit.value].kind == "igo" and hit.value not in load_party_words().no_formats
        if gathers and tail and document.body[hit.start - 1 : hit.start] != "-" and not document.is_quoted(hit.start):
            last = hit.end + len(tail["name"])
            mention = document.body[hit.start : last]
            leaders = Participant(None, None, "leaders", None, hit.value, mention, hit.start, last, "group")
            yield Party(hit.start, last, "format", (leaders,))


def list_named_formats(document: Document, start: int, end: int, hits: Hits) -> Iterator[Party]:
    """Formats by their name, with the countries that meet in them: "the Quad summit"."""
    members = load_party_words().formats
    for hit in hits.within("party_word", start, end):
        kind, name = hit.value.split(":", 1)
        if kind != "format" or document.is_quoted(hit.start):
            continue
        if load_pattern("format-noun").match(document.masked, hit.end, end):
            owners = [hit._replace(kind="country", value=country) for country in members[name]]
            office = _find_office_of(document.masked, hit, hits)
            if office is not None:
                role = load_party_words().each[office.value.removeprefix("each:")]
                parties = build_owned(document.body, office.start, hit.end, role, owners, "role")
                yield Party(office.start, hit.end, "office", parties)
                continue
            delegations = tuple(build_delegation(document.body, owner) for owner in owners)
            yield Party(hit.start, hit.end, "pair", delegations, role=FORMAT)
            continue
        body = load_pattern("format-body").match(document.masked, hit.end, end)
        gathered = load_pattern("format-of").search(document.masked, max(start, hit.start - OFFICE_REACH), hit.start)
        if body or gathered:
            owners = [hit._replace(kind="country", value=country) for country in members[name]]
            delegations = tuple(build_delegation(document.body, owner) for owner in owners)
            yield Party(hit.start, body.end() if body else hit.end, "organization", delegations)


def _find_office_of(text: str, hit: Hit, hits: Hits) -> Hit | None:
    """The leaders of "the leaders of the Astana process"."""
    for word in hits.within("party_word", max(0, hit.start - OFFICE_REACH), hit.start):
        if word.value.startswith("each:") and text[word.end : hit.start] in (" of the ", " of "):
            return word
    return None


def list_organizations(document: Document, start: int, end: int, hits: Hits) -> Iterator[Party]:
    """Organizations that act as such in [start, end)."""
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
            possessive=is_possessive(document.masked, hit.end),
        )


def list_countries(document: Document, start: int, end: int, hits: Hits) -> Iterator[Party]:
    """Countries, capitals and peoples that act as such in [start, end)."""
    text = document.masked
    taken_out = -1
    for hit in _list_country_hits(document, start, end, hits):
        # "in Iran, Russia and Turkey": what is joined to a place is one, too.
        body = _read_body(document, hit, end, hits)
        if body is not None:
            yield body
            taken_out = -1
            continue
        joined = taken_out >= 0 and load_pattern("joint").fullmatch(text, taken_out, hit.start)
        if joined or not _is_party_noun(text, hit.start, hit.end):
            taken_out = hit.end
            continue
        delegation = build_delegation(document.body, hit)
        yield Party(hit.start, hit.end, "country", (delegation,), possessive=is_possessive(text, hit.end))


def _read_body(document: Document, hit: Hit, end: int, hits: Hits) -> Party | None:
    """The body of a country as a party: "the Peruvian Space Agency"; None where no body's name goes on behind `hit`."""
    text = document.masked
    name = load_pattern("body-name").match(text, hit.end, end)
    if name is None or not load_pattern("body-noun").search(name[0]) or load_pattern("ends-in-office").search(name[0]):
        return None
    role = any(role.end == name.end() for role in hits.within("role", hit.end, name.end()))
    if role or not _is_party_noun(text, hit.start, name.end()):
        return None
    mention = text[hit.start : name.end()]
    body = Participant(None, None, "delegation", hit.value, mention, mention, hit.start, name.end(), "delegation")
    return Party(hit.start, name.end(), "organization", (body,), possessive=is_possessive(text, name.end()))


def _list_country_hits(document: Document, start: int, end: int, hits: Hits) -> list[Hit]:
    """Countries, capitals and peoples ("the Russians"), by start; of those that start together the longest."""
    found = [hit for kind in ("country", "capital") for hit in hits.within(kind, start, end)]
    found += [
        hit
        for hit in hits.within("demonym", start, end)
        if document.body[hit.end - 1] == "s" or load_pattern("body-name").match(document.body, hit.end)
    ]
    chosen: list[Hit] = []
    for hit in sorted(found, key=lambda hit: (hit.start, -hit.end)):
        if not chosen or hit.start >= chosen[-1].end:
            chosen.append(hit)
    return chosen


def list_pairs(document: Document, start: int, end: int, hits: Hits) -> Iterator[Party]:
    """Iranian-Turkish, Russia-Iran-Turkey, U.S.-ASEAN, as they stand before a noun."""
    found = [hit for kind in ("country", "demonym", "capital", "organization") for hit in hits.within(kind, start, end)]
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
            delegations = tuple(build_delegation(document.body, hit) for hit in chain)
            body = load_pattern("pair-body").match(document.masked, done, end)
            if body and _is_party_noun(document.masked, first, body.end()):
                yield Party(first, body.end(), "organization", delegations)
            else:
                yield Party(first, done, "pair", delegations)


def build_delegation(body: str, hit: Hit) -> Participant:
    """The country or the organization of a hit as a party."""
    if hit.kind == "organization":
        mention = body[hit.start : hit.end]
        return Participant(None, None, "delegation", None, hit.value, mention, hit.start, hit.end, "delegation")
    return Participant(
        None, None, "delegation", hit.value, None, body[hit.start : hit.end], hit.start, hit.end, "delegation"
    )


def _is_party_noun(text: str, start: int, end: int) -> bool:
    """False where the name is a place or modifies the noun behind it ("the Taliban commander")."""
    ahead = max(0, start - 24)
    if load_pattern("no-party-before").search(text, ahead, start) and not load_pattern("gathers-of").search(
        text, ahead, start
    ):
        return False
    if text[start:end].isupper() and end - start > 3 and re.match(r" ?[-–—_(]", text[end : end + 2]):
        return False  # a dateline that stayed in the body
    if text[max(0, start - 1) : start] == "(":
        return False
    behind = text[end : end + 30]
    if behind.startswith(", where "):
        return False
    return not load_pattern("modifies-noun").match(behind) or bool(load_pattern("function-word").match(behind))
