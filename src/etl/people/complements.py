"""Offices with a long complement before a name: "chief of the Department of Environment (DOE) X"."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from etl.data import read_toml
from etl.people.roles import COUNTERPART, load_roles

if TYPE_CHECKING:
    from etl.people.leads import Lead, Leads

_REACH = 120
_OF = re.compile(r" (?:of|for) ")
# A complement does not end in them: "head of North Fish, and Jane Sample".
_OPEN = (" and ", " & ", " of ", " for ", " the ", " in ", " on ", " at ", " to ", " with ")
# Of role nouns before a name only the nearest are looked at.
_NEAREST = 2


def _list_small_words() -> list[str]:
    portfolios = read_toml("roles.toml")["portfolios"]
    words = {word for names in portfolios.values() for name in names for word in name.split()}
    return sorted(
        {word.strip(",") for word in words if word.islower()} | set(read_toml("name_words.toml")["complement"])
    )


_COMPLEMENT = re.compile(
    r" (?:of|for|at|in|to|on|with|and)(?:,? (?:the|(?:[A-Z]\.)+|[A-Z][\w'&-]*|\([A-Z][\w-]*\)|&|"
    + "|".join(_list_small_words())
    + r")(?![\w'.-]))+ "
)


def read_long_lead(leads: Leads, head: int) -> Lead | None:
    """The office and its complement before `head`, where a name begins that nothing else stands before.

    It says what somebody is; that somebody is a person must be known otherwise: "head of the Museum of Fine Arts".
    """
    body, ends = leads.body, leads.role_ends
    last = bisect_left(ends, head - 3)
    for end in reversed(ends[max(last - _NEAREST, 0) : last]):
        hit = leads.roles[end]
        if head - end > _REACH or hit.value == COUNTERPART or load_roles()[hit.value].relation or leads.is_plural(hit):
            continue
        if not _COMPLEMENT.fullmatch(body, end, head) or body.endswith(_OPEN, end, head):
            continue
        if body.startswith(" and ", end) and not _OF.search(body, hit.start, end):
            continue  # a second portfolio goes on behind "Minister of Labor"
        lead = leads.read_phrase(hit)
        if lead.country is None and body.startswith(" of ", end):
            places = [place for place in leads.places.values() if end < place.start < head and place.country]
            lead = lead._replace(country=min(places).country if places else None)
        return lead
    return None
