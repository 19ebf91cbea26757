"""What can be wrong with an input, as exceptions that become a row of `rejected`."""

from __future__ import annotations

from etl.records import Reject

MAX_VALUE_CHARS = 200


class SourceError(Exception):
    """The raw folder or a reading option is wrong, so nothing can be read. The message is one sentence for the user."""


class InputError(Exception):
    """One input, or one record of it, cannot become an article.

    `reason` says what is wrong and what to do, without the place and the full stop: `build_reject` adds both.
    """

    def __init__(
        self, check: str, reason: str, *, stage: str = "read", column: str | None = None, value: object = None
    ) -> None:
        super().__init__(reason)
        self.check = check
        self.reason = reason
        self.stage = stage
        self.column = column
        self.value = None if value is None else show_value(value)

    def build_reject(self, source_uri: str, place: str) -> Reject:
        """The row of `rejected`; `place` names file and record for people."""
        return Reject(
            source_uri=source_uri,
            stage=self.stage,
            check=self.check,
            reason=f"{place}: {self.reason}.",
            column=self.column,
            value=self.value,
        )


class DecodeError(InputError):
    """Bytes that are no text, or in no encoding that can be told. `check`: binary or undecodable."""

    def __init__(self, check: str, reason: str) -> None:
        super().__init__(check, reason, stage="decode")


class MetadataError(InputError):
    """A metadata value that cannot be understood. `column` is its field, `value` what stood there."""

    def __init__(self, field: str, value: object, reason: str) -> None:
        super().__init__("bad_metadata", f"{field} {repr(value)[:80]} {reason}", column=field, value=value)


def build_os_error(error: OSError, since: str = "") -> InputError:
    """Why a file cannot be opened or read (on), without its path. `since` may say from where on (' from line 7 on')."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return InputError(
            "vanished", "the file was there when the inputs were listed and is gone now; run again to read it"
        )
    why = error.strerror or type(error).__name__
    return InputError("unreadable", f"the file cannot be read{since} ({why}); make it readable and run again")


def show_value(value: object) -> str:
    """`value` as text that can be stored: cut to 200 characters, lone surrogates escaped."""
    text = value if isinstance(value, str) else repr(value)
    return escape_surrogates(text[:MAX_VALUE_CHARS])


def escape_surrogates(text: str) -> str:
    """`text` with lone surrogates, which UTF-8 cannot hold, as backslash escapes."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
