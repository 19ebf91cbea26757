"""Which code page gives a Western text: tests on what comes out, no statistics of languages."""

from __future__ import annotations

import re

# Western languages stay far below (Icelandic has the most, about 15 %); Cyrillic, Greek or Arabic pages lie near 100 %.
MAX_HIGH_LETTER_SHARE = 0.3
# Words of another alphabet in a mostly English text stand as runs; Icelandic has some such runs too ("þýðing").
MAX_RUN_SHARE = 0.5
MAX_ODD_SHARE = 0.05

_ASCII_LETTER = re.compile(r"[A-Za-z]")
_HIGH = re.compile(r"[^\x00-\x7f]")
_HIGH_LETTER = re.compile(r"[^\W\d_\x00-\x7f]")
_HIGH_RUN = re.compile(r"[^\W\d_\x00-\x7f]{3,}")
_ODD_PLACES = re.compile(
    r"""
      (?<=[a-zA-ZÀ-ÿ]) [‚„†‡ˆ‰‹›¡¢£¤¥¦§¨«»¬¯±²³¶¸¹¼½¾¿×÷]+ (?=[a-zà-ÿ])  # Polish ³, DOS ‚ inside a word
    | (?<=[a-zß-öø-ÿ]) [À-ÖØ-ÞŠŒŽŸ] (?=[a-zß-öø-ÿ])                      # Macintosh: ItÕs, cafŽs
    | (?<=[.,!?]) [À-ÖØ-Þ] (?=\s)                                         # Macintosh: the end.Ó
    | (?<!\S) [À-ÖØ-Þ] (?=[A-Z][a-z])                                     # Macintosh: ÒThe
    | [¡¿] [¢-©¬-´¶-¹¼-¾]                                                # quotation marks of Chinese pages
    """,
    re.VERBOSE,
)
# Pages whose quotation marks, dashes and dots Western texts from China, Taiwan or a Macintosh carry.
_TYPOGRAPHIC_PAGES = ("gb18030", "big5", "mac-roman")
_TYPOGRAPHIC = re.compile(r"[\x00-\x7f“”‘’–—―…·•\u3000\xa0éèêëáàâäãåíìîïóòôöõúùûüçñÿ€£©®™°]+")


def reads_as_latin(text: str) -> bool:
    """True where `text`, decoded as Windows-1252, looks like a Western language.

    Its letters are mostly ASCII, the others seldom stand three in a row, and signs and capitals seldom stand where no
    orthography puts them. Other Latin code pages that use the same bytes for letters (Czech, Turkish) pass too: only a
    setting can tell them.
    """
    high_letters = len(_HIGH_LETTER.findall(text))
    letters = high_letters + len(_ASCII_LETTER.findall(text))
    in_runs = sum(map(len, _HIGH_RUN.findall(text)))
    odd = sum(map(len, _ODD_PLACES.findall(text)))
    return (
        high_letters <= MAX_HIGH_LETTER_SHARE * letters
        and in_runs <= MAX_RUN_SHARE * high_letters
        and odd <= MAX_ODD_SHARE * len(_HIGH.findall(text))
    )


def find_typographic_page(data: bytes) -> str | None:
    """The page under which `data` is ASCII with typographic marks and lower-case accented letters only, else None."""
    for page in _TYPOGRAPHIC_PAGES:
        try:
            text = data.decode(page)
        except UnicodeDecodeError:
            continue
        if _TYPOGRAPHIC.fullmatch(text):
            return page
    return None
