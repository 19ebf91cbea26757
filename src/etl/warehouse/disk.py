"""Changes on disk that last: each is on the medium when its function returns, and a switch is there or not there."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
from pathlib import Path

# What file systems answer that know no hard links, or no more of them for this file.
_NO_HARD_LINK = frozenset({errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EXDEV})


def write_file(path: Path, content: bytes) -> None:
    """Writes a file that does not exist yet."""
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def replace_file(path: Path, content: bytes) -> None:
    """Writes or replaces a file; a reader sees the old content or the new, whole."""
    scratch = path.with_name(f".{path.name}.tmp")
    scratch.unlink(missing_ok=True)
    write_file(scratch, content)
    scratch.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Makes the names in a folder last: new, renamed and removed ones."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def share_file(source: Path, target: Path) -> None:
    """Gives a file a second name; copies it where the file system knows no hard links."""
    try:
        os.link(source, target)
    except OSError as error:
        if error.errno not in _NO_HARD_LINK:
            raise
        write_file(target, source.read_bytes())


def make_link(link: Path, target: str) -> None:
    """Makes a symbolic link with a relative `target`; one that stands there is removed first."""
    link.unlink(missing_ok=True)
    link.symlink_to(target)
    sync_folder(link.parent)


def move(source: Path, target: Path) -> None:
    """Renames a link (over the one that stands there) or a folder, atomically."""
    source.replace(target)
    sync_folder(target.parent)
    if source.parent != target.parent:
        sync_folder(source.parent)


def make_folder(folder: Path) -> Path:
    """Makes an empty folder; one that stands there is removed with all in it."""
    remove_folder(folder)
    folder.mkdir(parents=True)
    return folder


def remove_folder(folder: Path) -> None:
    """Removes a folder with all in it, where there is one; a link is removed, never what it points to."""
    if folder.is_dir() and not folder.is_symlink():
        shutil.rmtree(folder)
    else:
        folder.unlink(missing_ok=True)


def hash_file(path: Path) -> str:
    """SHA-256 of a file in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
