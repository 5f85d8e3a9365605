"""The Trend page: how the plan changed over all its snapshots, in a sentence and in four views; each view draws itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from planner.actions.trend_sheet import trend_bytes
from planner.rules.sentences import counted, number_word
from planner.rules.trend_sentence import history_sentence, receding_sentence
from planner.ui import address
from planner.ui.frame import empty_state, lead, offer_csv, page_header
from planner.ui.markup import Html, join, strong
from planner.ui.pickers import pick_view
from planner.ui.trend_page_css import trend_css
from planner.ui.trend_page_moves import show_moves
from planner.ui.trend_page_reads import axis_of, history
from planner.ui.trend_page_views import show_forecasts, show_money, show_outcomes

if TYPE_CHECKING:
    from planner.actions.trend import History
    from planner.rules.trend_sentence import Part

_VIEWS: Final = {
    "moves": "What moved",
    "outcomes": "Outcomes",
    "money": "Money and work",
    "why": "Reasons and forecasts",
}
_BY_OUTCOME: Final = frozenset({"moves", "outcomes"})
_EVERY: Final = ""


def show_trend() -> None:
    """Draw the page."""
    st.html(trend_css())
    found = history()
    if found is None:
        page_header("Trend", "How the plan changed from snapshot to snapshot")
        empty_state(
            "Nothing is sealed yet, and a trend needs snapshots. Seal the plan at the end of each quarter: from the second "
            "snapshot on, this page shows how it moves.",
            "versions",
            "Seal the plan",
        )
        return
    top = page_header("Trend", _subtitle(found))
    if len(found.points) == 1:
        _show_single(found)
        return
    lead(_lead(found))
    view = pick_view("View", _VIEWS, key="view")
    with top:
        outcome = _pick_outcome(found) if view in _BY_OUTCOME else _EVERY
        offer_csv(
            "trend.csv",
            lambda: trend_bytes(found),
            "A row for each snapshot, with the refresh that led to it.",
        )
    if view == "outcomes":
        show_outcomes(outcome)
    elif view == "money":
        show_money(found)
    elif view == "why":
        show_forecasts(found)
    else:
        show_moves(found, outcome)


def _subtitle(found: History) -> str:
    names = axis_of(found).names
    count = counted(len(names), "sealed plan", words=True)
    span = names[0] if len(names) == 1 else f"{names[0]} to {names[-1]}"
    return f"{count[0].upper()}{count[1:]}, {span}"


def _show_single(found: History) -> None:
    """One snapshot has no trend: a calm sentence with what there is."""
    name = axis_of(found).names[0]
    count = counted(found.points[0].live, "live project")
    empty_state(
        f"The plan of {name} is the first one that was sealed, with {count}. A trend shows from the second on: "
        "seal the plan again when the quarter is over.",
        "refresh",
        "Open the refresh",
    )


def _lead(found: History) -> Html:
    parts = history_sentence(found.steps, found.calendar)
    return join((_set(parts), " ", _set(receding_sentence(found.trends))))


def _set(parts: list[Part]) -> Html:
    """The parts of a sentence, key words strong."""
    return join(strong(part.text) if part.is_strong else part.text for part in parts)


def _pick_outcome(found: History) -> str:
    """The outcome that the lines are narrowed to, '' for all; drawn where there are at least two."""
    named = dict(found.points[-1].outcomes.select("outcome_id", "short_name").iter_rows())
    wanted = [key for key in found.served.outcomes if key in named]
    if len(wanted) <= 1:
        return _EVERY
    address.read_one("outcome", [_EVERY, *wanted], _EVERY)
    chosen = st.selectbox(
        "Outcome",
        [_EVERY, *wanted],
        format_func=lambda key: named[key] if key else f"All {number_word(len(wanted))} outcomes",
        key="outcome",
        label_visibility="collapsed",
        width=230,
    )
    address.write("outcome", *([chosen] if chosen else []))
    return chosen
