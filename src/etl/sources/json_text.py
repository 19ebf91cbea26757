"""JSON as it is met in the wild: every way in which it can be wrong is one InputError."""

from __future__ import annotations

import json

from etl.sources.errors import InputError

# Raw tabs and line ends inside strings are common and unambiguous, though the standard forbids them.
_DECODER = json.JSONDecoder(strict=False)


def parse_object(text: str, advice: str) -> dict[str, object]:
    """The JSON object that `text` is. Raises InputError (malformed_json, not_an_object) that ends in `advice`."""
    try:
        value = _DECODER.decode(text)
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}" if error.lineno > 1 else f"column {error.colno}"
        raise InputError("malformed_json", f"it is no valid JSON ({error.msg}, {where}); {advice}") from error
    except ValueError as error:  # an integer of more than 4,300 digits
        raise InputError("malformed_json", f"it holds a number that is too long to read; {advice}") from error
    except RecursionError as error:
        raise InputError("malformed_json", f"its brackets are nested too deeply; {advice}") from error
    if not isinstance(value, dict):
        raise InputError("not_an_object", f"it is JSON, but no object; {advice}")
    return value
