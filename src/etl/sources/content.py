"""Whether a decoded text can be an article."""

from __future__ import annotations

import unicodedata

from etl.sources.decoding import has_many_controls
from etl.sources.errors import DecodeError, InputError

# A character takes at most this many bytes in UTF-8, UTF-16, UTF-32 and the code pages.
MAX_BYTES_PER_CHAR = 4
# White space, controls, format characters and marks without a letter show nothing.
_BLANK_CATEGORIES = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Cn", "Mn", "Me"})
_BLANK_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")


def check_text(text: str, max_chars: int) -> None:
    """Raises InputError where `text` is too large, cannot be stored as UTF-8, is binary or shows nothing.

    A NUL byte makes a file binary (`decode_bytes`); a few NULs in a string that JSON or Parquet carries as text do not:
    real exports hold them, seven in 12,000 articles.
    """
    if len(text) > max_chars:
        raise build_size_error(max_chars)
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError as error:
        reason = f"character {error.start + 1} of the text is half of a surrogate pair; export the text anew as UTF-8"
        raise DecodeError("undecodable", reason) from error
    if has_many_controls(data):
        raise DecodeError("binary", "it holds many control characters and is no plain text; give plain text")
    if not any(map(is_visible, text)):
        raise InputError("empty", "it holds no visible character; remove it or give it a text", stage="decode")


def check_size(n_bytes: int, max_chars: int) -> None:
    """Raises InputError `too_large` where so many bytes cannot be as few as `max_chars` characters."""
    if n_bytes > MAX_BYTES_PER_CHAR * (max_chars + 1):
        raise build_size_error(max_chars)


def build_size_error(max_chars: int) -> InputError:
    reason = f"it is longer than {max_chars} characters; split it or raise max_article_chars"
    return InputError("too_large", reason)


def is_visible(char: str) -> bool:
    """Whether `char` leaves a mark on paper by itself."""
    return unicodedata.category(char) not in _BLANK_CATEGORIES and char not in _BLANK_LETTERS
