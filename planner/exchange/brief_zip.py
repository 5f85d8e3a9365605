"""The brief as Markdown with its pictures beside it, as files or in one zip; what the page says is brief_markdown's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.exchange import brief_parts as parts
from planner.exchange.brief_markdown import brief_markdown
from planner.exchange.folder_files import zip_folder

if TYPE_CHECKING:
    from planner.look.picture import Pictures
    from planner.rules.brief import Brief


def brief_zip(brief: Brief, pictures: Pictures) -> bytes:
    """One folder in a zip: `brief.md` and the pictures that it shows; the same bytes for the same brief."""
    return zip_folder(brief_folder(brief, pictures, "brief.md"), f"brief-{brief.current}")


def brief_folder(brief: Brief, pictures: Pictures, name: str) -> dict[str, bytes]:
    """The files by name: each picture as PNG with its words drawn in, and last `name`, the page that shows them."""
    files = {picture_file(name, kind): picture for kind, picture in pictures.items()}
    page = brief_markdown(brief, {file: f"{picture.title}. {picture.alt}" for file, picture in files.items()})
    source = parts.versions_line(brief)
    drawn = {file: picture.framed(source).png() for file, picture in files.items()}
    return {**drawn, name: page.encode()}


def picture_file(name: str, kind: str) -> str:
    """What the file of a picture is called beside the page `name`: `review.md` has `review-money.png`."""
    return f"{name.rpartition('.')[0]}-{kind}.png"
