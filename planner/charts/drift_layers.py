"""The layers that both charts of drift are drawn with: names at the left, bars or arrows, labels beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from planner.charts import theme

if TYPE_CHECKING:
    from collections.abc import Collection

WORSE, BETTER, NEUTRAL = "worse", "better", "neutral"
GUTTER: Final = 232  # pixels for the names at the left
_QUIET: Final = "quiet"  # of a label beside a grey bar: grey text needs more contrast than a grey bar
_TONES: Final = {
    WORSE: theme.WORSE,
    BETTER: theme.BETTER,
    NEUTRAL: theme.GHOST,
    _QUIET: theme.MUTE,
}
_SCHEMA: Final = {
    "role": pl.String,
    "y": pl.Float64,
    "y2": pl.Float64,
    "x": pl.Float64,
    "x2": pl.Float64,
    "tone": pl.String,
    "text": pl.String,
    "note": pl.String,
}
_GAP: Final = 0.14  # of a row, above and below its bar
_NAME_AT, _NOTE_AT = 0.34, 0.72  # of a row, where its two lines of text stand


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a chart: role total, bar, arrow or text; from x0 to x1, said by `label`."""

    role: str
    name: str
    note: str
    x0: float
    x1: float
    tone: str
    label: str


def frame_of(rows: list[Row], axis: list[tuple[float, str, str]]) -> pl.DataFrame:
    """All marks of a chart in one frame, each with its role; `axis` has x, label and head of each grid line."""
    found: list[tuple[Any, ...]] = []
    for at, row in enumerate(rows):
        found += _texts(at, row)
        found += _marks(at, row, rows)
    for x, label, head in axis:
        found.append(("grid", None, None, x, None, NEUTRAL, label, head))
    return pl.DataFrame(found, schema=_SCHEMA, orient="row")


def _texts(at: int, row: Row) -> list[tuple[Any, ...]]:
    if not row.note:
        return [("name", at + 0.5, None, None, None, NEUTRAL, row.name, "")]
    return [
        ("name", at + _NAME_AT, None, None, None, NEUTRAL, row.name, ""),
        ("note", at + _NOTE_AT, None, None, None, NEUTRAL, row.note, ""),
    ]


def _marks(at: int, row: Row, rows: list[Row]) -> list[tuple[Any, ...]]:
    middle, left, right = at + 0.5, min(row.x0, row.x1), max(row.x0, row.x1)
    hover = f"{row.name}: {row.label}"
    if row.role == "total":
        return [
            ("total", at + _GAP, at + 1 - _GAP, row.x0, None, row.tone, row.label, hover),
            ("total_label", middle, None, row.x0, None, row.tone, row.label, hover),
            *_joint(at, row, rows),
        ]
    if row.role == "bar":
        return [
            ("bar", at + _GAP, at + 1 - _GAP, left, right, row.tone, row.label, hover),
            ("label", middle, None, right, None, _said(row), row.label, hover),
            *_joint(at, row, rows),
        ]
    if row.role == "arrow":
        way = 1 if row.x1 > row.x0 else -1
        head = "right" if way > 0 else "left"
        return [
            ("shaft", middle, None, row.x0 + way * 0.16, row.x1 - way * 0.16, row.tone, row.label, hover),
            ("start", middle, None, row.x0, None, row.tone, row.label, hover),
            (head, middle, None, row.x1, None, row.tone, row.label, hover),
            ("label", middle, None, right + 0.2, None, _said(row), row.label, hover),
        ]
    return []


def _said(row: Row) -> str:
    return _QUIET if row.tone == NEUTRAL else row.tone


def _joint(at: int, row: Row, rows: list[Row]) -> list[tuple[Any, ...]]:
    """The dotted line from the end of a step to the next one."""
    if at + 1 >= len(rows):
        return []
    return [("joint", at + 1 - _GAP, at + 1 + _GAP, row.x1, None, NEUTRAL, "", "")]


