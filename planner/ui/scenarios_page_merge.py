"""The merge of a what-if into the draft: what comes along, what clashes, cell by cell, and the button; rules merge, not this."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from planner.actions.what_if import merge_scenario
from planner.errors import PlannerError
from planner.rules.merging import DRAFT, SCENARIO
from planner.rules.sentences import counted
from planner.ui import edited, session
from planner.ui.edit_words import Names, field_word, mine_word, value_word
from planner.ui.findings import findings_html
from planner.ui.frame import section
from planner.ui.frozen import show_frozen
from planner.ui.markup import strong, table, tag
from planner.ui.news import news_of
from planner.ui.plain_words import show_plain_words
from planner.ui.reason_fields import SORT_MISSING, pick_reason_code, reason_of
from planner.ui.scenarios_page_act import NEWS
from planner.ui.scenarios_page_state import merge_look

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planner.actions.importing import Reason
    from planner.actions.what_if import MergeLook
    from planner.model.edit import Cell, Edit, Row
    from planner.model.scenario import Scenario
    from planner.model.version import Version
    from planner.rules.merging import Clash, Place

_MOST_LINES, _MOST_CLASHES, _MOST_FINDINGS = 100, 60, 30
_MOST_OPEN = 12  # a longer list is opened when asked for
_WORDS = {DRAFT: "Draft", SCENARIO: "What-if"}


def show_merge(version: Version, scenario: Scenario) -> None:
    """Draw what the merge would do, ask for each clash, and merge."""
    look = merge_look(version)
    merged = look.merge
    if merged.is_empty:
        st.html(tag("p", _nothing_word(look), class_="p-empty"))
        return
    names = Names(look.before, list(merged.edits))
    st.html(tag("p", _summary(look), class_="p-note"))
    choices = _ask_for_clashes(look, names)
    _show_edits(merged.edits, names)
    undecided = merged.clash_count - len(choices)
    if not undecided:
        _show_left_out(look, choices, names)
        _show_findings(look, choices)
    show_frozen()
    _show_form(look, scenario, choices, undecided)


def _nothing_word(look: MergeLook) -> str:
    if look.merge.agreed:
        return (
            "The draft holds everything that was changed in this what-if already: there is nothing to merge."
        )
    return "Nothing was changed in this what-if since it was branched: there is nothing to merge yet."


def _summary(look: MergeLook) -> str:
    merged = look.merge
    said = [f"{counted(merged.taken_count, 'change comes', 'changes come')} into the draft."]
    if merged.agreed:
        said.append(f"{counted(merged.agreed, 'change is', 'changes are')} there already.")
    if merged.clash_count:
        said.append(
            f"{counted(merged.clash_count, 'place was', 'places were')} changed on both sides since: choose for each."
        )
    said.append("What only the draft changed stays.")
    return " ".join(said)


def _ask_for_clashes(look: MergeLook, names: Names) -> dict[Place, str]:
    """Draw every clash with its three values, and return what was chosen so far."""
    clashes = look.merge.clashes
    if not clashes:
        return {}
    with st.container(border=True):
        section(
            "Changed on both sides", "Each value as it was when the what-if was branched, and as it is now."
        )
        keys = {clash.place: _key(look, clash) for clash in clashes}
        if len(clashes) > 1:
            with st.container(horizontal=True, gap="small"):
                for side, said in (
                    (DRAFT, "Keep the draft everywhere"),
                    (SCENARIO, "Take the what-if everywhere"),
                ):
                    st.button(said, key=f"all {side}", on_click=_choose_all, args=(list(keys.values()), side))
        for clash in clashes[:_MOST_CLASHES]:
            _show_clash(clash, keys[clash.place], names)
        if len(clashes) > _MOST_CLASHES:
            more = len(clashes) - _MOST_CLASHES
            st.html(
                tag("p", f"and {more:,} more, which the two buttons above decide together", class_="p-note")
            )
    chosen = {place: st.session_state.get(key) for place, key in keys.items()}
    return {place: side for place, side in chosen.items() if side}


def _key(look: MergeLook, clash: Clash) -> str:
    return f"clash {look.scenario.id} {look.numbers} {clash.table} {clash.id} {clash.field}"


def _choose_all(keys: Sequence[str], side: str) -> None:
    for key in keys:
        st.session_state[key] = side


def _show_clash(clash: Clash, key: str, names: Names) -> None:
    edit = clash.taking_scenario
    what, was, draft, scenario, choice = st.columns(
        [0.28, 0.16, 0.18, 0.18, 0.2], vertical_alignment="center"
    )
    what.html(tag("div", names.of_edit(edit), tag("div", field_word(edit), class_="p-mute")))
    for column, word, value in (
        (was, "was", clash.base),
        (draft, "draft", clash.draft),
        (scenario, "what-if", clash.scenario),
    ):
        column.html(tag("div", tag("div", word, class_="p-mute"), strong(_value(edit, value))))
    choice.segmented_control(
        "Which stays",
        [DRAFT, SCENARIO],
        format_func=_WORDS.__getitem__,
        key=key,
        label_visibility="collapsed",
    )


def _value(edit: Edit, value: Cell | Row) -> str:
    if edit.is_row:
        return "removed" if value is None else "changed"
    return value_word(edit, value)


def _show_edits(edits: Sequence[Edit], names: Names) -> None:
    if not edits:
        return
    with st.expander(
        f"{counted(len(edits), 'change comes', 'changes come')} along", expanded=len(edits) <= _MOST_OPEN
    ):
        rows = [
            [names.of_edit(edit), field_word(edit), value_word(edit, edit.before), mine_word(edit)]
            for edit in edits[:_MOST_LINES]
        ]
        heads = ["What", "Column", "Draft", "What-if"]
        st.html(table(heads, rows, widths=["36%", "16%", "24%", "24%"], caption="Changes that come along"))
        if len(edits) > _MOST_LINES:
            st.html(tag("p", f"and {len(edits) - _MOST_LINES:,} more", class_="p-note"))


def _show_left_out(look: MergeLook, choices: Mapping[Place, str], names: Names) -> None:
    left = look.left_out(choices)
    if not left:
        return
    rows = [
        [names.of_edit(edit), field_word(edit), f"{row} is not in the draft any more"]
        for edit, (_, row) in left[:_MOST_LINES]
    ]
    said = f"{counted(len(left), 'change stays', 'changes stay')} out: what they name was removed from the draft."
    st.html(tag("p", said, class_="p-note p-worse"))
    st.html(table(["What", "Column", "Why"], rows, caption="Changes that stay out"))


def _show_findings(look: MergeLook, choices: Mapping[Place, str]) -> None:
    after = look.after(choices)
    for found, said in ((after.joining, "would join"), (after.leaving, "would be mended")):
        if found:
            with st.expander(f"{counted(len(found), 'finding')} {said}"):
                st.html(findings_html(found[:_MOST_FINDINGS]))
                if len(found) > _MOST_FINDINGS:
                    st.html(tag("p", f"and {len(found) - _MOST_FINDINGS:,} more", class_="p-note"))


def _show_form(look: MergeLook, scenario: Scenario, choices: Mapping[Place, str], undecided: int) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        code = pick_reason_code(key="merge reason", width=220)
        because = st.text_input(
            "Because …", placeholder="for what the what-if does not explain itself", key="merge because"
        )
        pressed = st.button(
            "Merge into the draft", type="primary", icon=":material/merge:", disabled=bool(undecided)
        )
    said = "One step, which one Undo takes back; a copy of the draft is kept before it."
    if undecided:
        said = f"{counted(undecided, 'place', 'places')} above still to be decided."
    st.html(tag("p", said, class_="p-note"))
    show_plain_words(because)
    if pressed:
        _merge(look, scenario, choices, reason_of(code, because))


def _merge(look: MergeLook, scenario: Scenario, choices: Mapping[Place, str], reason: Reason | None) -> None:
    news = news_of(NEWS)
    if reason is not None and not reason.code:
        news.say(SORT_MISSING, is_bad=True)
        st.rerun()
    try:
        saved, copy = merge_scenario(
            session.database(),
            look,
            choices,
            actor=session.actor(),
            now=session.now(),
            reason=reason,
        )
    except PlannerError as refusal:
        news.refuse(refusal)
    else:
        edited.choose()
        said = counted(saved.applied, "change", "changes")
        news.say(f"'{scenario.name}' is merged: {said} in the draft. '{copy.name}' is kept below.")
    st.rerun()
