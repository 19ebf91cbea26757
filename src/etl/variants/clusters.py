"""Quotes to clusters, one an utterance. The fullest telling leads; the others name it in variant_of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import polars as pl

from etl.variants.copies import find_copies
from etl.variants.lexicon import Lexicon, load_lexicon
from etl.variants.links import may_be_one, weigh_link
from etl.variants.pairs import find_pairs
from etl.variants.sources import rank_rows, read_rows
from etl.variants.tellings import Telling, build_tellings

_SCHEMA = {"quote_id": pl.String, "variant_of": pl.String}


def find_variants(
    quotes: pl.DataFrame, articles: pl.DataFrame, mentions: pl.DataFrame, participants: pl.DataFrame
) -> pl.DataFrame:
    """The quotes that tell what another one tells more fully: columns quote_id and variant_of, sorted by quote_id.

    `quotes` has meeting_id, `articles` duplicate_of; `mentions` and `participants` have the columns of
    meeting_mentions and meeting_participants. The quote that variant_of names has no row. The order of the rows does
    not matter.
    """
    lexicon = load_lexicon()
    copies = find_copies(quotes, articles)
    own = quotes.filter(~pl.col("quote_id").is_in(list(copies)))
    ranked, long, words = rank_rows(read_rows(own, articles, mentions, participants))
    pairs = find_pairs(ranked, long, lexicon)
    compared = pl.concat([pairs["fuller"], pairs["shorter"]]).unique()
    tellings = build_tellings(ranked.filter(pl.col("rank").is_in(compared.implode())), words)
    found = link_tellings(tellings, pairs.iter_rows(), lexicon)
    found |= {copy: found.get(quote_id, quote_id) for copy, quote_id in copies.items()}
    return pl.DataFrame(sorted(found.items()), schema=_SCHEMA, orient="row")


def link_tellings(
    tellings: Mapping[int, Telling], pairs: Iterable[tuple[int, int]], lexicon: Lexicon
) -> dict[str, str]:
    """The quote_id of the fullest telling by the quote_id of each that follows it.

    `pairs` are (fuller, shorter) ranks, sorted by the shorter: when a telling is looked at, all that are fuller have
    been, and each leads or follows already. So nothing follows a follower.
    """
    candidates: defaultdict[int, list[int]] = defaultdict(list)
    for fuller, shorter in pairs:
        candidates[shorter].append(fuller)
    followers: defaultdict[int, list[Telling]] = defaultdict(list)
    found: dict[str, str] = {}
    for rank in sorted(candidates):
        telling = tellings[rank]
        leaders = [number for number in candidates[rank] if tellings[number].quote_id not in found]
        leader = _choose_leader(telling, leaders, tellings, followers, lexicon)
        if leader is not None:
            followers[leader].append(telling)
            found[telling.quote_id] = tellings[leader].quote_id
    return found


def _choose_leader(
    telling: Telling,
    leaders: Sequence[int],
    tellings: Mapping[int, Telling],
    followers: Mapping[int, list[Telling]],
    lexicon: Lexicon,
) -> int | None:
    """The leader that has most of `telling`, of equal ones the fullest, unless what follows it forbids that."""
    scores = ((weigh_link(telling, tellings[number], lexicon), number) for number in leaders)
    linked = sorted((-score, number) for score, number in scores if score is not None)
    for _, number in linked:
        if all(may_be_one(telling, follower, lexicon) for follower in followers.get(number, ())):
            return number
    return None
