"""Who a speaker phrase names: a person of the cast, an organization, a government, a role, a group, or nobody sure."""

from __future__ import annotations

import re
from typing import NamedTuple

from etl.countries import load_countries
from etl.document import Document
from etl.organizations import load_organizations
from etl.people import Cast
from etl.quotes.grammar import load_grammar
from etl.scan import Hits
from etl.spans import PersonMention, Span

_WORD = re.compile(r"[\w’'.&-]+")
# A pattern that begins with a class of characters is sought many times faster than one that begins with a choice.
_HEAD_END = re.compile(
    r"[,;\s](?:(?<=[,;])|(?:of|for|from|at|in|with|to|on|who|which|that|as|during|after|before|near|familiar)\s|[-–—])"
)
_PROPER = re.compile(r"[A-Z][\w’'&.-]*(?: (?:(?:of|for|and|on|the) )*[A-Z][\w’'&-]*)*")
_PHRASE_END = re.compile(r",|;|\s(?:who|which|that)\s|\s[-–—]")
_DETERMINER = re.compile(r"\b(?:the|a|an)\s+", re.I)
_POSSESSIVE = re.compile(r"['’]s?$")
_HIMSELF = re.compile(r"\s*(?:himself|herself|themselves|too|also|both|Jr\.?|Sr\.?)?\s*$")
_PARENTHESIS = re.compile(r"\([^()]*\)")
_SERVED = re.compile(
    r"\b(?:for|to|of|with|from)\s+(?:the\s+)?"
    r"(?:(?:President|Prime Minister|Minister|Mr|Mrs|Ms|Dr|Sen|Gov|King|Queen)\.?\s+)?$"
)
_LIST = re.compile(r",(?: [^,.;“\"]{1,30},)* ?[^,.;“\"]{1,30} and (?:the )?[A-Z]")
_POSSESSIVES = {"his": "he", "her": "she", "their": "they"}
_SINGULAR = {"he": "person", "she": "person", "him": "person", "her": "person", "i": "person"}
_OBJECTS = frozenset({"him", "her", "them", "us"})
_PLURAL = ("they", "we", "them", "us")


class Speaker(NamedTuple):
    """The speaker columns of a quote. `start`, `end` are the place of the mention; None where it has none."""

    mention: str | None = None
    start: int | None = None
    end: int | None = None
    person_id: str | None = None
    name: str | None = None
    kind: str = "unknown"
    role: str | None = None
    country: str | None = None
    basis: str = "none"

    def as_basis(self, basis: str) -> Speaker:
        """The same speaker, carried over to words that do not name him."""
        return self._replace(basis=basis) if self.basis != "none" else self


NOBODY = Speaker()


def resolve_speaker(document: Document, hits: Hits, cast: Cast, span: Span) -> Speaker:
    """The speaker that `span` names; kind unknown, without a name, where nothing is sure."""
    start, end = span
    text = document.body[start:end]
    if text.endswith(("'s", "’s", "s'", "s’")):
        text = text[: -2 if text[-1] == "s" else -1]  # Lee's claim that
        end = start + len(text)
        span = Span(start, end)
    speaker = Speaker(text, start, end)
    low = text.lower()
    low = _POSSESSIVES.get(low, low)
    if low in load_grammar().pronouns or low in _OBJECTS:
        return _resolve_pronoun(cast, speaker, low)
    head = Span(start, start + _find_head_end(text))
    person = _find_apposed(document, cast, span, head) or _find_person(document, cast, span, head)
    if person is not None:
        return _name_person(speaker, person)
    named = _find_organization(document, hits, head) or _find_country(hits, document, head)
    if named is not None:
        kind, name, country = named
        return Speaker(*speaker[:3], kind=kind, name=name, country=country, basis="name")
    return _describe(document, hits, cast, speaker, head)


def _resolve_pronoun(cast: Cast, speaker: Speaker, low: str) -> Speaker:
    kind = _SINGULAR.get(low) or ("group" if low in _PLURAL else "unknown")
    person = cast.resolve_pronoun(low, speaker.start or 0)
    if person is None:
        return Speaker(*speaker[:3], kind=kind, basis="pronoun")
    found = (person.person_id, person.name, "person", person.role, person.country)
    return Speaker(*speaker[:3], *found, "pronoun")


def _find_head_end(text: str) -> int:
    if text.isalnum():
        return len(text)
    if "(" in text:
        text = _PARENTHESIS.sub(lambda found: " " * len(found.group()), text)
    match = _HEAD_END.search(text)
    return match.start() if match else len(text)


def _find_person(document: Document, cast: Cast, span: Span, head: Span) -> PersonMention | None:
    """The mention that is the head of the phrase, or stands in apposition to it."""
    body = document.body
    mentions = cast.within(span.start, span.end)
    if not mentions:
        return None
    inside = [mention for mention in mentions if mention.start < head.end]
    if len(inside) > 1 and re.search(r"\band\b", body[inside[0].end : inside[-1].start]):
        return None
    for mention in reversed(inside):
        if mention.person is None:
            continue
        titled, followed = mention.start < mention.head_start, mention.end < head.end
        if titled and _SERVED.search(body[mention.start : mention.head_start]):
            continue  # a spokesman for [President] Lee is not Lee
        if not followed or _HIMSELF.match(_PARENTHESIS.sub("", body[mention.end : head.end])):
            return mention
    return None


