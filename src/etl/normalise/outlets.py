"""Outlets: one data file each, with its names, its domains, what gives it away in a text, and its own furniture."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from etl.data import DataError, check_keys, list_data, read_toml
from etl.normalise.endings import EndingRule, parse_ending
from etl.normalise.rules import LineRule, parse_rule
from etl.records import Metadata

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_DOMAIN = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")
_NOT_NAME = re.compile(r"[^\w]+")


@dataclass(frozen=True, slots=True)
class Outlet:
    """An outlet. `agencies` are dateline agencies that are this outlet itself. Where the metadata name no outlet, a
    text in which one of its own `rules` or `endings` took something is this outlet's. `government` is the country for
    whose government it speaks."""

    outlet_id: str
    name: str
    names: tuple[str, ...]
    domains: tuple[str, ...]
    agencies: tuple[str, ...]
    rules: tuple[LineRule, ...]
    endings: tuple[EndingRule, ...] = ()
    government: str | None = None


class OutletIndex:
    """Finds an outlet by id, name, domain, dateline agency or rule."""

    def __init__(self, outlets: Sequence[Outlet]) -> None:
        self.outlets = tuple(outlets)
        self._by_name: dict[str, str] = {}
        self._by_domain: dict[str, str] = {}
        self._by_agency: dict[str, str] = {}
        self._by_rule: dict[str, str] = {}
        self._governments = {outlet.outlet_id: outlet.government for outlet in outlets if outlet.government}
        for outlet in outlets:
            for name in (outlet.outlet_id, outlet.name, *outlet.names):
                _add(self._by_name, _fold_name(name), outlet.outlet_id)
            for domain in outlet.domains:
                _add(self._by_domain, domain, outlet.outlet_id)
            for agency in outlet.agencies:
                _add(self._by_agency, agency, outlet.outlet_id)
            for rule_id in (*(r.rule_id for r in outlet.rules), *(e.rule_id for e in outlet.endings)):
                self._by_rule[rule_id] = outlet.outlet_id

    def resolve_metadata(self, metadata: Metadata) -> str | None:
        """Id of the outlet that the metadata's outlet or url names; else the outlet's string, trimmed; else None."""
        named = (metadata.outlet or "").strip()
        if named:
            return self._by_name.get(_fold_name(named)) or self._find_domain(named) or named
        return self._find_domain(metadata.url or "")

    def government_of(self, outlet_id: str | None) -> str | None:
        """Country (ISO 3166-1 alpha-3) whose government publishes the outlet; None for any other."""
        return self._governments.get(outlet_id or "")

    def of_rule(self, rule_id: str) -> str | None:
        """Id of the outlet whose file holds the rule."""
        return self._by_rule.get(rule_id)

    def of_agency(self, agency: str | None) -> str | None:
        """Id of the outlet that signs its datelines with `agency`."""
        return self._by_agency.get(agency or "")

    def _find_domain(self, text: str) -> str | None:
        """The outlet of a host or URL: its host itself or a parent of it stands in an outlet file."""
        text = text.strip().lower()
        host = (urlsplit(text).hostname or "") if "://" in text else text.split("/", 1)[0]
        if not _DOMAIN.fullmatch(host):
            return None
        labels = host.split(".")
        for i in range(len(labels) - 1):
            outlet = self._by_domain.get(".".join(labels[i:]))
            if outlet:
                return outlet
        return None


def _add(index: dict[str, str], key: str, outlet_id: str) -> None:
    if index.setdefault(key, outlet_id) != outlet_id:
        raise DataError(f"outlets: {key!r} stands for {index[key]} and for {outlet_id}")


def _fold_name(name: str) -> str:
    words = _NOT_NAME.sub(" ", name.lower()).split()
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


@cache
def load_outlets() -> OutletIndex:
    """All outlets of data/outlets, by file name. Raises DataError where a file breaks the rules of its form."""
    return OutletIndex([parse_outlet(read_toml(name), name) for name in list_data("outlets", ".toml")])


def parse_outlet(table: dict[str, Any], name: str) -> Outlet:
    """The outlet that the data file `name` describes; its file name must be its id. Raises DataError."""
    check_keys(table, name, ("id", "name"), ("names", "domains", "agencies", "government", "rule", "ending"))
    outlet_id = table["id"]
    if not _ID.fullmatch(outlet_id) or name.rsplit("/", 1)[-1] != f"{outlet_id}.toml":
        raise DataError(f"{name}: the id {outlet_id!r} must be lower case and the name of the file")
    rules = [parse_rule(_prefix(rule, outlet_id), name, "outlets") for rule in table.get("rule", [])]
    endings = [parse_ending(_prefix(rule, outlet_id), name, "outlets") for rule in table.get("ending", [])]
    return Outlet(
        outlet_id,
        table["name"],
        tuple(table.get("names", ())),
        tuple(table.get("domains", ())),
        tuple(table.get("agencies", ())),
        tuple(rules),
        tuple(endings),
        table.get("government"),
    )


def _prefix(entry: dict[str, Any], outlet_id: str) -> dict[str, Any]:
    return {**entry, "id": f"{outlet_id}.{entry.get('id', '?')}"}
