"""The What-if page: the open what-ifs beside the draft, the one that is looked at, and those that ended; no rule is here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from planner.model.version import SCENARIO
from planner.rules.sentences import counted, money_text, signed_money_text
from planner.store.versions import load_version_header
from planner.ui import address, edited, session
from planner.ui.edit_words import moment_text
from planner.ui.frame import lead, page_header, section, show_news
from planner.ui.markup import Html, join, md, strong, tag
from planner.ui.pickers import pick_view, version_name
from planner.ui.places import place
from planner.ui.scenarios_page_act import NEWS, ask_to_branch, ask_to_throw_away, bring_back, reopen
from planner.ui.scenarios_page_compare import show_comparison
from planner.ui.scenarios_page_merge import show_merge
from planner.ui.scenarios_page_state import difference_words, live_cost, scenarios

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.model.scenario import Scenario
    from planner.model.version import Version

_VIEWS = {"compare": "Compare", "merge": "Merge into the draft"}
_CHOSEN = "scenario"


def show_scenarios() -> None:
    """Draw the page."""
    open_ones = [version for version in session.versions() if version.kind == SCENARIO]
    known = {scenario.id: scenario for scenario in scenarios()}
    ended = [one for one in known.values() if not one.is_open]
    with page_header(
        "What-if", "Versions of the plan to try things in. None of them changes the draft or a snapshot."
    ):
        if st.button("Branch a what-if", icon=":material/alt_route:", type="primary", key="branch"):
            ask_to_branch()
    show_news(NEWS)
    if not open_ones:
        _show_empty()
    else:
        lead(_lead(open_ones))
        chosen = _chosen(open_ones)
        for version in open_ones:
            _show_one(version, known[version.label], is_chosen=version.label == chosen.label)
        _show_views(chosen, known[chosen.label])
    _show_ended(ended)


def _show_empty() -> None:
    said = (
        "No what-if is open. Branch one to try a change, such as one project a year later: it is edited on the same "
        "pages as the draft, compared with it in time, money and outcomes, and merged only where it convinces."
    )
    with st.container(border=True):
        st.html(tag("p", said, class_="p-empty"))
        if st.button("Branch the first what-if", icon=":material/alt_route:", key="branch-first"):
            ask_to_branch()


def _lead(open_ones: Sequence[Version]) -> Html:
    """'Two what-ifs are open. Against the draft, Claims later differs in 4 changes and costs £1.2m less.', as HTML."""
    many = counted(len(open_ones), "what-if is", "what-ifs are", words=True)
    told = [strong(f"{many[:1].upper()}{many[1:]} open"), ". "]
    draft = session.draft()
    unlike = [version for version in open_ones if not session.comparison(draft, version).drift.is_empty]
    if not unlike:
        return join([*told, "None differs from the draft yet: edit one, and see here what it does."])
    costs = {version.label: _cost_difference(draft, version) for version in unlike}
    first = max(unlike, key=lambda version: (abs(costs[version.label] or 0), version.label))
    return join(
        [
            *told,
            "Against the draft, ",
            strong(first.note),
            " ",
            difference_words(draft, first),
            _cost_words(costs[first.label]),
            ".",
        ]
    )


def _cost_difference(draft: Version, version: Version) -> int | None:
    before, after = live_cost(draft), live_cost(version)
    return None if before is None or after is None else after - before


def _cost_words(difference: int | None) -> str:
    if not difference:
        return " and costs the same" if difference == 0 else ""
    currency = session.plan_of(session.draft()).settings.currency
    return f" and costs {money_text(abs(difference), currency)} {'more' if difference > 0 else 'less'}"


def _chosen(open_ones: Sequence[Version]) -> Version:
    """The what-if that the address names, or the newest one."""
    labels = [version.label for version in open_ones]
    asked = st.query_params.get(_CHOSEN)
    if asked is not None and asked not in labels:
        st.warning("The what-if of this link is not open any more.")
    address.read_one(_CHOSEN, labels, labels[-1])
    address.write(_CHOSEN, st.session_state[_CHOSEN])
    return next(version for version in open_ones if version.label == st.session_state[_CHOSEN])


def _show_one(version: Version, scenario: Scenario, *, is_chosen: bool) -> None:
    draft = session.draft()
    with st.container(border=True), st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        st.html(_about_html(version, scenario, draft, is_chosen=is_chosen), width="stretch")
        if st.button("Edit it", icon=":material/edit:", key=f"edit {version.label}"):
            edited.choose(version.label)
            st.switch_page(place("projects").path, query_params={session.EDITED: version.label})
        st.button(
            "Look at it",
            icon=":material/difference:",
            key=f"look {version.label}",
            disabled=is_chosen,
            on_click=_look,
            args=(version.label,),
        )
        if st.button("Throw away", icon=":material/delete:", type="tertiary", key=f"drop {version.label}"):
            ask_to_throw_away(scenario)


def _about_html(version: Version, scenario: Scenario, draft: Version, *, is_chosen: bool) -> Html:
    begun = scenario.begun
    said = [
        f"from {_origin_word(scenario, draft)}",
        f"{begun.actor}, {moment_text(begun.taken_on, session.now())}",
    ]
    if begun.comment:
        said.append(f"because {begun.comment}")
    difference = _cost_difference(draft, version)
    money = signed_money_text(difference, session.plan_of(draft).settings.currency) if difference else ""
    told = f"{difference_words(draft, version)}{f', cost {money}' if money else ''}"
    mark = tag("span", "◆ " if is_chosen else "◇ ", class_="p-accent", aria_hidden="true")
    head = tag("div", mark, strong(version.note), " ", tag("span", told, class_="p-mute"))
    return tag("div", head, tag("div", " · ".join(said), class_="p-note"), style="overflow-wrap:anywhere")


def _origin_word(scenario: Scenario, draft: Version) -> str:
    """What it was branched from, as people name it."""
    calendar = session.plan_of(draft).calendar
    if scenario.origin == draft.label:
        return "the draft"
    found = session.find_version(scenario.origin)
    if found is not None:
        return version_name(found, calendar).partition(" (")[0]
    return load_version_header(session.database(), scenario.origin).note


def _look(label: str) -> None:
    st.session_state[_CHOSEN] = label


def _show_views(chosen: Version, scenario: Scenario) -> None:
    section(chosen.note)
    view = pick_view("View", _VIEWS, key="view", default="compare")
    if view == "merge":
        show_merge(chosen, scenario)
    else:
        show_comparison(chosen)


def _show_ended(ended: Sequence[Scenario]) -> None:
    """List what is not edited any more: what was merged or thrown away, and the copies kept before each merge."""
    if not ended:
        return
    with st.expander(
        f"{counted(len(ended), 'what-if or copy', 'what-ifs and copies')} merged, thrown away or kept"
    ):
        for scenario in reversed(ended):
            _show_past(scenario)


def _show_past(scenario: Scenario) -> None:
    last = scenario.steps[-1]
    told = f"{scenario.state_words}, by {last.actor}, {moment_text(last.taken_on, session.now())}"
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.html(tag("div", strong(scenario.name), tag("div", told, class_="p-note")), width="stretch")
        if scenario.is_copy:
            st.button(
                md("Bring the draft back to it"),
                key=f"back {scenario.id}",
                type="tertiary",
                on_click=bring_back,
                args=(scenario,),
                help="One step, which one Undo takes back.",
            )
        else:
            st.button(
                "Open it again",
                key=f"reopen {scenario.id}",
                type="tertiary",
                on_click=reopen,
                args=(scenario,),
            )
