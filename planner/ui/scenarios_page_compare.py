"""A what-if beside the draft and other versions: what differs in a sentence, and the figures side by side; it computes none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from planner.rules.side_by_side import MOST_VERSIONS
from planner.ui import address, session
from planner.ui.drift_page import lead_of
from planner.ui.drift_page_review import review_of
from planner.ui.frame import link_to
from planner.ui.markup import md, tag
from planner.ui.pickers import version_name
from planner.ui.scenarios_page_figures import show_figures

if TYPE_CHECKING:
    from planner.model.version import Version

_MOST_OTHERS = MOST_VERSIONS - 1


def show_comparison(chosen: Version) -> None:
    """Draw the comparison of a what-if with the versions that are chosen, the draft unless others are."""
    others = _pick_others(chosen)
    if not others:
        st.html(tag("p", "Choose a version to compare it with.", class_="p-empty"))
        return
    first = others[0]
    review = review_of(first, chosen, session.versions())
    calendar = session.plan_of(chosen).calendar
    name = version_name(first, calendar).partition(" (")[0]
    if not first.is_sealed:
        name = f"the {name[0].lower()}{name[1:]}"
    with st.container(border=True):
        if review.comparison.drift.is_empty:
            st.html(tag("p", f"It is the same plan as {name}.", class_="p-empty"))
        else:
            # a line of its own, for what follows is a whole sentence
            against = tag("p", "Against ", name, class_="p-note")
            st.html(against + tag("p", lead_of(review), class_="p-lead"))
            link_to("drift", "See every change", **{"from": first.label, "to": chosen.label})
    beside = [first, chosen, *others[1:]]
    show_figures(beside, [version_name(version, calendar).partition(" (")[0] for version in beside])


def _pick_others(chosen: Version) -> list[Version]:
    among = {
        version.label: version for version in reversed(session.versions()) if version.label != chosen.label
    }
    calendar = session.plan_of(chosen).calendar
    if "with" not in st.query_params and "with" not in st.session_state:
        st.session_state["with"] = [session.draft().label]
        address.write("with", session.draft().label)
    address.read_many("with", among)
    labels = st.multiselect(
        "Compare with",
        list(among),
        format_func=lambda label: md(version_name(among[label], calendar)),
        key="with",
        max_selections=_MOST_OTHERS,
    )
    address.write("with", *labels)
    return [among[label] for label in labels]
