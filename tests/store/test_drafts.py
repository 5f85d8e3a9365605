"""The draft: cells saved where they are still what was seen, conflicts told, saves undone, tables replaced."""

import datetime as dt

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.errors import NothingToUndo, PlanChanged
from planner.model.edit import Edit
from planner.model.plan import Plan
from planner.model.tables import TABLES
from planner.store.database import Database
from planner.store.drafts import (
    draft_version,
    drop_pending,
    keep_pending,
    load_pending,
    replace_draft,
    replace_quarter,
    undo_last_save,
)
from planner.store.snapshots import load_plan
from planner.store.versions import list_versions
from tests.plans import plans
from tests.store.small import NOW, cell, fill, frame, project, save, seal, small_plan

LATER = NOW + dt.timedelta(minutes=5)
NEW = {"project_id": "P-9", "name": "Nine", "cost": 5}


def undo(db, actor="ann"):
    return undo_last_save(db, actor=actor, now=LATER)


# --- cells


def test_a_cell_is_saved_where_it_is_what_was_seen(filled):
    number = draft_version(filled).number
    saved = save(filled, cell("P-1", "cost", 10, 11), cell("P-1", "end_date", dt.date(2027, 3, 31), None))
    assert (saved.applied, saved.conflicts, saved.number) == (2, (), number + 1)
    assert (project(filled, "P-1")["cost"], project(filled, "P-1")["end_date"]) == (11, None)


@pytest.mark.parametrize(
    ("field", "before", "after"),
    [
        ("name", "One", "Zwei ☂"),
        ("cost", 10, None),
        ("benefit_annual", None, 0),
        ("end_date", dt.date(2027, 3, 31), dt.date(2028, 2, 29)),
        ("success_probability", None, 0.1),
    ],
)
def test_every_kind_of_cell_is_saved_and_undone(filled, field, before, after):
    assert save(filled, cell("P-1", field, before, after)).applied == 1
    assert project(filled, "P-1")[field] == after
    assert undo(filled).applied == 1
    assert project(filled, "P-1")[field] == before


def test_a_cell_that_somebody_changed_comes_back_with_who_and_when(filled):
    save(filled, cell("P-1", "cost", 10, 11), actor="bob", now=LATER)
    saved = save(filled, cell("P-1", "cost", 10, 12), cell("P-2", "cost", 20, 21))
    (conflict,) = saved.conflicts
    assert saved.applied == 1
    assert (conflict.stored, conflict.changed_by, conflict.changed_on) == (11, "bob", LATER)
    assert (project(filled, "P-1")["cost"], project(filled, "P-2")["cost"]) == (11, 21)


def test_a_cell_that_already_holds_the_new_value_counts_as_saved_and_writes_nothing(filled):
    save(filled, cell("P-1", "cost", 10, 11), actor="bob")
    number = draft_version(filled).number
    saved = save(filled, cell("P-1", "cost", 10, 11))
    assert (saved.applied, saved.conflicts, saved.number) == (1, (), number)


def test_a_cell_of_a_row_that_is_gone_comes_back(filled):
    saved = save(filled, cell("P-8", "cost", 1, 2))
    assert [(conflict.is_gone, conflict.stored) for conflict in saved.conflicts] == [(True, None)]
    assert saved.number == draft_version(filled).number


def test_two_people_on_different_cells_of_a_row_never_meet(filled):
    assert save(filled, cell("P-1", "cost", 10, 11), actor="ann").conflicts == ()
    assert save(filled, cell("P-1", "name", "One", "Uno"), actor="bob").conflicts == ()
    assert (project(filled, "P-1")["cost"], project(filled, "P-1")["name"]) == (11, "Uno")


def test_edits_of_one_cell_in_one_save_follow_each_other(filled):
    saved = save(filled, cell("P-1", "cost", 10, 11), cell("P-1", "cost", 11, 12))
    assert (saved.applied, project(filled, "P-1")["cost"]) == (2, 12)


