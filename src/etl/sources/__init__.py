"""Raw files in, decoded articles out: listing, reading, decoding, metadata.

What cannot be read is a `Reject` with a reason; nothing else in the package raises for bad input.
"""

from __future__ import annotations

from etl.sources.decoding import Decoded, decode_bytes
from etl.sources.errors import DecodeError, InputError, MetadataError, SourceError
from etl.sources.inputs import KINDS, InputFile, Listing, hash_input, list_inputs
from etl.sources.metadata import parse_metadata
from etl.sources.options import ReadOptions
from etl.sources.reading import read_input

__all__ = [
    "KINDS",
    "DecodeError",
    "Decoded",
    "InputError",
    "InputFile",
    "Listing",
    "MetadataError",
    "ReadOptions",
    "SourceError",
    "decode_bytes",
    "hash_input",
    "list_inputs",
    "parse_metadata",
    "read_input",
]
