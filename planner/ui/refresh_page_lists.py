"""The other lists of a refresh: started and finished, findings, outcomes, what is due, what was left alone; no reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from planner.actions.checklist import ITEMS
from planner.actions.reasoning import attest
from planner.actions.rolling import start_and_finish
from planner.model.finding import ERROR
from planner.model.tables import TABLES
from planner.rules.change_words import TABLE_WORDS
from planner.rules.registers import REGISTERS
from planner.rules.rollover import FINISH
from planner.rules.sentences import counted
from planner.ui import session
from planner.ui.edit_words import moment_text
from planner.ui.findings import findings_html
from planner.ui.frame import link_to, outcome_html, section, status_html
from planner.ui.markup import Html, md, table, tag
from planner.ui.refresh_page_state import take

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl

    from planner.actions.checklist import Checklist, Item
    from planner.rules.rollover import Suggestion

_MOST: Final = 60
_MOST_TICKS: Final = 30
_MOST_LESSONS: Final = 8
_DUE: Final = {
    "unlearnt": (
        "Finished: what did we learn?",
        "A lesson says what was expected, what came, and what is done otherwise now. Nothing waits for it.",
    ),
    "assumptions": (
        "Assumptions to check",
        "Is it still true? One found false is a reason to change the plan.",
    ),
    "decisions": ("Decisions to look at again", "Their second look falls due with this quarter."),
    "insights": ("Insights since the last snapshot", "What was found out, and may be evidence."),
    "unmeasured": ("Measures without a value", "What was measured in the quarter that has passed."),
    "beyond": (
        "Work that ends after the horizon",
        "It is not drawn whole, and its money is not counted whole.",
    ),
}


def show_moved(checklist: Checklist) -> None:
    """Draw what by its dates has started or finished, to be ticked; nothing is applied by itself."""
    section("Started and finished", "By their dates. Tick what really happened; nothing is set by itself.")
    found = checklist.suggestions
    if not found:
        st.html(tag("p", "No project is due to start or to be finished.", class_="p-empty"))
        return
    turn = f"{checklist.refresh.number} {checklist.number}"
    frozen = checklist.refresh.is_frozen
    with st.form(f"moved {turn}", border=False):
        ticked = _ticks(checklist, found, turn)
        pressed = st.form_submit_button(
            "Set what is ticked", type="primary", icon=":material/check:", disabled=frozen, key=f"set {turn}"
        )
    if pressed:
        take(
            lambda: start_and_finish(session.database(), ticked, actor=session.actor(), now=session.now()),
            f"{counted(len(ticked), 'project')} set, each with the reason that it went as planned.",
        )


def _ticks(checklist: Checklist, found: Sequence[Suggestion], turn: str) -> list[tuple[str, str]]:
    """Draw a tick for each suggestion, the first ones of many and one for all of them; return what is ticked."""
    frozen = checklist.refresh.is_frozen
    able = [(one.action, one.project_id) for one in found if not one.obstacle]
    with st.container(key="ticks", gap=None):
        is_all = len(found) > _MOST_TICKS and st.checkbox(
            f"All {len(able):,} that can be set", key=f"moved {turn} all", disabled=frozen
        )
        ticked = [
            (one.action, one.project_id)
            for one in found[:_MOST_TICKS]
            if st.checkbox(
                _suggestion(one, checklist),
                key=f"moved {turn} {one.action} {one.project_id}",
                disabled=frozen or bool(one.obstacle),
            )
        ]
    if len(found) > _MOST_TICKS:
        said = f"{len(found) - _MOST_TICKS:,} more are not shown: tick all, or set their status in the projects grid."
        st.html(tag("p", said, class_="p-note"))
    return able if is_all else ticked


def _suggestion(one: Suggestion, checklist: Checklist) -> str:
    spoken = checklist.plan.calendar.spoken(one.quarter)
    verb = f"should have finished in {spoken}" if one.action == FINISH else f"starts in {spoken}"
    status = "set it done" if one.action == FINISH else "set it in progress"
    note = f"; {one.obstacle}" if one.obstacle else ""
    return md(f"{one.name}, {one.project_id}, {verb}: {status}{note}")


def show_findings(checklist: Checklist) -> None:
    """Draw what the checks find: errors stop the review, warnings are accepted at the sealing."""
    section("Findings", "Errors stop the review; warnings are accepted by their number at the sealing.")
    if not checklist.findings:
        st.html(tag("p", "No check finds anything to mend.", class_="p-empty"))
        return
    ordered = sorted(checklist.findings, key=lambda one: one.severity != ERROR)
    st.html(findings_html(ordered[:_MOST]))
    if len(ordered) > _MOST:
        st.html(tag("p", f"and {len(ordered) - _MOST:,} more", class_="p-note"))
    link_to("projects", "Go to the projects with findings", found="1")


def show_outcomes(checklist: Checklist) -> None:
    """Draw the outcomes whose status would be another one, then the big moves."""
    section(
        "Outcomes that would stand otherwise",
        f"Against {checklist.refresh.baseline}, by projects and measures.",
    )
    places = {key: place for place, key in enumerate(checklist.plan["outcomes"]["outcome_id"])}
    rows = [
        [
            outcome_html(places[key], checklist.names["outcomes", key]),
            status_html(before) if before else tag("span", "not in the plan", class_="p-mute"),
            status_html(after),
        ]
        for key, (before, after) in sorted(checklist.statuses.items(), key=lambda pair: places[pair[0]])
    ]
    if rows:
        st.html(table(["Outcome", "Was", "Would be"], rows, widths=["60%", "20%", "20%"], caption="Outcomes"))
    else:
        st.html(tag("p", "Every outcome stands as it did.", class_="p-empty"))
    section(
        "Big moves",
        "Work of at least 5% of the plan that joins, stops, moves a year or costs a quarter more or less.",
    )
    moves = [
        [move.name, ", ".join(kind.replace("_", " ") for kind in move.kinds), _cited(move.evidence)]
        for move in checklist.moves
    ]
    if moves:
        st.html(
            table(["Project", "What", "Evidence"], moves, widths=["50%", "25%", "25%"], caption="Big moves")
        )
    else:
        st.html(tag("p", "There is no big move.", class_="p-empty"))


def _cited(evidence: Sequence[str]) -> Html:
    if evidence:
        return tag("span", ", ".join(evidence))
    return tag("span", "none cited", class_="p-worse")


def show_due(checklist: Checklist) -> None:
    """Draw what has to be looked at, list by list; a list without rows is left out."""
    empty = True
    for name, (title, note) in _DUE.items():
        frame: pl.DataFrame = getattr(checklist.due, name)
        if not frame.height:
            continue
        empty = False
        section(f"{title} {frame.height:,}", note)
        rows = [[row["name"], row["id"], row["when"]] for row in frame.head(_MOST).iter_rows(named=True)]
        st.html(table(["What", "Id", "When"], rows, widths=["70%", "15%", "15%"], caption=title))
        if name == "unlearnt":
            _offer_lessons(frame)
        if name in REGISTERS:
            link_to("registers", f"Look at the {name}", icon=":material/menu_book:", tab=name)
    if empty:
        section("Nothing is due", "No assumption, decision, insight or measure waits for this refresh.")
    link_to("registers", "Record an insight", icon=":material/add:", tab="insights", new="1")


def _offer_lessons(finished: pl.DataFrame) -> None:
    """Draw a link for each finished project, to a lesson that names it."""
    for row in finished.head(_MOST_LESSONS).iter_rows(named=True):
        said = f"Write down a lesson from {row['name'] or row['id']}"
        link_to("registers", said, icon=":material/add:", tab="lessons", new="1", about=row["id"])


def show_left_alone(checklist: Checklist) -> None:
    """Draw what was reviewed and left unchanged, and the ways to say so: by item, by kind, all at once."""
    done, waiting = checklist.attested, checklist.unattested
    said = f"{counted(len(done), 'item')} attested, {len(waiting):,} unchanged that nobody has looked at."
    section("Reviewed and left unchanged", said)
    if waiting and not checklist.refresh.is_frozen:
        _offer_attesting(checklist, waiting)
    if done:
        now = session.now()
        rows = [
            [checklist.names[item], f"{TABLES[item[0]].one.capitalize()} {item[1]}", by, moment_text(on, now)]
            for item, (by, on) in list(done.items())[:_MOST]
        ]
        heads = ["Item", "Kind", "Reviewed by", "When"]
        st.html(
            table(heads, rows, widths=["46%", "22%", "16%", "16%"], caption="Reviewed and left unchanged")
        )
        if len(done) > _MOST:
            st.html(tag("p", f"and {len(done) - _MOST:,} more", class_="p-note"))
    elif not waiting:
        st.html(tag("p", "Every item of the plan has changed.", class_="p-empty"))


def _offer_attesting(checklist: Checklist, waiting: Sequence[Item]) -> None:
    """Draw the choice of a kind, of its items, and the two buttons."""
    there = [name for name in ITEMS if any(item[0] == name for item in waiting)]
    turn = f"{checklist.refresh.number} {len(checklist.attested)}"
    kind = st.segmented_control(
        "Kind",
        ["", *there],
        default="",
        required=True,
        format_func=lambda name: TABLE_WORDS[name] if name else "All",
        key=f"attest kind {turn}",
        label_visibility="collapsed",
    )
    listed = [item for item in waiting if not kind or item[0] == kind]
    with st.form(f"attest {turn}", border=False):
        chosen = st.multiselect(
            "Items that you reviewed and leave as they are",
            listed,
            format_func=lambda item: f"{checklist.names[item]} · {item[1]}",
            placeholder="Type to search",
            key=f"attest items {turn} {kind}",
        )
        with st.container(horizontal=True, gap="small"):
            some = st.form_submit_button("Attest these", icon=":material/check:", key=f"attest some {turn}")
            every = st.form_submit_button(f"Attest all {len(listed):,} listed", key=f"attest all {turn}")
    items = listed if every else chosen if some else []
    if some or every:
        take(
            lambda: attest(session.database(), items, actor=session.actor(), now=session.now()),
            f"{counted(len(items), 'item')} attested as reviewed and unchanged.",
        )
