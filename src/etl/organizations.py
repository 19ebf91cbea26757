"""Organizations that news texts name: international bodies, news agencies, ministries, parties, groups, companies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from etl.data import DataError, check_keys, read_toml
from etl.scan import Entry

KINDS = ("igo", "agency", "ministry", "body", "party", "group", "ngo", "thinktank", "company")


@dataclass(frozen=True, slots=True)
class Organization:
    """One row of data/organizations.toml. `country` is the state it belongs to; None for international ones."""

    name: str
    aliases: tuple[str, ...]
    kind: str
    country: str | None


@cache
def load_organizations() -> dict[str, Organization]:
    """Organizations by canonical name. Raises DataError where a row is wrong or a name belongs to two of them."""
    organizations: dict[str, Organization] = {}
    owners: dict[str, str] = {}
    for row in read_toml("organizations.toml")["organization"]:
        check_keys(row, f"organizations.toml, {row.get('name')!r}", ("name", "kind"), ("aliases", "country"))
        organization = Organization(row["name"], tuple(row.get("aliases", ())), row["kind"], row.get("country"))
        if organization.kind not in KINDS:
            raise DataError(f"organizations.toml, {organization.name!r}: kind {organization.kind!r} is none of {KINDS}")
        for name in (organization.name, *organization.aliases):
            if owners.setdefault(name, organization.name) != organization.name:
                raise DataError(f"organizations.toml: {name!r} names {owners[name]!r} and {organization.name!r}")
        organizations[organization.name] = organization
    return organizations


def lexicon_entries() -> Iterator[Entry]:
    """Entries of the kind organization, cased; the value is the canonical name."""
    for organization in load_organizations().values():
        for name in dict.fromkeys((organization.name, *organization.aliases)):
            yield Entry(name, "organization", organization.name)
