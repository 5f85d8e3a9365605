"""Cells of a matrix as edits of links: the edits of a changed matrix make that matrix, in any order, and no more."""

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.actions.editing import read_edits, save, undo
from planner.actions.matrix_edits import put_strengths, with_unsaved
from planner.actions.unsaved import add_row
from planner.model.edit import Edit
from planner.rules.edited import with_edits
from planner.rules.matrix import MATRICES, stored_cells
from planner.rules.matrix_view import MatrixView, matrix_shown
from planner.store.snapshots import load_plan
from tests.actions.conftest import NOW
from tests.plans import plans
from tests.rules.small_plans import capability, link, outcome, plan

KIND = MATRICES["capabilities-outcomes"]
WHY = "settlement speed is what customers feel"
PLAN = plan(
    capabilities=[capability("C1"), capability("C2")],
    outcomes=[outcome("O1"), outcome("O2")],
    links=[{**link("C1", "O1", 3), "rationale": WHY}, link("C2", "O1", None)],
)
C1_O1, C1_O2 = KIND.link_key("C1", "O1"), KIND.link_key("C1", "O2")
ROW = {
    **dict(zip(("from_type", "from_id", "to_type", "to_id", "link_type"), C1_O1, strict=True)),
    "strength": 3,
}
ROW["rationale"] = WHY


def put(edits, *cells):
    return put_strengths(PLAN, edits, KIND, cells)


def test_a_filled_cell_lets_a_link_join():
    (edit,) = put([], ("C1", "O2", "2"))
    assert (edit.key, edit.field, edit.before) == (C1_O2, "", None)
    assert edit.after["strength"] == "2"


def test_another_strength_is_one_changed_cell():
    assert put([], ("C1", "O1", "1")) == [Edit("links", C1_O1, "strength", 3, "1")]
    assert put([], ("C1", "O1", "?")) == [Edit("links", C1_O1, "strength", 3, None)]
    assert put([], ("C1", "O1", " 3 ")) == []


def test_an_emptied_cell_lets_the_link_leave_with_its_rationale():
    assert put([], ("C1", "O1", None)) == [Edit("links", C1_O1, "", ROW, None)]
    assert put([], ("C1", "O1", "")) == put([], ("C1", "O1", None))


def test_a_link_that_would_leave_stays_when_its_cell_is_filled_again():
    leaving = put([], ("C1", "O1", None))
    assert put(leaving, ("C1", "O1", "3")) == []
    assert put(leaving, ("C1", "O1", "1")) == [Edit("links", C1_O1, "strength", 3, "1")]
    assert put(leaving, ("C1", "O1", "")) == leaving


def test_a_link_that_only_joined_is_forgotten_when_its_cell_is_emptied():
    joined = put([], ("C1", "O2", "2"))
    assert put(joined, ("C1", "O2", "3"))[0].after["strength"] == "3"
    assert put(joined, ("C1", "O2", "")) == []


def test_an_unsaved_rationale_leaves_with_its_link():
    edits = [Edit("links", C1_O1, "rationale", WHY, "because")]
    assert put(edits, ("C1", "O1", "")) == [Edit("links", C1_O1, "", ROW, None)]
    assert put(edits, ("C1", "O1", "2")) == [*edits, Edit("links", C1_O1, "strength", 3, "2")]


def test_unsaved_edits_are_seen_in_the_cells_as_they_were_typed():
    edits = put([], ("C1", "O1", ""), ("C1", "O2", "7"), ("C2", "O1", "2"))
    matrix = with_unsaved(matrix_shown(PLAN, MatrixView(KIND.key)), edits)
    assert matrix.cells == {("C1", "O2"): "7", ("C2", "O1"): "2"}


def test_items_that_join_or_leave_or_are_renamed_are_seen_before_they_are_saved():
    edits = add_row([], "outcomes", {"outcome_id": "O3", "name": "Known by everybody"})
    edits.append(Edit("outcomes", ("O2",), "", {"outcome_id": "O2"}, None))
    edits.append(Edit("capabilities", ("C1",), "name", "Capability C1", "Claims"))
    matrix = with_unsaved(matrix_shown(PLAN, MatrixView(KIND.key)), edits)
    assert [(item.id, item.short) for item in matrix.columns] == [
        ("O3", "Known by ever…"),
        ("O1", "Outcome O1"),
    ]
    assert [item.name for item in matrix.rows] == ["Claims", "Capability C2"]


