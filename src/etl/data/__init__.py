"""Rules and lexicons of the pipeline, shipped in the wheel, and the two functions that read them."""

from __future__ import annotations

import csv
import io
import tomllib
from importlib.resources import files
from typing import Any


class DataError(ValueError):
    """A data file of the package that does not say what its reader needs; the message names the file and the place."""


def read_toml(name: str) -> dict[str, Any]:
    """The table that the data file `name` holds ("lines/share.toml": path under data/, with /).

    Raises DataError where there is no such file, or where it is no valid UTF-8 TOML.
    """
    try:
        return tomllib.loads(read_text(name))
    except tomllib.TOMLDecodeError as error:
        raise DataError(f"{name}: no valid TOML: {error}") from error


def read_text(name: str) -> str:
    """The text of the data file `name` (path under data/, with /), line ends as they are, without a BOM.

    Raises DataError where there is no such file, or where it is no UTF-8.
    """
    try:
        return files(__name__).joinpath(*name.split("/")).read_bytes().decode("utf-8-sig")
    except FileNotFoundError as error:
        raise DataError(f"{name}: there is no such data file") from error
    except UnicodeDecodeError as error:
        raise DataError(f"{name}: no valid UTF-8: {error}") from error


def read_csv(name: str, columns: tuple[str, ...]) -> list[dict[str, str]]:
    """The rows of the data file `name`, each with exactly `columns`; blanks around a value are gone, no value is "".

    Raises DataError where the header is not `columns` in this order, or where a row has more or fewer fields.
    """
    reader = csv.reader(io.StringIO(read_text(name)))
    header = next(reader, [])
    if tuple(header) != columns:
        raise DataError(f"{name}: the header is {header}; it must be {list(columns)}")
    rows = []
    for fields in reader:
        if len(fields) != len(columns):
            raise DataError(f"{name}, line {reader.line_num}: {len(fields)} fields; it must have {len(columns)}")
        rows.append(dict(zip(columns, (value.strip() for value in fields), strict=True)))
    return rows


def list_data(folder: str, suffix: str) -> list[str]:
    """Names of the files in `folder` under data/ that end in `suffix`, sorted, as read_text and read_toml take them.

    Raises DataError where there is no such folder.
    """
    root = files(__name__).joinpath(*folder.split("/"))
    if not root.is_dir():
        raise DataError(f"{folder}: there is no such data folder")
    return sorted(
        f"{folder}/{entry.name}" for entry in root.iterdir() if entry.is_file() and entry.name.endswith(suffix)
    )


def check_keys(table: dict[str, Any], where: str, required: tuple[str, ...], optional: tuple[str, ...] = ()) -> None:
    """Raises DataError where a required key of `table` is missing or a key is neither required nor optional."""
    missing = [key for key in required if key not in table]
    unknown = [key for key in table if key not in required and key not in optional]
    if missing or unknown:
        raise DataError(f"{where}: missing keys {missing}, unknown keys {unknown}; allowed: {[*required, *optional]}")
