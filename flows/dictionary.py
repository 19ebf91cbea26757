"""The data dictionary: every column of every table, from the contracts."""

from __future__ import annotations

from typing import Any

from flows.report import format_markdown_table
from schemas import TABLES, Contract

DTYPE_NAMES = {
    "String": "string",
    "Int64": "int64",
    "Float64": "float64",
    "Date": "date",
    "Datetime(time_unit='us', time_zone='UTC')": "timestamp (UTC)",
    "List(String)": "list of string",
}


def describe_table(contract: Contract) -> str:
    """What a row of the table is, in one line."""
    return (contract.model.__doc__ or "").strip().splitlines()[0]


def describe_columns(contract: Contract) -> list[dict[str, Any]]:
    """One row per column: name, type, whether it may be null, what it means, and the key it refers to."""
    targets = {reference.column: reference.to for reference in contract.references}
    return [
        {
            "column": name + (" (key)" if name in contract.key else ""),
            "type": DTYPE_NAMES.get(str(dtype), str(dtype)),
            "null": "may be null" if contract.nullable[name] else "",
            "meaning": contract.descriptions[name] + (f" Refers to {targets[name]}." if name in targets else ""),
        }
        for name, dtype in contract.dtypes.items()
    ]


def format_dictionary(tables: list[str]) -> str:
    """The dictionary of `tables` as Markdown."""
    blocks = []
    for table in tables:
        contract = TABLES[table]
        blocks += [f"## {table}", describe_table(contract), format_markdown_table(describe_columns(contract))]
    return "\n\n".join(blocks) + "\n"
