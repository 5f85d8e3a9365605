"""Unsaved edits: made over what was on the screen, held against the draft as it is, taken or dropped, never lost."""

import datetime as dt

from planner.actions.editing import load_pending, save
from planner.actions.removing import remove_item
from planner.actions.unsaved import (
    add_row,
    change_unsaved,
    drop,
    find_stale,
    put_cells,
    take_mine,
)
from planner.model.edit import Edit
from planner.store.snapshots import load_plan
from tests.sample_plans import sample_plan

NOW = dt.datetime(2027, 1, 15, 9, 30, tzinfo=dt.UTC)
FLOOD, MOTOR = ("PRJ-033",), ("PRJ-013",)
PLAN = sample_plan("FY27-Q3")
NEW = {"project_id": "PRJ-500", "name": "New", "status": "proposed"}


def typed(edits, *cells):
    return put_cells(PLAN, edits, "projects", cells)


def test_a_typed_cell_remembers_what_was_on_the_screen_and_keeps_the_text():
    edits = typed([], (FLOOD, "end_date", "31/06/2027"))
    assert edits == [Edit("projects", FLOOD, "end_date", dt.date(2027, 6, 30), "31/06/2027")]


def test_a_cell_typed_twice_is_one_edit_from_the_first_value():
    edits = typed([], (FLOOD, "cost", "1"), (FLOOD, "cost", "2"))
    assert edits == [Edit("projects", FLOOD, "cost", 340_000, "2")]


def test_a_cell_typed_back_is_no_edit():
    edits = typed([], (FLOOD, "end_date", "2028-01-01"), (FLOOD, "name", "Floods"))
    edits = typed(edits, (FLOOD, "end_date", "2027-06-30"))
    assert [edit.field for edit in edits] == ["name"]


def test_an_emptied_cell_is_an_edit_and_an_empty_one_left_empty_is_none():
    assert typed([], (FLOOD, "cost", None))[0].after is None
    assert typed([], (FLOOD, "tags", None), (FLOOD, "tags", "")) == []


def test_cells_of_a_row_that_joins_belong_to_the_row():
    edits = typed(add_row([], "projects", NEW), (("PRJ-500",), "cost", "5 apples"))
    assert edits == [Edit("projects", ("PRJ-500",), "", None, {**NEW, "cost": "5 apples"})]


def test_a_cell_of_a_row_that_is_nowhere_is_left_out():
    assert typed([], (("PRJ-999",), "cost", "5")) == []


def test_two_windows_of_one_person_add_to_each_other(db):
    for field, text in (("cost", "1"), ("name", "Floods")):
        change_unsaved(db, "asha", NOW, lambda kept, f=field, t=text: typed(kept, (FLOOD, f, t)))
    assert [edit.field for edit in load_pending(db, "asha")] == ["cost", "name"]
    assert load_pending(db, "ben") == []


def test_text_that_does_not_read_is_kept_as_it_was_typed(db):
    change_unsaved(db, "asha", NOW, lambda kept: typed(kept, (FLOOD, "end_date", "2027-06-31")))
    (edit,) = load_pending(db, "asha")
    assert edit.after == "2027-06-31"
    assert edit.before == dt.date(2027, 6, 30)


def stale_after(db, edits, *others):
    assert not save(db, others, actor="ben", now=NOW).problems
    plan = load_plan(db, "draft")
    return find_stale(db, plan, edits)


def test_an_edit_that_nobody_met_is_not_stale_nor_is_one_that_both_made(db):
    edits = typed([], (FLOOD, "cost", "1"), (MOTOR, "cost", "2"))
    assert stale_after(db, edits, Edit("projects", MOTOR, "cost", 1_560_000, 2)) == []


def test_a_stale_edit_tells_whose_value_is_there_and_can_be_taken(db):
    edits = typed([], (FLOOD, "cost", "1"))
    (conflict,) = stale_after(db, edits, Edit("projects", FLOOD, "cost", 340_000, 7))
    assert (conflict.stored, conflict.changed_by, conflict.changed_on) == (7, "ben", NOW)
    mine = take_mine(edits, conflict)
    assert save(db, mine, actor="asha", now=NOW).saved.applied == 1
    assert load_plan(db, "draft")["projects"].filter(project_id="PRJ-033")["cost"].item() == 1


def test_theirs_is_kept_by_dropping_mine(db):
    edits = typed([], (FLOOD, "cost", "1"), (FLOOD, "name", "Floods"))
    (conflict,) = stale_after(db, edits, Edit("projects", FLOOD, "cost", 340_000, 7))
    assert [edit.field for edit in drop(edits, [conflict.edit])] == ["name"]


def test_an_edit_of_a_removed_row_brings_the_row_back_with_all_my_cells(db):
    edits = typed([], (FLOOD, "cost", "1"), (FLOOD, "name", "Floods"))
    row = {
        k: v for k, v in PLAN["projects"].filter(project_id="PRJ-033").to_dicts()[0].items() if v is not None
    }
    conflicts = stale_after(db, edits, Edit("projects", FLOOD, "", row, None))
    assert [conflict.is_gone for conflict in conflicts] == [True, True]
    assert take_mine(edits, conflicts[0]) == edits
    (back,) = take_mine(edits, conflicts[0], row)
    assert back.after == {**row, "cost": "1", "name": "Floods"}
    assert save(db, [back], actor="asha", now=NOW).saved.conflicts == ()


def test_a_row_that_both_added_becomes_my_cells_over_theirs(db):
    edits = add_row([], "projects", NEW)
    theirs = {**NEW, "name": "Another", "cost": 5}
    (conflict,) = stale_after(db, edits, Edit("projects", ("PRJ-500",), "", None, theirs))
    assert take_mine(edits, conflict) == [Edit("projects", ("PRJ-500",), "name", "Another", "New")]


def test_a_row_that_changed_while_i_removed_it_is_removed_only_when_i_say_so(db):
    edits = remove_item(PLAN, [], "projects", FLOOD)
    (conflict,) = stale_after(db, edits, Edit("projects", FLOOD, "cost", 340_000, 7))
    assert not conflict.is_gone
    assert save(db, take_mine(edits, conflict), actor="asha", now=NOW).saved.conflicts == ()
    assert load_plan(db, "draft")["projects"].filter(project_id="PRJ-033").is_empty()
