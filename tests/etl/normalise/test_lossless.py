"""Nothing is lost: the body is what the parts leave over, whatever the text."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from etl.hygiene import clean_characters
from etl.normalise import load_line_rules, normalise_article
from etl.records import Metadata, RawArticle
from schemas.vocabulary import PART_KINDS

RULES = load_line_rules()
LINES = [
    "",
    "  ",
    "\u00a0",
    "Share this article",
    "News / Kenya / Lamu",
    "Check Also",
    "Related:",
    "READ MORE: A bridge opens again",
    "By Anna Okello",
    "Published: 5 March 2024, 10:30 GMT",
    "Ministers speak of the harbour ( Video+Pictures)",
    "Tags: harbour, road",
    "NAIROBI, May 5 (KBN) – The ministers of both countries spoke for two hours about the harbour and the road.",
    "Moscow, SANA- The ministers\u00a0of both countries spoke “for two hours” about the harbour\u00ad and the road.",
    "They met at the quay in Lamu on May 14, 2031. (Photo by KBN)",
    "A fisherman (L) greets the mayor (R) at the quay of the old town",
    "The talks go on.  AB/CD  All Content by Example Agency is licensed under a Creative Commons Attribution "
    "4.0 International License.",
    "Jos\u00c3\u00a9 Pe\u00c3\u00b1a said that he would not come to the harbour, and that nobody had asked him to. ###",
    "\\###",
    "Reuter",
    "© 2024 KBN",
    "www.example.org",
    "English Bulletin",
    "Eight fishermen were brought ashore by a navy boat …",
    "e\u0301\u200b",
    "\u0645\u06cc\u200c\u062e",
    "the ministers of both countries spoke for two hours about the",
    "harbour and the road, and officials who were there said that it",
    "Children play beside a rebuilt school on November 2. Photo: Rana Odeh / Zagora Post",
    "AB/CD/EF All content by Zagora Agency is licensed under a Creative Commons Attribution 4.0 International License.",
]
documents = st.lists(st.one_of(st.sampled_from(LINES), st.text(max_size=60)), max_size=25).map("\n".join)


@settings(max_examples=150, deadline=None)
@given(documents, st.sampled_from([None, "Ministers speak of the harbour", "Share this article", "x"]))
def test_body_is_what_the_parts_leave_over(text: str, title: str | None) -> None:
    raw = RawArticle("a.txt", text, Metadata(title=title))
    article = normalise_article(raw, RULES, "0" * 12)
    rest, at = [], 0
    for number, part in enumerate(article.parts):
        assert part.part == number
        assert at <= part.raw_start < part.raw_end <= len(text)
        assert part.kind in PART_KINDS
        assert part.text or not clean_characters(text[part.raw_start : part.raw_end])
        assert (part.line_start, part.line_end) == (
            1 + text.count("\n", 0, part.raw_start),
            1 + text.count("\n", 0, part.raw_end - 1),
        )
        rest.append(text[at : part.raw_start])
        at = part.raw_end
    left = clean_characters("".join([*rest, text[at:]]))
    assert "".join(left.split()) == "".join(article.body.split())
    assert article.body == "\n\n".join(" ".join(p.split()) for p in article.body.split("\n\n"))
    assert article == normalise_article(raw, RULES, "0" * 12)
