"""The third slide of the brief: what is asked and was decided, what was learnt, and the foot of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planner.exchange import brief_parts as parts
from planner.exchange.brief_parts import Most
from planner.exchange.slide_drawing import Box, add_text
from planner.exchange.slide_fitting import Paragraph, Run, largest_fit
from planner.exchange.slide_frame import BODY, EDGE, HEIGHT, LESS, RIGHT, ROOM, WIDTH, add_head
from planner.look import theme
from planner.look.lettering import clipped
from planner.rules import brief_words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from planner.rules.brief import Brief


def draw_asks(slide: Any, brief: Brief) -> None:
    """Fill the slide: decisions at the left, lessons and notes at the right, the foot under both."""
    top = add_head(slide, brief, "Decisions and lessons") + 6
    foot = [Paragraph([Run(said, colour=theme.MUTE)]) for said in brief.footer]
    below, small = largest_fit(
        lambda step: (
            foot if step == 0 else [Paragraph([Run(clipped(foot[0].text, 300 // step), colour=theme.MUTE)])]
        ),
        3 if foot else 0,
        (10.0, 9.0),
        (ROOM, 40),
    )
    if foot:
        add_text(slide, Box(EDGE, HEIGHT - 52, ROOM, 40), below, small, "Foot")
    height = HEIGHT - 60 - top
    has_more = bool(brief.learnt or brief.notes)
    width = 520.0 if has_more else ROOM
    columns = [(_asked, Box(EDGE, top, width, height), brief_words.ASKED)]
    if has_more:
        x = EDGE + width + RIGHT
        columns.append((_learnt, Box(x, top, WIDTH - EDGE - x, height), brief_words.LEARNT))
    sizes: Sequence[float] = BODY
    for tell, box, _ in columns:  # both in one size
        fits = _told(brief, tell, sizes, box)[1]
        sizes = tuple(size for size in sizes if size <= fits)
    for tell, box, name in columns:
        shown, size = _told(brief, tell, sizes, box)
        add_text(slide, box, shown, size, name)


def _told(
    brief: Brief, tell: Callable[[Brief, int], list[Paragraph]], sizes: Sequence[float], box: Box
) -> tuple[Sequence[Paragraph], float]:
    return largest_fit(lambda step: tell(brief, step), len(LESS), sizes, (box.width, box.height))


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
        lines.insert(0, Paragraph([Run(brief_words.NOTHING_ASKED, colour=theme.MUTE)]))
    more = parts.more_of(left.asks, "decision")
    return [*lines, *([Paragraph([Run(more, colour=theme.MUTE)], 0.6)] if more else [])]


def _learnt(brief: Brief, step: int) -> list[Paragraph]:
    kept, left = _cut(brief, step)
    lines = []
    if brief.learnt:
        lines.append(Paragraph([Run(brief_words.LEARNT, bold=True, colour=theme.MUTE)]))
        for one in kept.learnt:
            lines += [
                Paragraph(_fact(*fact), 0.0 if at else 0.6) for at, fact in enumerate(parts.learnt_facts(one))
            ]
    if brief.notes:
        lines.append(Paragraph([Run(brief_words.NOTES, bold=True, colour=theme.MUTE)], 1.0))
        lines += [Paragraph([Run(note)], 0.5) for note in kept.notes]
    for number, noun in ((left.learnt, "lesson"), (left.notes, "note")):
        if number:
            lines.append(Paragraph([Run(parts.more_of(number, noun), colour=theme.MUTE)], 0.6))
    return lines


def _cut(brief: Brief, step: int) -> tuple[Brief, parts.Left]:
    if step == 0:
        return brief, parts.Left()
    letters, most = LESS[step - 1]
    few = max(most // 2, 1)
    return parts.cut(brief, Most(letters=letters, changes=0, outcomes=0, asks=most, learnt=few, notes=few))


def _fact(label: str, text: str) -> list[Run]:
    return [Run(f"{label}: ", colour=theme.MUTE), Run(text)]
