"""The heading of a chart, and beside it the chart as a picture to take along; it draws no chart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import streamlit as st

from planner.charts.pictures import HALF
from planner.ui.frame import offer_picture, section

if TYPE_CHECKING:
    import polars as pl


class Drawn(Protocol):
    """What a chart is: `frame` and `spec` belong together, `alt` says what it shows."""

    @property
    def frame(self) -> pl.DataFrame:
        """The rows that are drawn."""

    @property
    def spec(self) -> dict[str, Any]:
        """How they are drawn."""

    @property
    def alt(self) -> str:
        """What it shows, for those who listen."""


def head_chart(title: str, note: str, drawn: Drawn | None, stem: str, source: str) -> None:
    """Draw the heading of a chart; beside it the chart as PNG, SVG and PDF, where there is one.

    `stem` names the file without its ending, `source` says at its foot which plan and which versions it is of.
    """
    if drawn is None:
        section(title, note)
        return
    # Columns, for a row that wraps would put the button under a long note.
    left, right = st.columns([0.8, 0.2], gap="small", vertical_alignment="top")
    with left:
        section(title, note)
    with right, st.container(horizontal=True, horizontal_alignment="right"):
        offer_picture(
            stem, title, note, lambda: (drawn.spec, drawn.frame), source=source, alt=drawn.alt, width=HALF
        )
