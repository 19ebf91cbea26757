"""The listing of the raw folder: every entry is an input, a sidecar, hidden, or a reject with its reason."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from etl.sources import InputFile, Listing, SourceError, hash_input, list_inputs


def write(path: Path, content: str | bytes = "The ferry resumed service.") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def summarize(listing: Listing) -> tuple[list[str], list[tuple[str, str]]]:
    return [file.uri for file in listing.files], [(reject.source_uri, reject.check) for reject in listing.rejects]


def test_all_kinds_are_listed_in_the_order_of_their_uris(tmp_path: Path) -> None:
    names = ["b/a.txt", "b.jsonl", "b/c.jsonl.gz", "B.TXT", "a-1.jsonl.zst", "z/deep/er/x.parquet", "é.csv"]
    for name in names:
        write(tmp_path / name, b"12345")
    listing = list_inputs(tmp_path)
    assert [file.uri for file in listing.files] == sorted(names)
    assert {file.uri: file.kind for file in listing.files} == {name: name.lower().split(".", 1)[1] for name in names}
    assert listing.rejects == ()
    first = listing.files[0]
    assert (first.path, first.size, first.mtime_ns) == (tmp_path / "B.TXT", 5, first.path.stat().st_mtime_ns)


def test_hidden_names_are_no_inputs(tmp_path: Path) -> None:
    for name in (".hidden.txt", ".cache/a.txt", ".gitkeep", "seen.txt", ".seen.meta.json"):
        write(tmp_path / name)
    assert summarize(list_inputs(tmp_path)) == (["seen.txt"], [])


def test_sidecar_belongs_to_its_text(tmp_path: Path) -> None:
    for name in ("a.txt", "a.meta.json", "b.txt", "sub/a.meta.json", "c.jsonl", "c.meta.json", "D.TXT", "D.meta.json"):
        write(tmp_path / name)
    listing = list_inputs(tmp_path)
    assert {file.uri: file.sidecar for file in listing.files} == {
        "D.TXT": tmp_path / "D.meta.json",
        "a.txt": tmp_path / "a.meta.json",
        "b.txt": None,
        "c.jsonl": None,
    }
    assert summarize(listing)[1] == [("c.meta.json", "orphan_sidecar"), ("sub/a.meta.json", "orphan_sidecar")]
    assert "a.txt" in listing.rejects[1].reason


def test_other_types_are_rejected_with_what_is_read(tmp_path: Path) -> None:
    for name in ("notes.docx", "README", "a.json", "b.csv.gz", "c.meta.json.txt"):
        write(tmp_path / name)
    os.mkfifo(tmp_path / "pipe.txt")
    files, rejects = summarize(list_inputs(tmp_path))
    assert files == ["c.meta.json.txt"]
    assert rejects == [
        (name, "unsupported_type") for name in ("README", "a.json", "b.csv.gz", "notes.docx", "pipe.txt")
    ]
    reason = list_inputs(tmp_path).rejects[0].reason
    assert all(ending in reason for ending in (".txt", ".jsonl", ".jsonl.gz", ".jsonl.zst", ".parquet", ".csv"))


def test_single_file_is_its_own_root(tmp_path: Path) -> None:
    write(tmp_path / "in/a.txt")
    write(tmp_path / "in/a.meta.json", "{}")
    write(tmp_path / "in/b.txt")
    listing = list_inputs(tmp_path / "in/a.txt")
    assert [(file.uri, file.sidecar) for file in listing.files] == [("a.txt", tmp_path / "in/a.meta.json")]
    assert summarize(list_inputs(write(tmp_path / "a.pdf"))) == ([], [("a.pdf", "unsupported_type")])


def test_links_are_followed_under_their_own_name(tmp_path: Path) -> None:
    write(tmp_path / "else/where/story.txt")
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "linked").symlink_to(tmp_path / "else")
    (raw / "again").symlink_to(tmp_path / "else")
    (raw / "one.txt").symlink_to(tmp_path / "else/where/story.txt")
    assert summarize(list_inputs(raw)) == (["again/where/story.txt", "linked/where/story.txt", "one.txt"], [])


def link_to_itself(raw: Path) -> str:
    (raw / "self.txt").symlink_to("self.txt")
    return "self.txt"


def link_in_a_ring(raw: Path) -> str:
    (raw / "sub").mkdir()
    (raw / "sub/back").symlink_to(raw / "sub")
    return "sub/back"


def link_to_the_raw_folder(raw: Path) -> str:
    (raw / "sub/deep").mkdir(parents=True)
    (raw / "sub/deep/top").symlink_to(raw)
    return "sub/deep/top"


def link_above_the_raw_folder(raw: Path) -> str:
    (raw / "up").symlink_to("..")
    return "up"


@pytest.mark.parametrize("make", [link_to_itself, link_in_a_ring, link_to_the_raw_folder, link_above_the_raw_folder])
def test_link_loop_is_one_reject(tmp_path: Path, make: Callable[[Path], str]) -> None:
    raw = tmp_path / "raw"
    write(raw / "a.txt")
    uri = make(raw)
    assert summarize(list_inputs(raw)) == (["a.txt"], [(uri, "symlink_loop")])


def test_two_folders_that_link_to_each_other_end(tmp_path: Path) -> None:
    for one, other in (("a", "b"), ("b", "a")):
        write(tmp_path / one / f"{one}.txt")
        (tmp_path / one / other).symlink_to(tmp_path / other)
    files, rejects = summarize(list_inputs(tmp_path))
    assert files == ["a/a.txt", "a/b/b.txt", "b/a/a.txt", "b/b.txt"]
    assert rejects == [("a/b/a", "symlink_loop"), ("b/a/b", "symlink_loop")]


def test_dangling_link_is_one_reject(tmp_path: Path) -> None:
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nothing")
    listing = list_inputs(tmp_path)
    assert summarize(listing) == ([], [("gone.txt", "unreadable")])
    assert str(tmp_path) not in listing.rejects[0].reason


def test_entry_and_folder_that_cannot_be_asked_are_rejects(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.txt", "barred.txt", "gone.txt", "shut/b.txt"):
        write(tmp_path / name)
    ask, iterate = Path.stat, Path.iterdir

    def stat(path: Path, **options: bool) -> os.stat_result:
        if path.name == "barred.txt":
            raise PermissionError(13, "Permission denied", str(path))
        if path.name == "gone.txt":
            raise FileNotFoundError(2, "No such file or directory", str(path))
        return ask(path, **options)

    def iterdir(path: Path) -> object:
        if path.name == "shut":
            raise PermissionError(13, "Permission denied", str(path))
        return iterate(path)

    monkeypatch.setattr(Path, "stat", stat)
    monkeypatch.setattr(Path, "iterdir", iterdir)
    listing = list_inputs(tmp_path)
    assert summarize(listing) == (
        ["a.txt"],
        [("barred.txt", "unreadable"), ("gone.txt", "vanished"), ("shut", "unreadable")],
    )
    assert "Permission denied" in listing.rejects[0].reason
    assert not any(str(tmp_path) in reject.reason for reject in listing.rejects)


def test_name_that_is_not_utf8_is_rejected_under_a_name_that_can_be_stored(tmp_path: Path) -> None:
    try:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")).write_text("x")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    listing = list_inputs(tmp_path)
    assert summarize(listing)[1] == [("caf\\udce9.txt", "unreadable")]
    assert listing.files == ()


def test_missing_raw_folder_is_said_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"raw folder .*nowhere.* cannot be read \(No such file or directory\)"):
        list_inputs(tmp_path / "nowhere")
    with pytest.raises(SourceError, match="Not a directory"):
        list_inputs(write(tmp_path / "a.txt") / "sub")


def read_one(path: Path) -> InputFile:
    [file] = list_inputs(path).files
    return file


def test_hash_tells_content_and_sidecar(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", "one")
    plain = hash_input(read_one(path))
    assert plain == hashlib.sha256(b"one").hexdigest()
    write(tmp_path / "a.meta.json", "{}")
    described = hash_input(read_one(path))
    write(tmp_path / "a.meta.json", '{"outlet": "Harbour Post"}')
    redescribed = hash_input(read_one(path))
    write(path, "two")
    assert len({plain, described, redescribed, hash_input(read_one(path))}) == 4
    os.utime(path, ns=(1, 1))
    write(tmp_path / "a.meta.json", "{}")
    write(path, "one")
    assert hash_input(read_one(path)) == described


def test_hash_of_a_vanished_file_raises(tmp_path: Path) -> None:
    file = read_one(write(tmp_path / "a.txt"))
    file.path.unlink()
    with pytest.raises(FileNotFoundError):
        hash_input(file)
