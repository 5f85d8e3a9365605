"""What the charts of the trend share: snapshots on an axis to scale, marks as rows of one frame, their layers; no figure.

Every mark is a row with its role; the spec names only fields of our own. y is in the units of the chart, and what stands
at a fixed pixel is put back into them, so that one scale serves all.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from planner.charts import theme
from planner.look.lettering import broken
from planner.look.lettering import shortened as cut_to_fit

if TYPE_CHECKING:
    from collections.abc import Sequence

LETTER: Final = 5.7  # pixels of a figure in the small type of a chart
_WORD_LETTER: Final = 5.4  # of a letter in words
_LINE, _MOST_LINES = 14, 6  # pixels of a line of a text that is broken, and how many it has at most
_LABEL_ROOM: Final = 31  # pixels that the two lines under a snapshot need
_SCHEMA: Final = {
    "role": pl.String,
    "x": pl.Float64,
    "x2": pl.Float64,
    "y": pl.Float64,
    "y2": pl.Float64,
    "tone": pl.String,
    "key": pl.String,
    "text": pl.String,
    "note": pl.String,
    "size": pl.Float64,
}
TONES: Final = {
    "ink": theme.INK,
    "mute": theme.MUTE,
    "faint": theme.FAINT,
    "ghost": theme.GHOST_EDGE,
    "worse": theme.WORSE,
    "better": theme.BETTER,
    "accent": theme.ACCENT,
    "calm": theme.STATUS["green"].text,
    **{name: mark.colour for name, mark in theme.STATUS.items()},
    **{f"{name}-text": mark.text for name, mark in theme.STATUS.items()},
    **{name: mark.colour for name, mark in theme.VERDICT.items()},
    **{f"outcome-{at}": colour for at, colour in enumerate(theme.OUTCOME_LINES)},
}


@dataclass(frozen=True, slots=True)
class Stop:
    """A snapshot on the axis: where it stands in quarters, the two lines under it, and its name in a sentence."""

    x: float
    quarter: str
    year: str
    name: str


@dataclass(frozen=True, slots=True)
class Factor:
    """What came from outside: from where to where on the axis, in short and in full."""

    x0: float
    x1: float
    text: str


@dataclass(frozen=True, slots=True)
class Field:
    """The plot: its ends in both directions, its height, and the narrowest width that it gets, in pixels."""

    x: tuple[float, float]
    y: tuple[float, float]
    height: float
    narrow: float

    def at_pixel(self, pixel: float) -> float:
        """The y that stands so many pixels under the upper end; above it and under the lower end too."""
        return self.y[1] - pixel / self.height * (self.y[1] - self.y[0])

    def pixel(self, y: float) -> float:
        """How many pixels under the upper end a y stands."""
        return (self.y[1] - y) / (self.y[1] - self.y[0]) * self.height

    @property
    def quarter(self) -> float:
        """The pixels of a quarter on the narrowest page."""
        return self.narrow / (self.x[1] - self.x[0])


@dataclass
class Marks:
    """The marks of one chart, each a row of its frame."""

    rows: list[dict[str, Any]] = field(default_factory=list)

    def add(self, role: str, *, tone: str = "ink", **cells: Any) -> None:
        """Add a mark; what it has no cell for is empty."""
        self.rows.append({"role": role, "tone": tone, **cells})

    @property
    def frame(self) -> pl.DataFrame:
        """All marks."""
        return pl.DataFrame(self.rows, schema=_SCHEMA)

    @property
    def roles(self) -> set[str]:
        """The roles that a mark has."""
        return {row["role"] for row in self.rows}


def ends_of(stops: Sequence[Stop]) -> tuple[float, float]:
    """The ends of an axis with some air beside the first and the last snapshot."""
    low, high = stops[0].x, stops[-1].x
    air = max(0.5, (high - low) * 0.05)
    return low - air, high + air


def narrowest(stops: Sequence[Stop]) -> float:
    """The least distance of two neighbours, in quarters; one where there are no two."""
    return min((after.x - before.x for before, after in pairwise(stops)), default=1.0)


def spread(wanted: Sequence[float], apart: float, within: tuple[float, float]) -> list[float]:
    """Places in pixels as near as can be to the wanted ones, none nearer to another than `apart`, in the same order."""
    order = sorted(range(len(wanted)), key=lambda at: (wanted[at], at))
    groups: list[list[Any]] = []  # [middle, members]
    for at in order:
        groups.append([wanted[at], [at]])
        while len(groups) > 1 and _reach(groups[-2], apart)[1] + apart > _reach(groups[-1], apart)[0]:
            last = groups.pop()
            before = groups[-1]
            count = len(before[1]) + len(last[1])
            before[0] = (before[0] * len(before[1]) + last[0] * len(last[1])) / count
            before[1] += last[1]
    places = [0.0] * len(wanted)
    for group in groups:
        first = _reach(group, apart)[0]
        for step, at in enumerate(group[1]):
            places[at] = first + step * apart
    return _pushed_inside([places[at] for at in order], order, apart, within)


def _reach(group: list[Any], apart: float) -> tuple[float, float]:
    half = (len(group[1]) - 1) * apart / 2
    return group[0] - half, group[0] + half


def _pushed_inside(
    ordered: list[float], order: Sequence[int], apart: float, within: tuple[float, float]
) -> list[float]:
    low, high = within
    for at in range(len(ordered)):
        ordered[at] = max(ordered[at], low if at == 0 else ordered[at - 1] + apart)
    for at in reversed(range(len(ordered))):
        most = high if at == len(ordered) - 1 else ordered[at + 1] - apart
        ordered[at] = min(ordered[at], most)
    places = [0.0] * len(ordered)
    for at, place in zip(order, ordered, strict=True):
        places[at] = place
    return places


def thinned(stops: Sequence[Stop], quarter: float, room: float = _LABEL_ROOM) -> list[int]:
    """Which snapshots have room for their name, the newest first of all; `quarter` is its pixels."""
    shown: list[int] = []
    for at in reversed(range(len(stops))):
        if not shown or (stops[shown[-1]].x - stops[at].x) * quarter >= room:
            shown.append(at)
    return sorted(shown)


def add_axis(marks: Marks, plot: Field, stops: Sequence[Stop], below: float = 0.0) -> None:
    """The snapshots under the plot, quarter over year, `below` pixels under its lower end."""
    for at in thinned(stops, plot.quarter):
        stop = stops[at]
        marks.add("quarter", x=stop.x, y=plot.at_pixel(plot.height + below + 14), text=stop.quarter)
        marks.add("year", tone="mute", x=stop.x, y=plot.at_pixel(plot.height + below + 28), text=stop.year)


def add_factors(marks: Marks, plot: Field, factors: Sequence[Factor], below: float, gutter: float) -> None:
    """What came from outside as bars under the axis, each beside its words, which have as many lines as they need."""
    top = plot.height + below + 9
    for factor in factors:
        lines = _lines(factor.text, gutter - 14)
        for at, line in enumerate(lines):
            y = plot.at_pixel(top + at * _LINE)
            marks.add("gutter", tone="mute", y=y, text=line, note=factor.text)
        middle = plot.at_pixel(top + (len(lines) - 1) * _LINE / 2)
        x0, x1 = max(factor.x0, plot.x[0]), min(factor.x1, plot.x[1])
        marks.add("factor", tone="ghost", x=x0, x2=x1, y=middle, note=factor.text)
        top += len(lines) * _LINE + 5


def _lines(text: str, pixels: float) -> list[str]:
    """A text in lines of so many pixels; one that would fill half the chart goes on under the pointer and in the table."""
    lines = broken(text, pixels, theme.SIZE_NOTE)
    if len(lines) > _MOST_LINES:
        lines[_MOST_LINES - 1 :] = [cut_to_fit(" ".join(lines[_MOST_LINES - 1 :]), pixels, theme.SIZE_NOTE)]
    return lines


def shortened(text: str, pixels: float) -> str:
    """A text that fits in so many pixels, cut at a letter where it must be."""
    most = max(int(pixels / _WORD_LETTER), 4)
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def x_of(plot: Field) -> dict[str, Any]:
    """The x of a mark, in quarters."""
    return _position("x", plot.x)


def y_of(plot: Field) -> dict[str, Any]:
    """The y of a mark, in the units of the chart."""
    return _position("y", plot.y)


def _position(name: str, ends: tuple[float, float]) -> dict[str, Any]:
    scale = {"domain": list(ends), "nice": False, "zero": False}
    return {"field": name, "type": "quantitative", "axis": None, "scale": scale}


def tone() -> dict[str, Any]:
    """One scale of colours for all layers: Vega-Lite would merge two into one and take the first."""
    scale = {"domain": list(TONES), "range": list(TONES.values())}
    return {"field": "tone", "type": "nominal", "legend": None, "scale": scale}


def hover() -> dict[str, Any]:
    """What a mark says under the pointer."""
    return {"field": "note", "type": "nominal"}


def layer(role: str, mark: dict[str, Any], **encoding: Any) -> dict[str, Any]:
    """The layer of one role."""
    return {
        "transform": [{"filter": {"field": "role", "equal": role}}],
        "mark": {"clip": False, **mark},
        "encoding": encoding,
    }


def words(role: str, encoding: dict[str, Any], **mark: Any) -> dict[str, Any]:
    """A layer of texts."""
    text = {"field": "text", "type": "nominal"}
    drawn = {"type": "text", "baseline": "middle", "fontSize": theme.SIZE_NOTE, **mark}
    return layer(role, drawn, **encoding, color=tone(), text=text)


def spec_of(
    plot: Field, marks: Marks, layers: Sequence[dict[str, Any]], gutter: tuple[float, float]
) -> dict[str, Any]:
    """The Vega-Lite spec: the layers that have a mark, on a plot with `gutter` pixels kept at its left and right.

    Charts with equal gutters stand under each other with their snapshots in line.
    """
    edge: dict[str, Any] = {"type": "rule", "opacity": 0}
    right = {"value": {"expr": f"width + {gutter[1]:g}"}}
    x, y = x_of(plot), y_of(plot)
    kept = [one for one in layers if one["transform"][0]["filter"]["equal"] in marks.roles]
    return {
        **theme.base_spec(),
        # Streamlit puts "fit" into a spec that has none of its own, whatever its config says
        "autosize": {"type": "fit-x", "contains": "padding"},
        "height": plot.height,
        "width": "container",
        "layer": [
            layer("edge", edge, x={"value": -gutter[0]}, x2=right, y=y),
            *kept,
            words("quarter", {"x": x, "y": y}, fontSize=theme.SIZE_QUARTER, fontWeight=600),
            words("year", {"x": x, "y": y}, fontSize=theme.SIZE_MONTHS),
        ],
    }


def add_edge(marks: Marks, plot: Field) -> None:
    """The unseen mark that keeps the gutters of `spec_of`."""
    marks.add("edge", y=plot.at_pixel(plot.height))
