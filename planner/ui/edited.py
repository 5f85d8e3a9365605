"""Which version the pages under Plan edit: the draft, or a what-if, as the address says; it edits nothing itself.

The choice stays while a person goes from page to page, and a shared link brings it along. A what-if that was
merged or thrown away meanwhile gives way to the draft.
"""

from __future__ import annotations

import streamlit as st

from planner.model.version import DRAFT, SCENARIO
from planner.ui import address, session
from planner.ui.frame import link_to
from planner.ui.markup import strong, tag

_BACK = "back-to-draft"


def settle() -> None:
    """Take the version under edit from the address, or keep that of the page before, and say it in the address."""
    known = [version.label for version in session.versions() if not version.is_sealed]
    kept = st.session_state.get(session.EDITED, DRAFT)
    asked = st.query_params.get(session.EDITED)
    address.read_one(session.EDITED, known, kept if kept in known else DRAFT)
    chosen = session.edited()
    address.write(session.EDITED, *([chosen.label] if chosen.kind == SCENARIO else []))
    if asked is not None and asked not in known:
        st.warning("The what-if of this link is not open any more: you see the draft.")


def show_banner() -> None:
    """Say on every page under Plan that a what-if is edited, and lead to its comparison and back to the draft."""
    chosen = session.edited()
    if chosen.kind != SCENARIO:
        return
    said = tag(
        "p", "◇ You edit the what-if ", strong(chosen.note), ". The draft stays as it is.", role="status"
    )
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="what-if-banner"):
        st.html(tag("div", said, class_="p-whatif"), width="content")
        link_to("scenarios", "Compare or merge it", icon=":material/difference:", scenario=chosen.label)
        st.button("Back to the draft", key=_BACK, icon=":material/undo:", type="tertiary", on_click=choose)


def choose(label: str = DRAFT) -> None:
    """Edit that version from now on."""
    st.session_state[session.EDITED] = label
