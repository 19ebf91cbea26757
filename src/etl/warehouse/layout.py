"""Where things stand in a warehouse folder, and the links that readers follow."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from etl.warehouse.disk import make_link, move, sync_folder
from etl.warehouse.errors import WarehouseError
from etl.warehouse.manifest import MANIFEST, SNAPSHOT_ID, parse_sequence
from schemas import TABLES


@dataclass(frozen=True, slots=True)
class Layout:
    """The paths under a warehouse's root. Staging lies outside every table's folder: readers take in all they find."""

    root: Path

    @property
    def snapshots(self) -> Path:
        return self.root / "snapshots"

    @property
    def staging(self) -> Path:
        return self.root / "staging"

    @property
    def runs(self) -> Path:
        return self.root / "runs"

    @property
    def lock(self) -> Path:
        return self.root / ".lock"

    @property
    def current(self) -> Path:
        """Link to the snapshot that readers see: snapshots/<id>."""
        return self.root / "current"

    @property
    def folders(self) -> tuple[Path, ...]:
        """What must be there before anything is written."""
        return self.root, self.snapshots, self.staging, self.runs

    @property
    def next_current(self) -> Path:
        """The link that a publication is about to put in place of `current`.

        It is made before its snapshot gets its name and is gone with the switch. So one that is found names a
        snapshot that no reader ever saw.
        """
        return self.root / ".publish.tmp"

    @property
    def scratch_link(self) -> Path:
        """Any other link that is about to be put in its place."""
        return self.root / ".link.tmp"

    def list_snapshots(self) -> list[str]:
        """Ids of all folders that are named like snapshots, whole or not, oldest first."""
        if not self.snapshots.is_dir():
            return []
        names = [folder.name for folder in self.snapshots.iterdir() if SNAPSHOT_ID.fullmatch(folder.name)]
        return sorted(names, key=lambda name: (parse_sequence(name), name))

    def is_whole(self, snapshot_id: str) -> bool:
        """Whether the snapshot has its manifest, which is written last."""
        return (self.snapshots / snapshot_id / MANIFEST).is_file()

    def read_current(self) -> str | None:
        """Id of the snapshot that `current` names, there or not; None where nothing was published yet.

        Raises WarehouseError where `current` is no link to a snapshot.
        """
        if not self.current.is_symlink():
            if self.current.exists():
                raise WarehouseError(
                    f"{self.current} is no link (a copy that followed links?): move it away, run again"
                )
            return None
        target = self.current.readlink()
        if target.parts[:-1] != ("snapshots",) or not SNAPSHOT_ID.fullmatch(target.name):
            raise WarehouseError(f"{self.current} leads to {target}, which is no snapshot: remove the link, run again")
        return target.name

    def point_current(self, snapshot_id: str) -> None:
        """Lets readers see another snapshot that is there, from one instant to the next."""
        make_link(self.scratch_link, f"snapshots/{snapshot_id}")
        move(self.scratch_link, self.current)

    def find_stray_tables(self) -> list[Path]:
        """What stands where a table's link belongs and is no link."""
        return [path for name in ("current", *TABLES) if (path := self.root / name).exists() and not path.is_symlink()]

    def repair_table_links(self, tables: Iterable[str]) -> list[str]:
        """Makes `<table>` a link to `current/<table>` for these tables and no others; names those that were wrong."""
        wanted = list(tables)
        wrong = []
        for name in wanted:
            link = self.root / name
            if not _leads_to_current(link):
                make_link(self.scratch_link, f"current/{name}")
                move(self.scratch_link, link)
                wrong.append(name)
        for link in sorted(self.root.iterdir()):
            if link.name not in wanted and _leads_to_current(link):
                link.unlink()
                wrong.append(link.name)
        sync_folder(self.root)
        return wrong


def _leads_to_current(link: Path) -> bool:
    return link.is_symlink() and link.readlink() == Path("current", link.name)
