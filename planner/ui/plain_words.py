"""A hint beside what somebody types: what a reader outside the trade would stumble over; it refuses nothing."""

from __future__ import annotations

import streamlit as st

from planner.rules.plain_language import plain_findings
from planner.ui.markup import tag

WHYS = ("why", "rationale")  # the columns in which people say why a row is there
_MOST = 3


def show_plain_words(*texts: str | None) -> None:
    """Draw what the plain-language check says of texts as they are typed; nothing where they read well."""
    found = list(dict.fromkeys(said for text in texts if text for said in plain_findings(text)))
    if not found:
        st.container()  # its place, so that nothing below is mounted anew when a hint comes or goes
        return
    lines = [tag("p", said, class_="p-note") for said in found[:_MOST]]
    if len(found) > _MOST:
        lines.append(tag("p", f"and {len(found) - _MOST} more", class_="p-note"))
    st.html(
        tag(
            "div",
            *lines,
            class_="p-plain-words",
            role="note",
            style="border-left:3px solid var(--p-rule);padding-left:.6rem",
        )
    )
