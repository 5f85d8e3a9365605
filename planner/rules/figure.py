"""Figure: a number of the plan, or why there is none; it does not know how it is shown."""

from __future__ import annotations

from dataclasses import dataclass


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
