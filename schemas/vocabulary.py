"""The value sets of the coded columns. A code is a plain string in Parquet: every reader gets strings right."""

from __future__ import annotations

from typing import Final

PUBLISHED_BASES: Final = ("metadata", "text", "none")
REFERENCE_BASES: Final = ("metadata", "text", "dateline", "caption", "none")
COVERAGES: Final = ("full", "marks_only", "none")

PART_KINDS: Final = (
    "title",
    "dateline",
    "byline",
    "caption",
    "media_tag",
    "breadcrumb",
    "section_label",
    "share",
    "follow",
    "alternate_address",
    "app_promo",
    "related",
    "navigation",
    "newsletter",
    "comment_prompt",
    "tags",
    "copyright",
    "credit",
    "timestamp",
    "advertisement",
    "end_mark",
    "outlet_repeat",
    "other",
)

QUOTE_TYPES: Final = ("direct", "mixed", "indirect")
SPEAKER_KINDS: Final = ("person", "organization", "country", "role", "group", "unknown")
SPEAKER_BASES: Final = ("name", "role", "pronoun", "continuation", "colon", "none")

MEETING_STATUSES: Final = ("held", "scheduled", "proposed", "postponed", "cancelled", "denied")
MEETING_FORMATS: Final = ("in_person", "phone", "video", "unknown")
MEETING_TYPES: Final = ("talks", "visit", "summit", "reception", "call", "negotiation_round", "other")
LATERALITIES: Final = ("bilateral", "trilateral", "multilateral", "domestic", "unknown")
# PLOVER codebook: a planned meeting is AGREE, one that was called off or refused is REJECT.
PLOVER_EVENTS: Final = ("CONSULT", "AGREE", "REJECT")
PLOVER_MODES: Final = ("visit", "third-party", "multilateral", "phone")
# CAMEO codebook, section 04: 036 is the intent to meet.
CAMEO_CODES: Final = ("036", "040", "041", "042", "043", "044", "045", "046")
DATE_PRECISIONS: Final = ("day", "range", "month", "year", "unknown")
DATE_BASES: Final = ("explicit", "relative", "caption", "dateline", "metadata", "cross_article", "none")
PARTICIPANT_BASES: Final = ("name", "counterpart", "role", "group", "pronoun", "delegation")

REJECT_STAGES: Final = ("read", "decode", "normalise", "contract", "reference")
