"""The page on which many projects are changed in one step: which, how, what that does, and the save; no rule is here."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import streamlit as st

from planner.errors import PlanChanged
from planner.rules.sentences import counted
from planner.ui import address, desk, session
from planner.ui.edit_words import Names, edits_word
from planner.ui.editor_columns import column_configs
from planner.ui.editor_filters import pick_shown
from planner.ui.editor_grids import TABS
from planner.ui.editor_page import shown_rows
from planner.ui.editor_steps import offer_steps
from planner.ui.frame import empty_state, lead, page_header, section, show_news
from planner.ui.frozen import show_frozen
from planner.ui.late_press import late_press
from planner.ui.many_page_look import FORM, NEWS, show_look
from planner.ui.many_page_verbs import VERBS, Verb
from planner.ui.markup import tag
from planner.ui.news import news_of
from planner.ui.pickers import version_name
from planner.ui.presence_line import show_presence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.model.plan import Plan
    from planner.model.version import Version
from planner.ui.editor_filters import Shown

_HEIGHT, _ROW, _EDGE = 380, 34, 14
_MOST_IN_ADDRESS = 40


def show_many() -> None:
    """Draw the page."""
    draft = session.edited()
    show_presence("many", draft)
    plan = session.plan_of(draft)
    with page_header("Change many", f"{version_name(draft, plan.calendar)} · one step for many projects"):
        offer_steps(Names(plan, []))
    seen = late_press(FORM, draft.number or 0)
    if seen is not None:
        news_of(NEWS).refuse(PlanChanged(seen, draft.number))
    show_news(NEWS)
    show_frozen()
    if plan["projects"].is_empty():
        empty_state(
            "There is no project to change yet. Once there are some, many of them are moved, linked or "
            "stopped here in one step.",
            "projects",
            "Add a project",
        )
        return
    lead("Tick the projects, say what shall happen, and look at every line of it before you save.")
    with st.container(gap="small"):
        shown = pick_shown(plan, TABS["projects"][0], draft)
        chosen = _pick_projects(draft, plan, shown)
    verb = _pick_verb()
    if not chosen:
        st.html(tag("p", f"No project is chosen yet. {verb.hint}", class_="p-empty"))
        return
    left, right = st.columns([0.3, 0.7], gap="large")
    with left, st.container(border=True):
        section(verb.title, verb.hint)
        rework = verb.ask(plan, plan.calendar.parse(draft.quarter), chosen)
    with right:
        _warn_of_unsaved()
        if rework is not None:
            show_look(draft, plan, rework, verb.done)


def _warn_of_unsaved() -> None:
    edits = desk.unsaved()
    if edits:
        said = f"Your {edits_word(len(edits))} on the grids stay unsaved: this looks at the draft as it is saved."
        st.html(tag("p", said, class_="p-note"))


def _pick_projects(draft: Version, plan: Plan, shown: Shown) -> list[str]:
    """Draw the projects that the filters leave, with a tick for each, and return the ticked ones."""
    rows = shown_rows(draft, shown.grid.name, shown.view)
    if rows.is_empty():
        st.html(tag("p", "No project is like that. Take a filter away to see more.", class_="p-empty"))
        return []
    ids = rows["project_id"].to_list()
    asked = set(st.query_params.get_all("project"))
    drawn = hashlib.sha256("\n".join([session.state_of(draft), *ids]).encode()).hexdigest()[:12]
    state = st.dataframe(
        rows,
        height=min(_HEIGHT, _ROW * (rows.height + 1) + _EDGE),
        hide_index=True,
        column_order=shown.columns,
        column_config=column_configs((), shown.grid, ()),
        on_select="rerun",
        selection_mode="multi-row",
        selection_default={"selection": {"rows": [at for at, name in enumerate(ids) if name in asked]}},
        key=f"many projects {drawn}",
        placeholder="",
        alt="The projects of the draft, with a tick for each",
    )
    ticked = [ids[at] for at in state["selection"]["rows"] if at < len(ids)]
    address.write("project", *(sorted(ticked) if len(ticked) <= _MOST_IN_ADDRESS else []))
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        address.read_flag("all")
        is_all = st.toggle(f"All {len(ids):,} that are shown", key="all")
        address.write("all", *(["1"] if is_all else []))
        chosen = ids if is_all else ticked
        st.html(tag("p", _how_many(chosen, ids, plan), class_="p-note"), width="content")
    return chosen


def _how_many(chosen: Sequence[str], ids: Sequence[str], plan: Plan) -> str:
    total = plan["projects"].height
    among = f"{len(ids):,} of {counted(total, 'project')}" if len(ids) < total else counted(total, "project")
    ticked = f"{len(chosen):,} chosen" if chosen else "none chosen"
    return f"{among}, {ticked}. A filter that changes the list unticks it."


def _pick_verb() -> Verb:
    named = {verb.key: verb for verb in VERBS}
    address.read_one("do", named, VERBS[0].key)
    key = st.segmented_control(
        "What shall happen", list(named), format_func=lambda name: named[name].word, key="do", required=True
    )
    address.write("do", *([key] if key and key != VERBS[0].key else []))
    return named[key or VERBS[0].key]
