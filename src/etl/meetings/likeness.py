"""How much alike two articles are: articles of one event share its rare words, beside the names of those who meet."""

from __future__ import annotations

import re
from collections.abc import Mapping

from etl.meetings.clusters import Cluster
from etl.meetings.parties import fold_words

_LONG = 9  # letters; shorter words without a capital stand in any article
_SOME = 4  # articles of a meeting that are compared
# A capital inside a sentence, a number, a long word.
_RARE = re.compile(rf"(?<=[a-z,;:’'”\")] )[A-Z][\w’'-]+|\b\d[\d.,]*\b|\b[^\W\d_]{{{_LONG},}}\b")


class Likeness:
    """The articles by id; their words are listed once they are asked for."""

    def __init__(self, bodies: Mapping[str, str], least: float) -> None:
        self._bodies = bodies
        self._least = least
        self._words: dict[str, frozenset[str]] = {}

    def are_alike(self, a: Cluster, b: Cluster) -> bool:
        """True if an article of each have at least the share `least` of their rare words in common, names of those who
        take part aside. Of many articles the first few by id are compared."""
        names = frozenset(word for cluster in (a, b) for party in cluster.parties for word in _split_name(party.name))
        return any(
            self._measure(one, other, names) >= self._least
            for one in sorted(a.articles)[:_SOME]
            for other in sorted(b.articles)[:_SOME]
        )

    def _measure(self, a: str, b: str, names: frozenset[str]) -> float:
        one, other = self._list_words(a) - names, self._list_words(b) - names
        common = len(one & other)
        return common / max(1, len(one) + len(other) - common)

    def _list_words(self, article_id: str) -> frozenset[str]:
        words = self._words.get(article_id)
        if words is None:
            body = self._bodies.get(article_id, "")
            words = self._words[article_id] = frozenset(word.casefold() for word in _RARE.findall(body))
        return words


def _split_name(name: str | None) -> list[str]:
    return [*name.casefold().split(), *fold_words(name).split()] if name else []
