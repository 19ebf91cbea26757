"""EDTF found again from the columns of a mention row."""

from __future__ import annotations

from datetime import date

from etl.dates.expressions import parse_date
from etl.dates.periods import write_edtf


def build_edtf(date_start: date | None, date_end: date | None, precision: str, date_text: str | None) -> str | None:
    """EDTF (ISO 8601-2) of a mention's date; XXXX-03-16 where its text gives a day without a year; None if neither."""
    if date_start is not None and date_end is not None and precision != "unknown":
        return write_edtf(date_start, date_end, precision)
    period = parse_date(date_text, None) if date_text else None
    return period.edtf if period is not None else None
