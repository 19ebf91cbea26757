"""The table `people`: the persons that speak or meet in the tables, and only they."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Protocol

import polars as pl
from rapidfuzz import fuzz

from etl.scan import fold_text
from etl.spans import Person
from schemas import TABLES

# Spellings of one name in different transliterations are about so alike (Fayssal, Faisal), other words are less.
SAME_WORD = 75
_WORD = re.compile(r"[^\W_]+")
_POSSESSIVE = re.compile(r"['’]s?$")


class KnownPersons(Protocol):
    """The registry, as far as this table needs it."""

    def person(self, person_id: str) -> Person | None:
        """The person of that id, if the registry knows one."""
        ...


def build_people(
    quotes: pl.DataFrame, meeting_participants: pl.DataFrame, mention_participants: pl.DataFrame, registry: KnownPersons
) -> pl.DataFrame:
    """A frame in the shape of `people`, sorted by person_id: everybody who is a speaker in `quotes` or takes part.

    Name, country and Wikidata item are the registry's; where it does not know the person, the name and the country that
    the rows give most often (of equally frequent ones the first in order) and no item. `aliases` are the spellings by
    which the texts name the person, without the titles before them.
    """
    named = _list_namings(quotes, mention_participants)
    n_quotes = _count(quotes.select(person_id="speaker_id"))
    n_meetings = _count(meeting_participants.select("person_id", "meeting_id").unique())
    rows = []
    for person_id in sorted({*n_quotes, *n_meetings}):
        known, told = registry.person(person_id), named[person_id]
        name = known.name if known is not None else _choose(name for name, _, _ in told)
        rows.append(
            {
                "person_id": person_id,
                "name": name,
                "aliases": _list_aliases(told, name or ""),
                "wikidata_qid": known.wikidata_qid if known is not None else None,
                "country": (known.country if known is not None else None) or _choose(c for _, c, _ in told),
                "n_quotes": n_quotes.get(person_id, 0),
                "n_meetings": n_meetings.get(person_id, 0),
            }
        )
    return pl.DataFrame(rows, schema=TABLES["people"].dtypes)


_Naming = tuple[str | None, str | None, str | None]  # name, country, the words where they name the person


def _list_namings(quotes: pl.DataFrame, participants: pl.DataFrame) -> dict[str, list[_Naming]]:
    spoken = quotes.select("speaker_id", "speaker_name", "speaker_country", "speaker_mention", "speaker_basis")
    met = participants.select("person_id", "name", "country", "mention", "basis")
    named: defaultdict[str, list[_Naming]] = defaultdict(list)
    for frame in (spoken, met):
        for person_id, name, country, words, basis in frame.drop_nulls(frame.columns[0]).iter_rows():
            named[person_id].append((name, country, words if basis == "name" else None))
    return named


def _count(frame: pl.DataFrame) -> dict[str, int]:
    counted = frame.drop_nulls("person_id").group_by("person_id").len()
    return dict(counted.select("person_id", pl.col("len").cast(pl.Int64)).iter_rows())


def _choose(values: Iterable[str | None]) -> str | None:
    counts = Counter(value for value in values if value is not None)
    return min(counts, key=lambda value: (-counts[value], value), default=None)


def _list_aliases(told: Iterable[_Naming], name: str) -> list[str]:
    spellings = {words for _, _, words in told if words}
    return sorted({trimmed for words in spellings if (trimmed := trim_titles(words, name))})


def trim_titles(words: str, name: str) -> str:
    """`words` from the first word on that is part of `name`: "President Ada Okoro's" is "Ada Okoro".

    Words none of which is part of the name stay as they are: a spelling that we cannot tell from a title.
    """
    parts = _WORD.findall(fold_text(name).lower())
    plain = _POSSESSIVE.sub("", words.strip())
    starts = (word.start() for word in _WORD.finditer(plain) if _is_part(fold_text(word[0]).lower(), parts))
    return plain[next(starts, 0) :]


def _is_part(word: str, parts: Iterable[str]) -> bool:
    return any(word == part or (len(word) > 3 and fuzz.ratio(word, part) >= SAME_WORD) for part in parts)
