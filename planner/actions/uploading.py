"""Files as a browser hands them over, to the files of one plan folder: a zip, or several files; no cell is read."""

from __future__ import annotations

from pathlib import PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING

from planner.errors import FolderUnreadable, listed
from planner.exchange.folder_files import MOST_FILES, read_zip

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_UPLOAD_BYTES = 20_000_000


def read_upload(files: Sequence[tuple[str, bytes]]) -> dict[str, bytes]:
    """The files of a plan folder by name, from one zip or from several CSV files; raises FolderUnreadable.

    The browser may send anything under any name, and the limit that a page tells it binds nobody: sizes and
    names are looked at here. Of a name only what stands after its last slash counts.
    """
    total = sum(len(data) for _, data in files)
    if total > MOST_UPLOAD_BYTES:
        raise FolderUnreadable("The upload", f"it has {total:,} bytes, more than {MOST_UPLOAD_BYTES:,}")
    if len(files) > MOST_FILES:
        raise FolderUnreadable(
            "The upload", f"it has {len(files)} files, more than the {MOST_FILES} of any plan"
        )
    named = [(_base(name), data) for name, data in files]
    zips = [(name, data) for name, data in named if name.lower().endswith(".zip")]
    if not zips:
        repeated = sorted({name for name, _ in named if [other for other, _ in named].count(name) > 1})
        if repeated:
            raise FolderUnreadable("The upload", f"it holds {listed(repeated)} twice")
        return dict(named)
    if len(named) > 1:
        raise FolderUnreadable(
            "The upload", f"it holds {zips[0][0]} and other files; bring in one or the other"
        )
    return read_zip(zips[0][1], zips[0][0])


def _base(name: str) -> str:
    return PureWindowsPath(PurePosixPath(name).name).name or "unnamed"
