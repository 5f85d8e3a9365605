"""How much each refresh moved, as bars over snapshots with the calm band, limits, verdicts and what came from outside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from planner.charts import theme
from planner.charts.drift import DriftChart
from planner.charts.trend_axis import (
    LETTER,
    Factor,
    Field,
    Marks,
    Stop,
    add_axis,
    add_edge,
    add_factors,
    ends_of,
    hover,
    layer,
    narrowest,
    spec_of,
    spread,
    tone,
    words,
    x_of,
    y_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

GUTTER: Final = (205, 76)  # pixels at the left and right, those of the strip of statuses too
HEIGHT: Final = 205
_WIDEST, _PART = 26, 0.6  # pixels of a bar, and its part of the room between two snapshots
_LINE_APART: Final = 15
_ROW: Final = 22  # pixels of a row under the axis
_AXIS: Final = 38


@dataclass(frozen=True, slots=True)
class Bar:
    """One refresh: its share and how it is said, its verdict (a key of `theme.VERDICT` or empty) and its index.

    `value` is None where it cannot be computed; then `note` says why.
    """

    value: float | None
    text: str
    verdict: str
    index: str
    note: str
    is_unusual: bool = False
    is_large: bool = False


@dataclass(frozen=True, slots=True)
class Level:
    """A line across the bars with its words at the left; tone calm, mute or accent."""

    y: float
    text: str
    tone: str


@dataclass(frozen=True, slots=True)
class Ground:
    """What bars stand on: snapshots, of which the first has no bar, the calm band from zero to `calm`, other levels."""

    stops: Sequence[Stop]
    calm: float | None
    levels: Sequence[Level]
    factors: Sequence[Factor]
    narrow: float
    note: str
    alt: str
    table: Sequence[tuple[str, ...]]


def bars_chart(bars: Sequence[Bar], ground: Ground) -> DriftChart:
    """A bar for each refresh over the snapshot that it led to."""
    known = [bar.value for bar in bars if bar.value is not None]
    tops = [*known, *(level.y for level in ground.levels), ground.calm or 0.0]
    narrow = max(ground.narrow - sum(GUTTER), 120)
    plot = Field(ends_of(ground.stops), (0.0, (max(tops) or 1.0) * 1.17), HEIGHT, narrow)
    marks = Marks()
    add_edge(marks, plot)
    _add_levels(marks, plot, ground)
    _add_bars(marks, plot, bars, ground.stops)
    add_axis(marks, plot, ground.stops)
    below = _AXIS + _add_verdicts(marks, plot, bars, ground.stops)
    add_factors(marks, plot, ground.factors, below, GUTTER[0])
    spec = spec_of(plot, marks, _layers(plot), GUTTER)
    return DriftChart(marks.frame, spec, len(bars), ground.note, ground.alt, ground.table)


def _add_levels(marks: Marks, plot: Field, ground: Ground) -> None:
    low, high = plot.x
    if ground.calm:
        marks.add("band", x=low, x2=high, y=0.0, y2=ground.calm)
    marks.add("floor", tone="ghost", x=low, x2=high, y=0.0)
    for level in ground.levels:
        if level.tone != "calm":
            marks.add(
                "level", tone="ghost" if level.tone == "mute" else level.tone, x=low, x2=high, y=level.y
            )
    pixels = spread([plot.pixel(level.y) for level in ground.levels], _LINE_APART, (6, plot.height - 6))
    for level, pixel in zip(ground.levels, pixels, strict=True):
        marks.add("gutter", tone=level.tone, y=plot.at_pixel(pixel), text=level.text)


def _add_bars(marks: Marks, plot: Field, bars: Sequence[Bar], stops: Sequence[Stop]) -> None:
    half = min(_PART * narrowest(stops), _WIDEST / plot.quarter) / 2
    for bar, stop in zip(bars, stops[1:], strict=True):
        if bar.value is None:
            marks.add(
                "unknown", tone="faint", x=stop.x, y=plot.at_pixel(plot.height - 9), text="?", note=bar.note
            )
            continue
        tone_of = bar.verdict if bar.is_large and bar.verdict else "ghost"
        marks.add("bar", tone=tone_of, x=stop.x - half, x2=stop.x + half, y=0.0, y2=bar.value, note=bar.note)
    for at in _labelled(bars, stops, plot, half):
        bar, x = bars[at], stops[at + 1].x
        top = plot.pixel(bar.value or 0.0)
        marks.add("value", x=x, y=plot.at_pixel(top - 10), text=bar.text, note=bar.note)
        if bar.is_unusual:
            marks.add("value", tone="worse", x=x, y=plot.at_pixel(top - 24), text="unusual", note=bar.note)


def _labelled(bars: Sequence[Bar], stops: Sequence[Stop], plot: Field, half_bar: float) -> list[int]:
    """The bars whose figure has room: unusual and tall ones first, none over another or over a taller bar."""
    known = [at for at, bar in enumerate(bars) if bar.value is not None]
    bodies = [(at, stops[at + 1].x * plot.quarter, plot.pixel(bars[at].value or 0.0)) for at in known]
    taken: list[tuple[float, float, float, float]] = []
    shown = []
    for at in sorted(
        known, key=lambda place: (not bars[place].is_unusual, -(bars[place].value or 0.0), place)
    ):
        half, high = (len("unusual" if bars[at].is_unusual else bars[at].text) * LETTER + 4) / 2, 16
        middle, top = stops[at + 1].x * plot.quarter, plot.pixel(bars[at].value or 0.0)
        box = (middle - half, middle + half, top - high * (1 + bars[at].is_unusual), top)
        over_bar = any(
            other != at and abs(x - middle) < half + half_bar * plot.quarter and upper < top - 4
            for other, x, upper in bodies
        )
        if not over_bar and not any(_meet(box, one) for one in taken):
            taken.append(box)
            shown.append(at)
    return sorted(shown)


def _meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    """Whether two boxes (left, right, upper, lower) cover each other somewhere."""
    return one[0] < other[1] and other[0] < one[1] and one[2] < other[3] and other[2] < one[3]


def _add_verdicts(marks: Marks, plot: Field, bars: Sequence[Bar], stops: Sequence[Stop]) -> float:
    """A row with the shape of each verdict, and one with its index where there is room; returns how high they are."""
    if not any(bar.verdict for bar in bars):
        return 0.0
    y = plot.at_pixel(plot.height + _AXIS + 11)
    marks.add("gutter", tone="mute", y=y, text="verdict")
    for bar, stop in zip(bars, stops[1:], strict=True):
        if bar.verdict:
            marks.add(
                "verdict",
                tone=bar.verdict,
                x=stop.x,
                y=y,
                text=theme.VERDICT[bar.verdict].glyph,
                note=bar.note,
            )
    if narrowest(stops) * plot.quarter < 3 * LETTER + 4:
        return _ROW
    y = plot.at_pixel(plot.height + _AXIS + _ROW + 11)
    marks.add("gutter", tone="mute", y=y, text="index, 0 to 100")
    for bar, stop in zip(bars, stops[1:], strict=True):
        marks.add("index", tone="mute", x=stop.x, y=y, text=bar.index, note=bar.note)
    return 2.0 * _ROW


def _layers(plot: Field) -> list[dict[str, Any]]:
    x, y, colour, said = x_of(plot), y_of(plot), tone(), hover()
    x2, y2 = {"field": "x2"}, {"field": "y2"}
    across = {"x": x, "x2": x2, "y": y}
    text = {"x": x, "y": y, "tooltip": said}
    return [
        layer("band", {"type": "rect", "color": theme.CALM}, **across, y2=y2),
        layer("floor", {"type": "rule"}, **across, color=colour),
        layer("level", {"type": "rule", "strokeDash": [4, 3]}, **across, color=colour),
        layer("bar", {"type": "rect", "cornerRadius": 2}, **across, y2=y2, color=colour, tooltip=said),
        layer("factor", {"type": "rule", "strokeWidth": 6}, **across, color=colour, tooltip=said),
        # no line runs through a figure
        _halo("value", {"x": x, "y": y}),
        words("value", text, fontSize=theme.SIZE_LABEL, fontWeight=600),
        words("unknown", text, fontSize=theme.SIZE_LABEL),
        words("verdict", text, fontSize=15),
        words("index", text, fontSize=theme.SIZE_MONTHS),
        words("gutter", {"x": {"value": -GUTTER[0]}, "y": y, "tooltip": said}, align="left"),
    ]


def _halo(role: str, encoding: dict[str, Any]) -> dict[str, Any]:
    """The ground of the page behind texts."""
    text = {"field": "text", "type": "nominal"}
    drawn = {
        "type": "text",
        "baseline": "middle",
        "fontSize": theme.SIZE_LABEL,
        "fontWeight": 600,
        "color": theme.PAGE,
        "stroke": theme.PAGE,
        "strokeWidth": 4,
        "aria": False,
    }
    return layer(role, drawn, **encoding, text=text)
