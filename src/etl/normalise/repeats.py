"""Lines that an outlet repeats, as etl.memory has learned them: how a line is named, and what it is in a text."""

from __future__ import annotations

import hashlib
from collections.abc import Set

from etl.normalise.layout import REPEAT_KIND, Candidate, Layout, Take

REPEAT_RULE = "memory/outlet-repeat"


def hash_line(text: str) -> int:
    """64 bits that name the clean line `text`, whatever its case; the same on every machine."""
    return int.from_bytes(hashlib.blake2b(text.lower().encode(), digest_size=8).digest(), "big")


def mark_repeats(layout: Layout, learned: Set[int]) -> None:
    """Makes each line whose hash is in `learned`, and that no rule knows, a candidate for outlet_repeat.

    Not the lead: a dateline may make a short line one.
    """
    if not learned:
        return
    for i, line in enumerate(layout.lines):
        if layout.candidates[i] is None and not layout.shapes[i].lead and hash_line(line.text) in learned:
            layout.candidates[i] = Candidate(Take(REPEAT_KIND, REPEAT_RULE))
