"""Writing what a command makes: under a temporary name first, so that no half file ever stands at the path."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

from planner.errors import FileRefused

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def write_file(path: Path, data: bytes) -> None:
    """Write one file; an existing one is replaced as a whole."""
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        aside.write_bytes(data)
        aside.replace(path)
    except OSError as error:
        aside.unlink(missing_ok=True)
        raise FileRefused(path, _why(error)) from error


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write a new folder; one that holds anything is refused."""
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise FileRefused(folder, "something is there already", "Name a folder that does not exist yet.")
    aside = folder.with_name(f".{folder.name}.{os.getpid()}")
    try:
        for name, data in files.items():
            file = aside / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        aside.replace(folder)
    except OSError as error:
        shutil.rmtree(aside, ignore_errors=True)
        raise FileRefused(folder, _why(error)) from error


def _why(error: OSError) -> str:
    return (error.strerror or "the system refuses it").lower()
