"""What the documents of an outlet teach about its furniture: lines that several of its articles have in common.

`observe_articles` says what a document holds, `find_repeats` which lines are furniture. Both are pure; a line's
verdict depends only on the documents of the outlet that contain it, so that it changes only with these.
"""

from __future__ import annotations

from etl.memory.observations import OBSERVATIONS, observe_articles
from etl.memory.verdicts import find_repeats, load_evidence

__all__ = ["OBSERVATIONS", "find_repeats", "load_evidence", "observe_articles"]
