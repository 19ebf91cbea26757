"""Text hygiene: the characters of a decoded text made regular, line by line, and nothing else changed."""

from __future__ import annotations

import re
import unicodedata

import ftfy
from ftfy.badness import badness

# What UTF-8 read as Windows-1252 or Latin-1 looks like: a lead byte, then a continuation byte.
_LEADS = "ÂÃÄÅÆÇÈÉÎÏÐÑØÙâãäåæçèïð"
_MOJIBAKE = re.compile(rf"[{_LEADS}][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")
_ALWAYS_OUT = dict.fromkeys([0xAD, 0x200E, 0x200F, 0x61C, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_ZERO_WIDTH = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF])
_INVISIBLE = "".join(map(chr, [*_ALWAYS_OUT, *_ZERO_WIDTH]))
# What most texts have none of: the lead bytes of mojibake, invisible characters, blanks other than NBSP.
_RARE_BLANKS = "".join(char for char in map(chr, range(0x3001)) if char.isspace() and char not in "\n \u00a0")
_RARE = re.compile(f"[{_LEADS}{_INVISIBLE}{_RARE_BLANKS}]")
_SUSPECT = re.compile(f"{_MOJIBAKE.pattern}|[{_INVISIBLE}]")
# Scripts whose spelling needs zero-width characters (Persian, Indic, Khmer, Mongolian ...) or that do without blanks.
_OTHER_SCRIPT = re.compile("[\u0590-\u1dff\u2c80-\ud7ff\uf900-\ufb06\ufb13-\ufdff\ufe70-\ufefc\U00010000-\U0010ffff]")
_MAX_ROUNDS = 8


def clean_characters(text: str) -> str:
    """`text` in NFC with mojibake repaired, invisible characters out, the blanks of each line folded.

    Runs of white space in a line (NBSP and its kin too) become one blank, none stays at its ends; line feeds stay, so
    line n of the result is line n of `text`. Soft hyphens and bidi marks go; zero-width characters go in lines of
    Latin (Greek, Cyrillic) script only. A repair of mojibake is taken for a line only where no trace of it is left.
    Quotation marks and all other visible characters stay as they are. Idempotent.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    if not _RARE.search(text):
        return _fold_blanks(text)
    if _SUSPECT.search(text):
        text = "\n".join([_clean_line(line) if _SUSPECT.search(line) else line for line in text.split("\n")])
    return "\n".join([" ".join(line.split()) for line in text.split("\n")])


def is_regular(text: str) -> bool:
    """Whether clean_characters only folds blanks, NBSP and line feeds of `text` and of each part of it.

    A cheap test, which may say no where the answer is yes: all other characters are printable, none begins mojibake.
    """
    if not text.replace("\n", "").replace("\u00a0", "").isprintable():
        return False
    if text.isascii():
        return True
    return unicodedata.is_normalized("NFC", text) and not any(lead in text for lead in _LEADS)


def clean_regular(text: str) -> str:
    """What clean_characters gives for a regular text or a part of it."""
    return _fold_blanks(text)


def fold_regular(raw: str) -> str:
    """What fold_line_feeds gives for a part of a regular text."""
    return " ".join(raw.split())


def fold_line_feeds(raw: str) -> str:
    """`raw` as one line: clean_characters, with line feeds as blanks too."""
    clean = clean_characters(raw)
    return " ".join(clean.split()) if "\n" in clean else clean


def _fold_blanks(text: str) -> str:
    """`text`, whose white space is blanks, NBSP and line feeds, with blanks folded as clean_characters says."""
    text = text.replace("\u00a0", " ")
    while "  " in text:
        text = text.replace("  ", " ")
    return text.replace(" \n", "\n").replace("\n ", "\n").strip(" ")


def _clean_line(line: str) -> str:
    # An invisible character may hide mojibake or keep two marks from composing: repeat until nothing changes.
    for _ in range(_MAX_ROUNDS):
        before = line
        line = unicodedata.normalize("NFC", _repair_mojibake(line)).translate(_ALWAYS_OUT)
        if not _OTHER_SCRIPT.search(line):
            line = line.translate(_ZERO_WIDTH)
        line = unicodedata.normalize("NFC", " ".join(line.split()))
        if line == before:
            break
    return line


def _repair_mojibake(line: str) -> str:
    if not _MOJIBAKE.search(line):
        return line
    repaired: str = ftfy.fix_encoding(line)
    return repaired if "\n" not in repaired and badness(repaired) == 0 else line
