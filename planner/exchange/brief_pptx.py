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
from planner.exchange.brief_parts import Most
from planner.exchange.slide_drawing import (
    Box,
    Cell,
    add_picture,
    add_table,
    add_text,
    row_heights,
    set_title,
)
from planner.exchange.slide_fitting import Paragraph, Run, largest_fit, text_room
from planner.look import theme
from planner.look.lettering import clipped
from planner.look.picture import FINISHES, MONEY

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from planner.look.picture import Picture, Pictures
    from planner.rules.brief import Brief, Number, OutcomeRow

WIDTH, HEIGHT = 960.0, 540.0  # points, 16:9
_EDGE: Final = 40.0
_ROOM: Final = WIDTH - 2 * _EDGE
_FOOT: Final = HEIGHT - 30.0
_TITLE_ONLY: Final = 5  # the layout of the library's own template
_ALL: Final = 10**9
# A file says when it was made; this one says nothing of the day on which somebody asked for it.
_ANY_DAY: Final = dt.datetime(2000, 1, 1)  # noqa: DTZ001  the format has no time zone
_RIGHT: Final = 24.0  # points between two columns
_FIGURES: Final = (12.0, 11.5, 11.0, 10.5, 10.0, 9.5, 9.0)
_BODY: Final = (18.0, 17.0, 16.0, 15.0, 14.0, 13.0, 12.0, 11.0)
_TABLE: Final = (13.0, 12.0, 11.0, 10.0)


def brief_pptx(brief: Brief, pictures: Pictures) -> bytes:
    """The three slides, 16:9, with the pictures that they are given."""
    whole = parts.cleaned(brief)
    deck = Presentation()
    deck.slide_width, deck.slide_height = Pt(WIDTH), Pt(HEIGHT)
    _standing(_slide(deck, parts.standing_text(whole)), whole, pictures.get(MONEY))
    _changes(_slide(deck, parts.changes_text(whole)), whole, pictures.get(FINISHES))
    _decisions(_slide(deck, parts.decisions_text(whole)), whole)
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


