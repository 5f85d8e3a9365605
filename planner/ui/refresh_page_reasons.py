"""The changes of a refresh with their reasons: a list with ticks, and one reason for all that is ticked; it finds no change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import streamlit as st

from planner.actions.reasoning import explain, read_reason
from planner.rules.change_groups import in_order
from planner.rules.change_words import GROUP_WORDS, line_of
from planner.rules.plain_language import plain_findings
from planner.rules.sentences import counted, number_word
from planner.ui import address, session
from planner.ui.frame import link_to, section
from planner.ui.markup import Html, join, md, strong, table, tag
from planner.ui.reason_fields import pick_reason_code
from planner.ui.refresh_page_state import decisions, evidence, take

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planner.actions.checklist import Checklist
    from planner.rules.changes import Change

PAGE_ROWS: Final = 30
FILTERS: Final = ("show", "kind", "q")  # what the address says of this list
_SHOWN: Final = {"bare": "Without a reason", "all": "All changes"}
_LONGEST = 90


@dataclass(frozen=True, slots=True)
class Typed:
    """A reason as it stands in the form."""

    code: str
    text: str
    evidence_id: str
    decision_id: str


def show_reasons(checklist: Checklist) -> None:
    """Draw the changes that lack a reason, or all of them, and the form that gives one."""
    bare = checklist.unexplained
    section("Why the plan changed", _note(checklist))
    found = _chosen(checklist, bare)
    if not checklist.changes:
        said = f"Nothing with a planning meaning differs from {checklist.refresh.baseline} yet."
        st.html(tag("p", said, class_="p-empty"))
        link_to("projects", "Edit the projects")
        return
    if not found:
        said = "Every change has its reason." if not bare else "No change fits what you chose."
        st.html(tag("p", said, class_="p-empty"))
    elif checklist.refresh.is_frozen:
        _show_table(checklist, found)
    else:
        _show_ticks(checklist, found)
    with st.container(horizontal=True, gap="small"):
        link_to("drift", "See them on the drift page", **{"from": checklist.refresh.baseline, "to": "draft"})
        link_to("registers", "Record an insight", icon=":material/add:", tab="insights", new="1")


def _note(checklist: Checklist) -> str:
    total, bare = len(checklist.changes), len(checklist.unexplained)
    if not total:
        return "Computed from the drift against the last snapshot, not from a log."
    said = counted(total, "change")
    lack = "each has its reason" if not bare else f"{number_word(bare)} without a reason"
    return f"{said} against {checklist.refresh.baseline}, {lack}. Computed from drift, not from a log."


def _chosen(checklist: Checklist, bare: Sequence[Change]) -> list[Change]:
    """Draw the choice of changes, their kind and a search; return what fits, in the order of reading."""
    default = "bare" if bare else "all"
    address.read_one("show", _SHOWN, default)
    address.read_one("kind", ["", *GROUP_WORDS], "")
    address.read_one("q", None, "")
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        shown = st.segmented_control(
            "Show", list(_SHOWN), required=True, format_func=_SHOWN.__getitem__, key="show"
        )
        listed = bare if shown == "bare" else checklist.changes
        groups = {change.group for change in listed} | {st.session_state["kind"]}
        kind = st.selectbox(
            "Kind",
            ["", *(group for group in GROUP_WORDS if group in groups)],
            format_func=lambda group: GROUP_WORDS[group] if group else "Every kind",
            key="kind",
            width=180,
        )
        text = st.text_input("Search", key="q", placeholder="name or id", width=220).strip().lower()
    address.write("show", *([shown] if shown and shown != default else []))
    address.write("kind", *([kind] if kind else []))
    address.write("q", *([text] if text else []))
    fitting = [
        change
        for change in listed
        if (not kind or change.group == kind) and (not text or text in f"{change.title} {change.id}".lower())
    ]
    outcomes = checklist.plan["outcomes"]["outcome_id"].to_list()
    return in_order(fitting, "kind", outcomes)


def _show_ticks(checklist: Checklist, found: Sequence[Change]) -> None:
    """Draw the list with a tick each, and beside it the reason; nothing happens before the button."""
    turn = f"{checklist.refresh.number} {checklist.number}"
    with st.form(f"reasons {turn}", border=False):
        left, right = st.columns([0.64, 0.36], gap="large")
        with left:
            ticked = _ticks(checklist, found, turn)
        with right, st.container(border=True):
            section("One reason for what is ticked", "It continues the words 'because …'.")
            typed = _fields(turn)
            pressed = st.form_submit_button(
                "Give this reason", type="primary", icon=":material/edit_note:", key=f"press reason {turn}"
            )
    if pressed:
        said = (
            "The reason is given."
            if len(ticked) == 1
            else f"{counted(len(ticked), 'change')} have this reason now."
        )
        take(lambda: _give(checklist, ticked, typed), " ".join([said, *plain_findings(typed.text)]))


def _ticks(checklist: Checklist, found: Sequence[Change], turn: str) -> list[Change]:
    shown = found[:PAGE_ROWS]
    everything = False
    with st.container(key="ticks", gap=None):
        if len(found) > 1:
            everything = st.checkbox(f"All {len(found):,} listed", key=f"tick all {turn}")
        group = ""
        ticked = []
        for change in shown:
            if change.group != group:
                group = change.group
                st.html(
                    tag("p", GROUP_WORDS[group], class_="p-note", style="margin-top:.6rem;font-weight:600")
                )
            key = f"tick {turn} {change.table} {change.id} {change.field} {' '.join(change.kinds)}"
            if st.checkbox(_tick_words(change, checklist), key=key) or everything:
                ticked.append(change)
    rest = found[PAGE_ROWS:]
    if rest:
        said = f"{len(rest):,} more are listed, but not shown. Choose a kind or search; or tick all."
        st.html(tag("p", said, class_="p-note"))
    return [*ticked, *(rest if everything else ())]


def _tick_words(change: Change, checklist: Checklist) -> str:
    """A change as the words of its tick: name, what became what, by how much, and the reason it has."""
    line = line_of(change, checklist.names, checklist.plan.settings)
    sides = " → ".join(_cut(side) for side in (line.before, line.after) if side)
    why = f" because {change.reason}" if change.reason else ""
    return md(" · ".join(part for part in (change.title, sides, line.amount) if part) + why)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _fields(turn: str) -> Typed:
    known, made = evidence(), decisions()
    code = pick_reason_code("Sort of reason", key=f"code {turn}", placeholder="Choose")
    text = st.text_area(
        "Because", key=f"text {turn}", height=80, placeholder="the supplier delivers a quarter later"
    )
    cited = st.selectbox(
        "Evidence",
        list(known),
        index=None,
        placeholder="An insight, a lesson, a risk, a measure",
        format_func=lambda key: f"{key}: {_cut(known[key])}",
        key=f"cited {turn}",
    )
    decided = st.selectbox(
        "Decision",
        list(made),
        index=None,
        placeholder="If it was decided",
        format_func=lambda key: f"{key}: {_cut(made[key])}",
        key=f"decided {turn}",
    )
    return Typed(code or "", text, cited or "", decided or "")


def _give(checklist: Checklist, ticked: Sequence[Change], typed: Typed) -> None:
    given = read_reason(typed.code, typed.text, typed.evidence_id, typed.decision_id)
    keys = [key for change in ticked for key in checklist.keys_of(change)]
    explain(session.database(), keys, given, actor=session.actor(), now=session.now())


def _show_table(checklist: Checklist, found: Sequence[Change]) -> None:
    """Draw the changes to be read, while nothing can change."""
    titles = evidence()
    rows: list[Sequence[object]] = []
    group = ""
    for change in found[:PAGE_ROWS]:
        if change.group != group:
            group = change.group
            rows.append([GROUP_WORDS[group]])
        rows.append(_row(change, checklist, titles))
    heads = ["What", "Before → after", "By how much", "Why", "Evidence"]
    st.html(
        table(
            heads, rows, widths=["24%", "23%", "12%", "32%", "9%"], right=[4], caption="Changes and reasons"
        )
    )
    if len(found) > PAGE_ROWS:
        st.html(tag("p", f"and {len(found) - PAGE_ROWS:,} more", class_="p-note"))


def _row(change: Change, checklist: Checklist, titles: Mapping[str, str]) -> list[Html]:
    line = line_of(change, checklist.names, checklist.plan.settings)
    arrow = tag("span", " → ", class_="p-faint") if line.before and line.after else ""
    sides = join((tag("span", line.before, class_="p-mute"), arrow, strong(line.after)))
    why = f"because {change.reason}" if change.reason else "no reason given"
    return [
        tag("div", change.title),
        sides,
        tag("span", line.amount, class_=f"p-{line.tone}" if line.tone else None),
        tag("span", why, class_="p-mute" if change.reason else "p-worse"),
        tag("span", change.evidence, title=titles.get(change.evidence), class_="p-mute"),
    ]
