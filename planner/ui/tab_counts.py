"""How many there are behind each label of a row of tabs, told beside the labels and not in them; it draws no tab.

A click names its tab by the label that was on the screen. While a page is drawn anew after a step, its counts are
others already: a click on 'Steps 2' that meets 'Steps 3' would be lost, and no tab be lit. So labels stay the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from collections.abc import Iterable


def show_counts(key: str, counts: Iterable[int]) -> None:
    """Put counts behind the labels of the segmented control of that key, in their order; none for a count of 0."""
    rules = [
        f'.st-key-{key} button:nth-of-type({place}) p::after {{ content: "\N{NO-BREAK SPACE}{count:,}"; }}'
        for place, count in enumerate(counts, start=1)
        if count
    ]
    st.html(f"<style>{' '.join(rules)}</style>")
