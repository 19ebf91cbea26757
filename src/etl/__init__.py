"""From raw news text to validated tables of articles, meetings and quotes.

A record's path, each step in the module that it names:

    raw file or record -> `sources` (bytes to decoded text, metadata) -> `normalise` (body, and parts with their rules)
    -> `document` (paragraphs, sentences, quotation marks; quoted words masked) and `scan` (one pass over all lexicons)
    -> the layers, each a pure function of the document and the layers below: `people`, `dates`, `places`,
       `quotes`, `mentions` -> `frames` -> `validate` (rows that break a contract leave, with reasons): phase A,
    -> `duplicates`, `meetings` (mentions of all articles to one row a meeting), `quote_meetings`, `people_table`:
       phase B, in `resolve`
    -> `warehouse` (one immutable snapshot, one atomic switch); `pipeline` calls it all.

Only `sources`, `warehouse`, `pipeline` and the loading of `data` touch the disk; nothing here imports Prefect.
"""
