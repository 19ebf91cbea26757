"""The patterns of data/frames.toml, by name."""

from __future__ import annotations

import re
from functools import cache

from etl.data import DataError, check_keys, read_toml

FILE = "frames.toml"
# Characters that stand for parties, dates and places in a shape (etl/mentions/shapes.py).
CHARACTERS = {
    "party": "[\ue400-\ue4ff]",
    "date": "[\ue200-\ue2ff]",
    "place": "[\ue300-\ue3ff]",
    "other": "[^.;:\ue400-\ue4ff]",
}


@cache
def load_pattern(name: str) -> re.Pattern[str]:
    """The pattern of that name. Raises DataError where frames.toml has none, or where it is no regular expression."""
    table = load_patterns()
    if name not in table:
        raise DataError(f"{FILE}: there is no pattern {name!r}")
    return table[name]


@cache
def load_patterns() -> dict[str, re.Pattern[str]]:
    """All patterns by name. Raises DataError where frames.toml is not what it must be."""
    table = read_toml(FILE)
    check_keys(table, FILE, ("macro", "pattern"))
    macros = dict(CHARACTERS)
    for name, text in table["macro"].items():
        macros[name] = _expand(text, macros)
    compiled = {}
    for name, text in table["pattern"].items():
        try:
            compiled[name] = re.compile(_expand(text, macros))
        except re.error as error:
            raise DataError(f"{FILE}: pattern {name}: {error}") from error
    return compiled


def _expand(text: str, macros: dict[str, str]) -> str:
    """`text` on one line, with the macros in it written out."""
    text = "".join(text.split("\n"))  # a blank that begins a line stays
    return re.sub(r"\{([a-z]+)\}", lambda match: macros.get(match[1], match[0]), text)
