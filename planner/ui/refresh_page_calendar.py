"""The calendar beside a refresh: its four days, and the budget season that is set once; it reminds nobody by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from planner.actions.plan_settings import change_settings
from planner.rules.refresh_calendar import budget_start, refresh_calendar
from planner.rules.sentences import counted, day_text, month_text, number_word
from planner.ui import session
from planner.ui.frame import section
from planner.ui.markup import Html, tag
from planner.ui.refresh_page_state import take

if TYPE_CHECKING:
    from planner.model.plan import Plan
    from planner.model.quarter import Quarter
    from planner.rules.refresh_calendar import Mark

_WORDS = {
    "open": "Open the refresh",
    "learn": "Actuals and insights are in",
    "submit": "Submit for review",
    "approve": "Approve, and seal the same day",
}
_MONTHS = tuple(range(1, 13))
_MOST_LEAD = 4


def show_calendar(plan: Plan, quarter: Quarter) -> None:
    """Draw the days of the refresh to a quarter, and when the next one-year plan is to be begun."""
    calendar, today = plan.calendar, session.today()
    section(f"Calendar for {calendar.spoken(quarter)}", "Counted back from the meeting in the third week.")
    marks = refresh_calendar(calendar, quarter)
    ahead = [mark for mark in marks if mark.day >= today]
    st.html(tag("table", *(_row(mark, ahead) for mark in marks), class_="p-marks"))
    _show_budget(plan)


def _row(mark: Mark, ahead: list[Mark]) -> Html:
    weeks = f"{counted(mark.weeks, 'week')} before" if mark.weeks else "that day"
    when = "p-past" if mark not in ahead else "p-next" if mark is ahead[0] else None
    cells = (tag("td", weeks), tag("td", day_text(mark.day)), tag("td", _WORDS[mark.what]))
    return tag("tr", *cells, class_=when)


def _show_budget(plan: Plan) -> None:
    month = plan.settings.text("budget_season_start_month")
    lead = plan.settings.whole("budget_lead_quarters")
    if month:
        begin, year = budget_start(plan.calendar, int(month), lead, session.today())
        until = f"On {day_text(begin)}: start the one-year plan for {plan.calendar.year_label(year)}"
        why = (
            f", {number_word(lead)} quarters before the budget season."
            if lead
            else ", as the budget season begins."
        )
        st.html(tag("p", until, why, class_="p-note", style="color:var(--p-ink)"))
    else:
        st.html(tag("p", "When budgets are made is not set yet.", class_="p-note"))
    with st.expander("Set the budget season"), st.form("budget", border=False):
        names = {
            number: month_text(session.today().replace(month=number, day=1)).split()[0] for number in _MONTHS
        }
        with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
            chosen = st.selectbox(
                "It begins in",
                _MONTHS,
                index=int(month) - 1 if month else None,
                format_func=names.__getitem__,
                placeholder="Month",
                width=150,
            )
            quarters = st.number_input(
                "Quarters before", 0, _MOST_LEAD, value=min(lead, _MOST_LEAD), width=130
            )
        if st.form_submit_button("Set") and chosen:
            wanted = {"budget_season_start_month": str(chosen), "budget_lead_quarters": str(quarters)}
            take(lambda: _set(wanted), "The budget season is set; it is sealed with the plan.")


def _set(wanted: dict[str, str]) -> None:
    change_settings(
        session.database(), wanted, actor=session.actor(), now=session.now(), reason="the budget season"
    )
