"""Outlet memory from run to run: what each article is derived with is what a fresh build would derive it with."""

from __future__ import annotations

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.memory import OBSERVATIONS, find_repeats, load_evidence, observe_articles
from etl.normalise import load_line_rules
from etl.pipeline.recall import recall_lines
from etl.records import Metadata, RawArticle

FURNITURE = ("Harbour Gazette", "Read it on paper", "Tide tables", "Our masthead", "Letters desk", "Lighthouse shop")
OUTLETS = ("Harbour Gazette", "Skerry Post", None)


def write_text(number: int, lines: list[str], above: int) -> str:
    own = [
        f"The harbour board of town {number} agreed on Monday to dredge the channel for vessel {number} before winter.",
        f"Its chair said that {number} pilots had asked for the work since the spring, and that money was found.",
    ]
    return "\n".join([*lines[:above], *own, *lines[above:]])


documents = st.builds(
    lambda number, lines, above, outlet: RawArticle(
        f"{number}.txt", write_text(number % 5, lines, above), Metadata(outlet=outlet)
    ),
    st.integers(0, 7),
    st.lists(st.sampled_from(FURNITURE), max_size=4),
    st.integers(0, 3),
    st.sampled_from(OUTLETS),
)
runs = st.lists(
    st.tuples(st.lists(documents, max_size=4), st.sets(st.integers(0, 7), max_size=2)), min_size=1, max_size=5
)


def observe(raws):
    return observe_articles(raws, load_line_rules())


def learn_afresh(raws) -> dict[str, frozenset[int]]:
    observed = observe(raws)
    learned = observed.join(find_repeats(observed, load_evidence()), on=["outlet", "key"], how="semi")
    return {name: frozenset(keys) for name, keys in learned.group_by("record").agg("key").iter_rows()}


@settings(max_examples=40, deadline=None)
@given(runs)
def test_runs_end_where_a_fresh_build_ends(runs):
    """Documents come, change and go; whatever is not derived again was derived with what a fresh build learns."""
    held: dict[str, RawArticle] = {}
    known: pl.DataFrame | None = None
    derived_with: dict[str, frozenset[int]] = {}
    for written, removed in runs:
        before = {raw.fingerprint for raw in held.values()}
        held |= {raw.source_uri: raw for raw in written}
        held = {uri: raw for uri, raw in held.items() if uri not in {f"{n}.txt" for n in removed}}
        now = {raw.fingerprint: raw for raw in held.values()}
        kept = pl.Series([name for name in now if name in before], dtype=pl.String)
        new = [raw for name, raw in now.items() if name not in before]
        recall = recall_lines(known, kept, observe(new), pl.Series(dtype=pl.String))
        learned = recall.list_learned()
        for name in {raw.fingerprint for raw in new} | recall.flipped:
            derived_with[name] = learned.get(name, frozenset())
        assert recall.flipped <= set(kept)
        known = recall.observations
        afresh = learn_afresh(held.values())
        assert {name: derived_with[name] for name in now} == {name: afresh.get(name, frozenset()) for name in now}


@settings(max_examples=25, deadline=None)
@given(st.lists(documents, max_size=6), st.randoms())
def test_order_of_rows_does_not_matter(raws, random):
    observed = observe({raw.source_uri: raw for raw in raws}.values())
    shuffled = observed[random.sample(range(len(observed)), len(observed))]
    assert set(find_repeats(observed, load_evidence()).rows()) == set(find_repeats(shuffled, load_evidence()).rows())


@settings(max_examples=25, deadline=None)
@given(st.lists(documents, min_size=1, max_size=6), st.lists(documents, max_size=4))
def test_verdicts_depend_on_documents_with_the_line_only(raws, others):
    """Documents of the outlet that do not hold a line change nothing about it."""
    held = observe({raw.source_uri: raw for raw in raws}.values())
    more = observe(
        {raw.source_uri: raw for raw in others if raw.source_uri not in {r.source_uri for r in raws}}.values()
    )
    more = more.join(held, on=["outlet", "key"], how="anti")
    lines = held.select("outlet", "key").unique()
    both = pl.concat([held, more])
    judged = find_repeats(both, load_evidence(), lines)
    assert set(judged.rows()) == set(find_repeats(held, load_evidence()).rows())


def test_nothing_is_learned_without_an_outlet():
    raws = [RawArticle(f"{n}.txt", write_text(n, list(FURNITURE), 3)) for n in range(5)]
    assert observe(raws).is_empty()
    assert observe(raws).schema == pl.Schema(OBSERVATIONS)