def _head(slide: Any, brief: Brief, title: str) -> float:
    """The title and the mute line over it; returns where the rest begins."""
    above = [Paragraph([Run(clipped(parts.versions_line(brief), 140), colour=theme.MUTE)])]
    add_text(slide, Box(_EDGE, 22, _ROOM, 16), above, 11, "Versions")
    said, size = largest_fit(
        lambda step: [Paragraph([Run(title if step == 0 else clipped(title, 90 // step), bold=True)])],
        3,
        (26.0, 24.0, 22.0, 20.0),
        (_ROOM, 34),
    )
    set_title(slide, Box(_EDGE, 40, _ROOM, 34), said[0].text, size)
    return 84.0


# --- the first slide ------------------------------------------------------------------------------


def _standing(slide: Any, brief: Brief, picture: Picture | None) -> None:
    top = _head(slide, brief, parts.title_line(brief))
    mark = parts.verdict_mark(brief)
    shape = [Run(f"{mark.glyph} ", colour=mark.colour)] if mark else []
    text = brief.lead.text

    def lead(step: int) -> list[Paragraph]:
        return [Paragraph([*shape, Run(text if step == 0 else clipped(text, 400 // step))])]

    said, size = largest_fit(lead, 4, (19.0, 18.0, 17.0, 16.0, 14.0, 12.0), (_ROOM, 50))
    add_text(slide, Box(_EDGE, top, _ROOM, 50), said, size, "In one sentence")
    _numbers(slide, brief.numbers, top + 54)
    below = top + 142
    width = _ROOM
    if picture is not None:
        width = 580.0
        x = _EDGE + width + _RIGHT
        head = [
            Paragraph([Run(picture.title, bold=True)]),
            Paragraph([Run(picture.note, colour=theme.MUTE, grown=0.8)]),
        ]
        add_text(slide, Box(x, below, WIDTH - _EDGE - x, 42), head, 12, "About the picture")
        add_picture(slide, Box(x, below + 44, WIDTH - _EDGE - x, _FOOT - below - 44), picture)
    _outcomes(slide, brief, Box(_EDGE, below, width, _FOOT - below))


def _numbers(slide: Any, numbers: Sequence[Number], top: float) -> None:
    """The six numbers side by side in one size, the label of each above it."""
    each = (_ROOM - _RIGHT / 2 * (len(numbers) - 1)) / max(len(numbers), 1)
    rooms = ((_label, (each, 27.0)), (_figure, (each, 46.0)))
    size = min(
        (_fitted(tell, number, _FIGURES, room)[1] for number in numbers for tell, room in rooms),
        default=_FIGURES[0],
    )
    for at, number in enumerate(numbers):
        x, y = _EDGE + at * (each + _RIGHT / 2), top
        for tell, room in rooms:
            shown, _ = _fitted(tell, number, (size,), room)
            add_text(slide, Box(x, y, *room), shown, size, number.label, at_foot=tell is _label)
            y += room[1]


def _fitted(
    tell: Callable[[Number, int], list[Paragraph]],
    number: Number,
    sizes: Sequence[float],
    room: tuple[float, float],
) -> tuple[Sequence[Paragraph], float]:
    return largest_fit(lambda step: tell(number, step), 8, sizes, room)


def _label(number: Number, step: int) -> list[Paragraph]:
    return [Paragraph([Run(clipped(number.label, 400 if step == 0 else 80 // step), colour=theme.MUTE)])]


def _figure(number: Number, step: int) -> list[Paragraph]:
    now, rest = parts.figure_parts(number.now)
    figure = [Run(now, bold=True, grown=1.8), Run(f" {rest}" if rest else "")]
    if not number.now:
        figure = [Run(parts.NOT_KNOWN, colour=theme.MUTE)]
    letters = 400 if step == 0 else 80 // step
    return [
        Paragraph([Run(clipped(run.text, letters), run.bold, run.colour, run.grown) for run in figure]),
        Paragraph([Run(clipped(parts.number_note(number), letters), colour=theme.MUTE)]),
    ]


def _outcomes(slide: Any, brief: Brief, box: Box) -> None:
    if not brief.outcomes:
        said = [Paragraph([Run(parts.NO_OUTCOMES, colour=theme.MUTE)])]
        add_text(slide, box, said, 13, parts.OUTCOMES)
        return
    for size, kept, left in _outcome_steps(brief):
        rows = _outcome_rows(kept)
        widths = _widths(rows, box.width, size)
        more = parts.more_of(left, "measure of an outcome", "measures of outcomes")
        used = sum(row_heights(rows, widths, size))
        if used + (16 if more else 0) <= box.height or len(kept.outcomes) == 1:
            add_table(slide, (box.x, box.y), rows, widths, size, right=(4, 5), alt=parts.OUTCOMES)
            if more:
                line = [Paragraph([Run(more, colour=theme.MUTE)])]
                add_text(slide, Box(box.x, box.y + used + 2, box.width, 14), line, 10, "More outcomes")
            return


def _outcome_steps(brief: Brief) -> list[tuple[float, Brief, int]]:
    """What is tried: the whole table in ever smaller type, then ever fewer rows, and ever shorter texts."""
    steps = [(size, brief, 0) for size in _TABLE]
    for letters in (80, 40):
        for rows in range(len(brief.outcomes), 0, -1):
            most = Most(letters=letters, changes=0, outcomes=rows, asks=0, learnt=0, notes=0)
            kept, left = parts.cut(brief, most)
            steps.append((_TABLE[-1], kept, left.outcomes))
    return steps


def _outcome_rows(brief: Brief) -> list[list[Cell]]:
    rows = [[Cell([Run(head, colour=theme.MUTE)]) for head in parts.OUTCOME_HEADS]]
    for group in parts.outcome_groups(brief.outcomes):
        for at, row in enumerate(group):
            span = len(group) if at == 0 else 0
            was, now = parts.status_before(brief, row), parts.status_mark(row.now)
            beside = [
                Cell([Run(row.name, bold=True)], span),
                Cell(_marked(was), span),
                Cell(_marked(now), span),
            ]
            covered = [Cell([], 0)] * 3
            rows.append([*(beside if span else covered), *_measured(row)])
    return rows


def _measured(row: OutcomeRow) -> list[Cell]:
    value = row.value or (parts.NOT_KNOWN if row.measure else "")
    return [Cell([Run(text)]) for text in (row.measure, value, row.path)]


def _marked(mark: theme.Mark) -> list[Run]:
    shape = [Run(f"{mark.glyph} ", colour=mark.colour)] if mark.glyph else []
    return [*shape, Run(mark.word, colour=mark.text)]


def _widths(rows: Sequence[Sequence[Cell]], whole: float, size: float) -> list[float]:
    """The widths of the columns: statuses and figures what they need, at most a part; the rest for the two names."""
    needed = [
        max(text_room("".join(run.text for run in row[at].runs), size) for row in rows) + 12
        for at in range(6)
    ]
    narrow = {at: min(needed[at], whole * most) for at, most in ((1, 0.16), (2, 0.16), (4, 0.16), (5, 0.1))}
    left = whole - sum(narrow.values())
    measure = min(max(needed[3], left - needed[0] * 1.2), left * 0.66)  # a name may go over several rows
    return [left - measure, narrow[1], narrow[2], measure, narrow[4], narrow[5]]


# --- the second slide -----------------------------------------------------------------------------


def _changes(slide: Any, brief: Brief, picture: Picture | None) -> None:
    top = _head(slide, brief, parts.CHANGED) + 6
    width = _ROOM if picture is None else 520.0

    def said(step: int) -> list[Paragraph]:
        if not brief.changes:
            return [Paragraph([Run(parts.nothing_changed(brief), colour=theme.MUTE)])]
        letters, most = (_ALL, _ALL) if step == 0 else _LESS[step - 1]
        kept = brief.changes[:most]
        more = parts.more_changes(brief.more, len(brief.changes) - len(kept))
        lines = [Paragraph([Run(clipped(line.text, letters))], 0.45, is_listed=True) for line in kept]
        return [*lines, *([Paragraph([Run(more, colour=theme.MUTE)], 0.6)] if more else [])]

    box = Box(_EDGE, top, width, _FOOT - top)
    shown, size = largest_fit(said, len(_LESS), _BODY, (box.width, box.height))
    add_text(slide, box, shown, size, parts.CHANGED)
    if picture is not None:
        x = _EDGE + width + _RIGHT
        head = [
            Paragraph([Run(picture.title, bold=True)]),
            Paragraph([Run(picture.note, colour=theme.MUTE, grown=0.8)]),
        ]
        add_text(slide, Box(x, top, WIDTH - _EDGE - x, 42), head, 12, "About the picture")
        add_picture(slide, Box(x, top + 44, WIDTH - _EDGE - x, _FOOT - top - 44), picture)


# Letters of each text, and how many there are, where all of it does not fit.
_LESS: Final = ((400, 12), (260, 9), (260, 7), (180, 7), (180, 5), (120, 4), (80, 3), (60, 2))


# --- the third slide ------------------------------------------------------------------------------


def _decisions(slide: Any, brief: Brief) -> None:
    top = _head(slide, brief, "Decisions and lessons") + 6
    foot = [Paragraph([Run(said, colour=theme.MUTE)]) for said in brief.footer]
    below, small = largest_fit(
        lambda step: (
            foot if step == 0 else [Paragraph([Run(clipped(foot[0].text, 300 // step), colour=theme.MUTE)])]
        ),
        3 if foot else 0,
        (10.0, 9.0),
        (_ROOM, 40),
    )
    if foot:
        add_text(slide, Box(_EDGE, HEIGHT - 52, _ROOM, 40), below, small, "Foot")
    height = HEIGHT - 60 - top
    has_more = bool(brief.learnt or brief.notes)
    width = 520.0 if has_more else _ROOM
    columns = [(_asked, Box(_EDGE, top, width, height), parts.ASKED)]
    if has_more:
        x = _EDGE + width + _RIGHT
        columns.append((_learnt, Box(x, top, WIDTH - _EDGE - x, height), parts.LEARNT))
    sizes: Sequence[float] = _BODY
    for tell, box, _ in columns:  # both in one size
        fits = _told(brief, tell, sizes, box)[1]
        sizes = tuple(size for size in sizes if size <= fits)
    for tell, box, name in columns:
        shown, size = _told(brief, tell, sizes, box)
        add_text(slide, box, shown, size, name)


def _told(
    brief: Brief, tell: Callable[[Brief, int], list[Paragraph]], sizes: Sequence[float], box: Box
) -> tuple[Sequence[Paragraph], float]:
    return largest_fit(lambda step: tell(brief, step), len(_LESS), sizes, (box.width, box.height))


def _asked(brief: Brief, step: int) -> list[Paragraph]:
    kept, left = _cut(brief, step)
    lines = []
    for head, asks in parts.ask_groups(kept):
        lines.append(Paragraph([Run(head, bold=True, colour=theme.MUTE)], 1.0))
        for ask in asks:
            lines.append(Paragraph([Run(parts.ask_line(ask), bold=True)], 0.5))
            facts = parts.ask_facts(ask)
            lines += [Paragraph(_fact(*fact)) for fact in (facts if ask in kept.asks else facts[:1])]
    if not brief.asks:
        lines.insert(0, Paragraph([Run(parts.NOTHING_ASKED, colour=theme.MUTE)]))
    more = parts.more_of(left.asks, "decision")
    return [*lines, *([Paragraph([Run(more, colour=theme.MUTE)], 0.6)] if more else [])]


def _learnt(brief: Brief, step: int) -> list[Paragraph]:
    kept, left = _cut(brief, step)
    lines = []
    if brief.learnt:
        lines.append(Paragraph([Run(parts.LEARNT, bold=True, colour=theme.MUTE)]))
        for one in kept.learnt:
            lines += [
                Paragraph(_fact(*fact), 0.0 if at else 0.6) for at, fact in enumerate(parts.learnt_facts(one))
            ]
    if brief.notes:
        lines.append(Paragraph([Run(parts.NOTES, bold=True, colour=theme.MUTE)], 1.0))
        lines += [Paragraph([Run(note)], 0.5) for note in kept.notes]
    for number, noun in ((left.learnt, "lesson"), (left.notes, "note")):
        if number:
            lines.append(Paragraph([Run(parts.more_of(number, noun), colour=theme.MUTE)], 0.6))
    return lines


def _cut(brief: Brief, step: int) -> tuple[Brief, parts.Left]:
    if step == 0:
        return brief, parts.Left()
    letters, most = _LESS[step - 1]
    few = max(most // 2, 1)
    return parts.cut(brief, Most(letters=letters, changes=0, outcomes=0, asks=most, learnt=few, notes=few))


def _fact(label: str, text: str) -> list[Run]:
    return [Run(f"{label}: ", colour=theme.MUTE), Run(text)]