def test_values_are_kept_in_their_settled_form(filled):
    save(filled, cell("P-1", "name", "One", "Cafe\u0301"), cell("P-1", "tags", "a|b", "c| a|c"))
    stored = load_plan(filled, "draft")
    assert project(filled, "P-1")["name"] == "Caf\u00e9"
    assert project(filled, "P-1")["tags"] == "a|c"
    assert stored == Plan.of(stored.frames)


def test_text_is_data_and_never_a_statement(filled):
    nasty = "'); DROP TABLE work_projects; --"
    save(filled, cell("P-1", "name", "One", nasty), Edit("projects", (nasty,), "cost", 1, 2))
    assert project(filled, "P-1")["name"] == nasty


def test_the_key_of_a_row_is_never_edited(filled):
    with pytest.raises(ValueError, match="identifies a row"):
        save(filled, cell("P-1", "project_id", "P-1", "P-9"))


# --- rows


def test_a_row_joins_and_leaves_and_its_cells_can_be_edited_in_the_same_save(filled):
    joins = Edit("projects", ("P-9",), "", None, NEW)
    saved = save(filled, joins, cell("P-9", "cost", 5, 6), cell("P-9", "why", None, "because"))
    assert (saved.applied, saved.conflicts) == (3, ())
    assert project(filled, "P-9")["cost"] == 6
    assert undo(filled).conflicts == ()
    assert load_plan(filled, "draft") == small_plan()


def test_a_row_that_is_there_already_is_told(filled):
    saved = save(filled, Edit("projects", ("P-2",), "", None, {"project_id": "P-2", "name": "Other"}))
    (conflict,) = saved.conflicts
    assert conflict.stored == {"project_id": "P-2", "name": "Two", "cost": 20, "success_probability": 0.5}
    assert not conflict.is_gone


def test_a_row_is_removed_where_it_is_what_was_seen(filled):
    row = {"project_id": "P-2", "name": "Two", "cost": 20, "success_probability": 0.5}
    save(filled, cell("P-2", "cost", 20, 21), actor="bob")
    refused = save(filled, Edit("projects", ("P-2",), "", row, None))
    assert [(conflict.stored["cost"], conflict.changed_by) for conflict in refused.conflicts] == [(21, "bob")]
    assert save(filled, Edit("projects", ("P-2",), "", row | {"cost": 21}, None)).applied == 1
    assert project(filled, "P-2") is None


def test_removing_a_row_that_is_gone_is_done(filled):
    assert save(filled, Edit("projects", ("P-8",), "", NEW, None)).applied == 1


def test_a_row_is_replaced_by_another_of_its_key_in_one_save(filled):
    row = {"project_id": "007", "name": "Seven"}
    new = {"project_id": "007", "name": "Bond", "cost": 7}
    saved = save(filled, Edit("projects", ("007",), "", row, None), Edit("projects", ("007",), "", None, new))
    assert (saved.applied, project(filled, "007")["name"]) == (2, "Bond")
    undo(filled)
    assert load_plan(filled, "draft") == small_plan()


def test_rows_of_a_key_of_several_columns_are_found(filled):
    key = ("project", "P-1", "enabler", "E-1", "delivers")
    assert save(filled, Edit("links", key, "strength", 3, 1)).applied == 1
    assert load_plan(filled, "draft")["links"]["strength"].to_list() == [1]


# --- undo


def test_undo_takes_back_the_last_save_of_the_same_person(filled):
    save(filled, cell("P-1", "cost", 10, 11))
    save(filled, cell("P-2", "cost", 20, 21), actor="bob")
    assert undo(filled).applied == 1
    assert (project(filled, "P-1")["cost"], project(filled, "P-2")["cost"]) == (10, 21)


def test_undo_again_takes_back_the_save_before(filled):
    save(filled, cell("P-1", "cost", 10, 11))
    save(filled, cell("P-1", "cost", 11, 12))
    undo(filled)
    undo(filled)
    assert project(filled, "P-1")["cost"] == 10


