"""The links between two tiers as a matrix: its cells, its totals, its gaps, and which rows and columns are shown."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.model.plan import Plan
from planner.rules.matrix import MATRICES, Total, matrix_frame, stored_cells, totals, with_totals
from planner.rules.matrix_view import (
    COLUMNS,
    ROWS,
    UNSIGHTED,
    MatrixView,
    filter_words,
    find_gaps,
    matrix_shown,
)
from planner.rules.sight import orphan_projects
from tests.plans import plans
from tests.rules.small_plans import capability, enabler, link, outcome, plan, project, worked_example
from tests.sample_plans import sample_plan

P_E, P_C, E_C, C_O = (
    "projects-enablers",
    "projects-capabilities",
    "enablers-capabilities",
    "capabilities-outcomes",
)


def shown(of_plan, key, **view):
    return matrix_shown(of_plan, MatrixView(key, **view))


def test_there_is_a_matrix_for_each_pair_of_neighbouring_tiers():
    assert list(MATRICES) == [C_O, E_C, P_E, P_C]


def test_a_cell_holds_the_strength_and_an_empty_cell_is_no_link():
    matrix = shown(worked_example(), C_O)
    assert matrix_frame(matrix).to_dicts() == [
        {"row": "C1", "name": "Capability C1", "c0": "3", "c1": None},
        {"row": "C2", "name": "Capability C2", "c0": "1", "c1": "2"},
    ]
    assert [column.id for column in matrix.columns] == ["O1", "O2"]


def test_rows_and_columns_are_counted_and_added_up():
    rows, columns = totals(shown(worked_example(), C_O))
    assert rows == {"C1": Total(1, 3), "C2": Total(2, 3)}
    assert columns == {"O1": Total(2, 4), "O2": Total(1, 2)}


def test_a_link_of_unknown_strength_counts_and_adds_nothing():
    of_plan = plan(capabilities=[capability()], outcomes=[outcome()], links=[link("C1", "O1", None)])
    matrix = shown(of_plan, C_O)
    assert matrix_frame(matrix)["c0"].to_list() == ["?"]
    assert totals(matrix)[0] == {"C1": Total(1, 0)}


def test_totals_are_of_the_cells_that_are_shown():
    rows, columns = totals(shown(worked_example(), C_O, find_columns="O2"))
    assert rows == {"C1": Total(), "C2": Total(1, 2)}
    assert columns == {"O2": Total(1, 2)}


def test_words_of_people_are_never_names_of_columns():
    hostile = outcome("O1", name='"; DROP', short_name="name")
    of_plan = plan(capabilities=[capability()], outcomes=[hostile], links=[])
    frame = matrix_frame(shown(of_plan, C_O))
    told = with_totals(frame, {}, {"serves": {"C1": "row"}})
    assert told.columns == ["row", "name", "c0", "links", "strengths", "serves"]
    assert told.row(0) == ("C1", "Capability C1", None, 0, 0, "row")


GAPPY = {
    "projects": [project("P1"), project("P2"), project("P3", status="done"), project("P4")],
    "enablers": [enabler("E1"), enabler("E2"), enabler("E3")],
    "capabilities": [capability("C1")],
    "outcomes": [outcome("O1")],
    "links": [link("P1", "E1"), link("P3", "E2"), link("P4", "C1"), link("C1", "O1"), link("E1", "C1")],
}


def test_gaps_are_rows_and_columns_without_a_link_and_projects_without_a_line_of_sight():
    gaps = find_gaps(plan(**GAPPY), MatrixView(P_E))
    assert gaps.rows == {"P2", "P4"}
    assert gaps.columns == {"E3"}
    assert gaps.unsighted == {"P2"}


@pytest.mark.parametrize(
    ("gaps", "rows", "columns"),
    [
        (ROWS, ["P2", "P4"], ["E1", "E2", "E3"]),
        (COLUMNS, ["P1", "P2", "P4"], ["E3"]),
        (UNSIGHTED, ["P2"], ["E1", "E2", "E3"]),
    ],
)
def test_only_gaps_can_be_shown(gaps, rows, columns):
    matrix = shown(plan(**GAPPY), P_E, gaps=gaps)
    assert (list(matrix.row_ids), list(matrix.column_ids)) == (rows, columns)


def test_a_gap_stays_one_whatever_the_other_filters_hide():
    assert find_gaps(plan(**GAPPY), MatrixView(P_E, find_columns="E3")).rows == {"P2", "P4"}


def test_closed_projects_are_there_only_when_asked_for():
    assert shown(plan(**GAPPY), P_E).row_ids == ("P1", "P2", "P4")
    assert shown(plan(**GAPPY), P_E, with_closed=True).row_ids == ("P1", "P2", "P4", "P3")


def test_rows_are_found_by_name_unit_team_status_and_outcome():
    of_plan = plan(
        projects=[
            project("P1", business_unit="Claims|Motor", lead_team_id="T1", status="planned"),
            project("P2", business_unit="Motorways", lead_team_id="T2", status="proposed"),
        ],
        enablers=[enabler("E1"), enabler("E2")],
        capabilities=[capability("C1")],
        outcomes=[outcome("O1")],
        links=[link("P1", "E1"), link("E1", "C1"), link("C1", "O1"), link("P2", "E2")],
    )
    assert shown(of_plan, P_E, units=("Motor",)).row_ids == ("P1",)
    assert shown(of_plan, P_E, teams=("T2",)).row_ids == ("P2",)
    assert shown(of_plan, P_E, statuses=("proposed",)).row_ids == ("P2",)
    assert shown(of_plan, P_E, find_rows="project p2").row_ids == ("P2",)
    cut = shown(of_plan, P_E, outcomes=("O1",))
    assert (cut.row_ids, cut.column_ids) == (("P1",), ("E1",))
    kind = MATRICES[P_E]
    assert filter_words(of_plan, kind, "unit") == ["Claims", "Motor", "Motorways"]
    assert filter_words(of_plan, kind, "status") == ["proposed", "planned"]
    assert filter_words(of_plan, MATRICES[C_O], "team") == []


def test_capabilities_stand_by_code_and_one_that_has_parts_only_where_it_has_a_link():
    of_plan = plan(
        capabilities=[
            capability("C1", code="3"),
            capability("C2", code="3.10", parent_id="C1"),
            capability("C3", code="3.2", parent_id="C1"),
            capability("C4", code="2"),
            capability("C5", code="2.1", parent_id="C4"),
            capability("C6"),
        ],
        outcomes=[outcome("O1")],
        links=[link("C4", "O1")],
    )
    assert shown(of_plan, C_O).row_ids == ("C4", "C5", "C3", "C2", "C6")


def test_a_link_called_by_another_name_is_no_cell():
    of_plan = plan(
        capabilities=[capability()], outcomes=[outcome()], links=[link("C1", "O1", 3, link_type="supports")]
    )
    assert stored_cells(of_plan, MATRICES[C_O]) == {}


def test_every_link_of_the_sample_is_a_cell_of_one_matrix():
    of_plan = sample_plan("FY27-Q3")
    counts = [len(stored_cells(of_plan, kind)) for kind in MATRICES.values()]
    assert sum(counts) == of_plan["links"].height
    gaps = find_gaps(of_plan, MatrixView(P_E))
    assert gaps.unsighted == frozenset(orphan_projects(of_plan))


@settings(max_examples=25, deadline=None)
@given(plans(), st.sampled_from(list(MATRICES)), st.booleans(), st.randoms(use_true_random=False))
def test_the_order_of_rows_in_the_tables_does_not_matter(drawn, key, with_closed, chance):
    def shuffled(frame):
        places = list(range(frame.height))
        chance.shuffle(places)
        return frame[places]

    other = Plan.of_settled({name: shuffled(drawn[name]) for name in drawn})
    view = MatrixView(key, with_closed=with_closed)
    one, two = matrix_shown(drawn, view), matrix_shown(other, view)
    assert one.cells == two.cells
    assert set(one.rows) == set(two.rows)
    assert totals(one) == totals(two)
    assert find_gaps(drawn, view) == find_gaps(other, view)


@settings(max_examples=25, deadline=None)
@given(plans(), st.sampled_from(list(MATRICES)))
def test_rows_and_columns_add_up_to_the_same(drawn, key):
    rows, columns = totals(shown(drawn, key, with_closed=True))
    assert sum(total.count for total in rows.values()) == sum(total.count for total in columns.values())
    assert sum(total.strength for total in rows.values()) == sum(total.strength for total in columns.values())
