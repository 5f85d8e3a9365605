"""Widgets that keep their value in the address of the page, by a word of ours and not by what the screen says.

Streamlit's own `bind` writes the text of an option ('Q3 FY27 (Oct-Dec 2026)'), which a link must not hang on.
Call `read_*` before the widget is drawn and `write` after it; both use the widget's key as the parameter.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

_WRITTEN = "address {}"
_PAGE = "address of the page"


def turn_to(page: str) -> None:
    """Forget what was written for another page: the same word may mean something else on this one."""
    if st.session_state.get(_PAGE) != page:
        written = [name for name in st.session_state if str(name).startswith(_WRITTEN.format(""))]
        for name in written:
            del st.session_state[name]
        st.session_state[_PAGE] = page


def read_one(key: str, allowed: Collection[str] | None, default: str) -> None:
    """Put what the address says into the widget: on the first run, and when a link changed it since."""
    asked = st.query_params.get(key)
    if _is_news(key, [] if asked is None else [asked]):
        fits = asked is not None and (allowed is None or asked in allowed)
        st.session_state[key] = asked if fits else default
    elif allowed is not None and st.session_state[key] not in allowed:
        st.session_state[key] = default


def read_many(key: str, allowed: Collection[str]) -> None:
    """Put the words that the address repeats into a widget of several choices."""
    asked = st.query_params.get_all(key)
    chosen = asked if _is_news(key, asked) else st.session_state[key]
    st.session_state[key] = [word for word in chosen if word in allowed]


def read_flag(key: str) -> None:
    """Put a yes or no into a switch: `?all=1` is yes."""
    asked = st.query_params.get_all(key)
    if _is_news(key, asked):
        st.session_state[key] = asked == ["1"]


def write(key: str, *words: str) -> None:
    """Say in the address what the widget shows; no word takes the parameter away."""
    said = list(words)
    if st.query_params.get_all(key) != said:
        if said:
            st.query_params[key] = said
        elif key in st.query_params:
            del st.query_params[key]
    st.session_state[_WRITTEN.format(key)] = said


def forget(key: str) -> None:
    """Let a widget take its default again, unless a link says in the address what it is to show."""
    if not _is_news(key, st.query_params.get_all(key)):
        st.query_params.pop(key, None)
        for name in (key, _WRITTEN.format(key)):
            st.session_state.pop(name, None)


def _is_news(key: str, asked: Sequence[str]) -> bool:
    """Whether the widget has no value yet, or the address no longer says what we wrote into it."""
    return key not in st.session_state or st.session_state.get(_WRITTEN.format(key)) != list(asked)
