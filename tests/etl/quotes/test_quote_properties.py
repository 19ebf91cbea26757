from __future__ import annotations

from collections.abc import Callable

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.records import Quote, hash_key
from schemas import TABLES

Read = Callable[..., tuple[Quote, ...]]

WORDS = [
    "Ann Lee", "the minister", "he", "said", "told reporters", "that", "the port is open", "was closed",
    "according to", "the UN",
    "adding", "called it", "SANA", "quoted", "as saying", "and", "but", "who", "in Oslo", "on Monday",
    "a mess", "We will win", "“", "”", "\"", "''", "‘", "’", "'", "«",
    "»", ",", ".", ":", "?", "…", "—", "(", ")", "\n\n",
    "Mr.", "U.S.", "İ", "𝒳", "ß", "\ue000",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(body=TEXTS | st.text(max_size=80), coverage=st.sampled_from(["full", "marks_only", "none"]))
def test_any_text_gives_true_rows(body: str, coverage: str, read_quotes: Read) -> None:
    quotes = read_quotes(body, coverage)
    assert quotes == read_quotes(body, coverage)
    assert len({quote.quote_id for quote in quotes}) == len(quotes)
    assert [quote.ordinal for quote in quotes] == list(range(len(quotes)))
    end, ids = 0, set()
    for quote in quotes:
        assert end <= quote.start < quote.end
        end = quote.end
        assert_true_offsets(body, quote)
        assert quote.continues is None or quote.continues in ids
        ids.add(quote.quote_id)
        assert coverage == "full" or (coverage, quote.type, quote.speaker_basis) == ("marks_only", "direct", "none")


def assert_true_offsets(body: str, quote: Quote) -> None:
    assert body[quote.start : quote.end] == quote.text
    assert quote.quote_id == hash_key(quote.article_id, quote.start, quote.end, quote.type)
    assert (quote.type == "indirect") == (not quote.verbatim)
    at = 0
    for stretch in quote.verbatim:
        at = quote.text.index(stretch, at) + len(stretch)
    if quote.cue_start is not None:
        assert body[quote.cue_start : quote.cue_end].strip()
    if quote.speaker_start is not None:
        assert body[quote.speaker_start : quote.speaker_end] == quote.speaker_mention


SAMPLES = (
    "“We won,” Ann Lee said. “It is over.”",
    "According to the UN, the port is closed. Lima said it would reopen.",
    "“No,” a spokesman said.\n\n“Never.”\n\n'Why?'",
)


@pytest.mark.parametrize("body", SAMPLES)
def test_rows_keep_the_contract(body: str, read_quotes: Read) -> None:
    contract = TABLES["quotes"]
    empty = dict.fromkeys(contract.columns)
    rows = [empty | quote._asdict() | {"verbatim": list(quote.verbatim)} for quote in read_quotes(body)]
    assert rows
    contract.model.validate(pl.DataFrame(rows, schema=contract.dtypes, orient="row"), lazy=True)
