"""Figure: a number of the plan, or why there is none, and the rows that make it; it does not know how it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, or None with the reason in a whole sentence: not known is never zero."""

    value: float | None
    reason: str = ""

    @classmethod
    def missing(cls, reason: str) -> Figure:
        """A figure that cannot be computed."""
        return cls(None, reason)

    @classmethod
    def ratio(cls, part: float, whole: float, reason: str) -> Figure:
        """Part by whole; missing for `reason` where there is no whole."""
        return cls(part / whole) if whole else cls.missing(reason)


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure with the rows that make it; the rule that measures says what the rows hold."""

    figure: Figure
    rows: pl.DataFrame

    @property
    def value(self) -> float | None:
        """The number, or None."""
        return self.figure.value

    @property
    def reason(self) -> str:
        """Why there is none."""
        return self.figure.reason
