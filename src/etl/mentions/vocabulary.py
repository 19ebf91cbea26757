"""The words of data/parties.toml: offices of several countries, delegations, groups."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from etl.data import check_keys, read_toml
from etl.scan import Entry

FILE = "parties.toml"
# Where two, both, three, four, trio and duo end.
NUMBER_ENDS = ("wo ", "oth ", "hree ", "our ", "rio ", "uo ")
PEOPLE = ("people", "vague", "plain", "abroad", "owns", "ends", "keeps")


@dataclass(frozen=True, slots=True)
class PartyWords:
    """The tables of parties.toml, and the patterns made of them."""

    each: dict[str, str]
    group: frozenset[str]
    delegation: frozenset[str]
    again: frozenset[str]
    alone: frozenset[str]
    powers: frozenset[str]
    bare: frozenset[str]
    formats: dict[str, tuple[str, ...]]
    between: re.Pattern[str]
    before: re.Pattern[str]
    before_at_all: re.Pattern[str]
    before_ends: tuple[str, ...]
    numbers: dict[str, int]
    lands: frozenset[str]
    modifies: re.Pattern[str]
    exclude: re.Pattern[str]
    heads: frozenset[str]
    unique: frozenset[str]
    sole: frozenset[str]
    leaders: frozenset[str]
    diplomats: frozenset[str]
    no_party_kinds: frozenset[str]
    no_formats: frozenset[str]
    heading: frozenset[str]
    people: frozenset[str]
    vague: frozenset[str]
    plain: frozenset[str]
    abroad: frozenset[str]
    owns: frozenset[str]
    ends: frozenset[str]
    keeps: frozenset[str]

    def may_tell_before(self, text: str, start: int, end: int) -> bool:
        """False where `before` finds nothing in text[start:end]: a look for a few letters, then for their words."""
        if all(text.find(letters, start, end) < 0 for letters in self.before_ends):
            return False
        return self.before_at_all.search(text, start, end) is not None


@cache
def load_party_words() -> PartyWords:
    """The words of data/parties.toml. Raises DataError where the file says anything unknown."""
    table = read_toml(FILE)
    check_keys(
        table,
        FILE,
        (
            "each",
            "group",
            "delegation",
            "alone",
            "powers",
            "formats",
            "people",
            "between",
            "before",
            "exclude",
            "roles",
        ),
    )
    check_keys(table["people"], f"{FILE}: people", PEOPLE)
    check_keys(table["before"], f"{FILE}: before", ("numbers", "nouns", "bare", "lands", "alone"))
    check_keys(table["exclude"], f"{FILE}: exclude", ("words", "modifies", "kinds", "formats", "heading"))
    check_keys(table["roles"], f"{FILE}: roles", ("heads", "unique", "leaders", "diplomats", "sole"))
    numbers = table["before"]["numbers"]
    between = sorted(table["between"]["words"], key=len, reverse=True)
    each = "|".join(
        map(re.escape, sorted([*table["each"], *table["group"]["words"], "delegations"], key=len, reverse=True))
    )
    lands = "|".join(table["before"]["lands"])
    nouns = sorted(table["before"]["nouns"], key=len, reverse=True)
    return PartyWords(
        each=dict(table["each"]),
        group=frozenset(table["group"]["words"]),
        delegation=frozenset(table["delegation"]["words"]),
        again=frozenset(table["delegation"]["again"]),
        alone=frozenset([*table["alone"]["words"], *table["powers"]["words"]]),
        powers=frozenset(table["powers"]["words"]),
        bare=frozenset([*table["powers"]["words"], *table["powers"]["bare"]]),
        formats={name: tuple(countries) for name, countries in table["formats"].items()},
        between=re.compile(r"^(?:(?:" + "|".join(map(re.escape, between)) + r")(?:,? and |, | ))*$"),
        before=re.compile(
            rf"\b(?P<office>(?:(?:[Tt]he |[Ss]enior |[Tt]op )*(?P<each>{each}) (?:of|from) (?:the )?(?:two|both) "
            rf"(?:{lands})|(?:the )?(?:two|both) (?:{lands})['’] (?P<each2>{each})))\b(?!['’])"
            r"|\b(?:(?:[Tt]he|[Tt]hese) (?P<number>" + "|".join(numbers) + r")(?: [a-z-]+)?|(?P<both>[Bb]oth)) "
            r"(?P<noun>" + "|".join(map(re.escape, nouns)) + r")\b(?! (?:of|from|for|in the)\b)(?!['’])"
            r"|\b[Tt]he (?P<alone>" + "|".join(numbers) + r")" + table["before"]["alone"] + ""
            r"|\b[Tt]he (?:" + "|".join(table["before"]["bare"]) + r")\b(?! (?:of|from|for|in)\b)(?!['’])"
        ),
        before_at_all=re.compile(
            r"(?<=\w)(?:" + "|".join(NUMBER_ENDS) + ")|[Tt]he (?:" + "|".join(table["before"]["bare"]) + r")\b"
        ),
        before_ends=(*NUMBER_ENDS, *(f"he {word}" for word in table["before"]["bare"])),
        numbers=numbers,
        lands=frozenset(table["before"]["lands"]),
        modifies=re.compile(r"\b" + table["exclude"]["modifies"], re.IGNORECASE),
        exclude=re.compile(r"\b(?:" + "|".join(table["exclude"]["words"]) + r")\b", re.IGNORECASE),
        no_formats=frozenset(table["exclude"]["formats"]),
        heading=frozenset(table["exclude"]["heading"]),
        no_party_kinds=frozenset(table["exclude"]["kinds"]),
        **{name: frozenset(names) for part in ("roles", "people") for name, names in table[part].items()},
    )


def list_party_entries() -> Iterator[Entry]:
    """Entries of the kind party_word in any case of letters; the value is class:word (each:foreign ministers)."""
    words = load_party_words()
    for word in words.each:
        yield Entry(word, "party_word", f"each:{word}", cased=False)
    for word in words.formats:
        yield Entry(word, "party_word", f"format:{word}")
    for kind in ("people", "vague"):
        for word in sorted(getattr(words, kind)):
            yield Entry(word, "party_word", f"{kind}:{word}", cased=False)
    for kind, names in (("group", words.group), ("delegation", words.delegation), ("alone", words.alone)):
        for word in sorted(names):
            if kind != "alone" or word not in words.group:
                yield Entry(word, "party_word", f"{kind}:{word}", cased=False)
