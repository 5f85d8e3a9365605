"""The brief as a file in the form that its name ends with; what is in it is the exchange's, the pictures are given."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

from planner.look.picture import OF_A_BRIEF

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.look.picture import Pictures
    from planner.rules.brief import Brief

MARKDOWN: Final = ".md"
MARKDOWN_ZIP: Final = ".zip"  # Markdown with its pictures beside it
# Each form with its media type; those that have pictures are written by a library that is loaded only then.
MEDIA: Final = {
    ".html": "text/html",
    ".pdf": "application/pdf",
    ".md": "text/markdown",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
DOWNLOADS: Final = {**MEDIA, MARKDOWN_ZIP: "application/zip"}  # what is one file in a browser
_WITH_PICTURES: Final = (".html", ".pdf", ".pptx", MARKDOWN_ZIP)


def has_pictures(suffix: str) -> bool:
    """Whether a form of the brief has room for pictures."""
    return suffix in _WITH_PICTURES


def brief_file(brief: Brief, suffix: str, pictures: Pictures) -> bytes:
    """The bytes of a brief in one of the forms of `DOWNLOADS`; text is UTF-8."""
    form = suffix.removeprefix(".")
    if suffix == MARKDOWN:
        written = import_module("planner.exchange.brief_markdown").brief_markdown(brief)
    else:
        module = import_module(f"planner.exchange.brief_{form}")
        written = getattr(module, f"brief_{form}")(brief, pictures)
    return written.encode() if isinstance(written, str) else bytes(written)


def brief_files(brief: Brief, name: str, pictures: Pictures) -> dict[str, bytes]:
    """The files that the form of `name` needs, by name: itself, and before it the PNGs that Markdown shows if given any."""
    suffix = name[name.rindex(".") :].lower()
    if suffix != MARKDOWN:
        return {name: brief_file(brief, suffix, pictures)}
    files: dict[str, bytes] = import_module("planner.exchange.brief_zip").brief_folder(brief, pictures, name)
    return files


def names_beside(name: str) -> list[str]:
    """What the pictures beside a Markdown file of that name may be called."""
    called: Callable[[str, str], str] = import_module("planner.exchange.brief_zip").picture_file
    return [called(name, kind) for kind in OF_A_BRIEF]


def brief_file_name(brief: Brief, suffix: str) -> str:
    """What the file is called: the version and what it is compared with."""
    against = f"-against-{brief.baseline}" if brief.baseline else ""
    return f"brief-{brief.current}{against}{suffix}"
