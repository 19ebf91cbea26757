"""Roles: canonical offices and functions, their surfaces, and which word may stand for which (data/roles.toml)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from etl.data import DataError, check_keys, read_toml
from etl.scan import fold_text

ROLE_KEYS = (
    "forms",
    "plurals",
    "family",
    "covers",
    "many",
    "country",
    "functional",
    "relation",
    "elsewhere",
    "capital",
    "stated",
    "first",
)
# What deputies of an office are called, whatever the office.
DEPUTY = "deputy"
COUNTERPART = "counterpart"


@dataclass(frozen=True, slots=True)
class Role:
    """One row of data/roles.toml, which says what the fields mean. `forms` and `plurals` are all its surfaces."""

    value: str
    forms: tuple[str, ...]
    plurals: tuple[str, ...]
    family: str | None = None
    covers: tuple[str, ...] = ()
    many: bool = False
    country: str | None = None
    functional: bool = False
    relation: bool = False
    elsewhere: bool = False
    capital: str | None = None
    stated: bool = False
    first: str | None = None

    def stands_for(self, role: str, country: str | None = None) -> bool:
        """True if this word may refer to somebody whose role is `role` ("the minister" to a foreign minister).

        `country` is the one that stands with the word in the text.
        """
        if role == self.value:
            return True
        return not (self.stated and country is None) and any(
            role == end or role.endswith(" " + end) for end in self.covers
        )


@cache
def load_roles() -> dict[str, Role]:
    """Roles by canonical value. Raises DataError where the file is wrong or a surface belongs to two roles."""
    table = read_toml("roles.toml")
    check_keys(table, "roles.toml", ("role", "portfolios", "shields"), ("also",))
    roles: dict[str, Role] = {}
    owners: dict[str, str] = {}
    for role in (*_build_ministers(table["portfolios"]), *map(_parse_role, table["role"])):
        known = roles.get(role.value)
        if known:
            role = _join_roles(known, role)
        roles[role.value] = role
    for role in roles.values():
        for surface in {*role.forms, *role.plurals}:
            if owners.setdefault(surface.lower(), role.value) != role.value:
                raise DataError(
                    f"roles.toml: {surface!r} is a surface of {owners[surface.lower()]!r} and {role.value!r}"
                )
    return roles


@cache
def load_traders() -> dict[str, frozenset[str]]:
    """Who of the registry is introduced by a trade marked `elsewhere`: the trade, and their ids."""
    return {trade: frozenset(ids) for trade, ids in read_toml("roles.toml")["also"].items()}


def _parse_role(row: dict[str, Any]) -> Role:
    check_keys(row, f"roles.toml, role {row.get('value')!r}", ("value",), ROLE_KEYS)
    forms = (row["value"], *row.get("forms", ()))
    return Role(
        value=row["value"],
        forms=forms,
        plurals=tuple(dict.fromkeys((*map(_make_plural, forms), *row.get("plurals", ())))),
        family=row.get("family"),
        covers=tuple(row.get("covers", ())),
        many=row.get("many", False),
        country=row.get("country"),
        functional=row.get("functional", False),
        relation=row.get("relation", False),
        elsewhere=row.get("elsewhere", False),
        capital=row.get("capital"),
        stated=row.get("stated", False),
        first=row.get("first"),
    )


def _build_ministers(portfolios: dict[str, list[str]]) -> Iterator[Role]:
    for portfolio, names in portfolios.items():
        singular = [f"{name} minister" for name in names]
        of = [f"{lead} {name}" for name in names for lead in ("minister of", "minister for", "minister of the")]
        plural = [f"{name} ministers" for name in names] + [form.replace("minister", "ministers", 1) for form in of]
        yield Role(f"{portfolio} minister", (*singular, *of), tuple(plural), family=portfolio)


def _join_roles(one: Role, other: Role) -> Role:
    return Role(
        one.value,
        tuple(dict.fromkeys((*one.forms, *other.forms))),
        tuple(dict.fromkeys((*one.plurals, *other.plurals))),
        family=other.family or one.family,
        covers=other.covers,
        many=other.many,
        country=other.country,
    )


def _make_plural(form: str) -> str:
    """Plural of a role: of the noun before "of", "to" or "for" where there is one."""
    for link in (" of ", " to ", " for "):
        if link in form:
            head, tail = form.split(link, 1)
            return _make_plural(head) + link + tail
    if form.endswith("man"):
        return form[:-3] + "men"
    if form.endswith(("s", "ch", "x")):
        return form + "es"
    return form[:-1] + "ies" if form.endswith("y") and form[-2] not in "aeiou" else form + "s"


@cache
def load_plurals() -> dict[str, str]:
    """Lower-case surfaces that name several holders of a role ("foreign ministers"), each with its singular."""
    plurals: dict[str, str] = {}
    for role in load_roles().values():
        forms = {form.lower() for form in role.forms}
        singulars = {_make_plural(form).lower(): form.lower() for form in role.forms}
        for plural in role.plurals:
            if plural.lower() not in forms:
                plurals[fold_text(plural).lower()] = singulars.get(plural.lower(), role.value)
    return plurals


@cache
def _list_ranks() -> dict[str, int]:
    return {row["value"]: number for number, row in enumerate(read_toml("roles.toml")["role"])}


def rank_role(role: str) -> int:
    """Which of two offices at one time names their holder: the smaller number, by the order of roles.toml."""
    ranks = _list_ranks()
    return ranks.get(role, len(ranks))


@cache
def load_surfaces() -> dict[str, str]:
    """The lower-case surfaces of one holder of a role, each with the canonical role."""
    return {fold_text(form).lower(): role.value for role in load_roles().values() for form in role.forms}


def list_plural_surfaces() -> frozenset[str]:
    """The lower-case surfaces of load_plurals."""
    return frozenset(load_plurals())
