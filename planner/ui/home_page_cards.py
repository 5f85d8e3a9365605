"""A row of figures, each in a card with the earlier one beside it and its course as a line; HTML, no chart library.

Streamlit's own metric draws each line with a whole chart, sets its notes too pale to read, and takes a change
with a real minus sign for a rise.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from planner.ui.markup import Html, esc, tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

UNKNOWN: Final = "–"  # noqa: RUF001  the dash of an empty figure
_SCALE, _THICK = 0.9, "2px"  # of the height of the line, so that its lowest point is not cut off
_LEAST_POINTS = 3


@dataclass(frozen=True, slots=True)
class Card:
    """One figure: what it is, what it was, what it counts; `why` says why there is none; `course` is its line.

    `href` leads to the rows that make it.
    """

    label: str
    value: str
    earlier: str = ""
    note: str = ""
    why: str = ""
    course: Sequence[float] = ()
    href: str = ""


def cards(shown: Iterable[Card]) -> Html:
    """The cards side by side, all of one width."""
    return tag("div", *(_card(card) for card in shown), class_="p-figures")


def _card(card: Card) -> Html:
    parts = [
        tag("div", _label(card), class_="p-figure-label"),
        tag("div", card.value or UNKNOWN, class_="p-figure-value"),
    ]
    if not card.value and card.why:
        parts.append(tag("div", card.why, class_="p-figure-note"))
    else:
        earlier = tag("span", card.earlier, class_="p-figure-was") if card.earlier else ""
        note = tag("span", card.note, class_="p-figure-note") if card.note else ""
        parts.append(tag("div", earlier, note, class_="p-figure-beside"))
    return tag("div", *parts, _line(card.course), class_="p-figure")


def _label(card: Card) -> Html:
    if not card.href:
        return esc(card.label)
    return tag("a", card.label, href=card.href, target="_self", class_="p-link", title="The rows behind it")


def _line(course: Sequence[float]) -> Html:
    """The course from the oldest version to the newest, the last point marked; what it says stands above in words."""
    if len(course) < _LEAST_POINTS:
        return Html()
    low, high = min(course), max(course)
    span = (high - low) or 1
    points = [
        (f"{at / (len(course) - 1) * 100:.4g}%", f"{(high - value) / span * 100:.4g}%")
        for at, value in enumerate(course)
    ]
    # the way there and, a line's thickness lower, the way back; Streamlit takes SVG out of what it is given
    there = [f"{x} calc({y} * {_SCALE})" for x, y in points]
    back = [f"{x} calc({y} * {_SCALE} + {_THICK})" for x, y in reversed(points)]
    shape = f"clip-path:polygon({', '.join([*there, *back])})"
    return tag("div", class_="p-figure-course", style=shape, aria_hidden="true")
