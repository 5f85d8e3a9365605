"""A grid that finds its rows by id: what was drawn is remembered, what was typed is read back; it saves nothing.

The editor of Streamlit keeps what is typed by the place of a row. So each drawing of other rows is an editor of
its own, and the ids of its rows are kept beside it: a row that a colleague removed, added or moved never takes
an edit that was typed into another. A place holds one drawing until the rows must change; then it is a new one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import streamlit as st

from planner.actions.grid_rows import row_names, with_cells
from planner.look.lettering import text_width
from planner.ui.markup import md

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import polars as pl

    from planner.model.columns import Column
    from planner.model.plan import Plan
    from planner.ui.editor_grids import Grid

_KEPT = 4  # drawings whose last words may still be on their way
_WIDTHS = {"date": 100, "quarter": 100, "whole": 90, "number": 90, "money": 105, "choice": 112, "id": 96}
_HEAD = (13.5, 54)  # the size of a header's letters, and the pixels of its mark, its menu and its edges
_RIGHT = frozenset({"whole", "number", "money"})


@dataclass
class Drawing:
    """One drawing of the grid: the ids of its rows in their order, the texts in them, the plan they are of, and its version.

    `columns` are those that the browser was given, in their order: others are another drawing.
    `seen` holds what was typed into it and taken over already, by id and field.
    """

    name: str
    turn: int
    ids: tuple[str, ...]
    rows: pl.DataFrame
    columns: tuple[str, ...]
    plan: Plan
    version: str
    grid: Grid | None = None
    seen: dict[tuple[str, str], str | None] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The key of its editor."""
        return f"{self.name}-{self.turn}"

    @property
    def is_there(self) -> bool:
        """Whether its editor was on the page when the browser spoke last."""
        return self.key in st.session_state

    def typed(self) -> dict[tuple[str, str], str | None]:
        """What was typed and not taken over yet, by id and field; None for a cell that was emptied."""
        edited = st.session_state[self.key]["edited_rows"] if self.is_there else {}
        return newly_typed(self.ids, edited, self.seen)

    def take_over(self, typed: dict[tuple[str, str], str | None]) -> None:
        """Remember what was typed as kept elsewhere."""
        self.seen |= typed

    def shows(self, rows: pl.DataFrame) -> bool:
        """Whether these are the rows that are on the screen, with what was typed into them."""
        return self.rows is rows or with_cells(self.rows, self.seen).equals(rows)


def newly_typed(
    ids: Sequence[str], edited: Mapping[Any, Mapping[str, Any]], seen: Mapping[tuple[str, str], str | None]
) -> dict[tuple[str, str], str | None]:
    """The cells of an editor's state, places turned into ids, that are not what was seen of them."""
    cells = {
        (ids[int(place)], name): None if value in {None, ""} else str(value)
        for place, row in edited.items()
        for name, value in row.items()
    }
    return {cell: text for cell, text in cells.items() if cell not in seen or seen[cell] != text}


def drawings(name: str) -> list[Drawing]:
    """The drawings of the grid of that name that may still be heard of, the newest last."""
    kept: list[Drawing] = st.session_state.setdefault(f"{name}-drawings", [])
    return kept


def name_of(grid: Grid) -> str:
    """What the drawings of a grid are called on the page."""
    return f"{grid.name}-grid"


def draw(grid: Grid, rows: pl.DataFrame, columns: Sequence[str], plan: Plan, version: str) -> Drawing:
    """The drawing of these rows and columns of a grid: the one that shows them already, or a new one.

    Those before it are heard a little longer, for what was typed may still be on its way.
    """
    kept = drawings(name_of(grid))
    last, wanted = kept[-1] if kept else None, (version, tuple(columns))
    if last and last.is_there and (last.version, last.columns) == wanted and last.shows(rows):
        last.plan = plan
        return last
    turn = last.turn + 1 if last else 0
    kept.append(Drawing(name_of(grid), turn, row_names(rows), rows, tuple(columns), plan, version, grid))
    del kept[:-_KEPT]
    return kept[-1]


def show_grid(drawing: Drawing, columns: Mapping[str, Any], *, alt: str, height: int) -> None:
    """Draw the editor of a drawing, given how columns look; those that it does not have are left out."""
    st.data_editor(
        drawing.rows.select(drawing.columns).to_pandas(),  # a frame of polars would be turned back afterwards
        key=drawing.key,
        column_config={name: columns[name] for name in drawing.columns},
        hide_index=True,
        num_rows="fixed",
        width="stretch",
        height=height,
        placeholder="",
        alt=alt,
    )


def text_column(column: Column, *, width: int | str | None = None, pinned: bool = False) -> Any:
    """A column whose cells are typed as text and read when they are checked, so that nothing typed is changed.

    A typed column of Streamlit reads 03/02/2027 in American order, cuts a number down to its bounds and
    turns away a pasted cell without a word.
    """
    return st.column_config.TextColumn(
        column.label,
        help=_help(column),
        width=wide_enough(column, width),  # type: ignore[arg-type]
        disabled=column.key,
        pinned=pinned or column.key,
        alignment="right" if column.kind in _RIGHT else None,
    )


def wide_enough(column: Column, width: int | str | None = None) -> int | str:
    """The width of a column, its own or that of its kind, and never less than its header needs."""
    wanted: int | str = width or _WIDTHS.get(column.kind) or "medium"
    if isinstance(wanted, str):
        return wanted
    size, around = _HEAD
    return max(wanted, math.ceil(text_width(column.label, size)) + around)


def quarter_column(column: Column, quarter: str) -> Any:
    """A column of one quarter, typed as text like the field that it holds."""
    return st.column_config.TextColumn(
        quarter, help=md(f"{column.label}: {_help(column)}"), width=86, alignment="right"
    )


def choice_column(
    column: Column,
    options: Iterable[str],
    names: dict[str, str] | None = None,
    *,
    width: int | None = None,
) -> Any:
    """A column whose cells are one word of a list; the stored words are shown unless `names` has others."""
    return st.column_config.SelectboxColumn(
        column.label,
        help=_help(column),
        width=wide_enough(column, width),  # type: ignore[arg-type]
        options=list(options),
        disabled=column.key,
        pinned=column.key,
        format_func=(lambda word: names.get(str(word), str(word))) if names else None,
    )


def _help(column: Column) -> str:
    """What a person should know of a column: its meaning, its unit, and how its cells are written."""
    told = [column.help]
    if column.unit:
        told.append(f"In {'the currency of the plan' if column.unit == 'currency' else column.unit}.")
    told.append(_WRITTEN.get(column.kind, ""))
    return md(" ".join(part for part in told if part))


_WRITTEN = {
    "date": "A day such as 2026-06-30, or a quarter of the plan.",
    "quarter": "A quarter of the plan.",
    "money": "Whole units, digits only.",
    "list": "Join several by |.",
    "ids": "Ids, joined by |.",
    "number": "Digits, with a point before decimals.",
}
