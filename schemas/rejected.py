"""rejected: every input that cannot be read and every row that breaks a contract, with the reason."""

from __future__ import annotations

import pandera.polars as pa
import polars as pl

from schemas import columns as c
from schemas import vocabulary


class Rejected(pa.DataFrameModel):
    """One row per rejected input or row and reason. Nothing is dropped without a row here."""

    source_uri: str = c.required("Input that it comes from.", str_length={"min_value": 1})
    article_id: str = c.optional("Article that it belongs to, where one was formed.", str_matches=c.HASH_ID)
    stage: str = c.coded(vocabulary.REJECT_STAGES, "Where it was rejected.")
    table: str = c.optional("Table of the rejected row.")
    row_key: str = c.optional("Key of the rejected row, parts joined by a comma.")
    column: str = c.optional("Column that broke the contract.")
    check: str = c.required("Check that failed (empty, binary, too_large, duplicate, parent, ...).")
    value: str = c.optional("The offending value, cut to 200 characters.")
    reason: str = c.required("What is wrong and what to do, in one sentence.", str_length={"min_value": 1})
    row_json: str = c.optional("The whole rejected row as JSON.")

    @pa.dataframe_check
    @classmethod
    def row_has_its_table(cls, data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(c.are_both_or_neither("table", "row_key", "row_json"))

    class Config:
        strict = True
        ordered = True