def chart_spec(domain: tuple[float, float], rows: int, roles: Collection[str]) -> dict[str, Any]:
    """The Vega-Lite spec for a frame of `frame_of`: names, grid, bars, arrows and labels, each a layer.

    A layer whose role no row has is left out: an empty one is a picture without a name to those who listen.
    """
    x = _Scale(domain).x
    y = {
        "field": "y",
        "type": "quantitative",
        "axis": None,
        "scale": {"domain": [0, rows], "reverse": True, "nice": False, "zero": False},
    }
    tone = _colour()
    hover = {"field": "note", "type": "nominal"}
    layers = _layers(x, y, tone, hover)
    return {
        **theme.base_spec(),
        # Streamlit puts "fit" into a spec that has none of its own, whatever its config says
        "autosize": {"type": "fit-x", "contains": "padding"},
        "height": rows * theme.ROW_BRIDGE,
        "width": "container",
        "layer": [layer for layer in layers if layer["transform"][0]["filter"]["equal"] in roles],
    }


def _layers(
    x: dict[str, Any], y: dict[str, Any], tone: dict[str, Any], hover: dict[str, Any]
) -> list[dict[str, Any]]:
    return [
            _layer("grid", {"type": "rule", "color": theme.HAIRLINE}, x=x),
            _text("grid", "text", {"y": {"value": -8}, "x": x}, fontSize=theme.SIZE_MONTHS, color=theme.MUTE),
            _text("grid", "note", {"y": {"value": -24}, "x": x}, fontSize=theme.SIZE_QUARTER, fontWeight=600, color=theme.INK),
            _text("name", "text", {"x": {"value": -GUTTER}, "y": y}, align="left", fontSize=theme.SIZE_NAME, color=theme.INK, limit=GUTTER - 12),
            _text("note", "text", {"x": {"value": -GUTTER}, "y": y}, align="left", fontSize=theme.SIZE_NOTE, color=theme.MUTE, limit=GUTTER - 12),
            _layer("joint", {"type": "rule", "color": theme.GHOST_EDGE, "strokeDash": [2, 2]}, x=x, y=y, y2={"field": "y2"}),
            _layer("bar", {"type": "rect", "cornerRadius": 2}, x=x, x2={"field": "x2"}, y=y, y2={"field": "y2"}, color=tone, tooltip=hover),
            _layer("total", {"type": "rule", "color": theme.INK, "strokeWidth": 2}, x=x, y=y, y2={"field": "y2"}, tooltip=hover),
            _text("total_label", "text", {"x": x, "y": y}, align="right", dx=-8, fontSize=theme.SIZE_LANE, fontWeight=600, color=theme.INK),
            _layer("shaft", {"type": "rule", "strokeWidth": 2}, x=x, x2={"field": "x2"}, y=y, color=tone, tooltip=hover),
            _point("start", "circle", x, y, {"filled": True, "fill": theme.PAGE, "stroke": theme.MUTE, "strokeWidth": 1.5, "size": 70}),
            _point("right", "triangle-right", x, y, {"filled": True, "size": 90}, tone),
            _point("left", "triangle-left", x, y, {"filled": True, "size": 90}, tone),
            {**_text("label", "text", {"x": x, "y": y, "color": tone}, align="left", dx=8, fontSize=theme.SIZE_LABEL, fontWeight=600)},
            ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Scale:
    domain: tuple[float, float]

    @property
    def x(self) -> dict[str, Any]:
        scale = {"domain": list(self.domain), "nice": False, "zero": False}
        return {"field": "x", "type": "quantitative", "axis": None, "scale": scale}


def _colour() -> dict[str, Any]:
    """One scale for all layers: Vega-Lite would merge two into one and take the first."""
    scale = {"domain": list(_TONES), "range": list(_TONES.values())}
    return {"field": "tone", "type": "nominal", "legend": None, "scale": scale}


def _layer(role: str, mark: dict[str, Any], **encoding: Any) -> dict[str, Any]:
    return {
        "transform": [{"filter": {"field": "role", "equal": role}}],
        "mark": {**mark, "clip": False},
        "encoding": encoding,
    }


def _text(role: str, field: str, encoding: dict[str, Any], **mark: Any) -> dict[str, Any]:
    text = {"field": field, "type": "nominal"}
    return _layer(role, {"type": "text", "baseline": "middle", **mark}, **encoding, text=text)


def _point(
    role: str,
    shape: str,
    x: dict[str, Any],
    y: dict[str, Any],
    mark: dict[str, Any],
    tone: dict[str, Any] | None = None,
) -> dict[str, Any]:
    coloured = {} if tone is None else {"color": tone}
    return _layer(role, {"type": "point", "shape": shape, "opacity": 1, **mark}, x=x, y=y, **coloured)
