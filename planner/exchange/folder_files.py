"""The files of a plan folder as names and bytes: from a folder or a zip, and into a zip; no CSV is read."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from planner.errors import FolderUnreadable, listed
from planner.exchange.file_bytes import UPLOAD, Limits

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_FILES = 200
MOST_ZIP_BYTES = 300_000_000
MOST_RATIO = 200
LEDGER_FOLDER = "ledgers"
_READ = (".csv", ".json")
_UNSEEN = ("__MACOSX", "Thumbs.db", "desktop.ini")
_MAY_INFLATE = 1_000_000
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_YEAR_ZERO = (1980, 1, 1, 0, 0, 0)


def read_files(path: Path, limits: Limits = UPLOAD) -> dict[str, bytes]:
    """Read the files of a plan folder, its `ledgers` folder included, or of a zip; raises FolderUnreadable.

    Of a file that is too large, one byte more than is allowed is read; of one that is neither CSV nor JSON none.
    """
    try:
        if path.is_file() and path.suffix.lower() == ".zip":
            return read_zip(_read_some(path, MOST_ZIP_BYTES), path.name)
        if not path.is_dir():
            raise FolderUnreadable(path, "it is not a folder" if path.exists() else "there is nothing there")
        return {name: _read_csv(file, limits) for name, file in sorted(_files_in(path).items())}
    except OSError as refused:
        raise FolderUnreadable(path, refused.strerror or "it cannot be opened") from refused


def read_zip(data: bytes, name: str = "The zip file") -> dict[str, bytes]:
    """Read the files of a zipped plan folder, with or without one folder around them; raises FolderUnreadable.

    Sizes are looked at before anything is unpacked.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = _listed(archive)
            _check_entries(name, entries)
            files = {entry.filename: _inflate(name, archive, entry) for entry in entries}
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError, OSError) as broken:
        raise FolderUnreadable(name, "it is not a zip file, or it is damaged") from broken
    if not files:
        raise FolderUnreadable(name, "there is no file in it, or its list of files is damaged")
    return _without_top(name, files)


def zip_folder(files: Mapping[str, bytes], folder: str = "") -> bytes:
    """Pack files, in a folder of that name if one is given; the same files always give the same bytes."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(files.items()):
            entry = zipfile.ZipInfo(f"{folder}/{name}" if folder else name, _YEAR_ZERO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return packed.getvalue()


def is_ignored(name: str) -> bool:
    """Whether a file is one that systems leave in folders, not one of the plan."""
    return any(part.startswith(".") or part in _UNSEEN for part in PurePosixPath(name).parts)


def _files_in(path: Path) -> dict[str, Path]:
    found = [file for file in path.iterdir() if not is_ignored(file.name)]
    ledgers = [file for file in found if file.is_dir() and file.name == LEDGER_FOLDER]
    found += [file for folder in ledgers for file in folder.iterdir() if not is_ignored(file.name)]
    files = {file.relative_to(path).as_posix(): file for file in found if file.is_file()}
    if len(files) > MOST_FILES:
        raise FolderUnreadable(path, f"it has {len(files)} files, more than the {MOST_FILES} of any plan")
    return files


def _read_csv(file: Path, limits: Limits) -> bytes:
    return _read_some(file, limits.file_bytes) if file.suffix.lower() in _READ else b""


def _read_some(file: Path, most: int) -> bytes:
    with file.open("rb") as opened:
        return opened.read(min(most, file.stat().st_size) + 1)


def _listed(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The entries that may be files of the plan; one without a name has lost it to damage."""
    if not all(entry.filename for entry in archive.infolist()):
        raise zipfile.BadZipFile
    return [entry for entry in archive.infolist() if _is_seen(entry)]


def _is_seen(entry: zipfile.ZipInfo) -> bool:
    return not entry.is_dir() and not is_ignored(entry.filename.replace("..", "up"))


def _check_entries(name: str, entries: list[zipfile.ZipInfo]) -> None:
    """Refuse what is no plan folder before anything is unpacked."""
    if len(entries) > MOST_FILES:
        raise FolderUnreadable(name, f"it holds {len(entries)} files, more than the {MOST_FILES} of any plan")
    names = [entry.filename for entry in entries]
    repeated = sorted({one for one in names if names.count(one) > 1})
    if repeated:
        raise FolderUnreadable(name, f"it holds {listed(repeated)} twice")
    for entry in entries:
        _check_entry(name, entry)
    total = sum(entry.file_size for entry in entries)
    if total > MOST_ZIP_BYTES:
        raise FolderUnreadable(name, f"it unpacks to {total:,} bytes, more than {MOST_ZIP_BYTES:,}")


def _check_entry(name: str, entry: zipfile.ZipInfo) -> None:
    path = PurePosixPath(entry.filename)
    if path.is_absolute() or ".." in path.parts or "\\" in entry.filename or ":" in entry.filename:
        raise FolderUnreadable(name, f"the name {entry.filename!r} leads out of the folder")
    if entry.flag_bits & _ENCRYPTED:
        raise FolderUnreadable(name, f"{entry.filename} in it is encrypted")
    if entry.compress_type not in _METHODS:
        raise FolderUnreadable(name, f"{entry.filename} in it is packed in a way that is not read")
    if path.suffix.lower() in {".zip", ".gz", ".7z", ".rar"}:
        raise FolderUnreadable(name, f"it holds another archive, {entry.filename}")
    if entry.file_size > UPLOAD.file_bytes:
        raise FolderUnreadable(name, f"{entry.filename} unpacks to more than {UPLOAD.file_bytes:,} bytes")
    if entry.file_size > max(_MAY_INFLATE, MOST_RATIO * entry.compress_size):
        raise FolderUnreadable(
            name, f"{entry.filename} unpacks to {entry.file_size:,} bytes, as no plan does"
        )


def _inflate(name: str, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Unpack one file, and not a byte more than it says it has."""
    with archive.open(entry) as opened:
        data = opened.read(entry.file_size + 1)
    if len(data) != entry.file_size:
        raise FolderUnreadable(name, f"{entry.filename} in it is damaged")
    return data


def _without_top(name: str, files: dict[str, bytes]) -> dict[str, bytes]:
    """Take away the one folder that all files lie in."""
    tops = {PurePosixPath(file).parts[0] for file in files}
    if files and len(tops) == 1 and all(len(PurePosixPath(file).parts) > 1 for file in files):
        (top,) = tops
        if top != LEDGER_FOLDER:
            files = {file.removeprefix(f"{top}/"): data for file, data in files.items()}
    deep = [file for file in files if "/" in file.removeprefix(f"{LEDGER_FOLDER}/")]
    if deep:
        raise FolderUnreadable(name, f"it holds folders in folders, such as {deep[0]}")
    return files
