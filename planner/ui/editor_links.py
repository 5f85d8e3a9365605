"""The panel beside the grid: one project, its links with their strength, its findings, and removing it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from planner.actions.project_links import ProjectLink, links_of, new_link, open_targets
from planner.actions.unsaved import add_row, hanging_rows, put_cells, remove_project, remove_row
from planner.model.finding import ERROR
from planner.model.tables import TABLES
from planner.rules.sentences import counted
from planner.ui import address, desk
from planner.ui.edit_words import STRENGTHS
from planner.ui.frame import section
from planner.ui.markup import Html, join, md, tag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.model.edit import Edit
    from planner.model.finding import Finding
    from planner.model.plan import Plan
    from planner.ui.edit_words import Names

_STRENGTHS = ("", *STRENGTHS)
_MOST_FINDINGS = 12


def pick_project(ids: Sequence[str], names: Names) -> str | None:
    """Draw the chooser of the project that the panel shows; None where there is no project."""
    if not ids:
        return None
    address.read_one("project", set(ids), ids[0])
    asked = st.session_state.pop("project-to-choose", None)
    if asked in ids:
        st.session_state["project"] = asked
    chosen: str = st.selectbox(
        "Project",
        ids,
        format_func=lambda project: f"{names.of('projects', project)} · {project}",
        key="project",
        help="Its links and findings are below. Type to search.",
    )
    address.write("project", *([chosen] if chosen != ids[0] else []))
    return chosen


def show_project(
    plan: Plan, edits: list[Edit], project: str, serves: Sequence[str], found: Sequence[Finding]
) -> None:
    """Draw what hangs on one project; each change becomes an unsaved edit."""
    said = join(serves, " · ") if serves else "no outcome yet"
    st.html(tag("p", "It serves ", said, ".", class_="p-note"))
    _show_links(plan, edits, project)
    _show_findings(found)
    _offer_removal(plan, edits, project)


def _show_links(plan: Plan, edits: list[Edit], project: str) -> None:
    links = links_of(plan, edits, project)
    section("What it delivers and improves", _LINK_NOTE)
    for link in links:
        _show_link(plan, link)
    if not links:
        st.html(tag("p", "No link yet: nothing shows why it is done.", class_="p-note"))
    _offer_link(plan, project, links)


_LINK_NOTE = "Enablers it delivers, capabilities it improves, and how much."


def _show_link(plan: Plan, link: ProjectLink) -> None:
    """One link: its target, its strength and why; changed at once among the unsaved edits."""
    said = ":".join(link.key)
    strength, why = f"strength {said}", f"rationale {said}"
    st.session_state[strength] = link.strength
    st.session_state[why] = link.rationale
    with st.container(border=True, gap="small"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.html(_target_html(link))
            st.selectbox(
                md(f"Strength of {link.target.name}"),
                _STRENGTHS if link.strength in _STRENGTHS else (*_STRENGTHS, link.strength),
                format_func=lambda word: STRENGTHS.get(word, word or "not known"),
                key=strength,
                label_visibility="collapsed",
                width=120,
                on_change=_put_link,
                args=(plan, link, "strength", strength),
            )
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.text_input(
                md(f"Why {link.target.name}"),
                key=why,
                placeholder="Why it serves",
                label_visibility="collapsed",
                on_change=_put_link,
                args=(plan, link, "rationale", why),
            )
            st.button(
                "Remove", key=f"remove {said}", type="tertiary", on_click=_remove_link, args=(plan, link)
            )


def _target_html(link: ProjectLink) -> Html:
    new = tag("span", " new", class_="p-accent") if link.is_new else ""
    return tag(
        "div",
        tag("div", link.target.name, new),
        tag("div", f"{link.target.tier} {link.target.id}", class_="p-faint", style="font-size:.8rem"),
        style="line-height:1.3;overflow-wrap:anywhere",
    )


def _put_link(plan: Plan, link: ProjectLink, field: str, key: str) -> None:
    text = st.session_state[key]
    desk.change(lambda kept: put_cells(plan, kept, "links", [(link.key, field, text or None)]))


def _remove_link(plan: Plan, link: ProjectLink) -> None:
    desk.change(lambda kept: remove_row(plan, kept, "links", link.key))


def _offer_link(plan: Plan, project: str, links: Sequence[ProjectLink]) -> None:
    targets = open_targets(plan, links)
    if not targets:
        return
    places = {f"{target.tier} {target.id}": target for target in targets}
    with st.form(f"add-link {project}", border=False, clear_on_submit=True):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
            place = st.selectbox(
                "Add a link to",
                list(places),
                index=None,
                placeholder="An enabler or a capability",
                format_func=lambda place: f"{places[place].name} · {place}",
                key="add-link-target",
            )
            strength = st.selectbox(
                "Strength", list(STRENGTHS), index=1, format_func=STRENGTHS.__getitem__, width=112
            )
        if st.form_submit_button("Add the link", icon=":material/add_link:") and place:
            row = new_link(project, places[place], strength)
            desk.change(lambda kept: add_row(kept, "links", row))
            st.rerun()


def _show_findings(found: Sequence[Finding]) -> None:
    if not found:
        return
    section(
        f"{counted(len(found), 'finding')} about it", "Seen from the quarter of the draft, as it is saved."
    )
    st.html(findings_html(found[:_MOST_FINDINGS]))


def findings_html(found: Sequence[Finding]) -> Html:
    """Findings one under the other, errors marked by shape, word and colour."""
    return tag("div", *(_finding_html(finding) for finding in found))


def _finding_html(finding: Finding) -> Html:
    is_error = finding.severity == ERROR
    mark = tag("span", "◆ stops a sealing" if is_error else "▲", class_="p-worse" if is_error else "p-mute")
    return tag("p", mark, " ", finding.message, class_="p-note", style="color:var(--p-ink)")


def _offer_removal(plan: Plan, edits: list[Edit], project: str) -> None:
    hanging = hanging_rows(plan, edits, project)
    counts = {table: sum(name == table for name, _ in hanging) for table, _ in hanging}
    besides = ", ".join(counted(count, TABLES[table].one) for table, count in counts.items())
    st.button(
        "Remove this project",
        icon=":material/delete:",
        type="tertiary",
        key="remove-project",
        help=f"With it go {besides}. Nothing is written before Save." if besides else None,
        on_click=_remove_project,
        args=(plan, project),
    )


def _remove_project(plan: Plan, project: str) -> None:
    desk.change(lambda kept: remove_project(plan, kept, project))
