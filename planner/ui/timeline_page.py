"""The Timeline page: its title, its sentence, its controls, the roadmap and its table; what is drawn is read elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from planner.rules.sentences import counted
from planner.ui.frame import empty_state, link_to, offer_csv
from planner.ui.timeline_controls import draw_filters, draw_versions, settle_versions, settle_view
from planner.ui.timeline_print import offer_roadmap
from planner.ui.timeline_reads import (
    choices_of,
    moment,
    pair_of,
    picture_of,
    sheet_of,
    shelf_of,
    table_of,
    title_html,
)
from planner.ui.timeline_state import View, read_address, write_address

if TYPE_CHECKING:
    from planner.ui.markup import Html
    from planner.ui.timeline_reads import Pair, Picture, Shelf

_HEADS = {
    "lane": "Lane",
    "project_id": "Id",
    "project": "Project",
    "status": "Status",
    "rating": "Rating",
    "start": "Start",
    "finish": "Finish",
    "precision": "Precision",
    "outcomes": "Outcomes",
    "note": "Note",
}


def show_timeline() -> None:
    """Draw the whole page."""
    at, said = moment(), read_address()
    shelf = shelf_of(at)
    labels = settle_versions(said, shelf)
    pair = pair_of(at, *labels)
    if not pair.version.rows.get("projects"):
        _show_empty(shelf, labels)
        write_address(said, labels, View())
        return
    choices = choices_of(pair)
    asked = settle_view(said, pair, choices)
    picture = picture_of(pair, asked.view)
    _show_head(picture.head, shelf, labels)
    st.html(picture.lead)
    draw_filters(choices, asked)
    if picture.projects:
        _show_picture(picture, pair, asked.view)
        _show_table(pair, asked.view, picture)
    else:
        link_to("timeline", "Show the whole roadmap")
    write_address(said, labels, asked.view, asked.rows)


def _show_head(head: Html, shelf: Shelf, labels: tuple[str, str]) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.html(head)
        draw_versions(shelf, labels[0])


def _show_empty(shelf: Shelf, labels: tuple[str, str]) -> None:
    _show_head(title_html("Nothing is planned yet"), shelf, labels)
    empty_state(
        "There is no project on the roadmap yet. Give the first one the quarter in which it starts and the "
        "one in which it shall be done, and it stands here between them.",
        "projects",
        "Add a project",
    )


def _show_picture(picture: Picture, pair: Pair, view: View) -> None:
    """Show the axis, which stays in sight, the rows under it, the key, and the way to take the picture along."""
    with st.container(key="roadmap", gap=None):
        st.html(picture.axis)
        st.vega_lite_chart(
            picture.marks, picture.spec, theme=None, width="stretch", key="roadmap_rows", alt=picture.alt
        )
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.html(picture.key)
            offer_roadmap(pair, view, picture.alt)


def _show_table(pair: Pair, view: View, picture: Picture) -> None:
    """Show the same roadmap as a table, made when it is opened, with its CSV."""
    opened = st.expander(
        f"The same as a table: {counted(picture.projects, 'project')}", on_change="rerun", key="roadmap table"
    )
    if not opened.open:
        return
    with opened:
        st.dataframe(
            table_of(pair, view),
            hide_index=True,
            column_config={
                **_HEADS,
                "cost": st.column_config.NumberColumn("Cost", format="localized"),
                "moved": st.column_config.TextColumn("Moved", width="medium"),
            },
            alt=picture.alt,
            key="roadmap_table",
        )
        file = f"roadmap-{pair.version.label}.csv"
        offer_csv(file, lambda: sheet_of(pair, view), label="Download as CSV")
