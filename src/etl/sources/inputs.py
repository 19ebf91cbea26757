"""The raw folder: which files are inputs, which are not, and what identifies their content."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from etl.records import Reject
from etl.sources.errors import InputError, SourceError, build_os_error, escape_surrogates

# File endings that are read. What follows the first dot is the kind.
KINDS = ("txt", "jsonl", "jsonl.gz", "jsonl.zst", "parquet", "csv")
SIDECAR_ENDING = ".meta.json"


@dataclass(frozen=True, slots=True)
class InputFile:
    """One file to read. `uri` is its path under the raw folder with /, `kind` one of KINDS, `size` in bytes.

    `sidecar` holds the metadata of a .txt file; size and mtime_ns say nothing of it, `hash_input` does.
    """

    uri: str
    path: Path
    size: int
    mtime_ns: int
    kind: str
    sidecar: Path | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """The inputs under the raw folder and what cannot be one, both sorted by uri."""

    files: tuple[InputFile, ...]
    rejects: tuple[Reject, ...]


def list_inputs(raw: Path) -> Listing:
    """All inputs under the folder `raw`, or the one that `raw` itself is.

    Names that begin with a dot are skipped. Links are followed and keep their own path as uri; a link back to a
    folder on the way is a reject. Raises SourceError where `raw` is not there or cannot be listed.
    """
    walk = _Walk()
    try:
        if raw.is_dir():
            walk.visit(_Folder(raw, "", _identify_ancestors(raw)), _list_names(raw))
        else:
            raw.stat()
            walk.visit_file(raw)
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise SourceError(f"The raw folder {raw} cannot be read ({why}); give an existing folder or file.") from error
    walk.visit_waiting()
    return Listing(
        tuple(sorted(walk.files, key=lambda file: file.uri)),
        tuple(sorted(walk.rejects, key=lambda reject: reject.source_uri)),
    )


def hash_input(file: InputFile) -> str:
    """SHA-256 (64 hex digits) of the file's bytes; with a sidecar, of the two digests one after the other.

    Raises OSError where either cannot be read; `read_input` then yields the reject that says why.
    """
    with file.path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256")
    if file.sidecar is None:
        return digest.hexdigest()
    with file.sidecar.open("rb") as stream:
        sidecar = hashlib.file_digest(stream, "sha256")
    return hashlib.sha256(digest.digest() + sidecar.digest()).hexdigest()


def name_sidecar(name: str) -> str:
    """The sidecar's name (or uri) for that of a .txt file."""
    return name[: -len(".txt")] + SIDECAR_ENDING


@dataclass(frozen=True, slots=True)
class _Folder:
    path: Path
    uri: str  # "" for the raw folder, else with / at the end
    ancestors: frozenset[tuple[int, int]]  # device and inode of the folder and of all on the way to it


class _Walk:
    """Collects files and rejects; folders wait for their turn, so that depth costs no recursion."""

    def __init__(self) -> None:
        self.files: list[InputFile] = []
        self.rejects: list[Reject] = []
        self._waiting: list[_Folder] = []

    def visit(self, folder: _Folder, names: Sequence[str]) -> None:
        sidecars = {name_sidecar(name) for name in names if _is_text(name)}.intersection(names)
        for name in sorted(names):
            if not name.startswith("."):
                self._visit_entry(folder, name, sidecars)

    def visit_file(self, file: Path) -> None:
        sidecar = name_sidecar(file.name)
        has_sidecar = _is_text(file.name) and os.path.lexists(file.with_name(sidecar))
        self._visit_entry(_Folder(file.parent, "", frozenset()), file.name, {sidecar} if has_sidecar else set())

    def visit_waiting(self) -> None:
        while self._waiting:
            folder = self._waiting.pop()
            try:
                names = _list_names(folder.path)
            except OSError as error:
                self._reject(folder.uri.removesuffix("/"), build_os_error(error))
                continue
            self.visit(folder, names)

    def _visit_entry(self, folder: _Folder, name: str, sidecars: set[str]) -> None:
        path, uri = folder.path / name, folder.uri + name
        if escape_surrogates(uri) != uri:
            fault = InputError("unreadable", "its name is not UTF-8 and cannot be stored; rename it")
            self._reject(escape_surrogates(uri), fault)
            return
        try:
            status = path.stat()
        except OSError as error:
            if name not in sidecars:  # a sidecar's fault is told when its text is read
                self._reject(uri, _build_entry_error(path, error))
            return
        if stat.S_ISDIR(status.st_mode):
            self._add_folder(folder, path, uri, (status.st_dev, status.st_ino))
        elif name not in sidecars:
            self._add_file(path, uri, status, sidecars)

    def _add_folder(self, folder: _Folder, path: Path, uri: str, identity: tuple[int, int]) -> None:
        if identity in folder.ancestors:
            reason = "the link leads back to a folder that it lies in; remove the link"
            self._reject(uri, InputError("symlink_loop", reason))
        else:
            self._waiting.append(_Folder(path, uri + "/", folder.ancestors | {identity}))

    def _add_file(self, path: Path, uri: str, status: os.stat_result, sidecars: set[str]) -> None:
        kind = next((kind for kind in KINDS if path.name.lower().endswith(f".{kind}")), None)
        if kind is None or not stat.S_ISREG(status.st_mode):
            self._reject(uri, _build_type_error(path.name))
            return
        sidecar = path.with_name(name_sidecar(path.name)) if kind == "txt" else None
        if sidecar is not None and (sidecar.name not in sidecars or sidecar.is_dir()):
            sidecar = None
        self.files.append(InputFile(uri, path, status.st_size, status.st_mtime_ns, kind, sidecar))

    def _reject(self, uri: str, fault: InputError) -> None:
        self.rejects.append(fault.build_reject(uri, uri))


def _list_names(folder: Path) -> list[str]:
    return [entry.name for entry in folder.iterdir()]


def _is_text(name: str) -> bool:
    return name.lower().endswith(".txt") and not name.startswith(".")


def _identify_ancestors(raw: Path) -> frozenset[tuple[int, int]]:
    """Device and inode of `raw` and of all folders above it: a link to any of them leads back to `raw`."""
    real = raw.resolve()
    return frozenset((status.st_dev, status.st_ino) for status in (folder.stat() for folder in (real, *real.parents)))


def _build_type_error(name: str) -> InputError:
    if name.endswith(SIDECAR_ENDING):
        text = name.removesuffix(SIDECAR_ENDING) + ".txt"
        return InputError("orphan_sidecar", f"there is no {text} beside this sidecar; add it or remove the sidecar")
    endings = ", ".join(f".{kind}" for kind in KINDS)
    reason = f"files of this type are not read; give one of {endings}, or move it out of the raw folder"
    return InputError("unsupported_type", reason)


def _build_entry_error(path: Path, error: OSError) -> InputError:
    if error.errno == errno.ELOOP:
        return InputError("symlink_loop", "the link leads back to itself; remove the link")
    if isinstance(error, FileNotFoundError) and path.is_symlink():
        return InputError("unreadable", "the link leads to nothing; restore its target or remove the link")
    return build_os_error(error)
