"""Figures as the cells of a document: rounded numbers, empty ones with their reasons kept beside; it measures nothing."""

from __future__ import annotations

from dataclasses import dataclass, field

from planner.rules.figure import Figure

DECIMALS = 4


@dataclass(frozen=True)
class Cells:
    """The cells of one document. `place` is where they stand, and `empty` holds why a cell is empty, by place and key."""

    place: str
    empty: dict[str, str] = field(default_factory=dict)

    def under(self, key: str) -> Cells:
        """The cells of a part of this document; reasons are kept together."""
        return Cells(f"{self.place}/{key}", self.empty)

    def number(self, key: str, figure: Figure) -> float | None:
        """A figure to four decimals, or None with its reason kept."""
        if figure.value is None:
            self.empty[f"{self.place}/{key}"] = figure.reason
            return None
        return rounded(figure.value)

    def whole(self, key: str, figure: Figure) -> int | None:
        """A figure in whole numbers, or None with its reason kept."""
        number = self.number(key, figure)
        return None if number is None else round(number)


def rounded(value: float) -> float:
    """A number to four decimals; no negative zero."""
    return round(value, DECIMALS) + 0.0


def maybe_rounded(value: float | None) -> float | None:
    """A number to four decimals, or None where it is not known."""
    return None if value is None else rounded(value)


def known_with(where: Figure, number: float) -> Figure:
    """A number that is known where another figure is; else why that one is not."""
    return where if where.value is None else Figure(float(number))
