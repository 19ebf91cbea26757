"""Closed word classes (data/grammar.toml)."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from functools import cache

from etl.data import check_keys, read_toml


@dataclass(frozen=True, slots=True)
class Grammar:
    """Word classes in lower case; data/grammar.toml says what each is for.

    `source_nouns`: those for whom words may come from, persons, groups, papers and organizations.
    """

    adjunct_starts: frozenset[str]
    adverbs: frozenset[str]
    articles: frozenset[str]
    aspect: frozenset[str]
    auxiliaries: frozenset[str]
    be: frozenset[str]
    boundaries: frozenset[str]
    causatives: frozenset[str]
    coordinators: frozenset[str]
    days: frozenset[str]
    determiners: frozenset[str]
    document_nouns: frozenset[str]
    group: frozenset[str]
    group_nouns: frozenset[str]
    helpers: frozenset[str]
    joins: frozenset[str]
    leads: frozenset[str]
    means: frozenset[str]
    media_names: frozenset[str]
    media_nouns: frozenset[str]
    modals: frozenset[str]
    negations: frozenset[str]
    no_clause_starts: frozenset[str]
    no_verbs: frozenset[str]
    noun_verbs: frozenset[str]
    object_ends: frozenset[str]
    object_pronouns: frozenset[str]
    openers: frozenset[str]
    outlook_nouns: frozenset[str]
    organization_nouns: frozenset[str]
    participle_bars: frozenset[str]
    participle_leads: frozenset[str]
    past_verbs: frozenset[str]
    plural_leads: frozenset[str]
    possessives: frozenset[str]
    prepositions: frozenset[str]
    present_verbs: frozenset[str]
    pronouns: frozenset[str]
    quantifiers: frozenset[str]
    quoting_verbs: frozenset[str]
    recipients: frozenset[str]
    refusals: frozenset[str]
    relatives: frozenset[str]
    role_nouns: frozenset[str]
    source_ends: frozenset[str]
    speaker_ends: frozenset[str]
    starters: frozenset[str]
    subordinators: frozenset[str]
    things: frozenset[str]
    time_leads: frozenset[str]
    time_nouns: frozenset[str]
    wh_adjuncts: frozenset[str]
    wh_words: frozenset[str]
    source_nouns: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        nouns = self.role_nouns | self.group_nouns | self.document_nouns | self.organization_nouns
        object.__setattr__(self, "source_nouns", nouns)


@cache
def load_grammar() -> Grammar:
    """The word classes; raises DataError where a list is missing or unknown."""
    table = read_toml("grammar.toml")
    check_keys(table, "grammar.toml", tuple(row.name for row in fields(Grammar) if row.init))
    return Grammar(**{name: frozenset(words) for name, words in table.items()})
