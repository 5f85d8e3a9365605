"""The snapshots of a plan as an axis: where each stands, gaps to scale, and what it is called; it draws nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from planner.charts.trend_axis import Stop
from planner.model.quarter import Quarter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.model.quarter import Calendar

LEFT, RIGHT, WHOLE = 650.0, 490.0, 1200.0  # pixels of the two columns, and of both, on the narrowest page
UNKNOWN: Final = "\N{EN DASH}"  # of an empty figure


@dataclass(frozen=True)
class Axis:
    """The snapshots of a plan, the oldest first: their quarters and where they stand, its calendar and its currency."""

    quarters: Sequence[Quarter]
    places: Sequence[float]
    calendar: Calendar
    currency: str = ""

    @property
    def stops(self) -> list[Stop]:
        """The snapshots as they are drawn."""
        return [
            Stop(x, f"Q{quarter.number}", self.calendar.year_label(quarter.year), name)
            for x, quarter, name in zip(self.places, self.quarters, self.names, strict=True)
        ]

    @property
    def names(self) -> list[str]:
        """The snapshots in words: 'Q1 FY27', a second sealing of a quarter with its revision."""
        found = []
        for at, quarter in enumerate(self.quarters):
            before = list(self.quarters[:at]).count(quarter)
            revision = f", revision {before + 1}" if before else ""
            found.append(f"{self.calendar.spoken(quarter)}{revision}")
        return found

    def spoken(self, ordinal: float) -> str:
        """A quarter in words by its ordinal."""
        return self.calendar.spoken(Quarter(int(ordinal)))
