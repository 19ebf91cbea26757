"""people: the persons that speak or meet in the tables, and only they."""

from __future__ import annotations

import pandera.polars as pa
import polars as pl

from schemas import columns as c


class People(pa.DataFrameModel):
    """One row per person. Key person_id."""

    person_id: str = c.PersonId()
    name: str = c.required(
        "Canonical name; for unknown persons the fullest name in the text.", str_length={"min_value": 1}
    )
    aliases: c.Strings = c.required("Names and spellings that occur in the texts, sorted.")
    wikidata_qid: str = c.optional("Wikidata item, only where checked against a source.", str_matches=r"^Q[1-9][0-9]*$")
    country: str = c.country("the person's office")
    n_quotes: int = c.required("Rows of quotes with this speaker.", ge=0)
    n_meetings: int = c.required("Meetings that the person takes part in.", ge=0)

    @pa.dataframe_check
    @classmethod
    def person_occurs(cls, data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select(pl.col("n_quotes") + pl.col("n_meetings") > 0)

    class Config:
        strict = True
        ordered = True
        unique = ["person_id"]  # noqa: RUF012
