"""Persons: who the document names, by which words, and whom its roles and pronouns stand for."""

from __future__ import annotations

from etl.people.cast import Cast
from etl.people.finding import find_people
from etl.people.lexicon import lexicon_entries
from etl.people.registry import Registry, load_registry

__all__ = ["Cast", "Registry", "find_people", "lexicon_entries", "load_registry"]
