"""Archives: a folder for each sealing beside the database, put there whole or not at all; what is in it is made elsewhere.

`<database>.archive/<label>-<first 12 digits of the fingerprint>/`, written under a temporary name, synced,
and renamed. A folder without its manifest is not an archive.
"""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner.errors import ArchiveUnfit, FileRefused
from planner.store.syncing import sync

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.model.version import Version

MANIFEST = "manifest.json"
_UNFINISHED = ".unfinished-"


@dataclass(frozen=True, slots=True)
class Archive:
    """One archive folder and what its manifest says."""

    folder: Path
    manifest: Mapping[str, Any]

    @property
    def label(self) -> str:
        """The label of the snapshot."""
        return str(self.manifest.get("label", ""))

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the snapshot."""
        return str(self.manifest.get("fingerprint", ""))

    @property
    def number(self) -> int:
        """The place of the snapshot in the chain, 0 where the manifest does not say."""
        number = self.manifest.get("number", 0)
        return number if isinstance(number, int) else 0


def archive_root(database: Path) -> Path:
    """The folder of a database's archives."""
    return Path(f"{database}.archive")


def archive_name(version: Version) -> str:
    """The name of a snapshot's archive: its label and the first 12 digits of its fingerprint."""
    return f"{version.label}-{version.fingerprint.split(':', 1)[1][:12]}"


def has_archive(root: Path, version: Version) -> bool:
    """Whether a snapshot has its archive."""
    return (root / archive_name(version) / MANIFEST).is_file()


def list_manifests(root: Path, *, skip_unfit: bool = False) -> list[Archive]:
    """All archives in the order of the chain; raises ArchiveUnfit where a manifest does not read, or skips it."""
    if not root.is_dir():
        return []
    found = []
    for folder in root.iterdir():
        if folder.name.startswith(".") or not (folder / MANIFEST).is_file():
            continue
        try:
            found.append(_read(folder))
        except ArchiveUnfit:
            if not skip_unfit:
                raise
    return sorted(found, key=lambda archive: (archive.number, str(archive.manifest.get("sealed_on", ""))))


def newest_manifest(root: Path) -> Archive | None:
    """The archive of the snapshot that was sealed last, None where there is none."""
    found = list_manifests(root)
    return found[-1] if found else None


def prepare_archive(root: Path, name: str, files: Mapping[str, bytes]) -> Path:
    """Write an archive under a temporary name and sync it; returns that folder, for `place_archive`.

    Raises FileRefused where it cannot be written.
    """
    folder = root / f"{_UNFINISHED}{name}-{os.getpid()}"
    try:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for file, content in files.items():
            _write_synced(folder / file, content)
        sync(folder)
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise FileRefused(folder, error.strerror or str(error), "Free some space and try again.") from error
    return folder


def place_archive(prepared: Path, name: str) -> Path:
    """Give a prepared archive its name; one that is there already stays and the prepared one goes."""
    target = prepared.parent / name
    try:
        if (target / MANIFEST).is_file():
            shutil.rmtree(prepared)
            return target
        shutil.rmtree(target, ignore_errors=True)
        prepared.rename(target)
        sync(target.parent)
    except OSError as error:
        raise FileRefused(target, error.strerror or str(error)) from error
    return target


def write_archive(root: Path, version: Version, files: Mapping[str, bytes]) -> Path:
    """Write the archive of a snapshot that is committed; returns its folder."""
    name = archive_name(version)
    return place_archive(prepare_archive(root, name, files), name)


def drop_unfinished(root: Path) -> None:
    """Remove what a process that was killed left half written."""
    for folder in root.glob(f"{_UNFINISHED}*"):
        shutil.rmtree(folder, ignore_errors=True)


def _read(folder: Path) -> Archive:
    try:
        said = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ArchiveUnfit(folder, f"its {MANIFEST} does not read") from error
    if not isinstance(said, dict):
        raise ArchiveUnfit(folder, f"its {MANIFEST} is no object")
    return Archive(folder, said)


def _write_synced(file: Path, content: bytes) -> None:
    with file.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
