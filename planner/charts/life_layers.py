"""The layers that the charts of one item are drawn with: names at the left, lines, marks and figures; no item is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import polars as pl

from planner.charts import theme

if TYPE_CHECKING:
    from collections.abc import Sequence

PLAIN, STRONG, GHOST, WORSE, BETTER = "plain", "strong", "ghost", "worse", "better"
_TONES: Final = {
    PLAIN: theme.MUTE,
    STRONG: theme.ACCENT,
    GHOST: theme.GHOST_EDGE,
    WORSE: theme.WORSE,
    BETTER: theme.BETTER,
    **{key: mark.colour for key, mark in theme.STATUS.items()},
}
_SCHEMA: Final = {
    "role": pl.String, "x": pl.Float64, "y": pl.Float64, "x2": pl.Float64, "y2": pl.Float64,
    "tone": pl.String, "text": pl.String, "note": pl.String,
}  # fmt: skip
_EDGE: Final = 0.06  # of the time, at both sides


def chart_of(
    rows: list[tuple[Any, ...]], xs: Sequence[float], height: float, gutter: int, *, room: float
) -> tuple[pl.DataFrame, dict[str, Any]]:
    """The frame and the spec of rows (role, x, y, x2, y2, tone, text, note).

    `xs` are the places of the versions, `room` the part of their time that is kept for words at the end.

    A layer whose role no row has is left out: an empty one is a picture without a name to those who listen.
    """
    frame = pl.DataFrame(rows, schema=_SCHEMA, orient="row")
    span = max(xs[-1] - xs[0], 1)
    domain = [xs[0] - _EDGE * span, xs[-1] + (room + _EDGE) * span]
    x = {
        "field": "x",
        "type": "quantitative",
        "axis": None,
        "scale": {"domain": domain, "nice": False, "zero": False},
    }
    y = {
        "field": "y", "type": "quantitative", "axis": None,
        "scale": {"domain": [0, height], "reverse": True, "nice": False, "zero": False},
    }  # fmt: skip
    roles = set(frame["role"].to_list())
    spec = {
        **theme.base_spec(),
        # Streamlit puts "fit" into a spec that has none of its own, whatever its config says
        "autosize": {"type": "fit-x", "contains": "padding"},
        "height": height,
        "width": "container",
        "layer": [
            layer for layer in _layers(x, y, gutter) if layer["transform"][0]["filter"]["equal"] in roles
        ],
    }
    return frame, spec


def _layers(x: dict[str, Any], y: dict[str, Any], gutter: int) -> list[dict[str, Any]]:
    tone = {
        "field": "tone", "type": "nominal", "legend": None,
        "scale": {"domain": list(_TONES), "range": list(_TONES.values())},
    }  # fmt: skip
    ends = {"x": x, "y": y, "x2": {"field": "x2"}, "y2": {"field": "y2"}}
    hover = {"tooltip": {"field": "note", "type": "nominal"}}
    marks = [
        _layer(
            f"mark-{shape}",
            {"type": "point", "shape": shape, "filled": True, "size": 100, "opacity": 1},
            x=x,
            y=y,
            color=tone,
            **hover,
        )
        for shape in ("circle", "triangle-up", "diamond")
    ]
    return [
        _layer("edge", {"type": "rule", "color": theme.HAIRLINE}, y=y),
        _layer("stop", {"type": "rule", "color": theme.HAIRLINE}, x=x),
        _text("stop", "text", {"x": x, "y": {"value": -9}}, fontSize=theme.SIZE_MONTHS, color=theme.MUTE),
        _text("stop", "note", {"x": x, "y": {"value": -25}}, fontSize=theme.SIZE_QUARTER, fontWeight=600, color=theme.INK),
        _text("name", "text", {"x": {"value": -gutter}, "y": y}, align="left", fontSize=theme.SIZE_NAME, color=theme.INK, limit=gutter - 10),
        _layer("diagonal", {"type": "rule", "color": theme.GHOST, "strokeWidth": 1.5}, **ends, **hover),
        _layer("first", {"type": "rule", "color": theme.GHOST_EDGE, "strokeDash": [4, 3]}, **ends, **hover),
        _layer("ghost", {"type": "rule", "color": theme.GHOST_EDGE, "strokeWidth": 1.5, "strokeDash": [2, 2]}, **ends),
        _layer("line", {"type": "rule", "strokeWidth": 2.5, "strokeCap": "round"}, **ends, color=tone),
        _layer("point", {"type": "point", "filled": True, "size": 46, "opacity": 1}, x=x, y=y, color=tone, **hover),
        *marks,
        _text("figure", "text", {"x": x, "y": y}, align="center", fontSize=theme.SIZE_LABEL, color=theme.INK),
        _text("aside", "text", {"x": x, "y": y}, align="left", dx=28, fontSize=theme.SIZE_NOTE, color=theme.MUTE),
        _text("word", "text", {"x": x, "y": y}, align="left", dx=-5, fontSize=theme.SIZE_LABEL, color=theme.INK),
        _text("end", "text", {"x": x, "y": y, "color": tone}, align="left", dx=10, fontSize=theme.SIZE_LABEL, fontWeight=600),
    ]  # fmt: skip


def _layer(role: str, mark: dict[str, Any], **encoding: Any) -> dict[str, Any]:
    return {
        "transform": [{"filter": {"field": "role", "equal": role}}],
        "mark": {**mark, "clip": False},
        "encoding": encoding,
    }


def _text(role: str, field_name: str, encoding: dict[str, Any], **mark: Any) -> dict[str, Any]:
    text = {"field": field_name, "type": "nominal"}
    return _layer(role, {"type": "text", "baseline": "middle", **mark}, **encoding, text=text)
