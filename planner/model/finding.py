"""Bad news that is returned, not raised: a finding (a rule the plan breaks), a problem (a cell that does not read)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

ERROR, WARNING = "error", "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that the plan breaks: errors stop a sealing, warnings are accepted by name."""

    severity: str
    code: str
    table: str
    id: str
    field: str
    message: str

    def as_row(self) -> dict[str, Any]:
        """The finding as one row of `planner check --format json`."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Problem:
    """A cell, line or file that does not read; `line` 0 and `column` '' where it is the whole file.

    `message` is a whole sentence with the value in it, and says what to write instead.
    """

    file: str
    line: int
    column: str
    value: str
    message: str

    @property
    def sentence(self) -> str:
        """The problem with its place, as people read it."""
        place = f"{self.file}, line {self.line}" if self.line else self.file
        return f"{place}, column {self.column}: {self.message}" if self.column else f"{place}: {self.message}"

    def as_row(self) -> dict[str, Any]:
        """The problem as one row of `planner import --check --format json`."""
        return asdict(self)
