"""The brief: one page about the quarter, chosen by version and baseline, to be read, edited, decided on, printed, taken out."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import streamlit as st

from planner.actions.brief_files import (
    DOWNLOADS,
    MARKDOWN,
    MARKDOWN_ZIP,
    brief_file,
    brief_file_name,
    has_pictures,
)
from planner.actions.briefing import FROZEN, is_edited_here
from planner.charts.brief_pictures import brief_pictures
from planner.ui import address, session
from planner.ui.brief_page_css import brief_css
from planner.ui.brief_page_decide import show_decisions
from planner.ui.brief_page_edit import show_editor
from planner.ui.brief_page_reads import baselines_of, brief_of, review_under
from planner.ui.brief_page_sheet import sheet_html
from planner.ui.drift_page_review import version_before, version_to_show
from planner.ui.frame import empty_state, section, show_news
from planner.ui.markup import tag
from planner.ui.pickers import pick_version, version_name

if TYPE_CHECKING:
    from planner.actions.briefing import ShownBrief
    from planner.model.quarter import Calendar
    from planner.model.version import Version

TITLE = "The brief of the quarter"
NEWS = "brief"
_SHOWN = "brief shown"  # the version that the last run showed
_FORMS = {
    ".pdf": "PDF",
    ".html": "Web page",
    ".pptx": "Slides",
    MARKDOWN: "Markdown",
    MARKDOWN_ZIP: "Markdown with pictures",
}


class Pair(NamedTuple):
    """The version that is told, what it is told against, and all there are."""

    current: Version
    baseline: Version | None
    among: list[Version]
    calendar: Calendar


def show_brief() -> None:
    """Draw the whole page."""
    st.html(brief_css())
    pair = _pick()
    shown = brief_of(pair.current, pair.baseline, pair.among)
    brief = shown.brief
    if not brief.outcomes and not session.plan_of(pair.current)["projects"].height:
        empty_state(
            "The plan is empty, so there is nothing to tell yet. Add what it is for and what is done for it.",
            "projects",
            "Add the first project",
        )
        return
    show_news(NEWS)
    left, right = st.columns([0.66, 0.34], gap="large")
    with left, st.container(key="sheet"):
        st.html(sheet_html(brief))
    with right:
        _show_state(shown, pair)
        _offer_files(shown, pair)
        if is_edited_here(pair.current, brief.baseline):
            address.read_flag("edit")
            if st.toggle("Edit the words", key="edit"):
                address.write("edit", "1")
                show_editor(shown.edited, pair.current)
            else:
                address.write("edit")
        show_decisions(brief, session.plan_of(session.draft()))


def _pick() -> Pair:
    """Draw the title and the choosers; the baseline follows the version unless the address names another one."""
    among = session.versions()
    shown = version_to_show(among)
    calendar = session.plan_of(shown).calendar
    left, right = st.columns([0.5, 0.5], vertical_alignment="bottom")
    left.html(
        tag("h1", TITLE, class_="p-title")
        + tag("p", "What changed, why, and what it does to the outcomes, on one page.", class_="p-subtitle")
    )
    with right:
        columns = st.columns(2, gap="small")
        with columns[1]:
            current = pick_version("The plan of", among, calendar, key="to", default=shown)
        if st.session_state.get(_SHOWN) not in {None, current.label}:
            address.forget("from")
        st.session_state[_SHOWN] = current.label
        choices, before = baselines_of(current, among), version_before(current, among)
        with columns[0]:
            baseline = (
                pick_version("Against", choices, calendar, key="from", default=before) if before else None
            )
    return Pair(current, baseline, among, calendar)


def _show_state(shown: ShownBrief, pair: Pair) -> None:
    """Say what sort of brief this is: frozen, made now from a sealed plan, or that of a plan that still changes."""
    name = version_name(pair.current, pair.calendar)
    if shown.state == FROZEN:
        title, note = "Frozen", f"It was frozen with the plan of {name}; nobody can change it."
    elif pair.current.is_sealed:
        is_usual = shown.brief.baseline == pair.current.previous
        note = "No brief was frozen with it." if is_usual else "Frozen is the one against the plan before it."
        title = "Made now from the sealed plan"
    else:
        title, note = name, "It follows the plan until that is sealed; then it is frozen in these words."
    section(title, note)


def _offer_files(shown: ShownBrief, pair: Pair) -> None:
    """Offer the brief as a file in each form, made when it is asked for."""
    with st.container(horizontal=True, gap="small"):
        for suffix, label in _FORMS.items():
            st.download_button(
                label,
                lambda suffix=suffix: _file(shown, pair, suffix),  # type: ignore[misc]
                brief_file_name(shown.brief, suffix),
                DOWNLOADS[suffix],
                icon=":material/download:",
                type="tertiary",
                on_click="ignore",
                key=f"file {suffix}",
            )
    st.html(tag("p", "Ctrl+P prints the page at the left alone, on A4.", class_="p-note"))


def _file(shown: ShownBrief, pair: Pair, suffix: str) -> bytes:
    pictures = (
        brief_pictures(review_under(pair.current, pair.baseline, pair.among)) if has_pictures(suffix) else {}
    )
    return brief_file(shown.brief, suffix, pictures)
