"""How much alike two articles are: articles of one event share its rare words, beside the names of those who meet."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from etl.meetings.casts import Cast
from etl.meetings.clusters import Cluster
from etl.meetings.parties import fold_words

_LONG = 9  # letters; shorter words without a capital stand in any article
# A capital inside a sentence, a number, a long word.
_RARE = re.compile(rf"(?<=[a-z,;:’'”\")] )[A-Z][\w’'-]+|\b\d[\d.,]*\b|\b[^\W\d_]{{{_LONG},}}\b")
_NOTHING: frozenset[str] = frozenset()


class Likeness:
    """The articles by id; their words are listed once they are asked for."""

    def __init__(self, bodies: Mapping[str, str]) -> None:
        self._bodies = bodies
        self._words: dict[str, frozenset[str]] = {}

    def measure(self, a: Cluster, b: Cluster) -> float:
        """The share, 0 to 1, of the rare words of two articles that is common to both, names of those who take part
        aside: the largest of those of the first few articles of each."""
        names = _list_names(a.cast) | _list_names(b.cast)
        one, other = ([self._list_words(article_id) - names for article_id in c.sample] for c in (a, b))
        return max(_measure_share(x, y) for x in one for y in other)

    def _list_words(self, article_id: str) -> frozenset[str]:
        words = self._words.get(article_id)
        if words is None:
            body = self._bodies.get(article_id, "")
            words = frozenset(word.casefold() for word in _RARE.findall(body)) if body else _NOTHING
            self._words[article_id] = words
        return words


def _measure_share(a: frozenset[str], b: frozenset[str]) -> float:
    common = len(a & b)
    return common / max(1, len(a) + len(b) - common)


@lru_cache(maxsize=100_000)
def _list_names(cast: Cast) -> frozenset[str]:
    names = [party.name for party in cast.parties if party.name]
    return frozenset(word for name in names for word in (*name.casefold().split(), *fold_words(name).split()))
