"""The controls of the Timeline page: what is compared, how lanes and colours stand, filters, folding and pages.

Each keeps its value in the address; a value that is the usual one is left out, but the two versions are always there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from planner.ui import address
from planner.ui.drift_page_review import version_before
from planner.ui.markup import md
from planner.ui.timeline_reads import MOST_ROWS, Pair, View, layout_of, page_count, short_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planner.model.plan import Plan
    from planner.model.version import Version
    from planner.rules.timeline_filters import Choices

NOTHING: Final = "nothing"
_LANES: Final = {"outcome": "Outcome", "capability": "Capability", "team": "Team", "status": "Status"}
_COLOURS: Final = {"outcome": "Outcome", "status": "Status", "rating": "Rating"}
_ROWS: Final = {"counts": "Counts", "all": "Every project"}
_ALL_LANES: Final = "all lanes"
_NO_LANE: Final = "-"  # in the address, for the lane of what belongs to none
_MOST_PILLS: Final = 8
_SHOWN: Final = "timeline shows"


def pick_baseline(version: Version, among: Sequence[Version], plan: Plan) -> Version | None:
    """Draw the chooser of what the version is compared with; None for nothing."""
    before = version_before(version, among)
    others = [other for other in reversed(among) if other.label != version.label]
    if before is not None:
        others.sort(key=lambda other: other.label != before.label)
    labels = [*(other.label for other in others), NOTHING]
    names = {other.label: short_name(other, plan) for other in others} | {NOTHING: "Nothing"}
    if among[0].is_sealed and among[0].label in names:
        names[among[0].label] += ", the first plan"
    if before is not None and before is not among[0]:
        names[before.label] += ", the one before"
    _forget_baseline(version)
    address.read_one("compare", labels, before.label if before else NOTHING)
    chosen = st.selectbox("Compare with", labels, format_func=names.__getitem__, key="compare")
    address.write("compare", chosen)
    return next((other for other in others if other.label == chosen), None)


def _forget_baseline(version: Version) -> None:
    """Another version has another one before it, unless a link names what to compare it with."""
    if st.session_state.get(_SHOWN, version.label) != version.label:
        said = st.query_params.get("compare")
        if said is None or said == st.session_state.get("compare"):
            st.session_state.pop("compare", None)
            if said is not None:
                del st.query_params["compare"]
    st.session_state[_SHOWN] = version.label


def pick_view(choices: Choices) -> View:
    """Draw the row of filters, and return the view that they ask for."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        lanes = _pick_one("Lanes", "lanes", _LANES)
        colour = _pick_one("Colour", "colour", _COLOURS)
        outcomes = _pick_outcomes(choices.outcomes)
        units, teams, owners = _pick_people(choices)
        address.read_flag("finished")
        finished = st.toggle("Show finished", key="finished")
        address.write("finished", *(["1"] if finished else []))
    return View(lanes, colour, outcomes, units, teams, owners, with_finished=finished)


def _pick_one(label: str, key: str, options: Mapping[str, str]) -> str:
    usual = next(iter(options))
    address.read_one(key, options, usual)
    chosen = st.selectbox(label, list(options), format_func=options.__getitem__, key=key, width=128)
    address.write(key, *([] if chosen == usual else [chosen]))
    return chosen


def _pick_outcomes(outcomes: Mapping[str, str]) -> tuple[str, ...]:
    if not outcomes:
        return ()
    address.read_many("outcome", outcomes)
    if len(outcomes) <= _MOST_PILLS:
        chosen = st.pills(
            "Outcome",
            list(outcomes),
            selection_mode="multi",
            format_func=lambda key: md(outcomes[key]),
            key="outcome",
        )
    else:
        chosen = _several("Outcome", "outcome", outcomes, width=300)
    address.write("outcome", *chosen)
    return tuple(chosen)


def _pick_people(choices: Choices) -> tuple[tuple[str, ...], ...]:
    """Draw the filters that are used less, behind one button that says how many are set."""
    offered = {
        "unit": ("Business unit", {unit: unit for unit in choices.units}),
        "team": ("Lead team", choices.teams),
        "owner": ("Owner", {owner: owner for owner in choices.owners}),
    }
    for key, (_, options) in offered.items():
        address.read_many(key, options)
    number = sum(len(st.session_state[key]) for key in offered)
    said = "Unit, team, owner" + (f" ({number})" if number else "")
    found = []
    with st.popover(said, icon=":material/filter_list:"):
        for key, (label, options) in offered.items():
            found.append(tuple(_several(label, key, options)))
            address.write(key, *found[-1])
    return tuple(found)


def _several(label: str, key: str, options: Mapping[str, str], width: int | None = None) -> list[str]:
    empty = "None in this plan" if not options else "Any"
    return st.multiselect(
        label,
        list(options),
        format_func=options.__getitem__,
        key=key,
        placeholder=empty,
        disabled=not options,
        width=width or "stretch",
    )


def pick_rows(pair: Pair, view: View) -> View:
    """Where the roadmap is too long for one picture: draw how it is folded, which lane is open, and the page."""
    whole = layout_of(pair, view)
    if whole.rows <= MOST_ROWS:
        return view
    lanes = dict(whole.lanes.select("lane", "name").iter_rows())
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        view = _pick_lane(view, lanes)
        view = _pick_fold(view, several=view.lane is None and len(lanes) > 1)
        pages = page_count(pair, view)
        if pages > 1:
            view = view._replace(page=st.pagination(pages, width=420, key="page", bind="query-params"))
    return view


def _pick_lane(view: View, lanes: Mapping[str, str]) -> View:
    """Draw the chooser of the lane to open; one lane alone is open."""
    if len(lanes) <= 1:
        return view
    options = {_ALL_LANES: "All lanes"} | {lane or _NO_LANE: name for lane, name in lanes.items()}
    address.read_one("lane", options, _ALL_LANES)
    chosen = st.selectbox(
        "Open a lane", list(options), format_func=options.__getitem__, key="lane", width=300
    )
    address.write("lane", *([] if chosen == _ALL_LANES else [chosen]))
    if chosen == _ALL_LANES:
        return view
    return view._replace(lane="" if chosen == _NO_LANE else chosen)


def _pick_fold(view: View, *, several: bool) -> View:
    """Draw the choice between counts and every project; a lane that is open shows its projects."""
    if not several:
        return view
    address.read_one("rows", _ROWS, "counts")
    chosen = st.segmented_control(
        "Rows", list(_ROWS), format_func=_ROWS.__getitem__, key="rows", required=True
    )
    address.write("rows", *(["all"] if chosen == "all" else []))
    return view._replace(as_counts=chosen == "counts")
