"""A telling: one mention of a meeting with its parties and what its article adds, ready for comparison."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import NamedTuple

import polars as pl

from etl.data import DataError, check_keys, read_toml
from etl.meetings.days import LONG, MONTH, Days, read_days
from etl.meetings.facts import Facts
from etl.meetings.parties import Party, build_party, fold_text
from etl.meetings.series import find_number
from etl.meetings.weights import Limits, load_link_weights

DATA = "earlier_meetings.toml"
HELD, SCHEDULED = "held", "scheduled"
PLANNED = frozenset({SCHEDULED, "proposed"})
OFF = frozenset({"cancelled", "denied", "postponed"})
CALLS = frozenset({"phone", "video"})
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")
LONG_SENTENCE = 40  # shorter sentences are the same by chance


class PartyRow(NamedTuple):
    """The columns of mention_participants that are read here."""

    mention_id: str
    ordinal: int
    person_id: str | None
    name: str | None
    role: str | None
    country: str | None
    organization: str | None
    mention: str
    basis: str
    start: int | None


class MentionRow(NamedTuple):
    """The columns of meeting_mentions that are read here."""

    mention_id: str
    article_id: str
    start: int
    end: int
    text: str
    trigger: str
    trigger_start: int
    status: str
    format: str
    date_text: str | None
    date_start: date | None
    date_end: date | None
    date_precision: str
    date_basis: str
    place_text: str | None
    city: str | None
    country: str | None
    rule_id: str


class Telling(NamedTuple):
    """One mention. Days are ordinals; `reference` is the day that its article counts from."""

    mention_id: str
    article_id: str
    start: int
    status: str
    format: str
    days: Days
    precision: str
    basis: str
    date_text: str | None
    city: str | None
    country: str | None
    venue: str | None
    occasion: str | None
    rule_id: str
    parties: tuple[Party, ...]
    told: tuple[
        Party, ...
    ]  # without those whom a later sentence adds ("Berg, who hosted the meeting, said"), if two are left
    rows: tuple[PartyRow, ...]
    sentence: str | None  # folded; None where it is too short to tell anything
    reference: int | None
    expected: tuple[int, int] | None  # the days on which it may have been, from its date, else from its reference
    looks_back: bool  # it is about an earlier meeting than its article
    looks_ahead: bool  # it is planned, and another than one that its article tells as held
    is_open: bool  # nothing says whether it was in person
    number: int | None = None  # of a series: 9 in "the ninth meeting"


@dataclass(frozen=True, slots=True)
class EarlierRule:
    """Words of an earlier or a later meeting, with sentences that the pattern must hit and must spare."""

    id: str
    pattern: re.Pattern[str]
    hits: tuple[str, ...]
    spares: tuple[str, ...]


@cache
def load_earlier_rules(table: str = "rule") -> tuple[EarlierRule, ...]:
    """The rules of earlier_meetings.toml; those of later meetings for `later`.

    Raises DataError where a rule is not what it must be.
    """
    tables = read_toml(DATA)
    check_keys(tables, DATA, ("rule", "later"))
    rules = []
    for number, rule in enumerate(tables[table]):
        check_keys(rule, f"{DATA}, {table} {rule.get('id', number)}", ("id", "pattern", "hits", "spares"))
        try:
            pattern = re.compile(rule["pattern"], re.IGNORECASE)
        except re.error as error:
            raise DataError(f"{DATA}, {table} {rule['id']}: no valid pattern: {error}") from error
        rules.append(EarlierRule(rule["id"], pattern, tuple(rule["hits"]), tuple(rule["spares"])))
    return tuple(rules)


@cache
def _join_rules(table: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{rule.pattern.pattern})" for rule in load_earlier_rules(table)), re.IGNORECASE)


def is_earlier_meeting(sentence: str) -> bool:
    """True if the words say that the meeting was before the one that the article is about."""
    return _join_rules("rule").search(sentence) is not None


def is_later_meeting(sentence: str) -> bool:
    """True if the words say that a planned meeting is not the one that the article tells as held."""
    return _join_rules("later").search(sentence) is not None


def looks_back(
    status: str, days: Days, date_text: str | None, reference: int | None, is_earlier: bool, limits: Limits
) -> bool:
    """True if words say so, or a date well before the article, or a month or year of its own ("in September 2021")."""
    if status in PLANNED:
        return False
    if is_earlier or days.last is None:
        return is_earlier
    if reference is not None:
        return days.last < reference - limits.news_days
    return days.rank(limits.window_days) in (MONTH, LONG) and bool(_YEAR.search(date_text or ""))


def expect_days(
    status: str, days: Days, reference: int | None, is_back: bool, limits: Limits
) -> tuple[int, int] | None:
    """The days on which the meeting may have been: those of its date, else what a reader of news would expect."""
    if days.first is not None and days.last is not None:
        return days.first, days.last
    if reference is None:
        return None
    if is_back:
        return 0, reference
    if status == HELD:
        return reference - limits.news_days, reference + 1
    return reference, reference + limits.plan_days


def read_tellings(
    mentions: pl.DataFrame, participants: pl.DataFrame, articles: pl.DataFrame, facts: Facts
) -> list[Telling]:
    """One telling a row of `mentions` (columns of meeting_mentions without phase B's), sorted by mention_id."""
    parties = _read_parties(participants)
    references = _read_references(articles)
    rows = mentions.select(MentionRow._fields).sort("mention_id").iter_rows()
    return [
        _build_telling(row, parties.get(row.mention_id, ()), references.get(row.article_id), facts)
        for row in map(MentionRow._make, rows)
    ]


def _read_parties(participants: pl.DataFrame) -> dict[str, tuple[PartyRow, ...]]:
    rows: defaultdict[str, list[PartyRow]] = defaultdict(list)
    ordered = participants.select(PartyRow._fields).sort("mention_id", "ordinal")
    for row in map(PartyRow._make, ordered.iter_rows()):
        rows[row.mention_id].append(row)
    return {mention_id: tuple(found) for mention_id, found in rows.items()}


def _read_references(articles: pl.DataFrame) -> dict[str, int]:
    days = articles.select("article_id", day=pl.coalesce("reference_date", "published_on")).drop_nulls("day")
    return {article_id: day.toordinal() for article_id, day in days.iter_rows()}


def _build_telling(row: MentionRow, parties: tuple[PartyRow, ...], reference: int | None, facts: Facts) -> Telling:
    sentence, days, weights = fold_text(row.text), _read_days(row, facts), load_link_weights()
    is_earlier, is_placed = is_earlier_meeting(row.text), row.city or row.country or row.place_text
    is_open = not is_placed and row.format == "in_person" and row.trigger.lower() in weights.open_triggers
    own = [party for party in parties if party.start is None or party.start < row.end]
    is_back = looks_back(row.status, days, row.date_text, reference, is_earlier, weights.limits)
    return Telling(
        mention_id=row.mention_id,
        article_id=row.article_id,
        start=row.start,
        status=row.status,
        format=row.format,
        days=days,
        precision=row.date_precision,
        basis=row.date_basis,
        date_text=row.date_text,
        city=row.city,
        country=row.country,
        venue=facts.resolve_venue(row.place_text) if row.place_text else None,
        occasion=facts.find_occasion(row.text),
        rule_id=row.rule_id,
        parties=build_parties(parties),
        told=build_parties(own if len(own) > 1 else parties),
        rows=parties,
        sentence=sentence if len(sentence) >= LONG_SENTENCE else None,
        reference=reference,
        expected=expect_days(row.status, days, reference, is_back, weights.limits),
        looks_back=is_back,
        looks_ahead=row.status in PLANNED and (row.status != SCHEDULED or is_later_meeting(row.text)),
        is_open=is_open,
        number=find_number(row.text, row.trigger_start - row.start),
    )


def build_parties(rows: Iterable[PartyRow]) -> tuple[Party, ...]:
    """The parties of rows of mention_participants, each once, in their order."""
    return tuple(
        dict.fromkeys([build_party(row.person_id, row.name, row.role, row.country, row.organization) for row in rows])
    )


def _read_days(row: MentionRow, facts: Facts) -> Days:
    first, last, precision, text = row.date_start, row.date_end, row.date_precision, row.date_text
    edtf = facts.build_edtf(first, last, precision, text) if first is None and text else None
    return read_days(first, last, text, edtf, precision)


def to_date(day: int | None) -> date | None:
    return None if day is None else date.fromordinal(day)
