"""Search over the whole draft from every page, by Ctrl+K: a button in the header, and a dialog whose hits lead to forms.

Until the dialog is open, nothing of the plan is read; while it is, a keystroke runs the dialog alone and no page.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from planner.actions.editing import read_edits
from planner.model.tables import TABLES
from planner.rules.change_words import TABLE_WORDS
from planner.rules.edited import with_edits
from planner.rules.search import SEARCHED, SearchIndex, find_hits
from planner.ui import desk, session
from planner.ui.editor_links import link_to_row
from planner.ui.life_address import LIVES, life_link
from planner.ui.markup import Html, strong, tag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.model.edit import Edit
    from planner.rules.search import Found, Hit

BUTTON: Final = "search"  # its key, and so its class
_ASKED: Final = "search-for"
_MOST: Final = 24
_PAUSE: Final = "200ms"  # after the last keystroke
# Streamlit gives the focus to the dialog as a whole, and loads its first input a moment later.
# This constant is the one script of all pages; no text of anybody enters it.
_FOCUS: Final = """<script>
(() => {
  let tries = 40;
  const seek = () => {
    const input = document.querySelector('[role="dialog"] .st-key-search-for input');
    if (input) input.focus(); else if (tries--) setTimeout(seek, 50);
  };
  seek();
})();
</script>"""


@st.fragment
def offer_search() -> None:
    """Draw the button; one element, and a click runs nothing else of the page."""
    if st.button(
        "Search",
        key=BUTTON,
        icon=":material/search:",
        type="tertiary",
        shortcut="Ctrl+K",
        on_click=_begin,
    ):
        _ask()


def _begin() -> None:
    st.session_state[_ASKED] = ""


@st.dialog("Search the plan", width="medium", icon=":material/search:")
def _ask() -> None:
    """Ask for words and list what they are found in, as long as the dialog is open."""
    asked = st.text_input(
        "Words",
        key=_ASKED,
        placeholder="An id, a name, or words of a why, a note, an owner",
        icon=":material/search:",
        live=_PAUSE,
        label_visibility="collapsed",
    )
    found = find_hits(_index(), asked or "", _MOST)
    with st.container(key="search-hits", gap=None, height=430, border=False):
        _show(found, asked or "")
    st.html(_FOCUS, unsafe_allow_javascript=True)


def _index() -> SearchIndex:
    """The texts of the draft with the person's unsaved edits, kept until one of the two changes."""
    edits = [edit for edit in desk.unsaved() if edit.table in SEARCHED]
    path, state = str(session.environment().database), session.state_of(session.edited())
    return _kept_index(path, state, repr(edits), edits)


@st.cache_resource(max_entries=4, show_spinner=False)
def _kept_index(path: str, state: str, said: str, _edits: Sequence[Edit]) -> SearchIndex:
    del path, state, said  # they only say what the texts are of
    plan = session.plan_of(session.edited())
    read, _problems = read_edits(session.database(), _edits, session.edited().label)
    return SearchIndex.of(with_edits(plan, read))


def _show(found: Found, asked: str) -> None:
    """List the hits by table, the table of the best one first; or say in words why there is none."""
    if not found.hits:
        st.html(_nothing_html(asked))
        return
    for table in dict.fromkeys(hit.table for hit in found.hits):
        st.html(tag("h3", TABLE_WORDS[table], class_="p-hits"))
        for hit in found.hits:
            if hit.table == table:
                _show_hit(hit)
    more = found.count - len(found.hits)
    if more:
        st.html(tag("p", f"and {more:,} more: one more word narrows them down.", class_="p-note"))


def _show_hit(hit: Hit) -> None:
    """A link to the form, and under it the id with the words that were found elsewhere than in the name."""
    link_to_row(*hit.item, hit.name)
    said = hit.id if "name" in TABLES[hit.table].by_name else ""
    own = {TABLES[hit.table].by_name[name].label for name in ("name", TABLES[hit.table].key[0]) if said}
    if hit.field not in own:
        said += f"{' · ' if said else ''}{hit.field}: {hit.snippet}"
    life = life_link(*hit.item, "its life") if hit.item[0] in LIVES else ""
    st.html(tag("p", said, " · " if said and life else "", life, class_="p-hit"))


def _nothing_html(asked: str) -> Html:
    if not asked.strip():
        kinds = "outcomes, measures, capabilities, enablers, projects, milestones and teams"
        notes = "the notes on links and dependencies"
        return tag(
            "p", f"Finds {kinds} by their id, their name and their other words, and {notes}.", class_="p-note"
        )
    said = tag("p", "Nothing in the draft says ", strong(asked.strip()), ".", class_="p-empty")
    tries = "Try fewer words, the beginning of a word, or an id such as PRJ-001. All words have to occur in one item."
    return said + tag("p", tries, class_="p-note")
