"""A chart as a picture without a browser: its spec and frame become one SVG text; what it shows is said elsewhere.

The converter guesses how wide a text is, and cuts it too early where a mark has a limit. So texts are shortened
here, by the letters of our typeface, and the limits are taken out.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from planner.look import theme
from planner.look.lettering import plain, shortened
from planner.look.picture import Picture, svg_of_spec
from planner.look.typeface import REGULAR

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import polars as pl

    from planner.look.picture import KeyEntry

    Row = dict[str, Any]
    Chart = tuple[dict[str, Any], pl.DataFrame]  # the spec and its rows

WIDTH: Final = 1360  # pixels: the width of a page on a usual screen
HALF: Final = 660  # of a chart that stands beside another


def chart_svg(spec: dict[str, Any], frame: pl.DataFrame, width: float) -> str:
    """Draw a chart `width` pixels wide; its colours still name both modes.

    `spec` is a layered Vega-Lite spec as our charts write them, without data; `frame` are its rows.
    """
    rows = [{name: _cell(value) for name, value in row.items()} for row in frame.iter_rows(named=True)]
    layers = [_without_limit(layer, rows) for layer in spec.get("layer", [])]
    drawn = {"layer": layers} if layers else {}
    # on the page's own ground: a file has none behind it, and the halos of texts need one
    whole = {**spec, **drawn, "width": width, "background": theme.PAGE, "data": {"values": rows}}
    return svg_of_spec(json.dumps(whole, default=str))


def chart_picture(
    chart: Chart,
    *,
    name: str,
    title: str,
    note: str,
    alt: str,
    width: float = WIDTH,
    key: Iterable[KeyEntry] = (),
) -> Picture:
    """A chart with the words that stand around it; `Picture.framed` puts them into the drawing."""
    spec, frame = chart
    return Picture(name, plain(title), plain(note), plain(alt), chart_svg(spec, frame, width), tuple(key))


def _cell(value: object) -> object:
    return plain(value) if isinstance(value, str) else value


def _without_limit(layer: dict[str, Any], rows: list[Row]) -> dict[str, Any]:
    """The layer without a limit for its texts, which are shortened in `rows` instead."""
    mark = layer.get("mark")
    if not isinstance(mark, dict) or mark.get("type") != "text" or "limit" not in mark:
        return layer
    room, field = mark["limit"], layer["encoding"]["text"].get("field")
    if isinstance(room, (int, float)) and room > 0 and field:
        is_drawn = _filter_of(layer)
        size, weight = mark.get("fontSize", 12), mark.get("fontWeight", REGULAR)
        for row in rows:
            if is_drawn(row) and isinstance(row[field], str):
                row[field] = shortened(row[field], room, size, weight)
    return {**layer, "mark": {name: value for name, value in mark.items() if name != "limit"}}


def _filter_of(layer: dict[str, Any]) -> Callable[[Row], bool]:
    """Which rows a layer draws: those of its role."""
    wanted = [
        (step["filter"]["field"], step["filter"]["equal"])
        for step in layer.get("transform", [])
        if isinstance(step.get("filter"), dict) and "equal" in step["filter"]
    ]
    return lambda row: all(row.get(field) == value for field, value in wanted)
