"""What a sidecar or a record says of its article, checked and brought to one form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

import pycountry

from etl.records import Metadata
from etl.sources.errors import MetadataError, escape_surrogates
from etl.sources.publication import parse_publication

KEYS = ("outlet", "url", "title", "published_at", "language", "byline")

# Subtags that the language registry has replaced.
_REPLACED = {"in": "id", "iw": "he", "ji": "yi", "jw": "jv", "mo": "ro"}
# Codes of ISO 639-2 that say "not told": undetermined, several, no language, uncoded.
_UNTOLD = frozenset({"und", "mul", "zxx", "mis"})
_SUBTAG_END = re.compile(r"[-_]")


def parse_metadata(mapping: Mapping[str, object]) -> Metadata:
    """The metadata in `mapping`; other keys are ignored, null and blank values are absent.

    White space is folded in outlet, title and byline. Raises MetadataError, which names the field and its value.
    """
    publication = parse_publication(mapping.get("published_at"))
    url = _parse_string(mapping, "url")
    language = _parse_string(mapping, "language")
    return Metadata(
        outlet=_parse_folded(mapping, "outlet"),
        url=url,
        title=_parse_folded(mapping, "title"),
        published_at=publication.at,
        published_on=publication.on,
        language=None if language is None else parse_language(language),
        byline=_parse_folded(mapping, "byline"),
    )


@lru_cache(maxsize=512)
def parse_language(value: str) -> str | None:
    """The ISO 639-1 code of a language tag ("en-US"), an ISO 639-2 or -3 code or an English name.

    Languages without a two-letter code keep their three letters; "und" and its like are absent. Raises MetadataError.
    """
    primary = _SUBTAG_END.split(value.lower(), maxsplit=1)[0]
    if primary in _UNTOLD:
        return None
    languages = pycountry.languages
    if len(primary) == 2:
        found = languages.get(alpha_2=_REPLACED.get(primary, primary))
    elif len(primary) == 3:
        found = languages.get(alpha_3=primary) or languages.get(bibliographic=primary)
    else:
        found = languages.get(name=value)
    if found is None:
        raise MetadataError("language", value, "is no known language; write its ISO 639-1 code, such as en")
    code: str = getattr(found, "alpha_2", found.alpha_3)
    return code


def _parse_string(mapping: Mapping[str, object], field: str) -> str | None:
    value = mapping.get(field)
    if value is None:
        return None
    if not isinstance(value, str):
        raise MetadataError(field, value, f"is of type {type(value).__name__}; write it as a string or leave it out")
    if escape_surrogates(value) != value:
        raise MetadataError(field, value, "holds half of a surrogate pair; export it anew as UTF-8")
    return value.strip() or None


def _parse_folded(mapping: Mapping[str, object], field: str) -> str | None:
    value = _parse_string(mapping, field)
    return None if value is None else " ".join(value.split()) or None
