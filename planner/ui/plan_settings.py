"""The dialog with the settings of the plan: its name, currency, fiscal year and horizon, and its rules; it reads no plan file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from planner.actions.plan_settings import change_settings
from planner.errors import PlannerError
from planner.model.settings import SETTINGS
from planner.rules.sentences import month_text
from planner.ui import session
from planner.ui.frame import show_refusal
from planner.ui.markup import md, table, tag

if TYPE_CHECKING:
    from planner.model.plan import Plan

_MONTH: Final = "fiscal_year_start_month"
_FIRST: Final = ("plan_name", "currency", _MONTH, "horizon_quarters")
_NEVER: Final = "plan_uid"  # given once
_MONTHS: Final = tuple(range(1, 13))


@st.dialog("Settings of the plan", width="medium", icon=":material/settings:")
def show_settings() -> None:
    """Ask for the settings of the draft, and save what was changed."""
    plan = session.plan_of(session.draft())
    st.html(tag("p", "They belong to the draft and are sealed with it.", class_="p-note"))
    with st.form("settings", border=False):
        wanted = _ask_first(plan)
        with st.expander("Zones, weights and other rules"):
            wanted |= _ask_rest(plan)
        if not st.form_submit_button("Save the settings", type="primary"):
            return
    try:
        outcome = change_settings(session.database(), wanted, actor=session.actor(), now=session.now())
    except PlannerError as refusal:
        show_refusal(refusal)
        return
    if outcome.problems:
        rows = [[_label(one.edit.key[0]), one.problem.message] for one in outcome.problems]
        st.html(
            table(["", "What to write"], rows, widths=["30%", "70%"], caption="Settings that do not read")
        )
        return
    st.rerun()


def _ask_first(plan: Plan) -> dict[str, str]:
    """The four that a new plan begins with."""
    given, is_sealed = plan.settings.given, bool(session.snapshots())
    name = st.text_input(
        "Name of the plan", given.get("plan_name", ""), placeholder="Such as your organisation's name"
    )
    with st.container(horizontal=True, gap="small"):
        currency = st.text_input(
            "Currency", plan.settings.currency, placeholder="GBP", max_chars=3, help="Three letters."
        )
        month = st.selectbox(
            "Fiscal year starts in",
            _MONTHS,
            index=plan.calendar.start_month - 1,
            format_func=_month_word,
            disabled=is_sealed,
            help="It stays once something is sealed, for the labels of quarters rest on it."
            if is_sealed
            else None,
        )
        horizon = st.text_input(
            "Quarters ahead",
            given.get("horizon_quarters", ""),
            placeholder=SETTINGS["horizon_quarters"].default,
            help=md(f"{_label('horizon_quarters')}."),
        )
    wanted = {"plan_name": name, "currency": currency.upper(), "horizon_quarters": horizon}
    return wanted if is_sealed else wanted | {_MONTH: str(month)}


def _ask_rest(plan: Plan) -> dict[str, str]:
    """All others, each as it is written in settings.csv; an empty one has its default."""
    given = plan.settings.given
    keys = [*SETTINGS, *sorted(given.keys() - SETTINGS.keys())]
    left, right = st.columns(2)
    return {
        key: (right if place % 2 else left).text_input(
            md(_label(key)), given.get(key, ""), placeholder=SETTINGS[key].default if key in SETTINGS else ""
        )
        for place, key in enumerate(key for key in keys if key not in {*_FIRST, _NEVER})
    }


def _label(key: str) -> str:
    """What a setting means, as the model tells it; one of the organisation's own has its key."""
    if key not in SETTINGS:
        return key
    told = SETTINGS[key].told
    return told[0].upper() + told[1:]


def _month_word(month: int) -> str:
    return month_text(session.today().replace(month=month, day=1)).split()[0]
