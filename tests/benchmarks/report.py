"""The table that the benchmarks print, in Markdown, and its place in the README; it measures nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.benchmarks.timing import Ratio, spoken

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

HEAD = ("what", "ours", "against", "ratio (least-most)", "target", "met")
OPEN, CLOSE = "<!-- benchmarks -->", "<!-- /benchmarks -->"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table; `met` is 'yes', 'no', or empty where there is no target."""

    what: str
    ours: str
    against: str
    ratio: str = ""
    target: str = ""
    met: str = ""

    @property
    def cells(self) -> tuple[str, ...]:
        """The line's cells in the order of the head."""
        return (self.what, self.ours, self.against, self.ratio, self.target, self.met)


def at_most(what: str, ratio: Ratio, against: str, target: float | None) -> Line:
    """A line where ours may take so many times as long as the other."""
    said = f"{ratio.middle:.2f}x ({ratio.least:.2f}-{ratio.most:.2f})"
    other = f"{spoken(ratio.other)} {against}"
    if target is None:
        return Line(what, spoken(ratio.ours), other, said)
    return Line(what, spoken(ratio.ours), other, said, f"<= {target:g}x", _met(ratio.middle <= target))


def faster(what: str, ratio: Ratio, against: str, target: float | None) -> Line:
    """A line where the other should take so many times as long as ours."""
    said = f"{1 / ratio.middle:.1f}x faster ({1 / ratio.most:.1f}-{1 / ratio.least:.1f})"
    other = f"{spoken(ratio.other)} {against}"
    if target is None:
        return Line(what, spoken(ratio.ours), other, said)
    return Line(
        what, spoken(ratio.ours), other, said, f">= {target:g}x faster", _met(1 / ratio.middle >= target)
    )


def _met(holds: bool) -> str:  # noqa: FBT001  it is the fact itself
    return "yes" if holds else "**no**"


def as_markdown(lines: Iterable[Line]) -> str:
    """The table."""
    rows = [HEAD, ("---",) * len(HEAD), *(line.cells for line in lines)]
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in row)} |" for row in rows)


def write_between_marks(file: Path, said: str) -> bool:
    """Put a text between the two marks of a file; whether the file has them."""
    text = file.read_text(encoding="utf-8")
    before, opened, rest = text.partition(OPEN)
    _, closed, after = rest.partition(CLOSE)
    if not (opened and closed):
        return False
    file.write_text(f"{before}{OPEN}\n{said}\n{CLOSE}{after}", encoding="utf-8")
    return True