def test_undo_never_overwrites_what_somebody_else_changed(filled):
    save(filled, cell("P-1", "cost", 10, 11), cell("P-2", "cost", 20, 21))
    save(filled, cell("P-1", "cost", 11, 99), actor="bob")
    undone = undo(filled)
    assert [(conflict.stored, conflict.changed_by) for conflict in undone.conflicts] == [(99, "bob")]
    assert (project(filled, "P-1")["cost"], project(filled, "P-2")["cost"]) == (99, 20)


def test_undo_never_goes_past_a_sealing(filled):
    save(filled, cell("P-1", "cost", 10, 11))
    seal(filled)
    with pytest.raises(NothingToUndo, match="ann"):
        undo(filled)


def test_who_saved_nothing_has_nothing_to_undo(filled):
    with pytest.raises(NothingToUndo, match="bob"):
        undo(filled, actor="bob")


# --- whole tables


@settings(max_examples=8, deadline=None)
@given(first=plans(), second=plans(), which=st.sets(st.sampled_from(list(TABLES)), min_size=1))
def test_replaced_tables_are_exactly_what_was_given_and_the_others_stay(first, second, which):
    db = Database.in_memory()
    fill(db, first.frames)
    fill(db, {name: second[name] for name in which})
    expected = Plan({name: (second if name in which else first)[name] for name in TABLES})
    assert load_plan(db, "draft") == expected
    db.close()


@settings(max_examples=8, deadline=None)
@given(first=plans(), second=plans())
def test_undoing_an_import_gives_the_plan_of_before(first, second):
    db = Database.in_memory()
    fill(db, first.frames, actor="ann")
    saved = fill(db, second.frames, actor="bob")
    if saved.applied:
        assert undo(db, actor="bob").conflicts == ()
    assert load_plan(db, "draft") == first
    db.close()


def test_an_import_of_the_same_plan_writes_nothing(filled):
    number = draft_version(filled).number
    assert fill(filled) == (saved := fill(filled))
    assert (saved.applied, saved.number) == (0, number)


def test_an_import_for_another_state_of_the_draft_is_refused(filled):
    number = draft_version(filled).number
    save(filled, cell("P-1", "cost", 10, 11))
    with pytest.raises(PlanChanged):
        replace_draft(
            filled,
            {"teams": frame("teams", {"team_id": "T", "name": "T"})},
            actor="x",
            now=NOW,
            number=number,
        )
    assert load_plan(filled, "draft")["teams"].is_empty()


def test_an_import_journals_each_changed_cell(filled):
    rows = (
        small_plan()["projects"].with_columns(cost=pl.col("cost") + 1).filter(pl.col("project_id") != "007")
    )
    saved = replace_draft(filled, {"projects": rows}, actor="ann", now=NOW, reason="correction:late count")
    with filled.reading() as cursor:
        written = cursor.execute(
            """SELECT id, field, "before", "after", reason FROM journal JOIN saves USING (save)
            WHERE save = 2 ORDER BY id, field"""
        ).fetchall()
    assert saved.applied == 3
    assert [row[:2] for row in written] == [("007", ""), ("P-1", "cost"), ("P-2", "cost")]
    assert written[1][2:] == ("10", "11", "correction:late count")


# --- what is kept beside the draft


def test_unsaved_edits_are_kept_for_each_person(db):
    edits = [cell("P-1", "end_date", None, dt.date(2027, 1, 1)), Edit("projects", ("P-9",), "", None, NEW)]
    keep_pending(db, "ann", edits, NOW)
    keep_pending(db, "bob", edits[:1], NOW)
    keep_pending(db, "bob", edits[1:], LATER)
    assert load_pending(db, "ann") == edits
    assert load_pending(db, "bob") == edits[1:]
    drop_pending(db, "ann")
    keep_pending(db, "bob", [], LATER)
    assert (load_pending(db, "ann"), load_pending(db, "bob")) == ([], [])


def test_the_quarter_of_a_new_draft_is_said_once(db):
    replace_quarter(db, "2027-Q1")
    assert draft_version(db).quarter == "2027-Q1"
    assert [version.kind for version in list_versions(db)] == ["draft"]