def _find_apposed(document: Document, cast: Cast, span: Span, head: Span) -> PersonMention | None:
    """The name that says who a role is: the firm's director, Ann Lee; the spokesperson at the Ministry Ann Lee."""
    body = document.body
    if head.end == span.end or not _names_nobody(body[span.start : head.end]):
        return None
    for mention in cast.within(head.end, span.end):
        before = body[head.end : mention.start].rstrip()
        word = before.rpartition(" ")[2]
        if word.endswith(",") and before.startswith(" for ") and _names_nobody(before.rstrip(",")):
            return None  # a spokesman for the minister, Ann Lee
        beside = before.endswith(",") or (
            mention.end == span.end and word[:1].isupper() and not word.endswith(("'s", "’s"))
        )
        if mention.person is not None and mention.basis == "name" and beside:
            return mention
    return None


def _names_nobody(head: str) -> bool:
    """True for a role (the company's director), to which a name may stand in apposition."""
    words = [word.lower() for word in _WORD.findall(head)]
    return bool(words) and _POSSESSIVE.sub("", words[-1]) in load_grammar().role_nouns


def _name_person(speaker: Speaker, mention: PersonMention) -> Speaker:
    person = mention.person
    assert person is not None
    role, country = mention.role or person.role, mention.country or person.country
    basis = "role" if mention.basis == "role" else "name"
    return Speaker(*speaker[:3], person.person_id, person.name, "person", role, country, basis)


def _find_organization(document: Document, hits: Hits, head: Span) -> tuple[str, str, str | None] | None:
    for hit in reversed(hits.within("organization", head.start, head.end)):
        if _HIMSELF.match(document.body[hit.end : head.end]) or _ends_as_media(document.body[hit.end : head.end]):
            return "organization", hit.value, load_organizations()[hit.value].country
    return None


def _ends_as_media(rest: str) -> bool:
    """TASS [news agency], Reuters [report]."""
    words = [word.lower() for word in _WORD.findall(rest)]
    known = load_grammar()
    return bool(words) and all(word in known.organization_nouns or word in known.media_nouns for word in words)


def _find_country(hits: Hits, document: Document, head: Span) -> tuple[str, str, str] | None:
    """A country, or a capital that stands for its government: Damascus said. A seat is a body: the Kremlin said."""
    for kind in ("country", "capital"):
        for hit in hits.within(kind, head.start, head.end):
            bare = _DETERMINER.sub("", document.body[head.start : hit.start] + " ").strip()
            if hit.end == head.end and not bare:
                country, name = load_countries()[hit.value], document.body[hit.start : hit.end]
                seat = _DETERMINER.sub("", name, count=1)
                if _LIST.match(document.body, head.end):
                    return None  # Germany, France and Spain
                if f"the {seat}" in country.capitals:
                    return "organization", seat, country.iso3
                return "country", country.name, country.iso3
    return None


def _describe(document: Document, hits: Hits, cast: Cast, speaker: Speaker, head: Span) -> Speaker:
    """A role, a group, an organization by its words, or something that nothing names."""
    words = load_grammar()
    text = document.body[head.start : head.end].strip()
    found = _WORD.findall(text)
    last = _POSSESSIVE.sub("", found[-1].lower()) if found else ""
    country = _find_one_country(hits, head)
    for mention in cast.within(head.start, head.end):
        if mention.basis == "role" and mention.person is None:
            return Speaker(
                *speaker[:3], kind="role", role=mention.role, country=mention.country or country, basis="role"
            )
    if last in words.role_nouns or last.removesuffix("-in-chief") in words.role_nouns:
        return Speaker(
            *speaker[:3], kind="role", role=_DETERMINER.sub("", text, count=1), country=country, basis="role"
        )
    whole = _PHRASE_END.split(speaker.mention or "", maxsplit=1)[0]
    if whole.rpartition(" ")[2] in words.role_nouns:  # a Ministry of Housing official
        return Speaker(
            *speaker[:3], kind="role", role=_DETERMINER.sub("", whole, count=1), country=country, basis="role"
        )
    if last in words.group_nouns or " and " in text:
        return Speaker(*speaker[:3], kind="group", country=country, basis="role")
    capitals = [word for word in found if word[0].isupper()]
    if capitals and any(word.lower() in words.organization_nouns for word in found[-2:]):
        return Speaker(
            *speaker[:3], kind="organization", name=_name_organization(document, speaker), country=country, basis="name"
        )
    return Speaker(*speaker[:3], kind="unknown", country=country, basis="name" if capitals else "role")


def _name_organization(document: Document, speaker: Speaker) -> str:
    """The name as written, without its article: the Department for Transport."""
    written = _DETERMINER.sub("", speaker.mention or "", count=1)
    names = [found.group() for found in _PROPER.finditer(written) if not found.group().endswith(("'s", "’s"))]
    nouns = load_grammar().organization_nouns
    named = [name for name in names if any(word.lower() in nouns for word in name.split())]
    return (named or names or [written])[0]


def _find_one_country(hits: Hits, head: Span) -> str | None:
    codes = {hit.value for kind in ("demonym", "country") for hit in hits.within(kind, head.start, head.end)}
    return min(codes) if len(codes) == 1 else None
