"""Quotes: who said what, by which words the text says so, and how sure that is."""

from __future__ import annotations

from etl.cues import Cues, lexicon_entries, load_cues
from etl.quotes.layer import find_quotes

__all__ = ["Cues", "find_quotes", "lexicon_entries", "load_cues"]
