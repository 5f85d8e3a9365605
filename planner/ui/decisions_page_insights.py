"""Insights and lessons with the changes that cite them, and those that nothing cites; it writes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from planner.actions.sheets import sheet_bytes
from planner.model.quarter import Quarter
from planner.rules.insight_use import WINDOW, uses_frame
from planner.rules.registers import REGISTERS
from planner.rules.sentences import counted, number_word, quarters_text
from planner.ui.decisions_page_changes import changes_html
from planner.ui.frame import offer_csv, section
from planner.ui.markup import Html, join, table, tag
from planner.ui.pickers import pick_view
from planner.ui.places import place
from planner.ui.registers_page_words import state_word

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.rules.insight_use import Used
    from planner.ui.decisions_page_reads import Ledgers

_MOST: Final = 100
_NOTES: Final = {
    "insights": "An insight changed the plan where a reason of a change names it as evidence.",
    "lessons": "A lesson changed the plan where a reason of a change names it as evidence.",
}


def show_uses(read: Ledgers, name: str) -> None:
    """Draw one register with what it changed; of insights their effort too."""
    uses = read.insights if name == "insights" else read.lessons
    if not uses:
        one = "insight" if name == "insights" else "lesson"
        said = f"No {one} is written down yet. "
        link = tag(
            "a",
            f"Record {'an' if one[0] == 'i' else 'a'} {one}",
            href=place("registers").href(tab=name, new="1"),
            target="_self",
        )
        st.html(tag("p", said, link, class_="p-empty"))
        return
    used = [use for use in uses if use.is_used]
    idle = [use for use in uses if not use.is_used]
    chosen = _pick(len(used), len(idle), uses, name)
    for title, found in (("Changed something", used), ("Changed nothing so far", idle)):
        key = "used" if found is used else "idle"
        if chosen in {"", key}:
            _show_group(title, found, read, name)
    if name == "insights" and not chosen:
        _show_effort(read)


def _pick(used: int, idle: int, uses: Sequence[Used], name: str) -> str:
    labels = {
        "": f"all {used + idle:,}",
        "used": f"changed something {used:,}",
        "idle": f"changed nothing {idle:,}",
    }
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        chosen = pick_view("Show", labels, key="use", default="")
        st.space("stretch")
        offer_csv(
            f"{name}-in-use.csv", lambda: sheet_bytes(uses_frame(uses)), "Each with the changes that cite it."
        )
    return chosen


def _show_group(title: str, found: Sequence[Used], read: Ledgers, name: str) -> None:
    one = "insight" if name == "insights" else "lesson"
    if title == "Changed something":
        section(title, _NOTES[name])
        none = "No change of the plan names one as evidence yet: that is said beside the reason of a change."
    else:
        section(
            title, f"No reason of a change names it. That may be right: not every {one} asks for a change."
        )
        none = f"There is none: each {one} led to a change."
    if not found:
        st.html(tag("p", none, class_="p-note"))
        return
    rows = [
        (_what(use, name), _when(use, read), changes_html(use.changes, read, is_proof=True))
        for use in found[:_MOST]
    ]
    st.html(table(("What", "When", "What it changed"), rows, widths=("44%", "18%", "38%"), caption=title))
    if len(found) > _MOST:
        st.html(tag("p", f"and {len(found) - _MOST:,} more: all of them are in the CSV.", class_="p-note"))


def _what(use: Used, name: str) -> Html:
    row, entry = use.entry.row, use.entry
    link = tag(
        "a", entry.said or entry.id, href=place("registers").href(tab=name, entry=entry.id), target="_self"
    )
    told = row["finding"] if name == "insights" else row["action"]
    kind = (row.get("kind") or "").replace("_", " ")
    state = state_word(name, entry.state) if REGISTERS[name].state else ""
    small = " · ".join(part for part in (entry.id, kind, state) if part)
    return join((link, tag("div", told or "", class_="p-mute"), tag("div", small, class_="p-faint")))


def _when(use: Used, read: Ledgers) -> Html:
    of = use.entry.row["quarter"]
    said = read.calendar.spoken(read.calendar.parse(of)) if of else "no quarter"
    if use.lead is None:
        lead = "not in a sealed plan yet" if use.is_used else ""
    elif use.lead < 0:
        lead = f"cited {quarters_text(-use.lead)} before it is dated"
    else:
        lead = (
            f"in the plan {quarters_text(use.lead)} later" if use.lead else "in the plan of the same quarter"
        )
    effort = use.entry.row.get("effort_pd")
    days = tag("div", counted(effort, "person-day"), class_="p-mute") if effort is not None else ""
    return join((said, tag("div", lead, class_="p-mute"), days))


def _show_effort(read: Ledgers) -> None:
    """The days that went into insights by those that were kept free, by quarter."""
    section(
        "Effort for insight",
        f"Person-days that insights took, against those that teams keep free for it, in the last {number_word(WINDOW)} quarters.",
    )
    rows = []
    for at, found, effort, reserve in read.effort.rows.iter_rows():
        kept = "not known" if reserve is None else f"{reserve:,}"
        share = "" if not reserve else f"{effort / reserve:.0%}"
        rows.append((read.calendar.spoken(Quarter(at)), f"{found:,}", f"{effort:,}", kept, share))
    heads = ("Quarter", "Insights", "Days taken", "Days kept free", "Taken")
    st.html(
        table(
            heads,
            rows,
            widths=("24%", "16%", "20%", "20%", "20%"),
            right=[1, 2, 3, 4],
            caption="Effort for insight",
        )
    )
    if read.effort.figure.value is None:
        st.html(tag("p", read.effort.reason, class_="p-note"))
