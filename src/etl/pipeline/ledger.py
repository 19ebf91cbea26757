"""The input ledger: which raw files a snapshot was made from, so that the next run reads only what is new."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from etl.records import hash_key
from etl.sources import InputFile, ReadOptions, hash_input

# A file touched this shortly before it was read may change again within the clock's grain (git calls it racily clean).
SETTLING_NS = 2_000_000_000

LEDGER: dict[str, pl.DataType] = {
    "file": pl.String(),
    "signature": pl.String(),
    "settled": pl.Boolean(),
    "sha256": pl.String(),
    "source_uri": pl.String(),
    "article_id": pl.String(),
    "fingerprint": pl.String(),
    "learned": pl.UInt64(),  # of an article: what stands for its learned lines; null where they are no longer these
}


@dataclass(frozen=True, slots=True)
class Record:
    """One input of a file: an article with its fingerprint, or a rejected one (article_id and fingerprint null)."""

    source_uri: str
    article_id: str | None = None
    fingerprint: str | None = None


@dataclass(frozen=True, slots=True)
class FileState:
    """A raw file as it was when it was read. An unsettled one is hashed again by the next run."""

    file: str
    signature: str
    settled: bool
    sha256: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What this run does with each raw file.

    `kept` holds the ledger rows of the unchanged and of the vanished files; `known` the articles of changed files,
    fingerprint to article_id by file: a record met again in a changed file need not be derived again.
    """

    unchanged: tuple[str, ...]
    read: tuple[InputFile, ...]
    vanished: tuple[str, ...]
    kept: pl.DataFrame
    known: Mapping[str, Mapping[str, str]]


def sign_file(file: InputFile, options: ReadOptions) -> str:
    """Size and times of the file and its sidecar, and how it is to be read: changes whenever one of these does."""
    paths = [file.path, *([file.sidecar] if file.sidecar else [])]
    stats = [path.stat() for path in paths]
    written = [f"{s.st_size}:{s.st_mtime_ns}:{s.st_ctime_ns}:{s.st_ino}" for s in stats]
    return " ".join([*written, _describe_options(file, options)])


def _describe_options(file: InputFile, options: ReadOptions) -> str:
    return f"{options.max_article_chars}/{options.choose_encoding(file.uri)}"


def observe_file(file: InputFile, options: ReadOptions, now_ns: int) -> FileState:
    """The file's state now; where it can no longer be read, a state that no later one equals.

    `sha256` is that of the content and of how it is read: with another encoding it is another text.
    """
    try:
        signature = sign_file(file, options)
        newest = max(int(part) for stat in signature.split()[:-1] for part in stat.split(":")[1:3])
        content = hash_key(hash_input(file), _describe_options(file, options))
        return FileState(file.uri, signature, newest < now_ns - SETTLING_NS, content)
    except OSError:
        return FileState(file.uri, "", False, "")


def plan_inputs(files: Sequence[InputFile], ledger: pl.DataFrame | None, options: ReadOptions, now_ns: int) -> Plan:
    """Splits the listed files into unchanged and to be read, by signature and, where that is in doubt, by hash."""
    if ledger is None:
        return Plan((), tuple(files), (), build_ledger([]), {})
    ledger = pl.concat([build_ledger([]), ledger], how="diagonal")
    told = ledger.unique("file", maintain_order=True)
    states = {
        row["file"]: FileState(row["file"], row["signature"], row["settled"], row["sha256"])
        for row in told.iter_rows(named=True)
    }
    now = {file.uri: _observe_again(file, states[file.uri], options, now_ns) for file in files if file.uri in states}
    same = {name: state for name, state in now.items() if state.sha256 and state.sha256 == states[name].sha256}
    listed = {file.uri for file in files}
    vanished = tuple(sorted(name for name in states if name not in listed))
    kept = ledger.filter(pl.col("file").is_in([*same, *vanished]))
    return Plan(
        unchanged=tuple(sorted(same)),
        read=tuple(file for file in files if file.uri not in same),
        vanished=vanished,
        kept=_update_states(kept, same),
        known=_list_known(ledger.filter(pl.col("file").is_in([name for name in now if name not in same]))),
    )


def _observe_again(file: InputFile, before: FileState, options: ReadOptions, now_ns: int) -> FileState:
    """`before` where nothing touched the file since, else its state now."""
    try:
        if before.settled and sign_file(file, options) == before.signature:
            return before
    except OSError:
        pass  # gone or unreadable: observe_file tells
    return observe_file(file, options, now_ns)


def _update_states(kept: pl.DataFrame, states: Mapping[str, FileState]) -> pl.DataFrame:
    signatures = {name: state.signature for name, state in states.items()}
    settled = {name: state.settled for name, state in states.items()}
    file = pl.col("file")
    return kept.with_columns(
        signature=file.replace_strict(signatures, default=pl.col("signature"), return_dtype=pl.String),
        settled=file.replace_strict(settled, default=pl.col("settled"), return_dtype=pl.Boolean),
    )


def _list_known(changed: pl.DataFrame) -> dict[str, dict[str, str]]:
    known: dict[str, dict[str, str]] = {}
    for file, fingerprint, article in changed.select("file", "fingerprint", "article_id").iter_rows():
        if fingerprint is not None:
            known.setdefault(file, {})[fingerprint] = article
    return known


def build_ledger(rows: Iterable[tuple[FileState, Sequence[Record]]]) -> pl.DataFrame:
    """Ledger rows: one a record; a file without records has one row with nulls. `learned` is null everywhere."""
    told = [
        (state.file, state.signature, state.settled, state.sha256, r.source_uri, r.article_id, r.fingerprint)
        for state, records in rows
        for r in records or [_NO_RECORD]
    ]
    given = {name: dtype for name, dtype in LEDGER.items() if name != "learned"}
    frame = pl.DataFrame(told, schema=given, orient="row")
    return frame.with_columns(pl.col("source_uri").replace("", None), learned=pl.lit(None, LEDGER["learned"]))


_NO_RECORD = Record("")
