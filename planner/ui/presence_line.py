"""The quiet line over an editing page: who else is here, and what was saved since it was drawn; it saves nothing.

The line asks again by itself, alone, and says the same words until something has changed: so no grid is drawn
again, nothing that is typed is lost, and nothing is read aloud twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st
from streamlit.runtime import get_instance
from streamlit.runtime.scriptrunner import get_script_run_ctx

from planner.actions.editing import load_pending
from planner.actions.presence import (
    Other,
    Room,
    Visit,
    here_sentence,
    meeting_edits,
    name_of,
    saved_sentence,
)
from planner.model.tables import TABLE_OF_TIER, TABLES
from planner.model.version import DRAFT
from planner.store.saves import SaveNote, last_save, saves_after
from planner.ui import desk, session
from planner.ui.edit_words import Names, moment_text
from planner.ui.editor_grids import TABS
from planner.ui.frozen import open_refresh
from planner.ui.markup import tag
from planner.ui.places import PLACES

if TYPE_CHECKING:
    from planner.model.version import Version

_ROOMS: dict[str, Room] = {}


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a page showed when it was drawn: the draft or a what-if and its last save, how many snapshots, how the refresh stood."""

    page: str
    version: str
    number: int | None
    last_save: int
    snapshots: int
    refresh: str


def show_presence(page: str, draft: Version) -> None:
    """Draw the line of a page that shows this draft; call it after the page's own saves."""
    path, db = str(session.environment().database), session.database()
    saved, sealed = _last_save(path, db.commits), len(session.snapshots())
    drawn = Drawn(page, draft.label, draft.number, saved, sealed, _refresh_word())
    st.fragment(_line, run_every=session.environment().look_seconds)(drawn)


def leave_unless(url: str) -> None:
    """Forget that the session is on an editing page, unless it is on the page of that address."""
    page = _room().page_of(_session_id())
    if page is not None and PLACES[page].url != url:
        _room().leave(_session_id())


def _line(drawn: Drawn) -> None:
    person, now = desk.person(), session.now()
    _room().enter(
        Visit(_session_id(), person, session.actor(), drawn.page, _item(drawn.page), now, drawn.version)
    )
    news = _news(drawn)
    here = here_sentence([_told(visit, drawn.version) for visit in _room().others(person, now, _is_open)])
    if here or news:
        _draw(here, news)


def _draw(here: str, news: str) -> None:
    said = tag("p", here, class_="p-note", title=here) if here else ""
    told = tag("p", news, class_="p-note p-accent", title=news) if news else ""
    with st.container(key="presence", horizontal=True, vertical_alignment="center", gap="small"):
        st.html(tag("div", said, told, aria_live="polite"), width="stretch")
        if news and st.button("Look again", key="look-again", type="tertiary", icon=":material/refresh:"):
            st.rerun()


def _told(visit: Visit, version: str) -> Other:
    theirs = load_pending(session.database(), visit.person, visit.version)
    is_beside = visit.version == version
    meeting = meeting_edits(desk.unsaved(version), theirs) if theirs and is_beside else 0
    where = PLACES[visit.page].title
    shown = session.find_version(visit.version)
    if visit.item is not None and shown is not None:
        name = _name(str(session.environment().database), session.state_of(shown), shown.label, *visit.item)
        where += f" at {name}" if name else ""
    if not is_beside and shown is not None:
        where += " of the draft" if shown.kind == DRAFT else f" of the what-if '{shown.note}'"
    return Other(name_of(visit.actor, session.actor()), where, len(theirs), meeting)


def _news(drawn: Drawn) -> str:
    """What happened to the version since the page was drawn, in one sentence; nothing where it is the same."""
    sealed, me = session.snapshots(), session.actor()
    told = []
    shown = session.find_version(drawn.version)
    if shown is None or shown.number != drawn.number:
        path, commits = str(session.environment().database), session.database().commits
        notes = _saves_after(path, commits, drawn.last_save, drawn.version)
        told.append(saved_sentence(notes, me, lambda on: moment_text(on, session.now())))
    if len(sealed) != drawn.snapshots:
        told.append(f"{sealed[-1].label} was sealed by {sealed[-1].author}")
    if _refresh_word() != drawn.refresh:
        told.append(_refresh_word() or "the refresh is over")
    said = "; ".join(part for part in told if part)
    return f"T{said[1:]}" if said.startswith("the ") else said


def _refresh_word() -> str:
    refresh = open_refresh()
    if refresh is None:
        return ""
    return f"the refresh to {refresh.label} is {refresh.state_words}, by {refresh.steps[-1].actor}"


def _item(page: str) -> tuple[str, str] | None:
    """The item that the address of the page names: who did not choose one looks at the whole."""
    asked = st.query_params
    if page == "links":
        tier, _, item = asked.get("item", "").partition(":")
        return (TABLE_OF_TIER[tier], item) if tier in TABLE_OF_TIER else None
    tab = next((tab for tab in TABS.get(page, ()) if tab.key == asked.get("tab", tab.key)), None)
    if tab is None or tab.item_word not in asked or len(TABLES[tab.item_table].key) > 1:
        return None
    return tab.item_table, asked[tab.item_word]


@st.cache_resource(max_entries=64, show_spinner=False)
def _name(path: str, state: str, version: str, table: str, item: str) -> str:
    """The name of an item of a version, or nothing where there is no such item."""
    del path, state  # they only say what the name is of
    shown = session.find_version(version)
    name = Names(session.plan_of(shown), []).of(table, item) if shown else item
    return "" if name == item else name


@st.cache_resource(max_entries=4, show_spinner=False)
def _last_save(path: str, commits: int) -> int:
    del path, commits  # they only say what the read is kept by
    return last_save(session.database())


@st.cache_resource(max_entries=16, show_spinner=False)
def _saves_after(path: str, commits: int, save: int, version: str) -> list[SaveNote]:
    del path, commits
    return saves_after(session.database(), save, version)


def _room() -> Room:
    return _ROOMS.setdefault(str(session.environment().database), Room())


def _session_id() -> str:
    context = get_script_run_ctx()
    return context.session_id if context else ""


def _is_open(session_id: str) -> bool:
    """Whether the browser of a session is connected: who closed a page is gone at once."""
    return get_instance().is_active_session(session_id)
