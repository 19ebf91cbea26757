"""What reads like prose: the words of a line, its final mark, and the guard that keeps sentences from word lists."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import ahocorasick_rs

from etl.data import check_keys, read_toml

GUARD_WORDS = 8
_FINAL = re.compile(r"[.!?…。！？؟।][\"'”’»)\]“]*$|[.!?…,][”\"]\W?$")
_SAMPLE_CHARS = 300
_STOPS = frozenset(".!?")
_QUOTE = re.compile(r"[\"“”„«»]")
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def is_spaced(text: str) -> bool:
    """Whether no character of `text` is of a script without blanks."""
    return text.isascii() or not _CJK.search(text)


def lower_lines(texts: Sequence[str], marks: str | None) -> list[bytes]:
    """The clean lines in lower case, in UTF-8. `marks`, if given, are all their characters beyond ASCII (or more)."""
    if not texts:
        return []
    whole = "\n".join(texts)
    # Five times as fast, where only ASCII has capitals.
    low = whole.encode().lower() if marks is not None and marks == marks.lower() else whole.lower().encode()
    return low.split(b"\n")


def count_words(text: str) -> int:
    """Number of words of a clean line; two characters of a script without blanks count as one."""
    words = text.count(" ") + 1
    if is_spaced(text):
        return words
    return max(words, len(_CJK.findall(text)) // 2)


def count_body_words(body: str) -> int:
    """Number of words of a body, as count_words has them: `n_words`. Its first characters tell the script."""
    if not body:
        return 0
    words = body.count(" ") + body.count("\n") // 2 + 1
    if body.isascii() or not _CJK.search(body, 0, _SAMPLE_CHARS):
        return words
    return max(words, len(_CJK.findall(body)) // 2)


def ends_sentence(text: str) -> bool:
    """Whether the line ends in a full stop, question or exclamation mark or ellipsis, closing marks aside."""
    return text[-1:] in _STOPS or _FINAL.search(text, max(0, len(text) - 8)) is not None


class ProseGuard:
    """Keeps a line from rules that only know some of its words: open quotation, reported speech, a full sentence."""

    def __init__(self, speech_verbs: tuple[str, ...]) -> None:
        self._speech = ahocorasick_rs.AhoCorasick(
            [verb.lower() for verb in speech_verbs], implementation=ahocorasick_rs.Implementation.DFA
        )

    def keeps(self, text: str) -> bool:
        """Whether the clean line `text` is prose that no open pattern may take."""
        if ends_sentence(text) and not text.endswith(("...", "…")) and count_words(text) >= GUARD_WORDS:
            return True
        if count_words(text) < 4:
            return False
        return _has_open_quote(text) or self._has_speech(text.lower())

    def _has_speech(self, text: str) -> bool:
        """Whether a verb of speech stands in the lower-case `text` as a word of its own."""
        for _, start, end in self._speech.find_matches_as_indexes(text, overlapping=True):
            if not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum()):
                return True
        return False


def _has_open_quote(text: str) -> bool:
    """Whether a quotation is opened and not closed in the line, or opens it."""
    marks = _QUOTE.findall(text)
    return bool(marks) and (len(marks) % 2 == 1 or text[0] in '"“„«')


@cache
def load_guard() -> ProseGuard:
    """The guard with the speech verbs of data/lines/words/speech_verbs.toml. Raises DataError."""
    table = read_toml("lines/words/speech_verbs.toml")
    check_keys(table, "speech_verbs.toml", ("verbs",))
    return ProseGuard(tuple(table["verbs"]))
