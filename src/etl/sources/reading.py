"""Reading one input, whatever its kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from etl.records import RawArticle, Reject
from etl.sources.csv_file import read_csv_file
from etl.sources.errors import InputError, build_os_error
from etl.sources.inputs import InputFile
from etl.sources.jsonl_file import read_jsonl_file
from etl.sources.options import ReadOptions
from etl.sources.parquet_file import read_parquet_file
from etl.sources.text_file import read_text_file

_READERS: dict[str, Callable[[InputFile, ReadOptions], Iterator[RawArticle | Reject]]] = {
    "txt": read_text_file,
    "jsonl": read_jsonl_file,
    "jsonl.gz": read_jsonl_file,
    "jsonl.zst": read_jsonl_file,
    "parquet": read_parquet_file,
    "csv": read_csv_file,
}


def read_input(file: InputFile, options: ReadOptions) -> Iterator[RawArticle | Reject]:
    """One article or reject per record of `file`, in its order, in constant memory (8 bytes a record for duplicates).

    Bad input is never raised: a file that cannot be read (on) is one reject with the file's uri, after what was read.
    """
    try:
        yield from _READERS[file.kind](file, options)
    except InputError as fault:
        yield fault.build_reject(file.uri, file.uri)
    except OSError as error:
        yield build_os_error(error).build_reject(file.uri, file.uri)
