"""What an action has to say on the next run, kept until it could be read; it draws nothing.

A second click ends the run of the first one at its next use of the session's state, and starts another run
at once. So an action takes the news of its page before it writes, tells it by a plain call afterwards, and
the page shows it for a few seconds of runs, not for one.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from planner.errors import PlannerError

_SECONDS = 3.0  # from the first run that shows it; a double click takes one at most


@dataclass
class News:
    """The last thing that an action of one page told: a sentence, good or bad, or a refusal."""

    sentence: str = ""
    is_bad: bool = False
    refusal: PlannerError | None = None
    shown_since: float | None = field(default=None, repr=False)

    def say(self, sentence: str, *, is_bad: bool = False) -> None:
        """Tell what was done; what was told before is over."""
        self.sentence, self.is_bad, self.refusal, self.shown_since = sentence, is_bad, None, None

    def refuse(self, refusal: PlannerError) -> None:
        """Tell why nothing was done."""
        self.sentence, self.is_bad, self.refusal, self.shown_since = "", False, refusal, None

    def forget(self) -> None:
        """Be over."""
        self.say("")

    def show(self, now: float | None = None) -> News:
        """What is to be shown by a run at a moment of the monotonic clock; it is over once it could be read."""
        now = time.monotonic() if now is None else now
        if self.shown_since is None:
            self.shown_since = now
        elif now - self.shown_since > _SECONDS:
            self.forget()
        return self


def news_of(page: str) -> News:
    """The news of a page in this session."""
    kept: News = st.session_state.setdefault(f"{page}-news", News())
    return kept