CELLS = st.sampled_from(["", "1", "2", "3", "?"])


@st.composite
def changed_matrices(draw):
    """A plan, one of its matrices, and another text for each cell of it."""
    drawn, key = draw(plans()), draw(st.sampled_from(list(MATRICES)))
    matrix = matrix_shown(drawn, MatrixView(key, with_closed=True))
    wanted = {(row, column): draw(CELLS) for row in matrix.row_ids for column in matrix.column_ids}
    return drawn, matrix, wanted


def typed(edits):
    """The edits with their strengths read, as a save would."""
    read = []
    for edit in edits:
        if edit.is_row and edit.after is not None:
            after = {**edit.after, "strength": _whole(edit.after["strength"])}
        else:
            after = _whole(edit.after) if edit.field == "strength" else edit.after
        read.append(Edit(edit.table, edit.key, edit.field, edit.before, after))
    return read


def _whole(text):
    return None if text is None else int(text)


@settings(max_examples=40, deadline=None)
@given(changed_matrices(), st.randoms(use_true_random=False))
def test_the_edits_of_a_changed_matrix_make_that_matrix(changed, chance):
    drawn, matrix, wanted = changed
    cells = [(row, column, text) for (row, column), text in wanted.items()]
    elsewhere = {cell: text for cell, text in matrix.cells.items() if cell not in wanted}
    target = elsewhere | {cell: text for cell, text in wanted.items() if text}
    edits = put_strengths(drawn, [], matrix.kind, cells)
    assert with_unsaved(matrix, edits).cells == target
    assert stored_cells(with_edits(drawn, typed(edits)), matrix.kind) == target
    chance.shuffle(cells)
    other = put_strengths(drawn, [], matrix.kind, cells)
    assert sorted(map(repr, other)) == sorted(map(repr, edits))


@settings(max_examples=25, deadline=None)
@given(changed_matrices())
def test_an_unchanged_matrix_gives_no_edit_and_neither_does_one_that_is_changed_back(changed):
    drawn, matrix, wanted = changed
    as_it_is = [(row, column, matrix.cells.get((row, column))) for row, column in wanted]
    assert put_strengths(drawn, [], matrix.kind, as_it_is) == []
    edits = put_strengths(drawn, [], matrix.kind, [(*cell, text) for cell, text in wanted.items()])
    back = put_strengths(drawn, edits, matrix.kind, as_it_is)
    assert with_unsaved(matrix, back).cells == matrix.cells
    assert stored_cells(with_edits(drawn, typed(back)), matrix.kind) == stored_cells(drawn, matrix.kind)


def test_a_removed_link_comes_back_with_its_rationale_when_the_save_is_undone(db):
    before = load_plan(db, "draft")
    assert (
        save(
            db, [Edit("links", links_key(before), "rationale", None, WHY)], actor="ben", now=NOW
        ).saved.applied
        == 1
    )
    explained = load_plan(db, "draft")
    kind, row, column = MATRICES["projects-enablers"], *links_key(explained)[1:4:2]
    edits = put_strengths(explained, [], kind, [(row, column, None)])
    assert save(db, edits, actor="asha", now=NOW + dt.timedelta(minutes=1)).saved.conflicts == ()
    assert (row, column) not in stored_cells(load_plan(db, "draft"), kind)
    undo(db, actor="asha", now=NOW + dt.timedelta(minutes=2))
    assert load_plan(db, "draft")["links"].equals(explained["links"])


def links_key(of_plan):
    """The first link of a project to an enabler."""
    row = of_plan["links"].filter(link_type="delivers").row(0)
    return tuple(row[:5])


def test_a_cell_that_is_no_strength_is_told_and_not_written(db):
    of_plan = load_plan(db, "draft")
    row, column = links_key(of_plan)[1:4:2]
    edits = put_strengths(of_plan, [], MATRICES["projects-enablers"], [(row, column, "7")])
    _, problems = read_edits(db, edits)
    assert [(problem.field, problem.problem.value) for problem in problems] == [("strength", "7")]
