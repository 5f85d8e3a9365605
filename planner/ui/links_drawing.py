"""What was drawn of a matrix of links: places turned back into rows and columns by id; it saves nothing.

The editor of Streamlit keeps what is typed by the place of a row and the name of a column. So each set of rows,
columns and stored cells is an editor of its own, kept with its matrix as long as its last words may be on their way.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import streamlit as st

from planner.rules.matrix import matrix_frame
from planner.ui.grid import newly_typed

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

    from planner.model.plan import Plan
    from planner.rules.matrix import Matrix

_DRAWINGS = "links-drawings"
_KEPT = 4


@dataclass
class MatrixDrawing:
    """One drawing: the matrix as the editor was given it, the plan and the version it is of, and what was taken over since.

    `seen` holds what was typed, by row and name of the column (c0, c1 ...).
    """

    turn: int
    matrix: Matrix
    plan: Plan
    version: str
    seen: dict[tuple[str, str], str | None] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The key of its editor."""
        return f"links-{self.turn}"

    @property
    def is_there(self) -> bool:
        """Whether its editor was on the page when the browser spoke last."""
        return self.key in st.session_state

    def typed(self) -> dict[tuple[str, str], str | None]:
        """What was typed and not taken over yet, by row and name of the column; None for an emptied cell."""
        edited = st.session_state[self.key]["edited_rows"] if self.is_there else {}
        return newly_typed(self.matrix.row_ids, edited, self.seen)

    def cells_of(self, typed: Mapping[tuple[str, str], str | None]) -> list[tuple[str, str, str | None]]:
        """What was typed by row and column, both by id."""
        return [(row, self._column(name), text) for (row, name), text in typed.items()]

    def take_over(self, typed: Mapping[tuple[str, str], str | None]) -> None:
        """Remember what was typed as kept elsewhere."""
        self.seen |= typed

    def shows(self, matrix: Matrix) -> bool:
        """Whether this matrix is on the screen, with what was typed; words beside the cells may differ."""
        mine = self.matrix
        if (mine.kind, mine.row_ids, mine.column_ids) != (matrix.kind, matrix.row_ids, matrix.column_ids):
            return False
        cells = dict(mine.shown_cells)
        for row, column, text in self.cells_of(self.seen):
            cells.pop((row, column), None)
            if text is not None and text.strip():
                cells[row, column] = text.strip()
        return cells == dict(matrix.shown_cells)

    def frame(self, matrix: Matrix) -> pl.DataFrame:
        """What the editor is given: the cells as they were when it was new, under the names of now."""
        return matrix_frame(replace(self.matrix, rows=matrix.rows))

    def _column(self, name: str) -> str:
        return self.matrix.column_ids[int(name.removeprefix("c"))]


def drawings() -> list[MatrixDrawing]:
    """The drawings that may still be heard of, the newest last."""
    kept: list[MatrixDrawing] = st.session_state.setdefault(_DRAWINGS, [])
    return kept


def draw(matrix: Matrix, plan: Plan, version: str) -> MatrixDrawing:
    """The drawing of a matrix: the one that shows it already, or a new one."""
    kept = drawings()
    if kept and kept[-1].is_there and kept[-1].version == version and kept[-1].shows(matrix):
        kept[-1].plan = plan
        return kept[-1]
    kept.append(MatrixDrawing(kept[-1].turn + 1 if kept else 0, matrix, plan, version))
    del kept[:-_KEPT]
    return kept[-1]
