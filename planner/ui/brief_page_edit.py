"""Edit the brief of the draft: each line rewritten, left out or taken back, and notes; it words no line itself.

A field keeps what was typed while others save; what somebody else wrote meanwhile is told when it is saved.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import streamlit as st

from planner.actions.brief_editing import LEFT_OUT, rewrite_line, write_notes
from planner.errors import BriefLineStale, PlannerError
from planner.rules.brief_edits import NOTES, place_of
from planner.rules.sentences import counted, day_text
from planner.ui import session
from planner.ui.frame import section
from planner.ui.markup import tag
from planner.ui.news import news_of
from planner.ui.plain_words import show_plain_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.model.brief_edit import BriefEdit
    from planner.model.version import Version
    from planner.rules.brief import Line
    from planner.rules.brief_edits import EditedBrief

NEWS: Final = "brief"
_KEPT: Final = "{} kept"
_LONGEST_LINE, _LONGEST_NOTES = 600, 4_000
_PARTS: Final = {"lead": "In one sentence", "finished": "Finished", "started": "Started"}


class _Field(NamedTuple):
    """One field of the editor: its key, what it showed when it was drawn first, and the edit that was seen then."""

    key: str
    shown: str
    seen: int


def show_editor(edited: EditedBrief, draft: Version) -> None:
    """Draw a field for each line of the brief, and one for notes."""
    section("The words", "Rewrite a line, leave it out, or take back what the program says.")
    base = draft.previous
    changes = edited.brief.changes
    _show_line(edited, edited.brief.lead, _PARTS["lead"], base)
    for number, line in enumerate(changes, start=1):
        _show_line(edited, line, _PARTS.get(line.part, f"Change {number}"), base)
    _show_notes(edited, base)
    if edited.dormant:
        said = counted(len(edited.dormant), "edited sentence is", "edited sentences are")
        st.html(tag("p", f"{said} no longer among the largest changes, and not shown.", class_="p-note"))


def _show_line(edited: EditedBrief, line: Line, label: str, base: str) -> None:
    place = place_of(line)
    edit = edited.last.get(place)
    field = _field(base, place, line.text, edit)
    with st.container(border=True, gap="small"):
        typed = st.text_area(
            label, key=field.key, height=90, max_chars=_LONGEST_LINE, on_change=_keep, args=(field.key,)
        )
        if edit and line.is_edited:
            _show_edit(edit, line, is_outdated=place in edited.outdated)
        with st.container(horizontal=True, gap="small"):
            if st.button("Save", key=f"save {field.key}", icon=":material/check:"):
                _act(field, lambda: _rewrite(base, line, typed, field.seen), "The line is rewritten.")
            if (
                line.text
                and line.part != "lead"
                and st.button("Leave out", key=f"out {field.key}", type="tertiary")
            ):
                _act(field, lambda: _rewrite(base, line, LEFT_OUT, field.seen), "The line is left out.")
            if line.is_edited and st.button("Take back", key=f"back {field.key}", type="tertiary"):
                _act(field, lambda: _rewrite(base, line, None, field.seen), "The generated words are back.")
        if typed.strip() != line.generated:  # below the buttons: what appears above one makes a press miss it
            show_plain_words(typed)


def _show_edit(edit: BriefEdit, line: Line, *, is_outdated: bool) -> None:
    who = f"{'Left out' if not line.text else 'Rewritten'} by {edit.actor} on {day_text(edit.edited_on.date())}."
    st.html(tag("p", f"{who} The program says: “{line.generated}”", class_="p-note"))
    if is_outdated:
        said = f"The plan changed since: it then said “{edit.generated}”"
        st.html(tag("p", said, class_="p-note p-worse"))


def _show_notes(edited: EditedBrief, base: str) -> None:
    edit = edited.last.get(NOTES)
    field = _field(base, NOTES, "\n\n".join(edited.brief.notes), edit)
    with st.container(border=True, gap="small"):
        typed = st.text_area(
            "Notes", key=field.key, height=120, max_chars=_LONGEST_NOTES, on_change=_keep, args=(field.key,),
            placeholder="What else the leaders should know; a blank line parts two paragraphs",
        )  # fmt: skip
        if st.button("Save the notes", key=f"save {field.key}", icon=":material/check:"):
            _act(field, lambda: _write(base, typed, field.seen), "The notes are saved.")
        show_plain_words(typed)


def _field(base: str, place: tuple[str, str], text: str, edit: BriefEdit | None) -> _Field:
    """The field of a line; where nothing was typed in it, it follows what others wrote."""
    name = f"line {base} {' '.join(place)}"
    number = edit.number if edit else 0
    turn, shown, seen = st.session_state.get(name, (0, text, number))
    if (shown, seen) != (text, number) and _typed(f"{name} {turn}", shown) == shown:
        turn, shown, seen = turn + 1, text, number
    st.session_state[name] = (turn, shown, seen)
    key = f"{name} {turn}"
    st.session_state.setdefault(key, _typed(key, shown))
    return _Field(key, shown, seen)


def _keep(key: str) -> None:
    """Keep what was typed beside its field: Streamlit forgets the field when the page is left."""
    st.session_state[_KEPT.format(key)] = st.session_state[key]


def _typed(key: str, shown: str) -> str:
    """What was typed into a field and not saved yet, on this or an earlier visit of the page; else what it showed."""
    kept: str = st.session_state.get(_KEPT.format(key), shown)
    typed: str = st.session_state.get(key, kept)
    return typed


def _rewrite(base: str, line: Line, said: str | None, seen: int) -> object:
    return rewrite_line(
        session.database(), base, line, said, seen=seen, actor=session.actor(), now=session.now()
    )


def _write(base: str, notes: str, seen: int) -> object:
    return write_notes(session.database(), base, notes, seen=seen, actor=session.actor(), now=session.now())


def _act(field: _Field, write: Callable[[], object], told: str) -> None:
    """Save a line; where somebody else changed it, both are told and the field keeps what was typed."""
    news = news_of(NEWS)
    name, _, turn = field.key.rpartition(" ")
    try:
        write()
    except BriefLineStale as stale:
        news.refuse(stale)
        st.session_state[name] = (int(turn), field.shown, stale.number)  # the next press is one that knows
    except PlannerError as refusal:
        news.refuse(refusal)
    else:
        news.say(told)
        st.session_state[name] = (int(turn) + 1, "", -1)
    st.rerun()
