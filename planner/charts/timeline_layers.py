"""The Vega-Lite layers that draw the marks of a timeline; it holds no word and no number of a plan."""

from __future__ import annotations

from typing import Any, Final

from planner.charts import theme
from planner.charts.timeline_marks import GUTTER

_RIGHT: Final = 1  # pixels at the right end, for the last line
_MONTHS_NEED: Final = 39  # pixels a quarter, so that the names of its months do not touch
# What a hover tells, in this order; a line without words is left out (`datum.nothing` is not there).
_TOLD: Final = (
    ("why", "Why"),
    ("dates", "Dates"),
    ("moved", "Moved"),
    ("cost", "Cost"),
    ("outcomes", "Outcomes"),
    ("people", "Who"),
    ("rating", "Rating"),
    ("note", "State"),
    ("said", " "),
)
_TIP: Final = "{title: datum.text, %s}" % ", ".join(  # noqa: UP031  braces are Vega's
    f"'{title}': datum.{name} ? datum.{name} : datum.nothing" for name, title in _TOLD
)
_Y: Final = {"field": "y", "type": "quantitative", "scale": None, "axis": None}
_FILL: Final = {"field": "fill", "type": "nominal", "scale": None}
_STROKE: Final = {"field": "stroke", "type": "nominal", "scale": None}
_TEXT: Final = {"field": "text", "type": "nominal"}
_WHOLE: Final = {"x": {"value": 0}, "x2": {"value": "width"}}


def timeline_spec(horizon: int, height: int) -> dict[str, Any]:
    """The spec for a frame of marks, on an axis of `horizon` quarters, `height` pixels high.

    Texts, bars and shapes have their colours and sizes as cells; a layer draws the rows of its role in their order.
    """
    base = theme.base_spec()
    config = {**base["config"], "autosize": {"type": "none"}}
    return {
        **base,
        "config": config,
        "height": height,
        "layer": [
            _rects("zone", horizon),
            _layer("stripe", {"type": "rect"}, x={"value": 1}, x2={"value": 4}, y=_Y, y2={"field": "y2"}, fill=_FILL),
            _rules("grid", horizon),
            _layer("line", {"type": "rule"}, **_WHOLE, y=_Y, stroke=_STROKE),
            _rects("ghost", horizon, edged=True, cornerRadius=theme.BAR_RADIUS),
            _rects("bar", horizon, edged=True, cornerRadius=theme.BAR_RADIUS, strokeDash={"expr": "datum.dash ? [4, 3] : []"}),
            _rules("tick", horizon),
            _rules("today", horizon),
            _rects("cell", horizon, cornerRadius=1),
            _points(horizon),
            _texts("halo", horizon, stroke=theme.PAGE, strokeWidth=4, strokeJoin="round", opacity=0.86),
            _texts("text", horizon, limit={"expr": "datum.limit"}),
            _texts("label", horizon, limit={"expr": f"datum.align == 'left' ? {_free(horizon)} : width"}),
            _texts("months", horizon, opacity={"expr": f"(width - {GUTTER}) / {horizon} < {_MONTHS_NEED} ? 0 : 1"}),
            _hits(),
        ],
    }  # fmt: skip


def _free(horizon: int) -> str:
    """The pixels between a text and the right edge, as Vega counts them: a label is never cut by the edge."""
    return f"width - {GUTTER} - datum.x * (width - {GUTTER + _RIGHT}) / {horizon} - datum.dx - 2"


def _x(horizon: int) -> dict[str, Any]:
    scale = {
        "domain": [0, horizon],
        "range": [GUTTER, {"expr": f"width - {_RIGHT}"}],
        "nice": False,
        "zero": False,
    }
    return {"field": "x", "type": "quantitative", "axis": None, "scale": scale}


def _layer(role: str, mark: dict[str, Any], **encoding: Any) -> dict[str, Any]:
    return {
        "name": f"timeline_{role}",
        "transform": [{"filter": {"field": "role", "equal": role}}],
        "mark": {"aria": False, "clip": False, "tooltip": None, **mark},
        "encoding": encoding,
    }


def _rects(role: str, horizon: int, *, edged: bool = False, **mark: Any) -> dict[str, Any]:
    edges: dict[str, Any] = {}
    if edged:
        edges["stroke"] = _STROKE
        edges["strokeWidth"] = {"field": "width", "type": "quantitative", "scale": None}
    if role == "ghost":
        edges["opacity"] = {"field": "opacity", "type": "quantitative", "scale": None}
    return _layer(
        role,
        {"type": "rect", **mark},
        x=_x(horizon),
        x2={"field": "x2"},
        y=_Y,
        y2={"field": "y2"},
        fill=_FILL,
        **edges,
    )


def _rules(role: str, horizon: int) -> dict[str, Any]:
    width = {"field": "width", "type": "quantitative", "scale": None}
    return _layer(
        role, {"type": "rule"}, x=_x(horizon), y=_Y, y2={"field": "y2"}, stroke=_STROKE, strokeWidth=width
    )


def _points(horizon: int) -> dict[str, Any]:
    number = {"type": "quantitative", "scale": None}
    mark = {"type": "point", "filled": True, "opacity": 1, "xOffset": {"expr": "datum.dx"}}
    return _layer(
        "point", mark, x=_x(horizon), y=_Y, fill=_FILL, stroke=_STROKE,
        strokeWidth={"field": "width", **number}, size={"field": "size", **number},
        shape={"field": "shape", "type": "nominal", "scale": None},
    )  # fmt: skip


def _texts(role: str, horizon: int, **mark: Any) -> dict[str, Any]:
    look = {
        "type": "text",
        "dx": {"expr": "datum.dx"},
        "align": {"expr": "datum.align"},
        "fontSize": {"expr": "datum.size"},
        "fontWeight": {"expr": "datum.weight"},
    }
    painted = {} if role == "halo" else {"fill": _FILL}
    return _layer(role, {**look, **mark}, x=_x(horizon), y=_Y, text=_TEXT, **painted)


def _hits() -> dict[str, Any]:
    """The rows themselves, unseen, over everything: they answer the mouse and name what they hold."""
    mark = {
        "type": "rect",
        "aria": True,
        "fill": "transparent",
        "stroke": None,
        "tooltip": {"expr": _TIP},
        "cursor": "default",
    }
    return _layer("hit", mark, **_WHOLE, y=_Y, y2={"field": "y2"}, description=_TEXT)
