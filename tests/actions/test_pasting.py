"""Rows pasted from a spreadsheet: read like a file, told with their problems, handed on as cells and rows."""

import pytest

from planner.actions.pasting import read_paste


def test_labels_or_names_of_columns_head_the_rows(db):
    by_label = read_paste(db, "projects", "Id\tFinish\tCost\nPRJ-033\t2027-09-30\t360000\n")
    by_name = read_paste(db, "projects", "project_id,end_date,cost\nPRJ-033,2027-09-30,360000")
    assert by_label == by_name
    assert set(by_label.cells) == {
        (("PRJ-033",), "end_date", "2027-09-30"),
        (("PRJ-033",), "cost", "360000"),
    }


def test_new_ids_are_added_and_the_same_values_say_nothing(db):
    pasted = read_paste(
        db, "projects", "Id\tProject\tCost\nPRJ-500\tNew\t5\nPRJ-033\tFlood claims surge readiness\t340000"
    )
    assert pasted.added == ({"project_id": "PRJ-500", "name": "New", "cost": 5},)
    assert pasted.cells == ()


def test_a_quarter_is_read_as_a_day_and_an_empty_cell_empties(db):
    pasted = read_paste(db, "projects", "Id\tFinish\tCost\nPRJ-033\tFY28-Q1\t")
    assert set(pasted.cells) == {(("PRJ-033",), "end_date", "2027-06-30"), (("PRJ-033",), "cost", None)} - {
        (("PRJ-033",), "end_date", "2027-06-30")
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Id\tFinish\nPRJ-033\t03/02/2027", "2027-02-03 or 2027-03-02"),
        ("Id\tRating\nPRJ-033\tGreen", "Did you mean 'green'?"),
        ("Id\tColour\nPRJ-033\tred", "Colour"),
        ("Finish\n2027-01-01", "project_id"),
        ("Id\tProject\nPRJ-900\t", "Each row needs name"),
        ('project_id\tname\nPRJ-900\t"open', "quot"),
        ("just words", "just words"),
    ],
)
def test_what_does_not_read_is_told_and_nothing_is_taken(db, text, said):
    pasted = read_paste(db, "projects", text)
    assert any(said in problem.message for problem in pasted.problems)
    assert (pasted.cells, pasted.added) == ((), ())


def test_rows_of_any_table_are_pasted_by_their_key(db):
    people = read_paste(db, "capacity", "Team\tQuarter\tPeople\nTEAM-01\tFY28-Q1\t26.5\nTEAM-01\tFY33-Q4\t20")
    assert people.cells == ((("TEAM-01", "FY28-Q1"), "fte", "26.5"),)
    assert people.added == ({"team_id": "TEAM-01", "quarter": "FY33-Q4", "fte": 20.0},)


def test_a_needed_cell_that_is_not_pasted_stays_as_it_is(db):
    pasted = read_paste(db, "kpis", "Id\tTarget\nKPI-001\t9")
    assert pasted.cells == ((("KPI-001",), "target_value", "9"),)
    new = read_paste(db, "kpis", "Id\tTarget\nKPI-900\t9")
    assert any("outcome_id" in problem.message or "name" in problem.message for problem in new.problems)
