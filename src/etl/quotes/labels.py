"""Names that label what follows them: Ann Lee: “...”."""

from __future__ import annotations

from etl.quotes.phrases import Phrase
from etl.quotes.words import Token, kind_at


def find_label(tokens: list[Token], colon: int) -> Phrase | None:
    """The name right before a colon, at the start or behind a dash or a full stop: Ann Lee: “...”."""
    linked = _find_linked_label(tokens, colon)
    if linked is not None:
        return linked
    first = colon
    while first > 0 and tokens[first - 1].kind in ("name", "(", ")", "number") and colon - first < 8:
        first -= 1
    stands = first == 0 or tokens[first - 1].kind in ("-", ".", "]", "quote")
    return Phrase(first, colon) if stands and first < colon and tokens[first].kind == "name" else None


def _find_linked_label(tokens: list[Token], colon: int) -> Phrase | None:
    """The name with its address, as Markdown links it: [Ann Lee](...): “...”."""
    if kind_at(tokens, colon - 1) != ")":
        return None
    last = next((at for at in range(colon - 2, 0, -1) if tokens[at].kind == "(" and tokens[at - 1].kind == "]"), 0) - 1
    first = next((at for at in range(last - 1, -1, -1) if tokens[at].kind == "["), last) + 1
    return Phrase(first, last) if 0 < first < last and tokens[first].kind == "name" else None
