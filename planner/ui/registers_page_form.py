"""The forms of the registers: one for a new entry, one for a new row of an entry; fields are the ledger's own columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import streamlit as st

from planner.actions.registers import add_entry, change_entry, proposed_id
from planner.errors import PlannerError
from planner.model.ledgers import LEDGERS
from planner.ui import session
from planner.ui.frame import section, show_refusal
from planner.ui.markup import md, table, tag
from planner.ui.news import news_of
from planner.ui.plain_words import show_plain_words
from planner.ui.registers_page_words import NEWS, WORDS, Desk, label_of, state_word

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from planner.actions.registers import Entered
    from planner.model.columns import Column
    from planner.rules.registers import Entry

_TURN: Final = "registers-turn"  # a form that was taken is another form afterwards, and empty
_LONG: Final = 1_000  # characters that a text may have to be asked for in several lines
_BACK, _AHEAD = 8, 20  # quarters that are offered, seen from the draft's
_MOST_STEPS: Final = 10  # a scale is chosen from, a number is typed
_CALLED: Final = {"options": "one in each line"}
_PLACEHOLDER: Final = {
    "question": "Shall we …?",
    "title": "What it is called",
    "statement": "One sentence",
}


def show_new(desk: Desk) -> None:
    """Draw the form of a new entry."""
    name = desk.register.name
    section(
        WORDS[name].record, "It is written down for good. What may come later has '(can wait)' beside it."
    )
    state = desk.register.states[0] if desk.register.states else ""
    form = f"new {name} {_turn()}"
    # an ask is read while it is typed; of a form nothing is known before it is sent
    is_live = name == "decisions"
    press = st.button if is_live else st.form_submit_button
    with st.container() if is_live else st.form(form, border=False):
        st.session_state.setdefault(f"{form} id", proposed_id(session.ledger(name), name))
        entry = st.text_input("Id", key=f"{form} id", help=md(LEDGERS[name].by_name[desk.register.key].help))
        typed = _ask_all(desk, form, state, None)
        with st.container(horizontal=True, gap="small"):
            pressed = press("Write it down", type="primary", icon=":material/check:", key=f"{form} go")
            left = press("Leave it", key=f"{form} leave")
        if is_live:
            options = (typed["options"] or "").split("|")
            show_plain_words(typed["question"], *options, typed["recommendation"])
    if left:
        _close()
    if pressed:
        _take(
            desk, lambda: add_entry(
                session.database(), name, entry.strip(), typed, actor=session.actor(), now=session.now()
            ),
            f"{entry.strip()} is written down.",
        )  # fmt: skip


def show_change(desk: Desk, entry: Entry) -> None:
    """Draw the choice of a new state, and the form of the row that it makes."""
    register = desk.register
    states = register.states or ("",)
    section("Write a new row", "What you change is added; the row before it stays in the history.")
    chosen = st.segmented_control(
        "New state",
        [*(state for state in states if state != entry.state), entry.state],
        format_func=lambda state: "correct it" if state == entry.state else state_word(register.name, state),
        key=f"to {register.name} {entry.id} {_turn()}",
        label_visibility="collapsed",
    )
    if chosen is None:
        return
    form = f"change {register.name} {entry.id} {chosen} {_turn()}"
    seen = st.session_state.setdefault(f"{form} seen", len(entry.rows))
    with st.form(form, border=False):
        typed = _ask_all(desk, form, chosen, entry)
        pressed = st.form_submit_button(
            "Add this row", type="primary", icon=":material/check:", key=f"{form} go"
        )
    if not pressed:
        return
    if register.state:
        typed[register.state] = chosen
    told = (
        f"{entry.id} is {state_word(register.name, chosen)}."
        if chosen != entry.state
        else f"{entry.id} is corrected."
    )
    st.session_state[f"{form} seen"] = len(entry.rows)
    _take(
        desk, lambda: change_entry(
            session.database(), register.name, entry.id, typed, seen=seen, actor=session.actor(), now=session.now()
        ),
        told,
    )  # fmt: skip


def _turn() -> int:
    turn: int = st.session_state.get(_TURN, 0)
    return turn


def _close() -> None:
    """Leave the form of a new entry."""
    st.query_params.pop("new", None)
    st.session_state[_TURN] = _turn() + 1
    st.rerun()


def _take(desk: Desk, write: Callable[[], Entered], told: str) -> None:
    """Write a row; what is wrong is told below the form, and what was typed stays there."""
    news, turn = news_of(NEWS), _turn()
    try:
        entered = write()
    except PlannerError as refusal:
        show_refusal(refusal)
        return
    if entered.problems:
        rows = [[label_of(desk.register.name, one.column), one.message] for one in entered.problems]
        said = tag("p", "Nothing was written yet.", class_="p-empty", role="alert")
        shown = table(["Field", "What to write"], rows, widths=["30%", "70%"], caption="Cells to mend")
        st.html(tag("div", said, shown, class_="p-alert"))
        return
    news.say(told)
    st.session_state[_TURN] = turn + 1
    st.query_params.pop("new", None)
    st.query_params["entry"] = entered.id
    st.rerun()


def _ask_all(desk: Desk, form: str, state: str, entry: Entry | None) -> dict[str, str | None]:
    """Ask for the columns of a row, each in the way that fits it; the texts as they were typed, by column."""
    register = desk.register
    needed = register.needs(state)
    columns = LEDGERS[register.name].by_name
    typed: dict[str, str | None] = {}
    for name in register.asks(state, entry.state if entry else None):
        label = columns[name].label if name in needed else f"{columns[name].label} (can wait)"
        if name in _CALLED:
            label = f"{label}, {_CALLED[name]}"
        before = entry.row[name] if entry else None
        default = before if before is not None else _default(desk, name)
        typed[name] = _ask(desk, columns[name], label, f"{form} {name}", default)
    return typed


def _default(desk: Desk, name: str) -> Any:
    if name in {"asked_on", "decided_on"}:
        return session.today()
    if name == "quarter":
        return desk.plan.calendar.label(desk.plan.calendar.of(session.today()))
    if name == "source_id":  # a link may say from what a lesson was learnt
        about = st.query_params.get("about")
        return about if about in desk.tables else None
    if name == "snapshot_id":
        sealed = session.snapshots()
        return sealed[-1].label if sealed else None
    return None


def _ask(desk: Desk, column: Column, label: str, key: str, default: Any) -> str | None:
    told: Any = {"help": md(column.help), "key": key}
    if column.name == "linked_ids":
        st.session_state.setdefault(key, default.split("|") if default else [])
        items = _items(desk, column, default)
        chosen = st.multiselect(
            label, list(items), format_func=items.__getitem__, placeholder="Type to search", **told
        )
        return "|".join(chosen)
    if column.kind == "date":
        st.session_state.setdefault(key, default)
        day = st.date_input(label, value=None, format="YYYY-MM-DD", **told)
        return day.isoformat() if day else None
    words = _choices(desk, column, default)
    if words is not None:
        st.session_state.setdefault(key, None if default is None else str(default))
        picked: str | None = st.selectbox(
            label, list(words), index=None, placeholder="Choose one", format_func=words.__getitem__, **told
        )
        return picked
    return _ask_text(column, label, key, default)


def _ask_text(column: Column, label: str, key: str, default: Any) -> str:
    is_list = column.kind == "list"
    shown, hint = str(default or ""), _PLACEHOLDER.get(column.name, "")
    st.session_state.setdefault(key, shown.replace("|", "\n") if is_list else shown)
    if not is_list and (column.most or 0) <= _LONG:
        return st.text_input(label, placeholder=hint, help=md(column.help), key=key)
    typed = st.text_area(label, height=80, placeholder=hint, help=md(column.help), key=key)
    return "|".join(line for line in typed.splitlines() if line.strip()) if is_list else typed


def _choices(desk: Desk, column: Column, default: Any) -> Mapping[str, str] | None:
    """The words that a cell is chosen from, with what is said for each; None where it is typed."""
    if column.name in desk.register.mentions:
        return _items(desk, column, default)
    if column.kind == "quarter":
        return _quarters(desk, default)
    if column.name == "snapshot_id":
        labels = [version.label for version in reversed(session.snapshots())]
        return {label: label for label in dict.fromkeys([*labels, *([default] if default else [])])}
    if column.allowed:
        return {word: word.replace("_", " ") for word in column.allowed}
    if column.kind == "whole" and column.least is not None and column.most and column.most <= _MOST_STEPS:
        return {str(step): str(step) for step in range(int(column.least), int(column.most) + 1)}
    return None


def _items(desk: Desk, column: Column, default: str | None) -> dict[str, str]:
    """The items that a cell may name, by id, with their names; what it names already stays among them."""
    wanted = column.references
    found = {
        item: f"{desk.name(item)} · {item}"
        for item, of in desk.tables.items()
        if (of in wanted if wanted else of != "teams")
    }
    if column.name == "source_id":
        rows = session.ledger("decisions").select("decision_id", "question").iter_rows()
        found |= {key: f"{question or key} · {key}" for key, question in rows}
    return found | {item: item for item in (default or "").split("|") if item and item not in found}


def _quarters(desk: Desk, default: str | None) -> dict[str, str]:
    calendar = desk.plan.calendar
    now = calendar.parse(session.draft().quarter)
    labels = [calendar.label(now + step) for step in range(-_BACK, _AHEAD + 1)]
    labels = sorted(
        {*labels, *([default] if default else [])}, key=lambda label: calendar.parse(label).ordinal
    )
    return {
        label: f"{calendar.spoken(calendar.parse(label))} ({calendar.months(calendar.parse(label))})"
        for label in labels
    }
