"""The quiet line on Home that something changed since the reader's last visit; the page it leads to says what."""

from __future__ import annotations

import streamlit as st

from planner.rules.look_back import since_clauses, since_sentence
from planner.ui.markup import tag
from planner.ui.places import place
from planner.ui.since_page_reads import entries_since, news_since, own_look, quarter_name


def show_since_line() -> None:
    """Draw the line, or nothing: on a first visit, and where all is as it was."""
    look = own_look()
    if look is None:
        return
    news = news_since(look)
    # a day has no hours: what was written down on the day of the visit is most likely what was seen in it
    recorded = [
        one for one in entries_since(look) if (one.entry.rows[-1]["recorded_on"] or look.day) > look.day
    ]
    clauses = since_clauses(
        [quarter_name(version) for version in news.sealed], recorded, saves=len(news.saves)
    )
    if not clauses:
        return
    _since, rest = since_sentence(look, clauses)
    link = tag("a", "See what changed", href=place("since").href(), target="_self")
    said = f"Since your last visit on {look.said}: {rest} "
    st.html(tag("p", said, link, class_="p-note", role="status"))
