"""Change many at once on a stored draft: a look changes nothing, a save is one step, whole or not at all."""

import pytest

from planner.actions.editing import save, undo
from planner.actions.reworking import preview, save_rework
from planner.errors import PlanChanged
from planner.model.edit import Edit
from planner.rules.rework import Rework
from planner.rules.rework_fields import cancelled
from planner.rules.rework_moves import moved
from planner.rules.rework_parts import Part, split
from planner.store.drafts import draft_version
from planner.store.snapshots import load_plan
from tests.actions.conftest import NOW


def draft(db):
    header = draft_version(db)
    plan = load_plan(db, "draft")
    return plan, plan.calendar.parse(header.quarter), header.number


def live(plan):
    rows = plan["projects"].filter(~plan["projects"]["status"].is_in(["done", "cancelled"]))
    return rows["project_id"].to_list()


def test_what_is_saved_is_what_was_shown(db):
    plan, quarter, number = draft(db)
    rework = split(plan, live(plan)[0], (Part("PRJ-901", "A", 70), Part("PRJ-902", "B", 30)), quarter)
    shown = preview(plan, rework, quarter)

    saved = save_rework(db, rework, number=number, actor="Ann", now=NOW, reason="two teams")

    assert load_plan(db, "draft") == shown.after
    assert (saved.applied, saved.conflicts) == (len(rework.edits), ())


def test_a_look_names_the_findings_that_would_join_and_leave(db):
    plan, quarter, number = draft(db)
    rework = moved(plan, live(plan), 3, quarter)

    shown = preview(plan, rework, quarter)

    assert draft_version(db).number == number
    assert {found.code for found in (*shown.joining, *shown.leaving)}
    assert not set(shown.joining) & set(shown.leaving)


def test_one_undo_takes_the_whole_step_back(db):
    plan, quarter, number = draft(db)
    save_rework(db, cancelled(plan, live(plan)[:4], quarter), number=number, actor="Ann", now=NOW)

    undo(db, actor="Ann", now=NOW)

    assert load_plan(db, "draft") == plan


def test_a_save_since_the_look_stops_it_and_nothing_is_written(db):
    plan, quarter, number = draft(db)
    first = live(plan)[0]
    row = plan["projects"].rows_by_key("project_id", named=True, include_key=True)[first][0]
    save(db, [Edit("projects", (first,), "sponsor", row["sponsor"], "Bea")], actor="Bea", now=NOW)
    between = load_plan(db, "draft")

    with pytest.raises(PlanChanged, match="changed while you looked"):
        save_rework(db, cancelled(plan, live(plan)[:2], quarter), number=number, actor="Ann", now=NOW)

    assert load_plan(db, "draft") == between


def test_edits_that_do_not_fit_the_draft_are_not_half_saved(db):
    plan, quarter, number = draft(db)
    good = cancelled(plan, live(plan)[:1], quarter).edits
    wrong = Edit("projects", (live(plan)[1],), "sponsor", "nobody of that name", "Bea")

    with pytest.raises(PlanChanged):
        save_rework(db, Rework((), (*good, wrong)), number=number, actor="Ann", now=NOW)

    assert load_plan(db, "draft") == plan
