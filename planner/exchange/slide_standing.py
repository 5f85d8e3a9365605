"""The first slide of the brief: its sentence, the six numbers and the outcomes; how texts fit is measured elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from planner.exchange import brief_parts as parts
from planner.exchange.brief_parts import Most
from planner.exchange.slide_drawing import Box, Cell, add_table, add_text, row_heights
from planner.exchange.slide_fitting import Paragraph, Run, largest_fit, text_room
from planner.exchange.slide_frame import EDGE, FOOT, RIGHT, ROOM, WIDTH, add_head, add_told_picture
from planner.look import theme
from planner.look.lettering import clipped
from planner.rules import brief_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from planner.look.picture import Picture
    from planner.rules.brief import Brief, Number, OutcomeRow

_FIGURES: Final = (12.0, 11.5, 11.0, 10.5, 10.0, 9.5, 9.0)
_TABLE: Final = (13.0, 12.0, 11.0, 10.0)
_LINE: Final = 26.0  # points of one line and the gap under it
_MOST_ROWS: Final = 20  # in the least type, each in one line


def draw_standing(slide: Any, brief: Brief, pictures: Sequence[Picture]) -> None:
    """Fill the slide: the sentence, the numbers, the outcomes, and beside them the picture, if there is one.

    Without outcomes there is room for two pictures, side by side.
    """
    top = add_head(slide, brief, parts.title_line(brief))
    mark = parts.verdict_mark(brief)
    shape = [Run(f"{mark.glyph} ", colour=mark.colour)] if mark else []
    text = brief.lead.text

    def lead(step: int) -> list[Paragraph]:
        return [Paragraph([*shape, Run(text if step == 0 else clipped(text, 400 // step))])]

    said, size = largest_fit(lead, 4, (19.0, 18.0, 17.0, 16.0, 14.0, 12.0), (ROOM, 50))
    add_text(slide, Box(EDGE, top, ROOM, 50), said, size, "In one sentence")
    _numbers(slide, brief.numbers, top + 54)
    below = top + 142
    if not brief.outcomes:
        said = [Paragraph([Run(brief_words.NO_OUTCOMES, colour=theme.MUTE)])]
        add_text(slide, Box(EDGE, below, ROOM, _LINE), said, 13, brief_words.OUTCOMES)
        _side_by_side(slide, pictures, below + _LINE)
        return
    width = 580.0 if pictures else ROOM
    for picture in pictures:
        x = EDGE + width + RIGHT
        add_told_picture(slide, Box(x, below, WIDTH - EDGE - x, FOOT - below), picture)
    _outcomes(slide, brief, Box(EDGE, below, width, FOOT - below))


def _side_by_side(slide: Any, pictures: Sequence[Picture], top: float) -> None:
    """The pictures in two columns, each as large as it fits."""
    each = (ROOM - RIGHT) / 2
    for at, picture in enumerate(pictures):
        add_told_picture(slide, Box(EDGE + at * (each + RIGHT), top, each, FOOT - top), picture)


def _numbers(slide: Any, numbers: Sequence[Number], top: float) -> None:
    """The six numbers side by side in one size, the label of each above it."""
    each = (ROOM - RIGHT / 2 * (len(numbers) - 1)) / max(len(numbers), 1)
    rooms = ((_label, (each, 27.0)), (_figure, (each, 46.0)))
    size = min(
        (_fitted(tell, number, _FIGURES, room)[1] for number in numbers for tell, room in rooms),
        default=_FIGURES[0],
    )
    for at, number in enumerate(numbers):
        x, y = EDGE + at * (each + RIGHT / 2), top
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
    for size, kept, left in _outcome_steps(brief):
        rows = _outcome_rows(kept)
        widths = _widths(rows, box.width, size)
        more = parts.more_of(left, "measure of an outcome", "measures of outcomes")
        used = sum(row_heights(rows, widths, size))
        if used + (16 if more else 0) <= box.height or len(kept.outcomes) == 1:
            add_table(slide, (box.x, box.y), rows, widths, size, right=(4, 5), alt=brief_words.OUTCOMES)
            if more:
                line = [Paragraph([Run(more, colour=theme.MUTE)])]
                add_text(slide, Box(box.x, box.y + used + 2, box.width, 14), line, 10, "More outcomes")
            return


def _outcome_steps(brief: Brief) -> Iterator[tuple[float, Brief, int]]:
    """What is tried: the whole table in ever smaller type, then ever fewer rows, and ever shorter texts."""
    if len(brief.outcomes) <= _MOST_ROWS:
        yield from ((size, brief, 0) for size in _TABLE)
    for letters in (80, 40):
        for rows in range(min(len(brief.outcomes), _MOST_ROWS), 0, -1):
            most = Most(letters=letters, changes=0, outcomes=rows, asks=0, learnt=0, notes=0)
            kept, left = parts.cut(brief, most)
            yield _TABLE[-1], kept, left.outcomes


def _outcome_rows(brief: Brief) -> list[list[Cell]]:
    rows = [[Cell([Run(head, colour=theme.MUTE)]) for head in brief_words.OUTCOME_HEADS]]
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
