"""What the slides of the brief share: their size, their head, the types that are tried, and how texts grow fewer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from planner.exchange import brief_parts as parts
from planner.exchange.slide_drawing import Box, add_picture, add_text, set_title
from planner.exchange.slide_fitting import Paragraph, Run, largest_fit
from planner.look import theme
from planner.look.lettering import clipped

if TYPE_CHECKING:
    from planner.look.picture import Picture
    from planner.rules.brief import Brief

WIDTH, HEIGHT = 960.0, 540.0  # points, 16:9
EDGE: Final = 40.0
ROOM: Final = WIDTH - 2 * EDGE
FOOT: Final = HEIGHT - 30.0
RIGHT: Final = 24.0  # points between two columns
BODY: Final = (18.0, 17.0, 16.0, 15.0, 14.0, 13.0, 12.0, 11.0)
# Letters of each text, and how many there are, where all of it does not fit.
LESS: Final = ((400, 12), (260, 9), (260, 7), (180, 7), (180, 5), (120, 4), (80, 3), (60, 2))


def add_head(slide: Any, brief: Brief, title: str) -> float:
    """The title and the mute line over it; returns where the rest begins."""
    above = [Paragraph([Run(clipped(parts.versions_line(brief), 140), colour=theme.MUTE)])]
    add_text(slide, Box(EDGE, 22, ROOM, 16), above, 11, "Versions")
    said, size = largest_fit(
        lambda step: [Paragraph([Run(title if step == 0 else clipped(title, 90 // step), bold=True)])],
        3,
        (26.0, 24.0, 22.0, 20.0),
        (ROOM, 34),
    )
    set_title(slide, Box(EDGE, 40, ROOM, 34), said[0].text, size)
    return 84.0


def add_told_picture(slide: Any, box: Box, picture: Picture) -> None:
    """Put a picture into a box, under its title and its note."""
    words = [
        Paragraph([Run(picture.title, bold=True)]),
        Paragraph([Run(picture.note, colour=theme.MUTE, grown=0.8)]),
    ]
    add_text(slide, box._replace(height=_WORDS), words, 12, "About the picture")
    add_picture(slide, box._replace(y=box.y + _WORDS + 2, height=box.height - _WORDS - 2), picture)


_WORDS: Final = 42.0  # points over a picture
