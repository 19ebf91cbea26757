"""The date and the place of an encounter: those of its sentence, of the article's parts, of an earlier telling."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from etl.dates import AHEAD, BEHIND, find_dates_in_text, parse_date
from etl.mentions.patterns import load_pattern
from etl.mentions.shapes import D, L, P, Shape
from etl.places import find_caption_place, find_dateline_city
from etl.records import Article, Participant
from etl.spans import DateMention, PlaceMention

DATES, PLACES = re.compile(D), re.compile(L)
# A date so near before its noun is the noun's own: "the Tuesday meeting".
OWN_DATE = 26
INVITED = ("invit", "Invit")
FAR = 170
RANK = {"day": 0, "range": 1, "month": 2, "year": 3, "unknown": 1}


@dataclass(frozen=True, slots=True)
class When:
    """The date columns of a mention; all null and unknown where nothing fixes it."""

    text: str | None = None
    text_start: int | None = None
    text_end: int | None = None
    part: int | None = None
    start: date | None = None
    end: date | None = None
    precision: str = "unknown"
    basis: str = "none"


@dataclass(frozen=True, slots=True)
class Where:
    """The place columns of a mention."""

    text: str | None = None
    start: int | None = None
    end: int | None = None
    city: str | None = None
    country: str | None = None


def find_when(shape: Shape, start: int, end: int, status: str, reference: date | None) -> When | None:
    """The date that belongs to the trigger `shape.text[start:end]`; None where the sentence has none for it."""
    best: tuple[tuple[int, int], DateMention] | None = None
    for index in _list_indexes(shape, DATES):
        mention = shape.dates[ord(shape.text[index]) - 0xE200]
        between = _drop_relative(shape.text[end:index]) if index >= end else shape.text[index + 1 : start]
        if index < start and mention.precision != "day":
            between = load_pattern("place-where").sub(" ", between)  # "will fly to Oslo in May, where"
        ahead = shape.text[max(0, index - 40) : index]
        if _is_walled(shape, start, end, index) or _opens_time_clause(mention, shape.text[index + 1 :]):
            continue
        if load_pattern("reported").search(ahead) or (_is_bound(mention) and load_pattern("since").search(ahead)):
            continue
        names_another = load_pattern("which-one").search(ahead) and re.match(r" [a-z]", shape.text[index + 1 :])
        names_another = names_another or (
            load_pattern("attributive").search(ahead)
            and load_pattern("attributive-tail").match(shape.text[index + 1 :])
        )
        if names_another and not (index < start and len(between) < OWN_DATE and "," not in between):
            continue
        if _is_broken(between) and not _opens_clause(shape.text, index, start):
            continue
        rank = (RANK[mention.precision] // 2, len(between) + (0 if index >= end else 20))
        if best is None or rank < best[0]:
            best = (rank, mention)
    return _build_when(best[1], status, reference) if best else None


def _is_walled(shape: Shape, start: int, end: int, index: int) -> bool:
    """True where the date or place at `index` and the trigger stand in clauses of their own.

    "A, who met B, will be in Oslo on Friday"; "A met B on Friday and C will host D"; "As talks ended on Friday, A met
    B"; "A met B, a day after C saw D in Oslo".
    """
    text = shape.text
    if index >= end:
        between = text[end:index]
        if load_pattern("inside-relative").search(text[:start]) and load_pattern("main-again").search(between):
            return True
        if load_pattern("next-date").search(between) and re.match(rf"(?:,)? {P}", text[index + 1 : index + 5]):
            return True
    else:
        between = text[index + 1 : start]
        if DATES.match(text, index) and "," in between and load_pattern("who-before").search(text[:index]):
            return True
        if load_pattern("next-subject").match(between) or load_pattern("opening-clause").match(text[: index + 1]):
            return True
    return any(_opens_time_clause(shape.dates[ord(c[0]) - 0xE200], " x") for c in DATES.finditer(between))


def _opens_time_clause(mention: DateMention, after: str) -> bool:
    """True for "a day after" before a clause: it says when that was, and is no date of what stands before it."""
    return mention.text.endswith((" after", " before")) and after[:1] == " "


def _drop_relative(between: str) -> str:
    """The words behind a trigger without a relative clause that ends before them: "B, who is on a visit, in Oslo"."""
    return load_pattern("closed-relative").sub("", between)


def _is_bound(mention: DateMention) -> bool:
    """True for a date that "from" or "until" may bound; "from May 3 to 5" tells the whole of it."""
    return "/" not in (mention.edtf or "")


def _opens_clause(text: str, index: int, start: int) -> bool:
    """True for a date that opens the sentence, where no other clause begins before the trigger."""
    opens = load_pattern("opens").match(text)
    return bool(opens and opens.end() > index and not load_pattern("other-clause").search(text[opens.end() : start]))


def _is_broken(between: str) -> bool:
    """True if another clause, or too many words, stand between; a long office before a name does not count."""
    far = len(between) > FAR and len(load_pattern("last-party").sub("", between)) > FAR // 2
    return far or bool(load_pattern("evidence-break").search(between))


def _list_indexes(shape: Shape, kind: re.Pattern[str]) -> list[int]:
    return [match.start() for match in kind.finditer(shape.text)]


def _build_when(mention: DateMention, status: str, reference: date | None) -> When:
    if mention.date_start is None and mention.origin is not None:  # "that day": the words that say which
        mention = mention.origin
    start, end, precision, basis = mention.date_start, mention.date_end, mention.precision, mention.basis
    if start and end and reference and basis == "relative":
        wrong = (status == "held" and start > reference) or (status in ("scheduled", "proposed") and end < reference)
        turned = parse_date(mention.text, reference, BEHIND if status == "held" else AHEAD) if wrong else None
        if turned is not None and turned.start is not None:
            start, end, precision, basis = turned.start, turned.end, turned.precision, turned.basis
    return When(mention.text, mention.start, mention.end, None, start, end, precision, basis)


def find_where(shape: Shape, start: int, end: int) -> Where | None:
    """The place that belongs to the trigger; a venue before a city before a country, then the nearest."""
    found: list[tuple[tuple[int, int], PlaceMention]] = []
    for index in _list_indexes(shape, PLACES):
        place = shape.places[ord(shape.text[index]) - 0xE300]
        between = _read_between(shape.text, start, end, index, place)
        if (
            _is_walled(shape, start, end, index)
            or _is_broken(between)
            or _is_elsewhere(shape.text, start, end, index, between)
        ):
            continue
        leads = index < start and load_pattern("place-where").match(shape.text[index + 1 : start])
        if not leads and load_pattern("source").search(shape.text[max(0, index - 14) : index]):
            continue
        if index < start and "," in between and load_pattern("elsewhere").search(shape.text[:index]):
            continue
        kind = 0 if place.venue else 1 if place.city else 2
        found.append(((kind, len(between) + (0 if index >= end else 80)), place))
    if not found:
        return None
    place = min(found, key=lambda item: item[0])[1]
    city, country = place.city, place.country
    if city is None and place.venue:  # a venue outside of a known city, in the city that the sentence names beside it
        city = next((p.city for _, p in found if p.city and p.country == country), None)
    return Where(place.text, place.start, place.end, city, country)


def _is_elsewhere(text: str, start: int, end: int, index: int, between: str) -> bool:
    """True where the place is that of a topic or an aim; who went there to do something met people there."""
    if index >= end:
        broken = load_pattern("place-break").search(between)
        return bool(broken) or (
            _is_topic(text[start:end], between) and not load_pattern("during-meeting").search(between)
        )
    return bool(load_pattern("place-break-ahead").search(between))


def _is_topic(trigger: str, between: str) -> bool:
    """True where the place behind the trigger is that of what was spoken of."""
    discussed = trigger.lower().startswith("discuss") and trigger.lower() != "discussions"
    return bool(load_pattern("place-topic").search(between) or (discussed and load_pattern("object").search(between)))


def _read_between(text: str, start: int, end: int, index: int, place: PlaceMention) -> str:
    """The words between the trigger and a place, without those that lead to where the trigger was told to be.

    "invited her to visit Oslo", "talks with B while in Oslo", "talks on a range of issues in Oslo"; of a mere country
    the issues may be.
    """
    if index < end:
        # "travels to Oslo, where she will meet B"
        return load_pattern("place-where").sub(" ", text[index + 1 : start])
    between = load_pattern("meeting-there").sub("", _drop_relative(text[end:index]))
    between = load_pattern("while-there").sub("", between)
    between = load_pattern("vague-topic").sub("", between) if place.city or place.venue else between
    return load_pattern("invited-there").sub("", between) if text[start:end].startswith(INVITED) else between


def _is_named(participant: Participant, text: str) -> bool:
    """True where `text` has the surname, as it is known or as the body spells it."""
    spellings = [participant.name or "", *([participant.mention] if participant.basis == "name" else [])]
    return any(spelling.split()[-1] in text for spelling in spellings if spelling)


def find_caption_evidence(article: Article, participants: tuple[Participant, ...]) -> tuple[When | None, Where | None]:
    """Date and place of a caption that names the parties; the place stands outside the body, without offsets."""
    named = [participant for participant in participants if participant.name]
    for part in article.parts if len(named) > 1 else ():
        if part.kind != "caption" or not all(_is_named(participant, part.text) for participant in named):
            continue
        dated = [m for m in find_dates_in_text(part.text, article.published_on) if m.precision == "day"]
        if len(dated) == 1:
            day, place = dated[0], find_caption_place(part.text)
            when = When(day.text, None, None, part.part, day.date_start, day.date_end, day.precision, "caption")
            return when, Where(place.text, None, None, place.city, place.country) if place else None
    return None, None


def find_title_place(article: Article, participants: tuple[Participant, ...]) -> Where | None:
    """The city in which the title says that one of the participants by name met somebody; without offsets."""
    title = article.title or ""
    found = load_pattern("title-encounter").search(title)
    if found is None or not any(p.name and _is_named(p, title) for p in participants):
        return None
    place = find_caption_place(found[0])
    return Where(place.text, None, None, place.city, place.country) if place else None


def find_here(article: Article, end: int) -> Where | None:
    """The place of the dateline, where "here" stands right behind the trigger that ends at `end`: "met here"."""
    here = load_pattern("here").match(article.body, end) if article.dateline_place else None
    city = find_dateline_city(article.dateline_place) if here and article.dateline_place else None
    if here is None or city is None:
        return None
    return Where("here", *here.span("here"), city.name, city.country)


def find_published_when(article: Article) -> When | None:
    """The day of publication of a readout, which by its kind tells the encounter of that day."""
    day = article.published_on
    if day is None or article.published_basis != "metadata" or not load_pattern("readout").search(article.title or ""):
        return None
    return When(start=day, end=day, precision="day", basis="metadata")
