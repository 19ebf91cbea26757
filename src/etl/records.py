"""The records that travel through phase A: what was read, what was cleaned, what was found. All frozen.

Field names equal the table columns of schemas/, which describe them. Columns that only phase B can fill
(duplicate_of, meeting_id, variant_of, link_*) do not stand here.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple


def hash_key(*parts: object) -> str:
    """16 hex digits: the start of the SHA-256 of `parts` as text, joined by line feeds."""
    return hash_text("\n".join(map(str, parts)))


def hash_text(text: str) -> str:
    """16 hex digits: the start of the SHA-256 of `text`."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a sidecar or a record says of its article. A date without time sets `published_on` alone.

    `published_at` is aware and UTC; where it is set, `published_on` is its UTC day.
    """

    outlet: str | None = None
    url: str | None = None
    title: str | None = None
    published_at: datetime | None = None
    published_on: date | None = None
    language: str | None = None
    byline: str | None = None


@dataclass(frozen=True, slots=True)
class RawArticle:
    """One article as it was read. `text` is the decoded text: no BOM, line ends are \\n, nothing else changed."""

    source_uri: str
    text: str
    metadata: Metadata = field(default_factory=Metadata)

    @property
    def article_id(self) -> str:
        """16 hex digits of the SHA-256 of source_uri, a line feed and the text."""
        return hash_key(self.source_uri, self.text)

    @property
    def fingerprint(self) -> str:
        """Changes with anything that phase A sees of the article: source, text, metadata."""
        return hash_key(self.source_uri, self.text, self.metadata)


@dataclass(frozen=True, slots=True)
class Reject:
    """One row of `rejected`. `reason` says what is wrong, where, and what to do, without an absolute path or a time."""

    source_uri: str
    stage: str  # one of schemas.vocabulary.REJECT_STAGES
    check: str
    reason: str
    article_id: str | None = None
    table: str | None = None
    row_key: str | None = None
    column: str | None = None
    value: str | None = None
    row_json: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One row of `article_parts`, without its article_id."""

    part: int
    kind: str  # one of schemas.vocabulary.PART_KINDS
    line_start: int
    line_end: int
    raw_start: int
    raw_end: int
    text: str
    rule_id: str
    credit: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One row of `articles` (without duplicate_of) and its parts."""

    article_id: str
    source_uri: str
    outlet: str | None
    url: str | None
    title: str | None
    byline: str | None
    section: tuple[str, ...]
    dateline_place: str | None
    dateline_agency: str | None
    published_at: datetime | None
    published_on: date | None
    published_basis: str
    reference_date: date | None
    reference_basis: str
    language: str | None
    body: str
    n_words: int
    coverage: str
    rules_version: str
    parts: tuple[Part, ...] = ()


class Quote(NamedTuple):
    """One row of `quotes`, without meeting_id and variant_of. `body[start:end] == text`."""

    # Thousands of rows are built a second: a frozen dataclass takes three times as long to fill.
    quote_id: str  # hash_key(article_id, start, end, type)
    article_id: str
    ordinal: int
    type: str
    text: str
    start: int
    end: int
    verbatim: tuple[str, ...]
    cue: str | None
    cue_start: int | None
    cue_end: int | None
    speaker_mention: str | None
    speaker_start: int | None
    speaker_end: int | None
    speaker_id: str | None
    speaker_name: str | None
    speaker_kind: str
    speaker_role: str | None
    speaker_country: str | None
    speaker_basis: str
    via: str | None
    continues: str | None
    rule_id: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Participant:
    """One row of `mention_participants`, without its key. start and end are null where the party is inherited."""

    person_id: str | None
    name: str | None
    role: str | None
    country: str | None
    organization: str | None
    mention: str
    start: int | None
    end: int | None
    basis: str


@dataclass(frozen=True, slots=True)
class Mention:
    """One row of `meeting_mentions` (without meeting_id and link_*) and its participants.

    What the resolver needs beyond the table's columns (edtf, venue, occasion, meeting_type, geonames_id) is
    found again from the columns and the rules, so that phase-A rows can be read back from the tables.
    """

    mention_id: str  # hash_key(article_id, start, end, trigger_start)
    article_id: str
    start: int
    end: int
    text: str
    trigger: str
    trigger_start: int
    trigger_end: int
    status: str
    format: str
    date_text: str | None
    date_text_start: int | None
    date_text_end: int | None
    date_part: int | None
    date_start: date | None
    date_end: date | None
    date_precision: str
    date_basis: str
    place_text: str | None
    place_start: int | None
    place_end: int | None
    city: str | None
    country: str | None
    rule_id: str
    participants: tuple[Participant, ...]


@dataclass(frozen=True, slots=True)
class Derived:
    """All that phase A draws from one article."""

    article: Article
    quotes: tuple[Quote, ...] = ()
    mentions: tuple[Mention, ...] = ()
