"""How much room texts need on a slide, and the largest type in which they fit; it draws nothing.

Nobody knows which letters the reader's machine has, so slides use the one typeface that every office program has.
It is wider than ours by what is said here, with some to spare.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from planner.look import theme
from planner.look.lettering import broken, text_width
from planner.look.typeface import REGULAR, SEMIBOLD

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

TYPEFACE: Final = "Arial"
WIDER: Final = 1.16  # than Source Sans; measured 1.05 to 1.13 over the texts of briefs
LINE: Final = 1.2  # of the size: from one line to the next
INDENT: Final = 1.0  # of the size: of a paragraph with a dash before it


@dataclass(frozen=True, slots=True)
class Run:
    """Some words of one look; `grown` is how much larger than the text around them."""

    text: str
    bold: bool = False
    colour: str = theme.INK
    grown: float = 1.0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Runs in one paragraph; `gap` is the room before it, in parts of the size; `is_listed` gives it a dash."""

    runs: Sequence[Run] = field(default=())
    gap: float = 0.0
    is_listed: bool = False

    @property
    def text(self) -> str:
        """All of its words."""
        return "".join(run.text for run in self.runs)


def lines_in(paragraph: Paragraph, width: float, size: float) -> int:
    """How many lines a paragraph has at most in a box `width` points wide."""
    room = width - (INDENT * size if paragraph.is_listed else 0)
    if sum(text_room(run.text, size * run.grown, bold=run.bold) for run in paragraph.runs) <= room:
        return 1
    weight = SEMIBOLD if any(run.bold for run in paragraph.runs) else REGULAR
    largest = size * max((run.grown for run in paragraph.runs), default=1.0)
    lines = len(broken(paragraph.text, room / WIDER, largest, weight))
    # office programs break a word that is longer than a line where they like
    is_long = any(text_width(word, largest, weight) > room / WIDER for word in paragraph.text.split())
    return lines + is_long


def height_of(paragraphs: Sequence[Paragraph], width: float, size: float) -> float:
    """How high paragraphs are at most, in points."""
    total = 0.0
    for at, paragraph in enumerate(paragraphs):
        largest = size * max((run.grown for run in paragraph.runs), default=1.0)
        total += lines_in(paragraph, width, size) * largest * LINE + (paragraph.gap * size if at else 0)
    return total


def text_room(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a text is at most, in points."""
    return text_width(text, size, SEMIBOLD if bold else REGULAR) * WIDER


def largest_fit(
    written: Callable[[int], Sequence[Paragraph]],
    steps: int,
    sizes: Sequence[float],
    room: tuple[float, float],
) -> tuple[Sequence[Paragraph], float]:
    """The paragraphs that fit into `room` (width and height in points), and their size.

    `written(0)` is the whole text, `written(1)` to `written(steps)` say ever less; the last one is taken where
    none fits. All sizes are tried for the whole text, and the least one for the shorter ones.
    """
    whole, least = written(0), sizes[-1]
    if height_of(whole, room[0], least) <= room[1]:
        return whole, next(size for size in sizes if height_of(whole, room[0], size) <= room[1])
    for step in range(1, steps + 1):
        said = written(step)
        if height_of(said, room[0], least) <= room[1]:
            return said, least
    return written(steps), least
