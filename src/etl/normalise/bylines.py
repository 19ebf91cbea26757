"""The author that a byline names."""

from __future__ import annotations

import re

_LEAD_IN = re.compile(
    r"^(?:(?:written|reported|report|story|posted|words|text|edited|published)\s+)?"
    r"(?:by|von|par|por|di|door|av|af|autor|author|authors|автор|oleh|przez)\b\s*:?\s*",
    re.IGNORECASE,
)
# A slash cuts off an agency ("Anna Okello/KBN") but not half of one ("RFE/RL").
_TAIL = re.compile(
    r"\s*(?:[|•·]|(?-i:(?<=[a-z])/)| /|\b(?:published|updated|posted|follow(?:ing)?$)\b|\d).*$", re.IGNORECASE
)


def read_byline(text: str) -> str | None:
    """The author of a byline line without "By" and without what follows (agency dates and times); None if none."""
    name = _TAIL.sub("", _LEAD_IN.sub("", text)).strip(" ,;:-–—")
    return name or None
