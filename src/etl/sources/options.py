"""How inputs are to be read."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase

from etl.runs import MAX_ARTICLE_CHARS
from etl.sources.errors import SourceError


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """`max_article_chars` counts characters of the decoded text.

    `encodings` are pairs of a glob over uris (* also matches /, **/ also the raw folder itself) and an encoding that
    wins over detection; the first that matches counts. Raises SourceError for an encoding that Python does not know.
    """

    max_article_chars: int = MAX_ARTICLE_CHARS
    encodings: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        for glob, encoding in self.encodings:
            try:
                b"    ".decode(encoding)
            except UnicodeError:
                pass  # known, but four blanks are no text in it
            except (LookupError, ValueError) as error:
                message = f"The encoding {encoding!r} for {glob} is not known; write one such as windows-1251."
                raise SourceError(message) from error

    def choose_encoding(self, uri: str) -> str | None:
        """The encoding set for `uri`, null where none is."""
        return next((encoding for glob, encoding in self.encodings if _matches(uri, glob)), None)


def _matches(uri: str, glob: str) -> bool:
    return fnmatchcase(uri, glob) or fnmatchcase(uri, glob.removeprefix("**/"))
