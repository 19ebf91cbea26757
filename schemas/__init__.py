"""Contracts of all tables: columns, keys, value sets, cross-column checks and references.

`TABLES` holds a `Contract` for each table, parents before children, so that a row whose parent was rejected can be
rejected in one pass. The package knows pandera, Polars and pyarrow; it imports neither etl nor flows.
"""

from __future__ import annotations

from schemas.article_parts import ArticleParts
from schemas.articles import Articles
from schemas.contract import Contract, Reference, build_arrow_schema, build_empty_frame
from schemas.meetings import MeetingParticipants, Meetings
from schemas.mentions import MeetingMentions, MentionParticipants
from schemas.people import People
from schemas.quotes import Quotes
from schemas.rejected import Rejected
from schemas.screen import keeps_contract

SCHEMA_VERSION = "1"

TABLES: dict[str, Contract] = {
    contract.table: contract
    for contract in (
        Contract("articles", Articles, ("article_id",), (Reference("duplicate_of", "articles"),)),
        Contract("article_parts", ArticleParts, ("article_id", "part"), (Reference("article_id", "articles"),)),
        Contract("people", People, ("person_id",)),
        Contract("meetings", Meetings, ("meeting_id",)),
        Contract(
            "meeting_participants",
            MeetingParticipants,
            ("meeting_id", "ordinal"),
            (Reference("meeting_id", "meetings"), Reference("person_id", "people")),
        ),
        Contract(
            "meeting_mentions",
            MeetingMentions,
            ("mention_id",),
            (Reference("article_id", "articles"), Reference("meeting_id", "meetings")),
        ),
        Contract(
            "mention_participants",
            MentionParticipants,
            ("mention_id", "ordinal"),
            (Reference("mention_id", "meeting_mentions"), Reference("person_id", "people")),
        ),
        Contract(
            "quotes",
            Quotes,
            ("quote_id",),
            (
                Reference("article_id", "articles"),
                Reference("speaker_id", "people"),
                Reference("meeting_id", "meetings"),
                Reference("continues", "quotes"),
                Reference("variant_of", "quotes"),
            ),
        ),
        Contract("rejected", Rejected, ()),
    )
}

__all__ = [
    "SCHEMA_VERSION",
    "TABLES",
    "ArticleParts",
    "Articles",
    "Contract",
    "MeetingMentions",
    "MeetingParticipants",
    "Meetings",
    "MentionParticipants",
    "People",
    "Quotes",
    "Reference",
    "Rejected",
    "build_arrow_schema",
    "build_empty_frame",
    "keeps_contract",
]
