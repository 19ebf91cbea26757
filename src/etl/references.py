"""References between the tables: a row whose parent is gone goes along, an optional reference is cut."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import polars as pl

from etl.validate import build_rejects, describe_row
from schemas import TABLES, Contract, Reference

Tables = dict[str, pl.DataFrame]


def split_orphans(
    tables: Mapping[str, pl.DataFrame], sources: Mapping[str, pl.DataFrame]
) -> tuple[Tables, pl.DataFrame]:
    """The tables without the rows that point at a row that is not there, and the `rejected` rows for these.

    Goes round until nothing changes: a rejected row takes its children along (check `parent`). A nullable reference
    whose target is gone is set to null instead, since the row itself is sound. Tables that `tables` does not hold are
    left out of account. `sources` maps a table to its frame of key (first key column) and source_uri.
    """
    kept: Tables = dict(tables)
    rejects = [build_rejects([])]
    while broken := _find_broken(kept):
        name, reference, known = broken
        contract = TABLES[name]
        if contract.nullable[reference.column]:
            value = pl.when(known).then(pl.col(reference.column)).alias(reference.column)
            kept[name] = kept[name].with_columns(value)
        else:
            rejects.append(_describe_orphans(kept[name].filter(~known), contract, reference.to, sources[name]))
            kept[name] = kept[name].filter(known)
    return kept, pl.concat(rejects)


def _find_broken(tables: Tables) -> tuple[str, Reference, pl.Expr] | None:
    for name, reference in _list_references(tables):
        keys = tables[reference.to].get_column(TABLES[reference.to].key[0]).implode()
        known = pl.col(reference.column).is_null() | pl.col(reference.column).is_in(keys)
        if not tables[name].select(known.all()).item():
            return name, reference, known
    return None


def _list_references(tables: Tables) -> Iterable[tuple[str, Reference]]:
    for name, contract in TABLES.items():
        for reference in contract.references:
            if name in tables and reference.to in tables and reference.column in tables[name].columns:
                yield name, reference


def _describe_orphans(orphans: pl.DataFrame, contract: Contract, parent: str, sources: pl.DataFrame) -> pl.DataFrame:
    source_of = dict(sources.select("key", "source_uri").iter_rows())
    reason = f"The row of {parent} that it belongs to was rejected."
    return build_rejects(
        [describe_row(row, contract, source_of, "reference", "parent", reason) for row in orphans.to_dicts()]
    )
