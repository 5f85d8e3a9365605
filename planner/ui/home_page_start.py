"""The small form that makes a plan database of one's own beside the sample; it never opens it here, nor replaces one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

import streamlit as st

from planner.actions.opening import make_plan
from planner.errors import PlannerError
from planner.ui import session
from planner.ui.frame import show_refusal
from planner.ui.markup import tag

if TYPE_CHECKING:
    from pathlib import Path

_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_FILE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}(\.duckdb)?")
_LONGEST: Final = 120


class _Wanted(NamedTuple):
    """What was asked for, as it was typed."""

    name: str
    currency: str
    start_month: int
    file: str


@st.dialog("Start my own plan")
def start_my_own() -> None:
    """Ask for what a new plan needs, make its database, and say how to open it."""
    folder = session.environment().database.parent
    wanted = _ask(folder)
    if wanted is None:
        return
    if not _FILE.fullmatch(wanted.file.strip()):
        _say(
            "This cannot be the name of the file.",
            "Use letters, digits, - and _ only, such as my-plan.duckdb.",
        )
        return
    path = folder / f"{wanted.file.strip().removesuffix('.duckdb')}.duckdb"
    try:
        make_plan(
            path,
            sample=False,
            now=session.now(),
            progress=lambda _said, _share: None,
            fiscal_start=wanted.start_month,
            currency=wanted.currency.strip().upper(),
            name=wanted.name.strip(),
        ).close()
    except PlannerError as refusal:
        show_refusal(refusal)
        return
    _tell_how_to_open(path)


def _ask(folder: Path) -> _Wanted | None:
    """Draw the form; None until it is sent."""
    st.html(
        tag(
            "p",
            "One database is one plan. This makes another one, empty; the sample stays as it is.",
            class_="p-note",
        )
    )
    with st.form("start", border=False):
        name = st.text_input(
            "Name of the plan", max_chars=_LONGEST, placeholder="Such as your organisation's name"
        )
        left, right = st.columns(2)
        currency = left.text_input(
            "Currency", max_chars=3, placeholder="GBP", help="Three letters; may stay empty"
        )
        start = right.selectbox(
            "Fiscal year starts in", range(1, 13), format_func=lambda month: _MONTHS[month - 1]
        )
        file = st.text_input("File", "my-plan.duckdb", max_chars=_LONGEST, help=f"It is made in {folder}")
        asked = st.form_submit_button("Make the plan", type="primary")
    return _Wanted(name, currency, start or 1, file) if asked else None


def _tell_how_to_open(path: Path) -> None:
    st.html(
        tag(
            "p",
            tag("strong", "Your plan is made."),
            " Stop this server, and start it with your plan:",
            class_="p-empty",
            role="status",
        )
    )
    st.code(f"planner serve --database {path}", language="bash")
    st.html(tag("p", "Or name it once and for all before starting the server:", class_="p-note"))
    st.code(f"export PLANNER_DATABASE={path}", language="bash")


def _say(headline: str, remedy: str) -> None:
    said = tag("p", tag("strong", headline), class_="p-empty", role="alert")
    st.html(tag("div", said, tag("p", remedy, class_="p-note"), class_="p-alert"))
