"""The desk of the person who edits: whose unsaved edits these are, and how they are changed; it draws nothing.

Until people can sign in, a person is the acting user in one browser: two colleagues in front of one server
would otherwise share their unsaved edits. The browser is told by the random token that Streamlit gives to each.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import streamlit as st

from planner.actions.editing import load_pending
from planner.actions.unsaved import change_unsaved
from planner.ui import session

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.model.edit import Edit

_TOKEN = "_streamlit_xsrf"  # noqa: S105  the name of a cookie
_MASKED_PARTS = 4


def person() -> str:
    """Whose unsaved edits the page shows."""
    cookie = st.context.cookies.get(_TOKEN, "")
    browser = browser_of(cookie) if isinstance(cookie, str) else ""  # a tested page has no browser
    return f"{session.actor()} in browser {browser}" if browser else session.actor()


def browser_of(cookie: str) -> str:
    """A short name for a browser from its token, the same after each reload; empty where there is none.

    The token comes masked, with another mask each time: `2|mask|masked token|time`, all hexadecimal.
    """
    parts = cookie.strip("\"'").split("|")
    try:
        if len(parts) == _MASKED_PARTS:
            mask, masked = bytes.fromhex(parts[1]), bytes.fromhex(parts[2])
            token = bytes(byte ^ mask[place % len(mask)] for place, byte in enumerate(masked))
        else:
            token = bytes.fromhex(parts[0])
    except (ValueError, ZeroDivisionError):
        return ""
    return hashlib.sha256(token).hexdigest()[:12] if token else ""


def unsaved(version: str = "") -> list[Edit]:
    """The unsaved edits of the person, as the store keeps them: of the version under edit, or of a named one."""
    return load_pending(session.database(), person(), version or session.edited().label)


def change(how: Callable[[list[Edit]], list[Edit]], version: str = "") -> list[Edit]:
    """Change the unsaved edits of the person in one step, and return what they are now.

    `version` is the one that they were made on where that may not be the one under edit any more.
    """
    return change_unsaved(session.database(), person(), session.now(), how, version or session.edited().label)
