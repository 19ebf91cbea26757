"""Text hygiene: the characters of a decoded text made regular, line by line, and nothing else changed."""

from __future__ import annotations

import re
import unicodedata

import ftfy
from ftfy.badness import badness

# What UTF-8 read as Windows-1252 or Latin-1 looks like: a lead byte, then a continuation byte.
_LEADS = "ÂÃÄÅÆÇÈÉÎÏÐÑØÙâãäåæçèïð"
_MOJIBAKE = re.compile(rf"[{_LEADS}][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")
_BLANKS_IN_A_ROW = re.compile("  +")
_LEAD = re.compile(f"[{_LEADS}]")
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
_SHORT = 400  # so short a text is split and joined sooner than it is looked through
_BLANKS = (b"  ", b" \n", b"\n ", "\u00a0".encode())
_PLAIN = bytes([0x0A, *range(0x20, 0x7F)])
# Letters and marks of which no two, and none with a plain character, compose or decompose in NFC.
_STEADY = re.compile("[\u00a0-\u02ff\u0400-\u0482\u2010-\u2027\u2030-\u205e\u20a0-\u20bf]*")


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


def list_marks(text: str) -> str:
    """The characters of `text` that are neither printable ASCII nor line feeds, in order. Most texts have few."""
    rest = text.encode("utf-8", "surrogatepass").translate(None, _PLAIN)
    return rest.decode("utf-8", "surrogatepass") if rest else ""


def is_regular(text: str, marks: str | None = None) -> bool:
    """Whether clean_characters only folds blanks, NBSP and line feeds of `text` and of each part of it.

    A cheap test, which may say no where the answer is yes: all other characters are printable, none begins mojibake.
    `marks` are those of the text, to save listing them.
    """
    if marks is None:
        marks = list_marks(text)
    if not marks:
        return True
    if not marks.replace("\u00a0", "").isprintable() or _LEAD.search(marks):
        return False
    return _STEADY.fullmatch(marks) is not None or unicodedata.is_normalized("NFC", text)


def clean_regular(text: str) -> str:
    """What clean_characters gives for a regular text or a part of it."""
    data = text.encode()
    if data[:1] == b" " or data[-1:] == b" " or any(blanks in data for blanks in _BLANKS):
        return _fold_blanks(text)
    return text


def fold_regular(raw: str) -> str:
    """What fold_line_feeds gives for a part of a regular text."""
    return " ".join(raw.split()) if len(raw) < _SHORT else clean_regular(raw.replace("\n", " "))


def fold_line_feeds(raw: str) -> str:
    """`raw` as one line: clean_characters, with line feeds as blanks too."""
    clean = clean_characters(raw)
    return " ".join(clean.split()) if "\n" in clean else clean


def _fold_blanks(text: str) -> str:
    """`text`, whose white space is blanks, NBSP and line feeds, with blanks folded as clean_characters says."""
    text = text.replace("\u00a0", " ")
    if "  " in text:
        text = _BLANKS_IN_A_ROW.sub(" ", text)
    if " \n" in text or "\n " in text:
        text = text.replace(" \n", "\n").replace("\n ", "\n")
    return text.strip(" ")


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
