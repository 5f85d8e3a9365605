"""The controls of the Timeline page: what is compared, how lanes and colours stand, filters, folding and pages.

What they say is settled before any of them is drawn, so that the page can draw its sentence over them.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

import streamlit as st

from planner.ui.markup import md
from planner.ui.timeline_reads import MOST_ROWS, Extent, extent_of, page_count
from planner.ui.timeline_state import (
    ALL_LANES,
    COLOURS,
    LANES,
    NO_LANE,
    ROWS,
    View,
    key_of,
    settle_flag,
    settle_many,
    settle_one,
    settle_page,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.rules.timeline_filters import Choices
    from planner.ui.timeline_reads import Pair, Shelf
    from planner.ui.timeline_state import Said

_MOST_PILLS: Final = 8
_SHOWN: Final = "roadmap shows"


class Asked(NamedTuple):
    """The view that the controls ask for, and what the controls of folding need to be drawn."""

    view: View
    rows: str  # counts or all
    lanes: Mapping[
        str, str
    ]  # those that can be opened, by the words of the address; none where none need to be
    foldable: bool
    pages: int


def settle_versions(said: Said, shelf: Shelf) -> tuple[str, str]:
    """The labels of the version that is shown and of what it is compared with."""
    asked = next(iter(said.get("version", ())), shelf.usual)
    if asked not in shelf.names:
        instead = shelf.names[shelf.usual]
        st.warning(md(f"There is no version '{asked}' in this plan; {instead} is shown instead."))
    version = settle_one(said, "version", shelf.names, shelf.usual)
    # Another version has another one before it; but a link that names both has just been read, and keeps both.
    before = st.session_state.get(_SHOWN)
    if before not in {None, version} and said.get("version") != [version]:
        st.session_state.pop(key_of("compare"), None)
        said = {}
    st.session_state[_SHOWN] = version
    others, usual = shelf.compared[version]
    return version, settle_one(said, "compare", others, usual)


def draw_versions(shelf: Shelf, version: str) -> None:
    """Draw the choosers of both versions."""
    st.selectbox(
        "Plan", list(shelf.names), format_func=shelf.names.__getitem__, key=key_of("version"), width=270
    )
    others = shelf.compared[version][0]
    st.selectbox(
        "Compare with", list(others), format_func=others.__getitem__, key=key_of("compare"), width=270
    )


def settle_view(said: Said, pair: Pair, choices: Choices) -> Asked:
    """The view that the controls ask for, the page of it included."""
    view = View(
        lanes=settle_one(said, "lanes", LANES, "outcome"),
        colour=settle_one(said, "colour", COLOURS, "outcome"),
        outcomes=tuple(settle_many(said, "outcome", choices.outcomes)),
        units=tuple(settle_many(said, "unit", choices.units)),
        teams=tuple(settle_many(said, "team", choices.teams)),
        owners=tuple(settle_many(said, "owner", choices.owners)),
        with_finished=settle_flag(said, "finished"),
    )
    whole = extent_of(pair, view)
    if whole.rows <= MOST_ROWS:
        return Asked(view, "counts", {}, foldable=False, pages=1)
    return _settle_rows(said, pair, view, whole)


def _settle_rows(said: Said, pair: Pair, view: View, whole: Extent) -> Asked:
    """Where the roadmap is too long for one picture: which lane is open, whether lanes are folded, and the page.

    Lanes of outcomes are opened by the pills of outcomes.
    """
    lanes: dict[str, str] = {}
    if len(whole.lanes) > 1 and (view.lanes != "outcome" or len(whole.lanes) > _MOST_PILLS):
        lanes = {ALL_LANES: "All lanes"} | {lane or NO_LANE: name for lane, name in whole.lanes.items()}
        opened = settle_one(said, "lane", lanes, ALL_LANES)
        if opened != ALL_LANES:
            view = view._replace(lane="" if opened == NO_LANE else opened)
    foldable = view.lane is None and len(whole.lanes) > 1
    rows = settle_one(said, "rows", ROWS, "counts") if foldable else "counts"
    view = view._replace(as_counts=foldable and rows == "counts")
    pages = page_count(pair, view)
    if pages > 1:
        view = view._replace(page=settle_page(said, pages))
    return Asked(view, rows, lanes, foldable, pages)


def draw_filters(choices: Choices, asked: Asked) -> None:
    """Draw the row of filters, and behind it what a long roadmap needs."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        st.selectbox("Lanes", list(LANES), format_func=LANES.__getitem__, key=key_of("lanes"), width=128)
        st.selectbox(
            "Colour", list(COLOURS), format_func=COLOURS.__getitem__, key=key_of("colour"), width=128
        )
        _draw_outcomes(choices.outcomes)
        _draw_people(choices, asked.view)
        st.toggle("Show finished", key=key_of("finished"))
        if asked.lanes:
            lanes = asked.lanes
            st.selectbox(
                "Open a lane", list(lanes), format_func=lanes.__getitem__, key=key_of("lane"), width=300
            )
        if asked.foldable:
            st.segmented_control(
                "Rows", list(ROWS), format_func=ROWS.__getitem__, key=key_of("rows"), required=True
            )
        if asked.pages > 1:
            st.pagination(asked.pages, width=420, key=key_of("page"))


def _draw_outcomes(outcomes: Mapping[str, str]) -> None:
    if len(outcomes) > _MOST_PILLS:
        _draw_several("Outcome", "outcome", outcomes, width=300)
    elif outcomes:
        st.pills(
            "Outcome",
            list(outcomes),
            selection_mode="multi",
            format_func=lambda key: _escaped(outcomes[key]),
            key=key_of("outcome"),
        )


@lru_cache(maxsize=256)
def _escaped(name: str) -> str:
    return md(name)


def _draw_people(choices: Choices, view: View) -> None:
    """Draw one button that says how many of the rarer filters are set; they themselves are drawn once it is open."""
    number = len(view.units) + len(view.teams) + len(view.owners)
    told = "Unit, team, owner" + (f" ({number})" if number else "")
    behind = st.popover(told, icon=":material/filter_list:", key="roadmap people", on_change="rerun")
    if behind.open:
        with behind:
            _draw_several("Business unit", "unit", {unit: unit for unit in choices.units})
            _draw_several("Lead team", "team", choices.teams)
            _draw_several("Owner", "owner", {owner: owner for owner in choices.owners})


def _draw_several(label: str, name: str, options: Mapping[str, str], width: int | None = None) -> None:
    st.multiselect(
        label,
        list(options),
        format_func=options.__getitem__,
        key=key_of(name),
        placeholder="Any" if options else "None in this plan",
        disabled=not options,
        width=width or "stretch",
    )
