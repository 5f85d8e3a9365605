"""The brief as three slides: how it stands, what changed, what is asked; the notes under each have its whole text.

Texts and tables are the office program's own, so that they can be edited and read out. What has no room on a slide
is counted there, and stands in the notes.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import TYPE_CHECKING, Any, Final

from pptx import Presentation
from pptx.util import Pt

from planner.exchange import brief_parts as parts
from planner.exchange.slide_asks import draw_asks
from planner.exchange.slide_drawing import Box, add_text
from planner.exchange.slide_fitting import Paragraph, Run, largest_fit
from planner.exchange.slide_frame import (
    BODY,
    EDGE,
    FOOT,
    HEIGHT,
    LESS,
    RIGHT,
    ROOM,
    WIDTH,
    add_head,
    add_told_picture,
)
from planner.exchange.slide_standing import draw_standing
from planner.look import theme
from planner.look.lettering import clipped
from planner.look.picture import FINISHES, MONEY
from planner.rules import brief_words

if TYPE_CHECKING:
    from planner.look.picture import Picture, Pictures
    from planner.rules.brief import Brief

_TITLE_ONLY: Final = 5  # the layout of the library's own template
_ALL: Final = 10**9
# A file says when it was made; this one says nothing of the day on which somebody asked for it.
_ANY_DAY: Final = dt.datetime(2000, 1, 1)  # noqa: DTZ001  the format has no time zone


def brief_pptx(brief: Brief, pictures: Pictures) -> bytes:
    """The three slides, 16:9, with the pictures that they are given."""
    whole = parts.cleaned(brief)
    deck = Presentation()
    deck.slide_width, deck.slide_height = Pt(WIDTH), Pt(HEIGHT)
    money, finishes = pictures.get(MONEY), pictures.get(FINISHES)
    # without outcomes the first slide has room for both pictures, and the second is all words
    first, second = ((money,), finishes) if whole.outcomes else ((money, finishes), None)
    draw_standing(_slide(deck, parts.standing_text(whole)), whole, [one for one in first if one is not None])
    _changes(_slide(deck, parts.changes_text(whole)), whole, second)
    draw_asks(_slide(deck, parts.decisions_text(whole)), whole)
    return _saved(deck, whole)


def _slide(deck: Any, notes: str) -> Any:
    slide = deck.slides.add_slide(deck.slide_layouts[_TITLE_ONLY])
    slide.notes_slide.notes_text_frame.text = notes
    return slide


def _saved(deck: Any, brief: Brief) -> bytes:
    """The file, the same bytes for the same brief."""
    about = deck.core_properties
    about.title, about.author = clipped(parts.title_line(brief), 250), clipped(brief.plan_name, 250)
    about.subject, about.language = clipped(parts.versions_line(brief), 250), parts.LANGUAGE
    about.created = about.modified = _ANY_DAY
    about.last_modified_by = ""
    made, packed = io.BytesIO(), io.BytesIO()
    deck.save(made)
    with zipfile.ZipFile(made) as loose, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as tight:
        for name in loose.namelist():
            tight.writestr(
                zipfile.ZipInfo(name, _ANY_DAY.timetuple()[:6]), loose.read(name), zipfile.ZIP_DEFLATED
            )
    return packed.getvalue()


def _changes(slide: Any, brief: Brief, picture: Picture | None) -> None:
    top = add_head(slide, brief, brief_words.CHANGED) + 6
    width = ROOM if picture is None else 520.0

    def said(step: int) -> list[Paragraph]:
        if not brief.changes:
            return [Paragraph([Run(parts.nothing_changed(brief), colour=theme.MUTE)])]
        letters, most = (_ALL, _ALL) if step == 0 else LESS[step - 1]
        kept = brief.changes[:most]
        more = parts.more_changes(brief, len(brief.changes) - len(kept))
        lines = [Paragraph([Run(clipped(line.text, letters))], 0.45, is_listed=True) for line in kept]
        return [*lines, *([Paragraph([Run(more, colour=theme.MUTE)], 0.6)] if more else [])]

    box = Box(EDGE, top, width, FOOT - top)
    shown, size = largest_fit(said, len(LESS), BODY, (box.width, box.height))
    add_text(slide, box, shown, size, brief_words.CHANGED)
    if picture is not None:
        x = EDGE + width + RIGHT
        add_told_picture(slide, Box(x, top, WIDTH - EDGE - x, FOOT - top), picture)
