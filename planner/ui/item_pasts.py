"""What each version changed of an item, read once for its panel and its life; it draws nothing and compares nothing."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

import streamlit as st

from planner.actions.item_history import Past, past_of_items
from planner.ui import session

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.model.version import Version

MOST_PAIRS: Final = 24  # neighbours that are compared for one item


def item_pasts(table: str, row: str, chain: Sequence[Version]) -> list[tuple[Version, Version, Past]]:
    """The versions of a chain that changed a row, each with the one before it and what it changed, the oldest first."""
    return [
        (before, after, found)
        for before, after in pairwise(chain)
        if (found := _past(before, after).get((table, row))) is not None
    ]


def _past(before: Version, after: Version) -> dict[tuple[str, str], Past]:
    states = (session.state_of(before), session.state_of(after))
    return _past_of(str(session.environment().database), (before.label, after.label), states)


@st.cache_resource(max_entries=48, show_spinner=False)
def _past_of(path: str, labels: tuple[str, str], states: tuple[str, str]) -> dict[tuple[str, str], Past]:
    del path, states  # they only say what the comparison is of
    before, after = (session.find_version(label) for label in labels)
    if before is None or after is None:
        return {}
    return past_of_items(session.plan_of(before), session.plan_of(after), session.comparison(before, after))
