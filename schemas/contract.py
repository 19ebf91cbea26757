"""What a table promises: its model, its key, its references; and the Arrow schema that carries the descriptions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import pandera.polars as pa
import polars as pl
import pyarrow


@dataclass(frozen=True, slots=True)
class Reference:
    """A column whose values, where not null, are keys of the table `to`."""

    column: str
    to: str


@dataclass(frozen=True, slots=True)
class Contract:
    """A table's name, its pandera model, its key columns and its references.

    `rejected` has no key: one input may break several checks.
    """

    table: str
    model: type[pa.DataFrameModel]
    key: tuple[str, ...]
    references: tuple[Reference, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Column names in the order of the table."""
        return tuple(self.schema.columns)

    @property
    def schema(self) -> Any:
        """The compiled pandera schema."""
        return _compile(self.model)

    @property
    def dtypes(self) -> dict[str, pl.DataType]:
        """Polars type of each column, in order."""
        return {name: column.dtype.type for name, column in self.schema.columns.items()}

    @property
    def descriptions(self) -> dict[str, str]:
        """Description of each column, in order."""
        return {name: column.description for name, column in self.schema.columns.items()}

    @property
    def nullable(self) -> dict[str, bool]:
        """Whether each column may hold nulls, in order."""
        return {name: column.nullable for name, column in self.schema.columns.items()}


@cache
def _compile(model: type[pa.DataFrameModel]) -> Any:
    return model.to_schema()


def build_empty_frame(contract: Contract) -> pl.DataFrame:
    """A frame without rows that has the contract's columns and types."""
    return pl.DataFrame(schema=contract.dtypes)


def build_arrow_schema(contract: Contract) -> pyarrow.Schema:
    """Arrow schema for the table's Parquet files: a field's `description` stands in its metadata.

    Strings are `large_string` as Polars writes them, lists `large_list`; a column without nulls is a required field.
    """
    arrow = build_empty_frame(contract).to_arrow(compat_level=pl.CompatLevel.oldest()).schema
    fields = [
        pyarrow.field(
            field.name,
            field.type,
            nullable=contract.nullable[field.name],
            metadata={"description": contract.descriptions[field.name]},
        )
        for field in arrow
    ]
    return pyarrow.schema(fields, metadata={"table": contract.table, "key": ",".join(contract.key)})
