"""What is read for all lines of a text at once is what each line gives by itself."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from etl.hygiene import clean_characters, is_regular, list_marks
from etl.normalise import load_line_rules
from etl.normalise.prose import is_spaced, lower_lines
from etl.normalise.zones import measure_line, measure_lines

RULES = load_line_rules()
HITS = [clean_characters(hit) for rule in RULES.candidates.rules for hit in (*rule.hits, *rule.spares)]
SENTENCES = [
    "The ministers of both countries spoke for two hours about the harbour and the road.",
    "He said that the ferry, which had been stopped on Monday, “will sail again by the end of this week”.",
    "Officials at the quay in Lamu did not answer, and the ministry said it would write to them later…",
    "They were to meet again in May, at the latest.",
    "SCHOOLS AND MARKETS STAY SHUT UNTIL THE WATER FALLS.",
    "\u00c9 tarde \u00e0 \u0130zmir.",
]
lines = st.lists(
    st.one_of(
        st.sampled_from([*HITS, *SENTENCES]), st.tuples(st.sampled_from(SENTENCES), st.sampled_from(HITS)).map(" ".join)
    ),
    min_size=1,
    max_size=30,
)


@given(lines)
def test_lines_screened_together_are_what_each_is_alone(texts: list[str]) -> None:
    whole = "\n".join(texts)
    marks = list_marks(whole) if is_regular(whole) else None
    lows = lower_lines(texts, marks)
    assert lows == [text.lower().encode() for text in texts]
    shapes = measure_lines(texts)
    assert shapes == [measure_line(text) for text in texts]
    if is_spaced(whole):
        assert shapes == measure_lines(texts, spaced=True)
    assert RULES.candidates.find_candidates(texts, lows, shapes) == [
        RULES.candidates.find_candidate(text) for text in texts
    ]
