"""BriefEdit: what somebody changed in one line of the brief of a draft; the brief itself is not in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt


@dataclass(frozen=True, slots=True)
class BriefEdit:
    """One change of one line: `said` is None where the generated words were taken back, and empty where it is left out.

    `part` is lead, change, finished, started or notes; `key` names the item of a change. `generated` is what the
    program had written when it was changed; `number` counts the edits of one base; the time is UTC.
    """

    number: int
    part: str
    key: str
    generated: str
    said: str | None
    actor: str
    edited_on: dt.datetime

    @property
    def place(self) -> tuple[str, str]:
        """Which line it is."""
        return self.part, self.key
