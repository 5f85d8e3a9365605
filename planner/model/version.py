"""Version: the name, the date and the people of a draft or a snapshot; not its content."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from planner.errors import LabelUnfit, QuarterUnreadable

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from planner.model.quarter import Calendar, Quarter

SNAPSHOT, DRAFT, SCENARIO = "snapshot", "draft", "scenario"
LATEST = "latest"
_LABEL = re.compile(r"(?P<quarter>(?:FY)?[0-9]{2,4}-Q[1-4])(?:\.r(?P<revision>[0-9]{1,4}))?")


@dataclass(frozen=True, slots=True)
class Label:
    """The name of a snapshot: `FY27-Q3`, or `FY27-Q3.r2` for a second sealing of the same quarter."""

    quarter: Quarter
    revision: int = 1

    @classmethod
    def parse(cls, text: str, calendar: Calendar) -> Label:
        """Read a label of this plan; raises LabelUnfit."""
        matched = _LABEL.fullmatch(text)
        revision = int(matched["revision"] or 1) if matched else 0
        if matched is None or revision < 1 or (matched["revision"] and revision == 1):
            raise LabelUnfit(text, calendar.example)
        try:
            return cls(calendar.parse(matched["quarter"]), revision)
        except QuarterUnreadable as unreadable:
            raise LabelUnfit(text, calendar.example) from unreadable

    def text(self, calendar: Calendar) -> str:
        """Write the label."""
        quarter = calendar.label(self.quarter)
        return quarter if self.revision == 1 else f"{quarter}.r{self.revision}"

    @property
    def following(self) -> Label:
        """The next sealing of the same quarter."""
        return Label(self.quarter, self.revision + 1)


@dataclass(frozen=True, slots=True)
class Version:
    """One version as people see it in a list; the times are UTC.

    `number` is the place of a snapshot in the chain, or how often a draft was saved;
    `rows` counts the rows of each table that has some; `findings` the warnings accepted at the sealing, by code.
    """

    label: str
    kind: str
    quarter: str
    number: int
    as_of: dt.date | None = None
    sealed_on: dt.datetime | None = None
    author: str = ""
    note: str = ""
    rows: Mapping[str, int] = field(default_factory=dict)
    fingerprint: str = ""
    previous: str = ""
    chain: str = ""
    findings: Mapping[str, int] = field(default_factory=dict)

    @property
    def is_sealed(self) -> bool:
        """Whether nobody can change it any more."""
        return self.kind == SNAPSHOT
