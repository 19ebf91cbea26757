"""Sections of an article: the breadcrumb trail, or a label above the title."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from etl.data import check_keys, read_toml

_SEPARATOR = re.compile(r"\s+(?:/|>|>>|»|›|→|\\)\s+|\s*[»›]\s*")
_MARK = re.compile(r"[/>»›→\\]")
_MAX_CHARS, _MAX_ITEM_WORDS, _MAX_LABEL_WORDS = 110, 5, 4
_CACHE_LINES = 4_096  # a trail is read as a line, for the title and for the section
_LEAD_IN = re.compile(
    r"^(?:you are here|sie sind hier|du befindest dich hier|vous êtes ici|estás en)\s*:?\s*", re.IGNORECASE
)


@lru_cache(_CACHE_LINES)
def find_breadcrumb(text: str) -> tuple[str, ...]:
    """The items of a breadcrumb line ("News / Syria / Russia"); empty where the clean line `text` is none."""
    if len(text) > _MAX_CHARS or not _MARK.search(text):
        return ()
    text = _LEAD_IN.sub("", text).strip("/>»›→\\ ")
    items = [item.strip() for item in _SEPARATOR.split(text)]
    if len(items) < 2 or not all(_is_item(item) for item in items):
        return ()
    return tuple(items)


def _is_item(item: str) -> bool:
    words = item.split()
    starts = item[:1].isupper() or not item[:1].islower()
    return bool(words) and len(words) <= _MAX_ITEM_WORDS and starts and item[-1] not in ".!?,;:"


@cache
def _load_endings() -> tuple[str, ...]:
    table = read_toml("lines/words/sections.toml")
    check_keys(table, "sections.toml", ("endings",))
    return tuple(table["endings"])


def is_section_label(text: str) -> bool:
    """Whether the clean line `text` is at most four words and ends in the name of a kind of section."""
    label = text.lower().strip(" :|•»›>-–—")
    return len(label.split()) <= _MAX_LABEL_WORDS and any(
        label == e or label.endswith(" " + e) for e in _load_endings()
    )
