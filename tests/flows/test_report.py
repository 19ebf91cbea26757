from __future__ import annotations

import json
import re
from typing import Any

from flows.report import build_markdown, build_tables, count_rejects, count_tables, format_markdown_table, summarise


def test_one_line_says_what_is_new_and_what_was_rejected(summarise_run: Any) -> None:
    told = "1,200 new articles, 3,900 new quotes, 60 new meetings; 8 of 1,238 inputs rejected"
    assert summarise(summarise_run()) == f"{told}; snapshot 000002-0123456789ab"
    assert summarise(summarise_run(published=False)).startswith("nothing new; 8 of")


def test_tables_and_rejects_are_counted(summarise_run: Any) -> None:
    assert count_tables(summarise_run())[1] == {"table": "quotes", "rows": 4000, "new": 3900, "removed": 2}
    assert count_rejects(summarise_run()) == [{"check": "empty", "rejected": 7}, {"check": "binary", "rejected": 1}]


def test_report_escapes_what_the_news_says(summarise_run: Any) -> None:
    report = build_markdown(summarise_run())
    assert "| quotes | 4,000 | 3,900 | 2 |" in report
    assert r"Ships &lt;b>wait&lt;/b> \| for the tide" in report
    assert "a staging folder was removed" in report
    assert "/data/warehouse/quotes/**/*.parquet" in report


def test_report_without_anything_new(summarise_run: Any) -> None:
    report = build_markdown(summarise_run(published=False, rejects={}, new_quotes=[], new_meetings=[], recovered=[]))
    assert "New quotes" not in report
    assert "## Rejects\n\nNone." in report


def test_artifacts_have_keys_that_prefect_takes_and_rows_that_json_takes(summarise_run: Any) -> None:
    tables = build_tables(summarise_run(rejects={}))
    assert [table.key for table in tables] == [
        "readout-articles-per-outlet",
        "readout-new-quotes",
        "readout-new-meetings",
        "readout-reject-examples",
    ]
    for table in tables:
        assert re.fullmatch(r"[a-z0-9-]+", table.key)
        assert json.loads(json.dumps(table.rows)) == table.rows


def test_markdown_table_puts_numbers_to_the_right() -> None:
    text = format_markdown_table([{"city": "Bern", "n": 1200}, {"city": None, "n": 3}])
    assert text == "| city | n |\n| --- | ---: |\n| Bern | 1,200 |\n|  | 3 |"
