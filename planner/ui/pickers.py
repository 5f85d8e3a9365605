"""Choosers that pages share, bound to the address: a version by its label, a view by its word; they read no plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import streamlit as st

from planner.errors import QuarterUnreadable
from planner.model.version import DRAFT, SCENARIO
from planner.ui import address
from planner.ui.markup import md

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planner.model.quarter import Calendar
    from planner.model.version import Version


def version_name(version: Version, calendar: Calendar) -> str:
    """A version as people call it: 'Q3 FY27 (Oct-Dec 2026)' with its revision, or 'Draft for Q4 FY27'."""
    try:
        quarter = calendar.parse(version.quarter)
    except QuarterUnreadable:
        return version.label
    spoken = calendar.spoken(quarter)
    if version.kind == DRAFT:
        return f"Draft for {spoken}"
    if version.kind == SCENARIO:
        return f"What-if: {version.note} ({spoken})"
    revision = version.label.partition(".r")[2]
    months = f"{calendar.months(quarter)} {calendar.first_day(quarter).year}"
    return f"{spoken}{f', revision {revision}' if revision else ''} ({months})"


def pick_version(
    label: str,
    choices: Sequence[Version],
    calendar: Calendar,
    *,
    key: str,
    default: Version,
    label_visibility: Literal["visible", "hidden", "collapsed"] = "visible",
) -> Version:
    """Draw a chooser of versions, the newest first, bound to `?key=` of the address; return the chosen one.

    The address always carries the version's label. A label that this plan does not have is said, and
    the default is shown instead.
    """
    ordered = list(reversed(choices))
    labels = [version.label for version in ordered]
    named = {version.label: version_name(version, calendar) for version in ordered}
    asked = st.query_params.get(key)
    if asked is not None and asked not in labels:
        st.warning(
            md(f"There is no version '{asked}' in this plan; {named[default.label]} is shown instead.")
        )
    address.read_one(key, labels, default.label)
    chosen = st.selectbox(
        label,
        labels,
        format_func=named.__getitem__,
        key=key,
        label_visibility=label_visibility,
    )
    address.write(key, chosen)
    return next(version for version in ordered if version.label == chosen)


def pick_view(label: str, views: Mapping[str, str], *, key: str, default: str | None = None) -> str:
    """Draw a row of views, each a word of the address with what the screen calls it; return the chosen word.

    It stands in the address as `?key=` unless it is the default, which is the first one if none is given. `label` is
    for those who listen.
    """
    usual = next(iter(views)) if default is None else default
    address.read_one(key, views, usual)
    chosen = st.segmented_control(
        label,
        list(views),
        required=True,
        format_func=views.__getitem__,
        key=key,
        label_visibility="collapsed",
    )
    view = usual if chosen is None else chosen
    address.write(key, *([] if view == usual else [view]))
    return view
