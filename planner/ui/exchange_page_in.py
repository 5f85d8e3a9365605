"""Bringing a plan in: files, what is wrong with them or what they would change, and applying them; it reads no cell.

The files that wait are kept for the session, so that they outlive a visit to another page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from planner.actions.importing import MERGE, REPLACE, ImportPreview, apply_import, check_import
from planner.actions.uploading import MOST_UPLOAD_BYTES, read_upload
from planner.errors import PlanChanged, PlannerError, listed
from planner.rules.change_words import TABLE_WORDS
from planner.rules.sentences import counted
from planner.ui import address, desk, session
from planner.ui.edit_words import edits_word
from planner.ui.frame import link_to, section, show_news, show_refusal
from planner.ui.late_press import done, late_press, press_key, undone
from planner.ui.markup import table, tag
from planner.ui.news import news_of
from planner.ui.plain_words import show_plain_words
from planner.ui.reason_fields import SORT_MISSING, pick_reason_code, reason_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.actions.importing import Reason

_WAITING, _NEWS, _TURN = "import", "import", "import-turn"
_MOST_PROBLEMS = 200
_MOST_CHANGES = 60
_MODES = {
    REPLACE: "Replace: each table that has a file becomes exactly what the file says",
    MERGE: "Merge: rows are added and updated by id, none is removed",
}
_MEGABYTE = 1_000_000
_INK = "color:var(--p-ink)"


@dataclass
class Waiting:
    """Files that were brought and not applied yet, and what was found in them for one mode and one save."""

    files: Mapping[str, bytes]
    mode: str = ""
    number: int = -1
    preview: ImportPreview | None = None


def show_import() -> None:
    """Draw the part of the page that brings files in."""
    most = MOST_UPLOAD_BYTES // _MEGABYTE
    section(
        "Bring in",
        f"A plan folder: one zip, or its CSV files together; at most {most} MB. It goes into the draft.",
    )
    address.read_one("mode", _MODES, REPLACE)
    mode = st.radio("How", list(_MODES), format_func=_MODES.__getitem__, key="mode")
    address.write("mode", *([mode] if mode != REPLACE else []))
    turn = st.session_state.setdefault(_TURN, 0)
    st.file_uploader(
        "Files",
        type=["zip", "csv", "json"],
        accept_multiple_files=True,
        max_upload_size=most,
        key=f"upload-{turn}",
        on_change=_take_in,
        args=(f"upload-{turn}",),
        label_visibility="collapsed",
    )
    number = session.draft().number or 0
    seen = late_press(_NEWS, number)
    if seen is not None:
        news_of(_NEWS).refuse(PlanChanged(seen, number))
    _show_what_happened()
    waiting: Waiting | None = st.session_state.get(_WAITING)
    if waiting is None:
        nothing = "No file is waiting. Take the whole plan out to see what a plan folder looks like."
        st.html(tag("p", nothing, class_="p-note"))
    else:
        _show_waiting(waiting, mode)


def _show_waiting(waiting: Waiting, mode: str) -> None:
    """Show the files that wait, and what is wrong with them or what they would change."""
    preview = _previewed(waiting, mode)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(
            tag("p", f"Waiting: {listed(sorted(waiting.files), 12)}.", class_="p-note", style=_INK),
            width="stretch",
        )
        st.button("Put the files away", on_click=_put_away, key="put-away")
    if preview is not None and preview.problems:
        _show_problems(preview)
    elif preview is not None:
        _show_changes(preview)


def _take_in(key: str) -> None:
    """Keep what was uploaded; a file that was taken out of the uploader takes the waiting ones away."""
    uploaded = st.session_state.get(key) or []
    st.session_state.pop(_WAITING, None)
    try:
        if uploaded:
            st.session_state[_WAITING] = Waiting(
                read_upload([(file.name, file.getvalue()) for file in uploaded])
            )
    except PlannerError as refusal:
        news_of(_NEWS).refuse(refusal)


def _put_away() -> None:
    st.session_state.pop(_WAITING, None)
    st.session_state[_TURN] += 1


def _show_what_happened() -> None:
    if show_news(_NEWS).sentence:
        sealed = session.snapshots()
        if sealed:
            link_to("drift", "See what the draft changes now", **{"from": sealed[-1].label, "to": "draft"})
        link_to("projects", "Go to the projects; Undo there takes it back")


def _previewed(waiting: Waiting, mode: str) -> ImportPreview | None:
    """What the files hold against the draft as it is now; read again only when mode or draft are others."""
    number = session.draft().number
    if waiting.preview is None or (waiting.mode, waiting.number) != (mode, number):
        with st.spinner("Reading the files"):
            try:
                waiting.preview = check_import(session.database(), waiting.files, mode=mode)
            except PlannerError as refusal:
                show_refusal(refusal)
                waiting.preview = None
        waiting.mode, waiting.number = mode, number
    return waiting.preview


def _show_problems(preview: ImportPreview) -> None:
    head = f"{counted(preview.count, 'problem stops', 'problems stop')} the import. Nothing was written."
    st.html(tag("p", head, class_="p-empty p-worse", role="alert"))
    rows = [
        [problem.file, problem.line or "", problem.column, problem.value, problem.message]
        for problem in preview.problems[:_MOST_PROBLEMS]
    ]
    heads = ["File", "Line", "Column", "Value", "What to write"]
    st.html(
        table(
            heads,
            rows,
            widths=["18%", "7%", "17%", "18%", "40%"],
            right=(1,),
            caption="Problems of the files",
        )
    )
    if len(preview.problems) > _MOST_PROBLEMS:
        st.html(tag("p", f"and {preview.count - _MOST_PROBLEMS:,} more", class_="p-note"))
    st.html(tag("p", "Mend the cells in your files and bring them in again.", class_="p-note"))


def _show_changes(preview: ImportPreview) -> None:
    """Say what the files would change, and offer to do it."""
    if preview.is_idle:
        st.html(
            tag(
                "p",
                "The draft has all of this already; there is nothing to apply.",
                class_="p-empty",
                role="status",
            )
        )
        return
    rows = [
        [TABLE_WORDS.get(name, name), *(_count(counts[word]) for word in _COUNTED)]
        for name, counts in preview.counts.items()
    ]
    rows += [
        [f"Ledger: {name.replace('_', ' ')}", _count(counts["added"]), "", "", _count(counts["unchanged"])]
        for name, counts in preview.ledger_counts.items()
    ]
    st.html(
        tag(
            "p",
            "Nothing is wrong with the files. Applying them changes the draft like this:",
            class_="p-note",
            style=_INK,
        )
    )
    widths = ["40%", "15%", "15%", "15%", "15%"]
    st.html(table(["Table", *_COUNTED], rows, widths=widths, right=(1, 2, 3, 4), caption="What would change"))
    _show_each_change(preview)
    waiting = len(desk.unsaved())
    if waiting:
        said = f"You have {edits_word(waiting)} on the Projects page; they stay, and may then meet what you bring in."
        st.html(tag("p", said, class_="p-note p-worse"))
    _offer_to_apply(preview)


_COUNTED = ("added", "changed", "removed", "unchanged")


def _count(number: int) -> str:
    return f"{number:,}" if number else "–"  # noqa: RUF001  the dash of nothing


def _show_each_change(preview: ImportPreview) -> None:
    drift = preview.drift.rows
    if drift.is_empty():
        return
    with st.expander(f"{counted(drift.height, 'difference')}, one by one"):
        rows = [
            [
                TABLE_WORDS.get(row["table"], row["table"]),
                row["name"] or row["id"],
                row["field"] or row["change"],
                row["before"],
                row["after"],
            ]
            for row in drift.head(_MOST_CHANGES).iter_rows(named=True)
        ]
        heads = ["Table", "Item", "Field", "Draft", "Files"]
        st.html(table(heads, rows, widths=["14%", "30%", "16%", "20%", "20%"], caption="Differences"))
        if drift.height > _MOST_CHANGES:
            st.html(tag("p", f"and {drift.height - _MOST_CHANGES:,} more", class_="p-note"))


def _offer_to_apply(preview: ImportPreview) -> None:
    number, turn = session.draft().number or 0, st.session_state[_TURN]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        code = pick_reason_code(width=200, key=f"import-reason-{turn}")
        because = st.text_input("Because", placeholder="because …", key=f"import-because-{turn}")
    pressed = st.button(
        "Apply to the draft", type="primary", icon=":material/check:", key=press_key(_NEWS, number)
    )
    show_plain_words(because)
    if pressed:
        _apply(preview, reason_of(code, because))


def _apply(preview: ImportPreview, reason: Reason | None) -> None:
    """Apply the files; what happened is said on the next run."""
    if reason is not None and not reason.code:
        st.html(tag("p", SORT_MISSING, class_="p-note p-worse", role="alert"))
        return
    done(_NEWS, session.draft().number or 0)
    news, db, actor, now = news_of(_NEWS), session.database(), session.actor(), session.now()
    with st.spinner("Writing the draft"):
        try:
            apply_import(db, preview, actor=actor, now=now, reason=reason)
            news.say(f"Imported: {counted(_count_changed(preview), 'row')} of the draft changed.")
        except PlannerError as refusal:
            undone(_NEWS)
            news.refuse(refusal)  # of PlanChanged the next run reads the files against the draft as it is now
    if news.refusal is None:
        _put_away()
    st.rerun()


def _count_changed(preview: ImportPreview) -> int:
    total = sum(
        counts[word] for counts in preview.counts.values() for word in ("added", "changed", "removed")
    )
    return total + sum(counts["added"] for counts in preview.ledger_counts.values())
