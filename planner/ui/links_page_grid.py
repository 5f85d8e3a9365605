"""The matrix of links as a grid: what is typed into a cell becomes an unsaved edit of the link; totals follow at once.

Totals and the mark of the chosen row change in the drawing that is there: the editor stays the same one, and what
is typed stays in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from planner.actions.matrix_edits import put_strengths
from planner.rules.matrix import NAME, totals, with_totals
from planner.rules.matrix_view import shortened
from planner.rules.sentences import counted
from planner.rules.sight import main_outcomes
from planner.ui import address, desk, session
from planner.ui.links_drawing import draw, drawings
from planner.ui.links_page_controls import BY, many_word
from planner.ui.markup import md, tag

if TYPE_CHECKING:
    from planner.model.edit import Edit
    from planner.model.plan import Plan
    from planner.model.version import Version
    from planner.rules.matrix import Item, Matrix, MatrixKind, Total
    from planner.rules.matrix_view import MatrixView
    from planner.ui.links_drawing import MatrixDrawing

ITEM = "item"  # the chosen item, as 'project:PRJ-015'
MOST_ROWS, MOST_COLUMNS = 300, 100  # on one page
_HEIGHT, _ROW, _EDGE = 600, 33, 8
_SEE, _SERVES = "see", "serves"
_SEEN, _UNSEEN = "●", "○"


def hear() -> None:
    """Take what was typed into the matrices over to the unsaved edits of the person."""
    for drawing in drawings():
        typed = drawing.typed()
        if typed:
            _put(drawing, drawing.cells_of(typed))
            drawing.take_over(typed)


def _put(drawing: MatrixDrawing, cells: list[tuple[str, str, str | None]]) -> None:
    plan, kind = drawing.plan, drawing.matrix.kind
    desk.change(lambda kept: put_strengths(plan, kept, kind, cells), drawing.version)


@st.fragment
def show_matrix(
    draft: Version, plan: Plan, edits: list[Edit], matrix: Matrix, view: MatrixView, item: str
) -> None:
    """Draw a matrix, a page of it where it is large, with its totals; the row of `item` is marked.

    Another page of it is drawn alone; where anything was typed or chosen, or has changed, the whole page is.
    """
    if _is_overtaken(draft, edits, item):
        st.rerun()
    kind = matrix.kind
    # This line keeps the grid's own buttons, which float above it, off the bar with Save.
    with st.container(horizontal=True, vertical_alignment="center", gap="small", border=False):
        st.html(tag("p", _size_word(matrix, view), class_="p-note"), width="content")
        rows_of_page = _page("rows-page", len(matrix.rows), MOST_ROWS, many_word(kind.row_table))
        columns_of_page = _page(
            "columns-page", len(matrix.columns), MOST_COLUMNS, many_word(kind.column_table)
        )
        is_named = _pick_names(kind)
    part = matrix.part(rows_of_page, columns_of_page)
    _show_cells(part, draw(part, plan, draft.label), draft, totals(matrix), item, is_named=is_named)
    st.html(tag("p", _HOW, class_="p-note"))


def _show_cells(
    part: Matrix,
    drawing: MatrixDrawing,
    draft: Version,
    of_all: tuple[dict[str, Total], dict[str, Total]],
    item: str,
    *,
    is_named: bool,
) -> None:
    """The editor of a part of the matrix, beside the totals of the rows and columns of all of it."""
    rows, columns = of_all
    kind = part.kind
    chosen = item.removeprefix(f"{kind.row_tier}:")
    told = {_SEE: {row: _SEEN if row == chosen else _UNSEEN for row in part.row_ids}}
    if kind.row_tier == "project":
        told[_SERVES] = _main_outcome_names(str(session.environment().database), session.state_of(draft))
    serves = [_SERVES] if _SERVES in told else []
    st.data_editor(
        with_totals(drawing.frame(part), rows, told).to_pandas(),  # polars would be turned back afterwards
        key=drawing.key,
        column_config=_configs(part, drawing, columns, is_named=is_named),
        column_order=[_SEE, NAME, "links", "strengths", *serves, *_cells(part)],
        hide_index=True,
        num_rows="fixed",
        width="stretch",
        height=min(_HEIGHT, _ROW * (len(part.rows) + 1) + _EDGE),
        placeholder="",
        alt=f"Links from {many_word(kind.row_table)} to {many_word(kind.column_table)}",
    )


def _is_overtaken(draft: Version, edits: list[Edit], item: str) -> bool:
    """Whether the page is another one than when it was drawn as a whole."""
    if any(drawing.typed() for drawing in drawings()) or st.session_state.get(ITEM, "") != item:
        return True
    return session.state_of(session.edited()) != session.state_of(draft) or desk.unsaved() != edits


_HOW = (
    "Type 1 (some), 2 (clear) or 3 (strong); an empty cell is no link, ? one whose strength is not known. "
    "Beside each name stand its links and Σ, the sum of their strengths, of the cells shown."
)


def _cells(matrix: Matrix) -> list[str]:
    return [f"c{number}" for number in range(len(matrix.columns))]


def _size_word(matrix: Matrix, view: MatrixView) -> str:
    kind = matrix.kind
    live = "live " if kind.row_tier == "project" and not view.with_closed else ""
    rows = f"{len(matrix.rows):,} {live}{_one_or_many(kind.row_table, len(matrix.rows))}"
    return f"{rows} {BY} {len(matrix.columns):,} {_one_or_many(kind.column_table, len(matrix.columns))}"


def _one_or_many(table: str, count: int) -> str:
    many = many_word(table)
    return many if count != 1 else many.removesuffix("s") if not many.endswith("ies") else f"{many[:-3]}y"


def _pick_names(kind: MatrixKind) -> bool:
    """Whether names stand over the columns, cut to what fits; outcomes have short ones anyway."""
    if kind.column_tier == "outcome":
        return True
    address.read_flag("names")
    is_named = st.toggle("Names over the columns", key="names")
    address.write("names", *(["1"] if is_named else []))
    return is_named


def _page(key: str, count: int, most: int, what: str) -> slice:
    """Draw the choice of a page where there are more than fit on one; return the part of the list."""
    if count <= most:
        return slice(None)
    firsts = [str(first) for first in range(0, count, most)]
    address.read_one(key, firsts, firsts[0])
    first = st.selectbox(
        f"Part of the {what}",
        firsts,
        format_func=lambda first: f"{what} {int(first) + 1:,} to {min(int(first) + most, count):,}",
        key=key,
        label_visibility="collapsed",
        width=230,
    )
    address.write(key, *([first] if first != firsts[0] else []))
    return slice(int(first), int(first) + most)


def _configs(
    matrix: Matrix, drawing: MatrixDrawing, columns: dict[str, Total], *, is_named: bool
) -> dict[str, Any]:
    """How the columns of the grid look; the words over them change without making another grid."""
    kind = matrix.kind
    one = _one_or_many(kind.row_table, 1)
    others = many_word(kind.column_table)
    configs: dict[str, Any] = {
        _SEE: st.column_config.ButtonColumn(
            "See",
            width=42,
            pinned=True,
            type="tertiary",
            key=f"{drawing.key}-see",
            on_click=_choose,
            args=(drawing,),
            help=f"Shows the line of sight of the {one} beside the matrix.",
        ),
        NAME: st.column_config.TextColumn(one.capitalize(), width=222, pinned=True, disabled=True),
        "links": st.column_config.NumberColumn(
            "Links",
            width=52,
            pinned=True,
            disabled=True,
            help=f"How many of the {others} shown it has a link to.",
        ),
        "strengths": st.column_config.NumberColumn(
            "Σ", width=36, pinned=True, disabled=True, help="The sum of the strengths of its links shown."
        ),
        _SERVES: st.column_config.TextColumn(
            "Serves most",
            width=96,
            disabled=True,
            help="The outcome that its largest share reaches, as saved.",
        ),
    }
    for number, item in enumerate(matrix.columns):
        configs[f"c{number}"] = _cell_column(item, columns[item.id], kind, is_named=is_named)
    return configs


def _cell_column(item: Item, total: Total, kind: MatrixKind, *, is_named: bool) -> Any:
    over = shortened(item.name, 18) if is_named and kind.column_tier != "outcome" else item.short
    told = f"{item.name} ({item.id}): {counted(total.count, 'link')}, strengths add up to {total.strength}."
    label = f"{over}  {total.count} Σ{total.strength}"
    return st.column_config.TextColumn(
        label,
        width=36 + round(5.9 * len(label)),
        help=md(told),
        alignment="center",
        max_chars=8,
    )


def _choose(drawing: MatrixDrawing) -> None:
    """Show the row whose button was pressed beside the matrix."""
    pressed = st.session_state[f"{drawing.key}-see"]
    row = drawing.matrix.row_ids[pressed["row"]]
    st.session_state[ITEM] = f"{drawing.matrix.kind.row_tier}:{row}"


@st.cache_resource(max_entries=8, show_spinner=False)
def _main_outcome_names(path: str, state: str) -> dict[str, str]:
    """What stands for the outcome that each project serves most, as the draft is saved."""
    del path, state
    plan = session.plan_of(session.edited())
    named = plan["outcomes"].select("outcome_id", "short_name", "name").iter_rows()
    names = {outcome: short or shortened(name or outcome) for outcome, short, name in named}
    most = main_outcomes(plan).select("project_id", "outcome_id").iter_rows()
    return {project: names.get(outcome, outcome) for project, outcome in most}
