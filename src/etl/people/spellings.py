"""How one name is written in different ways, and when two names are one."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz

from etl.data import read_toml
from etl.scan import fold_text

# Articles and particles that belong to a surname and that writers drop, join or hyphenate.
_ARTICLE = re.compile(r"^(?:al|el|an|ar|as|at|az|ad|ash)[- ](?=.)", re.IGNORECASE)
_ARTICLES = ("al-", "Al-", "el-", "El-")
PARTICLES = frozenset(read_toml("name_words.toml")["particles"])
_SUFFIX = re.compile(r",? (?:jr\.?|sr\.?|ii|iii|iv)$")
# Monarchs and popes: John Paul II, Charles III, Hassan II of Morocco. They have no surname to be cited by.
_REGNAL = re.compile(r"\b(?:I|II|III|IV|V|VI|VII|VIII|X?IV|X?VI)(?: of [A-Z]\w+)?$")
# Family names that stand first; whoever bears one is called by the first word ("Kim", "Xi").
EAST_ASIAN = frozenset(read_toml("name_words.toml")["family_first"])
_TURNED = frozenset(read_toml("name_words.toml")["turned_countries"])
_EAST_ASIA = frozenset(read_toml("name_words.toml")["family_first_countries"])
_ALSO_WESTERN = frozenset(read_toml("name_words.toml")["also_western"])
_DROPPED = frozenset(read_toml("name_words.toml")["dropped"])
_SAME_LETTERS = 87.0
_VOWEL, _DOUBLED = re.compile(r"[aeiouy]"), re.compile(r"(.)\1")


class NameKey(NamedTuple):
    """A name as it is compared: folded, in lower case, without articles, hyphens and apostrophes."""

    given: tuple[str, ...]
    surname: str
    suffix: str
    family_first: bool = False


@cache
def list_spellings(name: str) -> tuple[str, ...]:
    """Surfaces of `name`: as it is, with its Arabic article in the other case or dropped from its last word."""
    spellings = [name]
    for article in _ARTICLES:
        if article in name:
            stem, _, rest = name.rpartition(article)
            if stem == "" or stem.endswith(" "):
                spellings += [f"{stem}{other}{rest}" for other in _ARTICLES]
                spellings += [f"{stem}{other[:-1]} {rest}" for other in ("al-", "Al-")]
                spellings.append(stem + rest)
            break
    if " bin " in name:
        spellings += [spelling.replace(" bin ", " Bin ") for spelling in spellings]
    return tuple(dict.fromkeys(spelling for spelling in spellings if spelling.strip()))


@lru_cache(maxsize=20_000)
def normalise_word(word: str) -> str:
    """One word of a name as it is compared: al-Jaafari, Ja’afari and Jaafari are one."""
    folded = fold_text(word).lower()
    bare = _ARTICLE.sub("", folded)
    return bare.replace("-", "").replace("'", "").replace(".", "")


@lru_cache(maxsize=20_000)
def build_key(name: str) -> NameKey:
    """The parts of a name by which two spellings of it are compared."""
    folded = fold_text(name).lower()
    suffix = _SUFFIX.search(folded)
    words = (folded[: suffix.start()] if suffix else folded).split()
    family_first = is_family_first(name)
    words = [plain for word in words if (plain := normalise_word(word)) and word not in PARTICLES] or words
    mark = suffix.group().strip(" ,.") if suffix else ""
    if family_first:
        return NameKey(("".join(words[1:]),), words[0], mark, family_first=True)
    return NameKey(tuple(words[:-1]), words[-1], mark)


def is_family_first(name: str, country: str | None = None) -> bool:
    """True for names such as Kim Jong-un, Xi Jinping, Tsai Ing-wen: an East Asian family name and one given name.

    Of somebody from `country` it may be a Western name too: Park Jin, Li Qiang.
    """
    words = name.split()
    if len(words) < 2 or words[0] not in EAST_ASIAN:
        return False
    if country in _EAST_ASIA and len(words) < 4:
        return True
    given = words[1:]
    hyphened = len(given) == 1 and ("-" in given[0] or words[0] not in _ALSO_WESTERN)
    return hyphened or (len(words) == 3 and all(word.isalpha() and len(word) <= 6 for word in given))


def turn_name(name: str, country: str | None) -> str | None:
    """The name with the family name on its other side (Kishida Fumio), where writers use both orders; else None."""
    words = name.split()
    if country not in _TURNED or not 1 < len(words) < 4:
        return None
    return " ".join([*words[1:], words[0]] if is_family_first(name, country) else [words[-1], *words[:-1]])


@lru_cache(maxsize=20_000)
def surname_of(name: str, country: str | None = None) -> str:
    """The part of a full name by which it is cited: Putin, al-Assad, de Mistura, bin Salman, Le Drian, Xi.

    A regnal name is cited whole; `country` is the bearer's, where it is known.
    """
    if " of " in name or _REGNAL.search(name):
        return name
    match = _SUFFIX.search(name.lower())
    words = name[: match.start() if match else len(name)].split()
    if is_family_first(name, country):
        return words[0]
    start = len(words) - 1
    while start > 1 and words[start - 1].lower() in PARTICLES:
        start -= 1
    return " ".join(words[start:])


def are_one_name(one: NameKey, other: NameKey) -> bool:
    """True if two full names are spellings of one: same or nearly same surname, given names that do not contradict."""
    if one.suffix != other.suffix or not one.given or not other.given:
        return False
    if one.family_first or other.family_first:
        return one[:2] == other[:2]  # Kim Sung-han and Kim Sung-hwan are two
    return are_alike(one.surname, other.surname) and _given_agree(one.given, other.given)


def has_all_given(key: NameKey, known: NameKey) -> bool:
    """True if `key`, a spelling of `known`, has all its given names, and before them only names that writers drop."""
    if len(key.given) < len(known.given):
        return False
    return _same_given(key.given[0], known.given[0]) or key.given[0] in _DROPPED


def are_alike(one: str, other: str) -> bool:
    """True for the same word in two transliterations: Mekdad and Mikdad; never for short words."""
    if one == other:
        return True
    if one[:1] != other[:1] or min(len(one), len(other)) < 5:
        return False
    return fuzz.ratio(one, other, score_cutoff=_SAME_LETTERS) > 0 or _drop_vowels(one) == _drop_vowels(other)


@lru_cache(maxsize=20_000)
def _drop_vowels(word: str) -> str:
    """The consonants, doubled ones once: Arabic and Persian vowels are a writer's choice."""
    return _DOUBLED.sub(r"\1", _VOWEL.sub("", word.replace("q", "g")))


def _given_agree(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """True if the shorter list of given names stands in the longer, in order; an initial stands for any name."""
    initials = [tuple(word for word in given[1:] if len(word) == 1) for given in (one, other)]
    if all(initials) and initials[0] != initials[1]:
        return False  # George W. and George H. W. are two
    short, long = (one, other) if len(one) <= len(other) else (other, one)
    at = 0
    for number, word in enumerate(short):
        # A middle initial is no first name: Kirstjen Nielsen is not Holger K. Nielsen.
        while at < len(long) and not (_same_given(word, long[at]) and _same_place(word, number, long[at], at)):
            at += 1
        if at == len(long):
            return False
        at += 1
    return True


def _same_place(one: str, number: int, other: str, at: int) -> bool:
    return (number == 0) == (at == 0) or (len(one) > 1 and len(other) > 1)


def _same_given(one: str, other: str) -> bool:
    if len(one) == 1 or len(other) == 1:
        return one[0] == other[0]
    return are_alike(one, other) or (one[:1] == other[:1] and len(one) > 3 and _drop_vowels(one) == _drop_vowels(other))
