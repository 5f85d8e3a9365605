"""Scenario: a what-if beside the draft, or a kept copy of it: its name, its origin, its steps; not its rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt

BRANCH, MERGE, DROP, REOPEN = "branch", "merge", "drop", "reopen"
OPEN, MERGED, DROPPED = "open", "merged", "dropped"
STATE_AFTER = {BRANCH: OPEN, MERGE: MERGED, DROP: DROPPED, REOPEN: OPEN}
STATE_WORDS = {OPEN: "open", MERGED: "merged into the draft", DROPPED: "thrown away"}


@dataclass(frozen=True, slots=True)
class ScenarioStep:
    """What somebody did with a scenario: the action, who, when (UTC), and what they said."""

    action: str
    actor: str
    taken_on: dt.datetime
    comment: str


@dataclass(frozen=True, slots=True)
class Scenario:
    """One scenario.

    `id` is opaque and names its version. `origin` is what it was branched from, as people name it: `draft`, a
    snapshot's label or another scenario's id; `base` names the version that holds the rows of that moment.
    `is_copy` where it only keeps the draft as it was before a merge: nobody edits it.
    """

    id: str
    name: str
    origin: str
    base: str
    steps: tuple[ScenarioStep, ...]
    is_copy: bool = False

    @property
    def state(self) -> str:
        """Where it stands: open, merged or dropped."""
        return STATE_AFTER[self.steps[-1].action]

    @property
    def state_words(self) -> str:
        """Where it stands, as people say it."""
        return "a kept copy" if self.is_copy and self.state == OPEN else STATE_WORDS[self.state]

    @property
    def is_open(self) -> bool:
        """Whether people can edit it."""
        return self.state == OPEN and not self.is_copy

    @property
    def begun(self) -> ScenarioStep:
        """Who branched it, when and why."""
        return self.steps[0]
