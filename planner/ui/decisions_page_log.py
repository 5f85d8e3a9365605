"""The log of decisions as a reading table, its filters, its lead times by quarter; it decides nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from planner.actions.sheets import sheet_bytes
from planner.model.quarter import Quarter
from planner.rules.decision_log import ASKED, DECIDED, NOW, PASSED, lead_times_by_quarter, log_frame
from planner.rules.sentences import counted, day_text
from planner.ui.decisions_page_changes import changes_html
from planner.ui.frame import offer_csv, section
from planner.ui.markup import Html, join, strong, table, tag
from planner.ui.pickers import pick_view
from planner.ui.places import place
from planner.ui.registers_page_words import state_word

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from planner.rules.decision_log import Logged
    from planner.ui.decisions_page_reads import Ledgers

_MOST: Final = 100
_SHOWN: Final[Mapping[str, tuple[str, Callable[[Logged], bool]]]] = {
    "": ("all", lambda _one: True),
    "open": ("open asks", lambda one: one.entry.state == ASKED),
    "again": ("due for a second look", lambda one: one.look == NOW),
    "passed": ("second look overdue", lambda one: one.look == PASSED),
    "bare": ("without evidence", lambda one: one.is_without_evidence),
}
_NONE: Final = {
    "open": "No question waits for a decision.",
    "again": "No decision is due for a second look in this quarter.",
    "passed": "No second look of an earlier quarter is overdue.",
    "bare": "Every decision that changed the plan names evidence in at least one of its changes.",
}


def show_log(read: Ledgers) -> None:
    """Draw the filter, the table and the lead times."""
    controls = st.container(horizontal=True, vertical_alignment="bottom", gap="small")
    with controls:
        show = pick_view("Show", {key: _label(read, key) for key in _SHOWN}, key="show", default="")
    found = [one for one in read.log if _SHOWN[show][1](one)]
    if not found:
        st.html(tag("p", _NONE.get(show, "Nothing was asked or decided yet."), class_="p-empty"))
        return
    with controls:
        st.space("stretch")
        offer_csv("decisions.csv", lambda: sheet_bytes(log_frame(found)), "The decisions of this list.")
    st.html(_table(found[:_MOST], read))
    if len(found) > _MOST:
        st.html(tag("p", f"and {len(found) - _MOST:,} more: all of them are in the CSV.", class_="p-note"))
    if not show:
        _show_leads(read)


def _label(read: Ledgers, key: str) -> str:
    said, takes = _SHOWN[key]
    return f"{said} {sum(takes(one) for one in read.log):,}"


def _table(found: Sequence[Logged], read: Ledgers) -> Html:
    rows: list[Sequence[object]] = []
    group = ""
    for one in found:
        now = _group(one)
        if now != group:
            group = now
            rows.append([group])
        rows.append(
            (_question(one), _answer(one), _when(one, read), changes_html(one.changes, read, is_proof=False))
        )
    heads = ("Question", "Decided, by whom", "When", "What it changed")
    return table(heads, rows, widths=("31%", "25%", "16%", "28%"), caption="The log of decisions")


def _group(one: Logged) -> str:
    if one.entry.state == ASKED:
        return "Open asks, the one needed first at the front"
    return "Decided, the newest first" if one.entry.state == DECIDED else "Put off or withdrawn"


def _question(one: Logged) -> Html:
    row = one.entry.row
    link = tag("a", row["question"] or one.id, href=_form(one.id), target="_self")
    options = " · ".join((row["options"] or "").split("|"))
    parts = [strong(link) if one.entry.state == ASKED else link]
    if options:
        parts.append(tag("div", f"Options: {options}", class_="p-mute"))
    if row["recommendation"]:
        parts.append(tag("div", f"Recommended: {row['recommendation']}", class_="p-mute"))
    parts.append(tag("div", one.id, class_="p-faint"))
    return join(parts)


def _form(entry: str) -> str:
    return place("registers").href(tab="decisions", entry=entry)


def _answer(one: Logged) -> Html:
    row = one.entry.row
    if one.entry.state == DECIDED:
        by = row["decided_by"] or row["owner"]
        why = tag("div", f"because {row['rationale']}", class_="p-mute") if row["rationale"] else ""
        return join(
            (strong(row["decision"] or "not said"), why, tag("div", by or "by nobody named", class_="p-mute"))
        )
    state = tag("span", state_word("decisions", one.entry.state), class_="p-chip")
    return join((state, tag("div", f"asked of {row['owner'] or 'the leaders'}", class_="p-mute")))


def _when(one: Logged, read: Ledgers) -> Html:
    """The day, how long it took, and its second look."""
    row = one.entry.row
    if one.entry.state != DECIDED:
        needed = f"needed by {day_text(row['needed_by'])}" if row["needed_by"] else "no day named"
        asked = f"asked {day_text(row['asked_on'])}" if row["asked_on"] else ""
        due = tag("div", "due now", class_="p-worse") if one.entry.is_due else ""
        return join((strong(needed), tag("div", asked, class_="p-mute"), due))
    took = "" if one.lead_days is None else f"{counted(one.lead_days, 'day')} after it was asked"
    parts = [tag("div", day_text(row["decided_on"]) or "day not known"), tag("div", took, class_="p-mute")]
    if row["review_quarter"]:
        due = read.calendar.spoken(read.calendar.parse(row["review_quarter"]))
        word = {NOW: "look again now: still right?", PASSED: f"second look was due in {due}"}
        said = word.get(one.look, f"look again in {due}")
        parts.append(tag("div", said, class_="p-worse" if one.look == NOW else "p-mute"))
    return join(parts)


def _show_leads(read: Ledgers) -> None:
    """The median of each quarter; where there is none, why."""
    section(
        "From ask to decision, by quarter",
        "The middle of the days from the ask to the decision, in the quarter in which it was made.",
    )
    if read.leads.figure.value is None:
        st.html(tag("p", read.leads.reason, class_="p-note"))
        return
    by_quarter = lead_times_by_quarter(read.leads.rows)
    longest = max(by_quarter["days"].max() or 0, 1)
    rows = []
    for at, decisions, days in by_quarter.iter_rows():
        named = read.leads.rows.filter(read.leads.rows["quarter"] == at)
        ids = join(
            (
                join((tag("a", key, href=_form(key), target="_self"), f" {took}"))
                for key, took in named.select("decision_id", "days").iter_rows()
            ),
            " · ",
        )
        each = join((counted(decisions, "decision"), ": ", ids))
        rows.append((read.calendar.spoken(Quarter(at)), f"{days:g}", _bar(days / longest), each))
    st.html(
        table(
            ("Quarter", "Days", "", "Each"),
            rows,
            widths=("12%", "8%", "24%", "56%"),
            right=[1],
            caption="Lead times",
        )
    )


def _bar(share: float) -> Html:
    style = f"width:{share:.0%};height:.7rem;border-radius:3px;background:var(--p-ghost)"
    return tag("div", style=style, aria_hidden="true")
