"""The Refresh page while no refresh is open: one sentence, the way to open one, the calendar, and the last ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from planner.actions.rolling import labels_to_open, open_refresh
from planner.model.refresh import SEALED
from planner.model.version import Label
from planner.rules.rollover import roll_forward
from planner.rules.sentences import counted
from planner.ui import session
from planner.ui.edit_words import moment_text
from planner.ui.frame import empty_state, lead, page_header, section, show_news
from planner.ui.markup import Html, table, tag
from planner.ui.pickers import version_name
from planner.ui.places import place
from planner.ui.refresh_page_calendar import show_calendar
from planner.ui.refresh_page_state import NEWS, refreshes, take

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.model.plan import Plan
    from planner.model.refresh import Refresh
    from planner.model.version import Version

_MOST = 8


def show_closed() -> None:
    """Draw the page: nothing is open, and what would be."""
    sealed, draft = session.snapshots(), session.draft()
    plan = session.plan_of(draft)
    said = "From the last snapshot, through review and decision, to the next one"
    page_header("Refresh", said)
    show_news(NEWS)
    if not sealed:
        empty_state(
            "A refresh rolls the last snapshot forward, and nothing is sealed yet.",
            "versions",
            "Seal the first plan",
        )
        return
    left, right = st.columns([0.64, 0.36], gap="large")
    with left:
        lead(f"No refresh is open; the last snapshot is {version_name(sealed[-1], plan.calendar)}.")
        _show_form(sealed, plan)
        _show_last(refreshes())
    with right:
        next_quarter = plan.calendar.parse(sealed[-1].quarter) + 1
        show_calendar(plan, next_quarter)


def _show_form(sealed: Sequence[Version], plan: Plan) -> None:
    labels = labels_to_open(sealed, plan.calendar)
    turn = f"{sealed[-1].label} {len(refreshes())}"
    with st.container(border=True):
        section("Open the next one", "The draft is rolled forward; what was edited in it stays.")
        label = st.selectbox(
            "Refresh to",
            labels,
            format_func=lambda text: _label_words(text, plan),
            key=f"open label {turn}",
        )
        st.html(tag("ul", *(tag("li", said) for said in _preview(label, plan)), class_="p-note"))
        with st.form(f"open {turn}", border=False):
            comment = st.text_input(
                "What it is about", key=f"open comment {turn}", placeholder="May stay empty"
            )
            if st.form_submit_button(
                "Open the refresh", type="primary", icon=":material/play_arrow:", key=f"press open {turn}"
            ):
                take(
                    lambda: open_refresh(
                        session.database(), label, actor=session.actor(), now=session.now(), comment=comment
                    ),
                    f"The refresh to {label} is open, and the draft is rolled forward.",
                )


def _label_words(text: str, plan: Plan) -> str:
    label = Label.parse(text, plan.calendar)
    spoken = plan.calendar.spoken(label.quarter)
    if label.revision > 1:
        return f"{spoken} again, as revision {label.revision} ({text}): out of cycle"
    return f"{spoken} ({text})"


def _preview(label: str, plan: Plan) -> list[str]:
    """What opening would do, told before it is done."""
    calendar = plan.calendar
    rolled = roll_forward(plan, Label.parse(label, calendar).quarter)
    span = f"{calendar.spoken(rolled.first)} to {calendar.spoken(rolled.last)}"
    joins = [counted(number, *_ROWS[name]) for name, number in rolled.joined.items()]
    falls = [counted(number, *_ROWS[name]) for name, number in rolled.fallen.items()]
    said = [f"The horizon is then {span}."]
    if joins:
        said.append(f"{' and '.join(joins)} join at its far end, carried on from the last ones.")
    if falls:
        said.append(f"{' and '.join(falls)} fall off at its near end. Phasing of the past stays as it is.")
    return said


_ROWS = {"capacity": ("capacity row", "capacity rows"), "kpi_targets": ("target", "targets")}


def _show_last(found: Sequence[Refresh]) -> None:
    """Draw the refreshes that are over, the newest first."""
    if not found:
        return
    section("Refreshes so far", "The newest first.")
    rows = [_row(refresh) for refresh in list(reversed(found))[:_MOST]]
    heads = ["Refresh", "Opened", "Ended", "Steps", "Last words"]
    st.html(
        table(heads, rows, widths=["15%", "21%", "25%", "9%", "30%"], right=[3], caption="Refreshes so far")
    )


def _row(refresh: Refresh) -> list[Html]:
    now, first, last = session.now(), refresh.steps[0], refresh.steps[-1]
    ended = (
        refresh.state_words if refresh.state == SEALED else tag("span", refresh.state_words, class_="p-mute")
    )
    again = tag("div", "second sealing", class_="p-mute") if refresh.is_revision else ""
    href = place("drift").href(**{"from": refresh.baseline, "to": refresh.label})
    link = tag("div", tag("a", "what changed", href=href)) if refresh.state == SEALED else ""
    return [
        tag("div", tag("strong", refresh.label), again, link),
        tag("div", first.actor, tag("div", moment_text(first.taken_on, now), class_="p-mute")),
        tag("div", ended, f" by {last.actor}", tag("div", moment_text(last.taken_on, now), class_="p-mute")),
        tag("span", str(len(refresh.steps))),
        tag("span", last.comment or "–"),  # noqa: RUF001  the dash of nothing
    ]
