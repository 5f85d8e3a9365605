"""The page 'Decisions and insights': what was decided and learnt, and what it changed; the registers are where one writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from planner.rules.decision_log import ASKED, NOW, PASSED
from planner.rules.decision_log import DEFINITIONS as DECISIONS
from planner.rules.insight_use import DEFINITIONS as INSIGHTS
from planner.rules.sentences import counted, number_word, percent_text, quarters_text
from planner.ui.decisions_page_insights import show_uses
from planner.ui.decisions_page_log import show_log
from planner.ui.decisions_page_reads import read_ledgers
from planner.ui.frame import lead, link_to, page_header
from planner.ui.home_page_cards import Card, cards
from planner.ui.home_page_css import review_css
from planner.ui.markup import Html, join, strong, table, tag
from planner.ui.pickers import pick_view
from planner.ui.places import place

if TYPE_CHECKING:
    from planner.rules.figure import Figure
    from planner.ui.decisions_page_reads import Ledgers

TITLE: Final = "Decisions and insights"
_PARTS: Final = {"decisions": "Decisions", "insights": "Insights", "lessons": "Lessons"}


def show_decisions() -> None:
    """Draw the page."""
    st.html(review_css())
    page_header(TITLE, "What was asked, decided and learnt, and which changes of the plan it led to")
    read = read_ledgers()
    if read.is_empty:
        _show_empty()
        return
    lead(_lead(read))
    st.html(cards(_cards(read)))
    with st.expander("How these are counted"):
        rows = [(strong(name), said, source) for name, said, source in (*DECISIONS, *INSIGHTS)]
        heads = ("Figure", "What it counts", "Source")
        st.html(table(heads, rows, widths=("22%", "66%", "12%"), caption="How these are counted"))
    part = pick_view("Part", _PARTS, key="part")
    if part == "decisions":
        show_log(read)
    else:
        show_uses(read, part)


def _show_empty() -> None:
    with st.container(border=True):
        said = "Nothing was asked, decided or learnt yet. It is written down in the registers, and read here beside the plan."
        st.html(tag("p", said, class_="p-empty"))
        with st.container(horizontal=True, gap="medium"):
            link_to("registers", "Ask for a decision", tab="decisions", new="1")
            link_to("registers", "Record an insight", tab="insights", new="1")


def _lead(read: Ledgers) -> Html:
    """What waits, what is to be looked at again, and what the insights changed."""
    asks = sum(one.entry.state == ASKED for one in read.log)
    again = sum(one.look == NOW for one in read.log)
    told = []
    if asks:
        told.append(
            f"{counted(asks, 'question', words=True)} {'waits' if asks == 1 else 'wait'} for a decision"
        )
    if again:
        verb = "is" if again == 1 else "are"
        told.append(f"{counted(again, 'decision', words=True)} {verb} due for a second look")
    if read.insights:
        used, total = sum(one.is_used for one in read.insights), len(read.insights)
        told.append(
            f"all {counted(total, 'insight', words=True)} changed the plan" if used == total > 1
            else f"{number_word(used) if used else 'none'} of {counted(total, 'insight', words=True)} changed the plan"
        )  # fmt: skip
    first, *rest = told or ["nothing waits for a decision"]
    return join((strong(f"{first[0].upper()}{first[1:]}"), *rest), "; ") + "."


def _cards(read: Ledgers) -> list[Card]:
    """The figures, each leading to the rows that make it; one that cannot be computed says why."""
    bare = sum(one.is_without_evidence for one in read.log)
    passed = sum(one.look == PASSED for one in read.log)
    decided = counted(read.leads.rows.height, "decision")
    insights = f"of {counted(read.use.rows.height, 'insight')}, last four quarters"
    cited = f"middle of {counted(read.to_plan.rows.height, 'insight')}"
    return [
        Card(_to("From ask to decision"), _days(read.leads.figure), note=f"middle of {decided}", why=read.leads.reason),
        Card(_to("Without evidence", show="bare"), f"{bare:,}", note="decisions whose changes name none"),
        Card(_to("Second looks overdue", show="passed"), f"{passed:,}", note="due in an earlier quarter"),
        Card(_to("Insights in use", part="insights"), _share(read.use.figure), note=insights, why=read.use.reason),
        Card(_to("From insight to plan", part="insights"), _quarters(read.to_plan.figure), note=cited, why=read.to_plan.reason),
        Card(_to("Effort for insight", part="insights"), _share(read.effort.figure), note="of the days kept free for it", why=read.effort.reason),
    ]  # fmt: skip


def _to(label: str, **query: str) -> Html:
    return tag("a", label, href=place("decisions").href(**query), target="_self")


def _days(figure: Figure) -> str:
    return "" if figure.value is None else f"{figure.value:g} days"


def _share(figure: Figure) -> str:
    return "" if figure.value is None else percent_text(figure.value)


def _quarters(figure: Figure) -> str:
    if figure.value is None:
        return ""
    return quarters_text(int(figure.value)) if figure.value.is_integer() else f"{figure.value:g} quarters"
