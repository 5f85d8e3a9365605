"""The Timeline page: its title, its sentence, its controls, the roadmap and its table; what is drawn is read elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from planner.rules.sentences import counted
from planner.ui import session
from planner.ui.drift_page_review import version_to_show
from planner.ui.frame import empty_state, lead, link_to
from planner.ui.markup import Html, join, strong, tag
from planner.ui.pickers import pick_version
from planner.ui.timeline_controls import pick_baseline, pick_rows, pick_view
from planner.ui.timeline_reads import Pair, Picture, choices_of, picture_of, sheet_of, table_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.rules.timeline_words import Piece
    from planner.ui.timeline_reads import View

TITLE = "Roadmap"


def show_timeline() -> None:
    """Draw the whole page."""
    left, right = st.columns([0.55, 0.45], vertical_alignment="bottom")
    with right:
        pair = pick_pair()
    if not pair.version.rows.get("projects"):
        left.html(_title("Nothing is planned yet"))
        empty_state(
            "There is no project on the roadmap yet. Give the first one the quarter in which it starts and the "
            "one in which it shall be done, and it stands here between them.",
            "projects",
            "Add a project",
        )
        return
    sentence = st.container()
    view = pick_rows(pair, pick_view(choices_of(pair)))
    picture = picture_of(pair, view)
    left.html(_title(picture.subtitle))
    if not picture.projects:
        lead("No project of this plan fits these filters.")
        link_to("timeline", "Show the whole roadmap")
        return
    with sentence:
        lead(_said(picture.lead))
    _show_picture(picture)
    _show_table(pair, view, picture)


def pick_pair() -> Pair:
    """Draw the choosers of the version and of what it is compared with, side by side."""
    among = session.versions()
    usual = version_to_show(among)
    calendar = session.plan_of(usual).calendar
    columns = st.columns(2, gap="small")
    with columns[0]:
        version = pick_version("Plan", among, calendar, key="version", default=usual)
    with columns[1]:
        return Pair.of(version, pick_baseline(version, among, session.plan_of(version)))


def _title(subtitle: str) -> Html:
    return tag("h1", TITLE, class_="p-title") + tag("p", subtitle, class_="p-subtitle")


def _said(pieces: Sequence[Piece]) -> Html:
    return join(strong(text) if carries else text for text, carries in pieces)


def _show_picture(picture: Picture) -> None:
    """Show the axis, which stays in sight, the rows under it, and the key."""
    with st.container(key="roadmap", gap=None):
        st.html(picture.axis)
        st.vega_lite_chart(
            picture.marks,
            dict(picture.spec),
            theme=None,
            width="stretch",
            key="roadmap_rows",
            alt=picture.alt,
        )
        st.html(picture.key)


def _show_table(pair: Pair, view: View, picture: Picture) -> None:
    """Show the same roadmap as a table, made when it is opened, with its CSV."""
    opened = st.expander(
        f"The same as a table: {counted(picture.projects, 'project')}", on_change="rerun", key="table"
    )
    if not opened.open:
        return
    with opened:
        st.dataframe(table_of(pair, view), hide_index=True, alt=picture.alt, key="roadmap_table")
        st.download_button(
            "Download as CSV",
            lambda: sheet_of(pair, view),
            f"roadmap-{pair.version.label}.csv",
            "text/csv",
            icon=":material/download:",
            on_click="ignore",
        )
