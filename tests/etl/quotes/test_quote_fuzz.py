"""Texts with marks dropped, doubled and swapped: no exception, true offsets, the same rows twice, no mark invented."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.records import Quote

Read = Callable[..., tuple[Quote, ...]]

ROOT = Path(__file__).parents[3]
MARKS = "\"“”„«»'‘’`"
# What typing, copying and converting do to a text.
NOISE = [
    *MARKS,
    "''",
    "``",
    "”,”",
    "“ ",
    " ”",
    "\n\n",
    "\n",
    ",",
    ".",
    ":",
    "—",
    "…",
    "(",
    ")",
    "[",
    "*",
    "**",
    "\t",
    "\u200b",
    "@",
    "&amp;",
    "<br>",
    "1.",
    "Mr.",
    "",
]
SAMPLES = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "raw").rglob("*.txt"))]


def mutate(text: str, source: random.Random, changes: int) -> str:
    """`text` with marks dropped, doubled or swapped, and noise at random places."""
    for _ in range(changes):
        places = [at for at, char in enumerate(text) if char in MARKS]
        at = source.choice(places) if places and source.random() < 0.8 else source.randrange(len(text) + 1)
        kind = source.randrange(4)
        if kind == 0:
            text = text[:at] + text[at + 1 :]
        elif kind == 1:
            text = text[:at] + text[at : at + 1] * 2 + text[at + 1 :]
        elif kind == 2:
            text = text[:at] + source.choice(MARKS) + text[at + 1 :]
        else:
            text = text[:at] + source.choice(NOISE) + text[at:]
    return text


def assert_true(body: str, quotes: tuple[Quote, ...]) -> None:
    end, ids = 0, set()
    for quote in quotes:
        assert end <= quote.start < quote.end <= len(body)
        assert body[quote.start : quote.end] == quote.text
        end = quote.end
        at = quote.start
        for stretch in quote.verbatim:
            at = body.index(stretch, at, quote.end) + len(stretch)
        assert (quote.type == "indirect") == (not quote.verbatim)
        if quote.cue_start is not None and quote.cue_end is not None:
            assert 0 <= quote.cue_start < quote.cue_end <= len(body)
            assert not (quote.type == "direct" and quote.start <= quote.cue_start < quote.end)
        if quote.speaker_start is not None:
            assert body[quote.speaker_start : quote.speaker_end] == quote.speaker_mention
        assert (quote.speaker_id is None) or (quote.speaker_kind == "person" and quote.speaker_name)
        assert quote.continues is None or quote.continues in ids
        ids.add(quote.quote_id)
    assert len(ids) == len(quotes)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(sample=st.sampled_from(SAMPLES), seed=st.integers(0, 1 << 32), changes=st.integers(1, 40))
def test_damaged_samples_give_true_rows(sample: str, seed: int, changes: int, read_quotes: Read) -> None:
    body = mutate(sample, random.Random(seed), changes)
    quotes = read_quotes(body)
    assert_true(body, quotes)
    assert quotes == read_quotes(body)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(
    parts=st.lists(
        st.sampled_from([*NOISE, "Ann Lee", "said", "she", "that", "who", "is", "a ruin", "according to"]), max_size=60
    )
)
def test_noise_alone_gives_true_rows(parts: list[str], read_quotes: Read) -> None:
    for body in ("".join(parts), " ".join(parts)):
        assert_true(body, read_quotes(body))


def read_corpus(path: Path, step: int) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in islice(lines, 0, None, step):
            yield json.loads(line)["text"]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "step"), [("tehran-times", 12), ("white-house", 5)])
def test_damaged_news_gives_true_rows(name: str, step: int, shared: Path, read_quotes: Read) -> None:
    path = shared / "corpora" / f"{name}.jsonl.gz"
    read = 0
    for number, text in enumerate(read_corpus(path, step)):
        body = mutate(text[:20_000], random.Random(number), 1 + number % 50)
        assert_true(body, read_quotes(body))
        read += 1
    assert read > 100
