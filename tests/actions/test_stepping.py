"""The steps of a person in sentences, and which of them an undo and a redo take next."""

import datetime as dt

from planner.actions.editing import redo, save, undo, undo_saves
from planner.actions.explaining import with_reason
from planner.actions.importing import Reason
from planner.actions.stepping import load_steps, reason_sentence, size_sentence, step_sentence
from planner.model.edit import Edit
from planner.store.snapshots import load_plan

NOW = dt.datetime(2027, 1, 15, 9, 30, tzinfo=dt.UTC)
FLOOD = ("PRJ-033",)
LATE = Reason("delivery", "the trial needs: a second winter")
COST = Edit("projects", FLOOD, "cost", 340_000, "360000")
FINISH = Edit("projects", FLOOD, "end_date", dt.date(2027, 6, 30), "2027-09-30")
NEW = {"project_id": "PRJ-034", "name": "Pilot", "kind": "run", "status": "planned"}


def saved(db, *edits, reason=None):
    said = f"{reason.code}: {reason.text}" if reason else ""
    explained = with_reason(load_plan(db, "draft"), edits, reason)
    outcome = save(db, explained, actor="asha", now=NOW, reason=said)
    assert (outcome.problems, outcome.saved.conflicts) == ((), ())


def steps(db):
    return load_steps(db, "asha", 9)


def name_of(edit):
    return (edit.after or edit.before)["name"] if edit.is_row and edit.table == "projects" else edit.id


def test_a_step_says_its_item_its_fields_how_much_and_why(db):
    saved(db, FINISH, COST, reason=LATE)
    (step,) = steps(db).listed
    assert step_sentence(step, name_of) == "PRJ-033: finish, cost"
    assert size_sentence(step) == "2 changes in 1 row"
    assert reason_sentence(step).endswith(": the trial needs: a second winter")
    assert step.saved_on == NOW


def test_a_row_that_joined_is_called_by_its_name_and_further_rows_are_counted(db):
    rows = load_plan(db, "draft")["projects"].select("project_id", "name").head(3).rows()
    renamed = [Edit("projects", (key,), "name", name, f"{name}!") for key, name in rows]
    saved(db, Edit("projects", ("PRJ-034",), "", None, NEW), *renamed)
    assert step_sentence(steps(db).listed[0], name_of) in {
        "Pilot: project added; PRJ-001: project and 2 more rows",
        "PRJ-001: project; PRJ-002: project and 2 more rows",
    }


def test_a_step_without_a_reason_says_none_and_other_words_are_kept(db):
    saved(db, COST)
    assert reason_sentence(steps(db).listed[0]) == ""
    save(db, [FINISH], actor="asha", now=NOW, reason="import of plan.zip")
    assert reason_sentence(steps(db).listed[0]) == "import of plan.zip"


def test_what_is_undone_and_redone_next_is_known(db):
    assert (steps(db).undoable, steps(db).redoable) == (None, None)
    saved(db, COST)
    saved(db, FINISH)
    second, first = steps(db).listed
    assert steps(db).down_to(first) == [second.save, first.save]
    undo_saves(db, steps(db).down_to(first), actor="asha", now=NOW)
    assert (steps(db).undoable, steps(db).redoable.save) == (None, first.save)
    redo(db, actor="asha", now=NOW)
    assert (steps(db).undoable.save, steps(db).redoable.save) == (first.save, second.save)
    undo(db, actor="asha", now=NOW)
    assert [step.is_undone for step in steps(db).listed] == [True, True]
