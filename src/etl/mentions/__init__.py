"""Meeting mentions: the sentences that tell an encounter, with parties, status, date and place."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from etl.mentions.families import (
    Family,
    Triggers,
    describe_rule,
    find_occasion,
    list_trigger_entries,
    load_triggers,
)
from etl.mentions.finding import find_mentions
from etl.mentions.headlines import Headline, write_headline
from etl.mentions.vocabulary import list_party_entries
from etl.scan import Entry


def lexicon_entries() -> Iterator[Entry]:
    """Entries of the kinds trigger (value: family id) and party_word (value: class:word)."""
    yield from chain(list_trigger_entries(), list_party_entries())


__all__ = [
    "Family",
    "Headline",
    "Triggers",
    "describe_rule",
    "find_mentions",
    "find_occasion",
    "lexicon_entries",
    "load_triggers",
    "write_headline",
]
