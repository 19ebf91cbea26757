"""People met as a group that is no country's side: student leaders, members of Congress, the victims' families."""

from __future__ import annotations

import re

from etl.mentions.groups import Group, build_owned, find_attributes, list_owners
from etl.mentions.patterns import load_pattern
from etl.mentions.vocabulary import load_party_words
from etl.scan import Hits
from etl.spans import Hit

REACH = 160


def read_crowd(text: str, hit: Hit, hits: Hits, start: int, end: int) -> Group | None:
    """The people whose noun is `hit`, with the words that tell which; None where they are somebody's own or too vague.

    Offsets count in the body; the phrase lies in [start, end).
    """
    words = load_party_words()
    noun = text[hit.start : hit.end]
    vague = noun.lower() in words.vague
    if load_pattern("of-both").match(text, hit.end):
        return None  # the parties told before
    if not (vague or noun in words.people or noun.lower() in words.people) or re.match(
        r"['’]s?(?=\W)", text[hit.end : hit.end + 3]
    ):
        return None
    if noun.istitle() and load_pattern("name-goes-on").match(text, hit.end):
        return None  # Veterans Affairs
    first, stopper = find_attributes(text, hit.start, start)
    if stopper in words.owns and noun.lower() not in words.abroad:
        return None
    if noun.istitle() and text[max(0, first - 12) : hit.start].rstrip().rsplit(" ", 1)[-1].istitle():
        return None  # part of a longer name
    last = _find_right(text, hit.end, end)
    if load_pattern("own-people").search(text, hit.end, last):
        return None
    joined = _find_joined(text, first, start, hits)
    chosen = text[joined : hit.start].lower().split()
    if vague and last == hit.end and not set(chosen) - words.plain:
        return None
    first = joined
    owners = [owner for owner in list_owners(hits, first, last) if not text.startswith((" on ", " for "), owner.end)]
    named = {word for owner in owners for word in text[owner.start : owner.end].lower().split()}
    chosen = [word for word in chosen if word not in named]
    if chosen[:1] == ["and"]:
        del chosen[0]
    role = " ".join([*chosen, noun.lower() if noun.istitle() else noun])
    begin = first - len(_find_count(text, first, start))
    begin += len(text[begin:last]) - len(text[begin:last].lstrip(" ,"))
    return Group(begin, last, "people", build_owned(text, begin, last, role, owners, "group"))


def _find_joined(text: str, first: int, floor: int, hits: Hits) -> int:
    """Where the phrase begins with the people or the countries that "and" joins to it."""
    words = load_party_words()
    found = load_pattern("joined-people").search(text, max(floor, first - 40), first)
    if found is None:
        return first
    noun = found["noun"]
    if list_owners(hits, found.start("noun"), found.end("noun")):
        return found.start("noun")
    attribute = noun.endswith(("al", "ic", "ary", "ive"))  # "political and judicial leaders"
    if attribute or noun.lower() in words.people | words.vague or noun in words.people:
        return find_attributes(text, found.start("noun"), floor)[0]
    return first


def _find_right(text: str, end: int, ceiling: int) -> int:
    found = load_pattern("which-people").match(text, end, min(ceiling, end + REACH))
    return found.end() if found else end


def _find_count(text: str, first: int, floor: int) -> str:
    found = load_pattern("count-of-people").search(text, max(floor, first - 40), first)
    return found[0] if found else ""
