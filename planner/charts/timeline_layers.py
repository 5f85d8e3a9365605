"""The Vega-Lite layers that draw the marks of a timeline; it holds no word and no number of a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from planner.charts import theme
from planner.charts.timeline_marks import GUTTER, ROW

if TYPE_CHECKING:
    from collections.abc import Collection

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
_CONFIG: Final = ("background", "font", "padding", "view", "text")
_X: Final = {"field": "x", "type": "quantitative", "axis": None}
_X2: Final = {"field": "x2"}
_Y: Final = {"field": "y", "type": "quantitative", "scale": None, "axis": None}
_Y2: Final = {"field": "y2"}
_FILL: Final = {"field": "fill", "type": "nominal", "scale": None}
_STROKE: Final = {"field": "stroke", "type": "nominal", "scale": None}
_TEXT: Final = {"field": "text", "type": "nominal"}
_WHOLE: Final = {"x": {"value": 0}, "x2": {"value": "width"}}


def _number(field: str) -> dict[str, Any]:
    return {"field": field, "type": "quantitative", "scale": None}


def timeline_spec(horizon: int, height: int, roles: Collection[str]) -> dict[str, Any]:
    """The spec for a frame of marks, on an axis of `horizon` quarters, `height` pixels high.

    Texts, bars and shapes have their colours and sizes as cells; a layer draws the rows of its role in their order,
    and a role that has no row has no layer: each costs the browser time.
    """
    base = theme.base_spec()
    config = {name: base["config"][name] for name in _CONFIG}
    layers = {
        "zone": _rects(),
        "stripe": _layer({"type": "rect"}, x={"value": 1}, x2={"value": 4}, y=_Y, y2=_Y2, fill=_FILL),
        "grid": _rules(),
        "line": _layer({"type": "rule"}, **_WHOLE, y=_Y, stroke=_STROKE),
        "bar": _bars(),
        "cell": _rects(cornerRadius=1),
        "over": _rules(),
        "point": _points(),
        "halo": _texts(horizon, stroke=theme.PAGE, strokeWidth=8, strokeJoin="round", opacity=0.9),
        "text": _texts(horizon),
        "months": _texts(
            horizon, opacity={"expr": f"(width - {GUTTER}) / {horizon} < {_MONTHS_NEED} ? 0 : 1"}
        ),
        "hit": _hits(),
    }
    drawn = [_of_role(role, layer) for role, layer in layers.items() if role in roles]
    if "cell" in roles:
        drawn.append({**_of_role("cell", _counts(horizon)), "name": "timeline_count"})
    return {
        **base,
        "config": config,
        "autosize": {"type": "none"},  # nothing reaches out of the picture, so nothing has to be measured
        "height": height,
        "layer": [_scale_layer(horizon), *drawn],
    }


def _scale_layer(horizon: int) -> dict[str, Any]:
    """A layer that draws nothing and says for all how wide a quarter is: the plot begins right of the gutter."""
    scale = {
        "domain": [0, horizon],
        "range": [GUTTER, {"expr": f"width - {_RIGHT}"}],
        "nice": False,
        "zero": False,
    }
    return {
        "data": {"values": [{}]},
        "mark": {"type": "rule", "opacity": 0, "aria": False},
        "encoding": {"x": {"datum": 0, "type": "quantitative", "axis": None, "scale": scale}},
    }


def _of_role(role: str, layer: dict[str, Any]) -> dict[str, Any]:
    return {"name": f"timeline_{role}", "transform": [{"filter": {"field": "role", "equal": role}}], **layer}


def _layer(mark: dict[str, Any], **encoding: Any) -> dict[str, Any]:
    return {"mark": {"aria": False, "tooltip": None, **mark}, "encoding": encoding}


def _rects(**mark: Any) -> dict[str, Any]:
    return _layer({"type": "rect", **mark}, x=_X, x2=_X2, y=_Y, y2=_Y2, fill=_FILL)


def _bars() -> dict[str, Any]:
    mark = {
        "type": "rect",
        "cornerRadius": theme.BAR_RADIUS,
        "strokeDash": {"expr": "datum.dash ? [4, 3] : []"},
    }
    return _layer(mark, x=_X, x2=_X2, y=_Y, y2=_Y2, fill=_FILL, stroke=_STROKE, strokeWidth=_number("width"))


def _rules() -> dict[str, Any]:
    return _layer({"type": "rule"}, x=_X, y=_Y, y2=_Y2, stroke=_STROKE, strokeWidth=_number("width"))


def _points() -> dict[str, Any]:
    mark = {"type": "point", "filled": True, "opacity": 1, "xOffset": {"expr": "datum.dx"}}
    shape = {"field": "shape", "type": "nominal", "scale": None}
    return _layer(
        mark,
        x=_X,
        y=_Y,
        fill=_FILL,
        stroke=_STROKE,
        strokeWidth=_number("width"),
        size=_number("size"),
        shape=shape,
    )


def _texts(horizon: int, **mark: Any) -> dict[str, Any]:
    """Texts; one without a limit of its own is never cut by the right edge, however narrow the page."""
    free = f"width - {GUTTER} - datum.x * (width - {GUTTER + _RIGHT}) / {horizon} - datum.dx - 2"
    look = {
        "type": "text",
        "dx": {"expr": "datum.dx"},
        "align": {"expr": "datum.align"},
        "fontSize": {"expr": "datum.size"},
        "fontWeight": {"expr": "datum.weight"},
        "limit": {"expr": f"datum.limit || (datum.align == 'left' ? {free} : width)"},
    }
    painted = {} if "stroke" in mark else {"fill": _FILL}
    return _layer({**look, **mark}, x=_X, y=_Y, text=_TEXT, **painted)


def _counts(horizon: int) -> dict[str, Any]:
    """The numbers in the middle of the cells."""
    half = f"(width - {GUTTER + _RIGHT}) / {2 * horizon}"
    look = {"type": "text", "dx": {"expr": half}, "dy": ROW / 2 - 2, "align": "center"}
    return _layer({**look, "fontSize": theme.SIZE_NOTE, "fill": theme.INK}, x=_X, y=_Y, text=_TEXT)


def _hits() -> dict[str, Any]:
    """The rows themselves, unseen, over everything: they answer the mouse and name what they hold."""
    mark = {"type": "rect", "aria": True, "fill": "transparent", "stroke": None, "tooltip": {"expr": _TIP}}
    return _layer(mark, **_WHOLE, y=_Y, y2=_Y2, description=_TEXT)
