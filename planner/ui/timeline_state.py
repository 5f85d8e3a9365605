"""The view of the Timeline page as its address has it: read once at the start of a run, written once at its end.

The page keeps to one reading and one writing because its script runs on every click: a value that is the usual
one is left out of the address, but the two versions are always in it, so that a link means the same next quarter.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import streamlit as st

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

Said = Mapping[str, list[str]]  # the words of the address, by parameter

LANES: Final = {"outcome": "Outcome", "capability": "Capability", "team": "Team", "status": "Status"}
COLOURS: Final = {"outcome": "Outcome", "status": "Status", "rating": "Rating"}
ROWS: Final = {"counts": "Counts", "all": "Every project"}
NOTHING: Final = "nothing"  # compared with
ALL_LANES: Final = "all"
NO_LANE: Final = "-"  # the lane of what belongs to none; no id is a dash
_MOST_DIGITS: Final = 6
_WRITTEN: Final = "roadmap address"


class View(NamedTuple):
    """How the roadmap is shown: one value, and all of it is in the address of the page."""

    lanes: Any = "outcome"
    colour: Any = "outcome"
    outcomes: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    with_finished: bool = False
    lane: str | None = None  # the one lane that is open, by its id; None for all of them
    as_counts: bool = False
    page: int = 1


def key_of(name: str) -> str:
    """The key of the widget that stands for a parameter: other pages have parameters of the same name."""
    return f"roadmap {name}"


def read_address() -> Said:
    """What the address says; where a link changed it, the widgets forget what they had and follow it."""
    params = st.query_params
    said = {name: params.get_all(name) for name in params}
    if said != st.session_state.get(_WRITTEN):
        for name in _NAMES:
            st.session_state.pop(key_of(name), None)
    return said


_NAMES: Final = (
    "version", "compare", "lanes", "colour", "outcome", "unit", "team", "owner", "finished", "lane", "rows", "page",
)  # fmt: skip


def write_address(said: Said, labels: tuple[str, str], view: View, rows: str = "counts") -> None:
    """Say in the address what is shown, where it does not say so already."""
    lane = [] if view.lane is None else [view.lane or NO_LANE]
    wanted: dict[str, Sequence[str]] = {
        "version": [labels[0]],
        "compare": [labels[1]],
        "lanes": [] if view.lanes == "outcome" else [view.lanes],
        "colour": [] if view.colour == "outcome" else [view.colour],
        "outcome": view.outcomes,
        "unit": view.units,
        "team": view.teams,
        "owner": view.owners,
        "finished": ["1"] if view.with_finished else [],
        "lane": lane,
        "rows": [] if rows == "counts" else [rows],
        "page": [] if view.page == 1 else [str(view.page)],
    }
    says = {name: list(words) for name, words in wanted.items() if words}
    if says != said:
        st.query_params.from_dict(says)
    st.session_state[_WRITTEN] = says


def settle_one(said: Said, name: str, allowed: Collection[str], usual: str) -> str:
    """Give the widget of a choice its value before it is drawn: its own, else the address's, else the usual one."""
    key, state = key_of(name), st.session_state
    has = state.get(key)
    chosen = has or next(iter(said.get(name, ())), usual)
    value = chosen if chosen in allowed else usual
    if value != has:
        state[key] = value
    return str(value)


def settle_many(said: Said, name: str, allowed: Collection[str]) -> list[str]:
    """The same for a widget of several choices."""
    key, state = key_of(name), st.session_state
    has: list[str] | None = state.get(key)
    value = [word for word in (said.get(name, ()) if has is None else has) if word in allowed]
    if value != has:
        state[key] = value
    return value


def settle_flag(said: Said, name: str) -> bool:
    """The same for a switch: `?finished=1` is yes."""
    key, state = key_of(name), st.session_state
    has = state.get(key)
    if has is None:
        has = state[key] = said.get(name) == ["1"]
    return bool(has)


def settle_page(said: Said, pages: int) -> int:
    """The same for a chooser of pages; one that is not there becomes the nearest."""
    key = key_of("page")
    asked = next(iter(said.get("page", ())), "1")
    number = st.session_state.get(key) or (
        int(asked) if asked.isdecimal() and len(asked) <= _MOST_DIGITS else 1
    )
    st.session_state[key] = min(max(number, 1), pages)
    return int(st.session_state[key])
