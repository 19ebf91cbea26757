"""The language of a body: a cheap test for English, then a detector; unknown where neither is sure."""

from __future__ import annotations

import re
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from etl.collector import pause_collector
from etl.data import check_keys, read_toml

_FIRST_CHARS, _SAMPLE_CHARS = 400, 1000
_MIN_WORDS = 8
_ENGLISH_SHARE = 0.15
_MIN_CHARS = 40
_MIN_CONFIDENCE = 0.9
_FEW_WORDS = 2
_WORD = re.compile(r"[a-z]+")


def detect_language(body: str) -> str | None:
    """ISO 639 code of the language that `body` is written in; None where it is short or the detector unsure."""
    if _is_english(body[:_FIRST_CHARS]):
        return "en"
    sample = body[:_SAMPLE_CHARS]
    if len(body) > _FIRST_CHARS and _is_english(sample):
        return "en"
    if len(sample) < _MIN_CHARS:
        return None
    if len(body) <= _FIRST_CHARS and len(_list_sure() & set(_WORD.findall(sample.lower()))) >= _FEW_WORDS:
        return "en"  # one sentence full of names, which the detector reads as the language of the names
    language, confidence = load_identifier().classify(sample)
    if confidence >= _MIN_CONFIDENCE and str(language) != "und":
        return str(language)
    # Names make most of a short report, and leave the detector unsure of what it rightly takes for English.
    told = load_english_words() & set(_WORD.findall(sample.lower()))
    return "en" if str(language) == "en" and len(told) >= _FEW_WORDS else None


def _is_english(sample: str) -> bool:
    words = sample.lower().split()
    if len(words) < _MIN_WORDS or "the" not in words:
        return False
    return sum(map(load_english_words().__contains__, words)) >= _ENGLISH_SHARE * len(words)


@cache
def load_english_words() -> frozenset[str]:
    """The function words of data/lines/words/english.toml. Raises DataError."""
    table = read_toml("lines/words/english.toml")
    check_keys(table, "english.toml", ("words", "sure"))
    return frozenset(table["words"])


@cache
def _list_sure() -> frozenset[str]:
    return frozenset(read_toml("lines/words/english.toml")["sure"])


@cache
def load_identifier() -> LanguageIdentifier:
    """py3langid's identifier with probabilities instead of raw scores; read once, on the first text that needs it."""
    with pause_collector():
        return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
