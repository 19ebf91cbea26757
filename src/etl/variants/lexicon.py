"""The words of data/variants.toml: which count, how much, which mean the same; and how much likeness is enough."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import Stemmer

from etl.countries import AMBIGUOUS, load_countries
from etl.data import DataError, check_keys, read_toml
from etl.scan import fold_text

FILE = "variants.toml"
OCCASIONS = ("meeting", "news", "article", "repeat", "unknown", "unknown_reported", "elsewhere")
JOINER = "_"  # binds the words of a name to one word
# A word of a text: letters with an apostrophe inside, a number, an abbreviation with its dots (U.S.).
TOKEN = r"(?:\p{L}\.){2,}|\d+(?:[.,]\d+)*|[\p{L}\p{M}_]+(?:['’]\p{L}+)?"


@dataclass(frozen=True, slots=True)
class Occasion:
    """How much of the shorter telling the fuller one must have: see data/variants.toml."""

    shared: float
    cover: float
    run: int
    many: float = 0.0
    cover_many: float = 1.0


@dataclass(frozen=True, slots=True)
class Limits:
    """Days, words in a row, and lengths: see data/variants.toml."""

    near_days: int
    late_days: int
    copied_run: int
    echo: float
    window: float


@dataclass(frozen=True, slots=True)
class Word:
    """What a word counts as: `concept` is "" where it does not count; `form` is the word without case and accents."""

    form: str
    concept: str
    weight: float
    is_number: bool = False
    is_negation: bool = False


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words and thresholds of data/variants.toml: synonyms by their stem, weak words by what they count as.

    `places` are codes of countries by name; `names` are those of several words, the longest first;
    `fillers` is a pattern of negations that deny nothing.
    """

    stops: frozenset[str]
    weak: frozenset[str]
    negations: frozenset[str]
    synonyms: Mapping[str, str]
    places: Mapping[str, str]
    names: tuple[str, ...]
    fillers: str
    weights: Mapping[str, float]
    occasions: Mapping[str, Occasion]
    limits: Limits


@cache
def load_lexicon() -> Lexicon:
    """The lexicon of data/variants.toml. Raises DataError where a key is unknown or a word stands in two groups."""
    table = read_toml(FILE)
    check_keys(table, FILE, ("occasion", "limits", "weights", "words", "synonyms"))
    check_keys(table["occasion"], f"{FILE}: occasion", OCCASIONS)
    check_keys(table["limits"], f"{FILE}: limits", tuple(Limits.__dataclass_fields__))
    check_keys(table["weights"], f"{FILE}: weights", ("word", "weak", "place", "number"))
    check_keys(table["words"], f"{FILE}: words", ("stop", "weak", "negation", "no_negation"))
    places = _read_places()
    synonyms = _read_synonyms(table["synonyms"])
    return Lexicon(
        stops=frozenset(table["words"]["stop"].split()),
        weak=frozenset(synonyms.get(stem, stem) for stem in stem_words(table["words"]["weak"].split())),
        negations=frozenset(table["words"]["negation"].split()),
        synonyms=synonyms,
        places={bind_name(name): code for name, code in places.items()},
        names=tuple(sorted((name for name in places if " " in name), key=lambda name: (-len(name), name))),
        fillers="|".join(re.escape(words) for words in table["words"]["no_negation"]),
        weights=table["weights"],
        occasions={name: Occasion(**row) for name, row in table["occasion"].items()},
        limits=Limits(**table["limits"]),
    )


def bind_name(name: str) -> str:
    """A name of several words as one word."""
    return name.replace(" ", JOINER)


def _read_synonyms(groups: list[dict[str, Any]]) -> dict[str, str]:
    synonyms: dict[str, str] = {}
    for group in groups:
        check_keys(group, f"{FILE}: synonyms", ("words",))
        stems = list(dict.fromkeys(stem_words(group["words"])))
        twice = [stem for stem in stems if stem in synonyms]
        if twice:
            raise DataError(f"{FILE}: synonyms {group['words']}: {twice} stand in another group too")
        synonyms |= dict.fromkeys(stems, stems[0])
    return synonyms


def _read_places() -> dict[str, str]:
    """Countries, their peoples and capitals with the code of the country."""
    places: dict[str, str] = {}
    for country in load_countries().values():
        for name in (country.name, *country.aliases, *country.demonyms, *country.capitals):
            if name not in AMBIGUOUS:
                places.setdefault(name.removeprefix("the "), country.iso3)
    return places


def stem_words(words: Iterable[str]) -> list[str]:
    """The stems of English words in small letters, in their order (Snowball's English stemmer)."""
    # A stemmer of its own a call: the library's objects must not be shared between threads.
    stems: list[str] = Stemmer.Stemmer("english").stemWords(list(words))
    return stems


def read_words(tokens: Iterable[str]) -> dict[str, Word]:
    """What each of the words (as TOKEN finds them) counts as."""
    lexicon = load_lexicon()
    plain = {token: fold_text(token).replace("’", "'") for token in tokens}
    forms = [word.lower().removesuffix("'s").removesuffix("'") for word in plain.values()]
    rows = zip(plain.items(), forms, stem_words(forms), strict=True)
    return {token: _read_word(lexicon, word, form, stem) for (token, word), form, stem in rows}


def _read_word(lexicon: Lexicon, word: str, form: str, stem: str) -> Word:
    weights = lexicon.weights
    place = lexicon.places.get(word) or lexicon.places.get(word.removesuffix("'s").removesuffix("'"))
    if place is not None:
        return Word(form, place, weights["place"])
    if word.lower() in lexicon.negations:
        return Word(form, "", 0.0, is_negation=True)
    if form in lexicon.stops:
        return Word(form, "", 0.0)
    if form[:1].isdigit():
        return Word(form, form.replace(",", ""), weights["number"], is_number=True)
    concept = lexicon.synonyms.get(stem, stem)
    return Word(form, concept, weights["weak" if concept in lexicon.weak else "word"])
