"""Phase A as a whole: what one layer learns from another."""

from __future__ import annotations

from etl.derive import derive_article
from etl.records import RawArticle
from etl.rules import load_rules

CAPTION = (
    "Estonian Prime Minister Tarmo Kask (R) greets a guest at the harbour in Tallinn on October 14, 2025. "
    "(Photo by BNA)"
)
STORY = """The guest told Tarmo Kask that the cable had to be mended before the winter, and that it could be done.

“We will mend it,” Kask said. The Estonian leader said that the work would begin in a week.
"""


def find_speakers(text: str) -> set[str | None]:
    derived = derive_article(RawArticle("paper/one.txt", text), load_rules())
    return {quote.speaker_name for quote in derived.quotes if quote.type == "direct" or quote.speaker_role}


def test_caption_introduces_a_person_with_the_office():
    assert find_speakers(f"Cable to be mended\n\n{CAPTION}\n\n{STORY}") == {"Tarmo Kask"}
