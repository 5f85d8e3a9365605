"""Scenarios: branched whole, edited beside the draft, ended and opened again; no snapshot, draft or base ever changes."""

import datetime as dt

import duckdb
import pytest

from planner.errors import PlanFrozen, ScenarioClosed, ScenarioUnknown, VersionUnknown
from planner.model.refresh import OPEN as OPEN_REFRESH
from planner.model.refresh import SUBMIT, Step
from planner.model.scenario import DROP, MERGE, REOPEN, ScenarioStep
from planner.store.database import Database
from planner.store.drafts import (
    apply_edits,
    draft_version,
    keep_pending,
    load_pending,
    redo_last_undo,
    undo_last_save,
)
from planner.store.refreshes import append_step, begin_refresh
from planner.store.scenarios import branch_scenario, end_scenario, list_scenarios, load_scenario
from planner.store.snapshots import load_plan, verify_snapshots
from planner.store.steps import load_steps
from planner.store.versions import list_versions, load_version_header
from tests.store.small import NOW, cell, seal

LATER = NOW + dt.timedelta(minutes=5)


def branch(db, origin="draft", name="Later claims", *, is_copy=False):
    return branch_scenario(db, origin, name, actor="ann", now=NOW, why="we wonder", is_copy=is_copy)


def edit(db, version, *edits, actor="ann"):
    return apply_edits(db, edits, actor=actor, now=NOW, version=version)


def cost(db, version, project="P-1"):
    frame = load_plan(db, version)["projects"]
    return dict(frame.select("project_id", "cost").iter_rows())[project]


def test_a_what_if_is_the_plan_it_was_branched_from(filled):
    scenario = branch(filled)
    assert load_plan(filled, scenario.id).fingerprint == load_plan(filled, "draft").fingerprint
    assert (scenario.name, scenario.origin, scenario.begun.comment) == ("Later claims", "draft", "we wonder")


def test_neither_draft_nor_what_if_sees_the_edits_of_the_other(filled):
    scenario = branch(filled)
    edit(filled, scenario.id, cell("P-1", "cost", 10, 11))
    edit(filled, "draft", cell("P-1", "cost", 10, 12))
    assert (cost(filled, scenario.id), cost(filled, "draft"), cost(filled, scenario.base)) == (11, 12, 10)


def test_a_what_if_of_a_snapshot_rests_on_it_and_never_touches_it(filled):
    sealed, _ = seal(filled)
    scenario = branch(filled, sealed.label)
    edit(filled, scenario.id, cell("P-1", "cost", 10, 11))
    assert scenario.base == sealed.label
    assert (cost(filled, scenario.id), cost(filled, sealed.label)) == (11, 10)
    assert verify_snapshots(filled) == []


def test_a_what_if_of_a_what_if_starts_where_that_stands(filled):
    first = branch(filled)
    edit(filled, first.id, cell("P-1", "cost", 10, 11))
    second = branch(filled, first.id, "And more")
    edit(filled, first.id, cell("P-1", "cost", 11, 99))
    assert (cost(filled, second.id), cost(filled, second.base)) == (11, 11)


def test_open_what_ifs_are_listed_between_the_snapshots_and_the_draft(filled):
    sealed, _ = seal(filled)
    first, second, copy = branch(filled), branch(filled, name="Another"), branch(filled, is_copy=True)
    end_scenario(filled, first.id, ScenarioStep(DROP, "ben", LATER, ""))
    assert [version.label for version in list_versions(filled)] == [sealed.label, second.id, "draft"]
    header = load_version_header(filled, second.id)
    assert (header.kind, header.note, header.author, header.quarter) == (
        "scenario",
        "Another",
        "ann",
        draft_version(filled).quarter,
    )
    assert {scenario.id for scenario in list_scenarios(filled)} == {first.id, second.id, copy.id}


def test_unsaved_edits_belong_to_the_version_they_were_typed_into(filled):
    scenario = branch(filled)
    keep_pending(filled, "ann", [cell("P-1", "cost", 10, "11")], NOW)
    keep_pending(filled, "ann", [cell("P-2", "cost", 20, "21")], NOW, scenario.id)
    assert load_pending(filled, "ann") == [cell("P-1", "cost", 10, "11")]
    assert load_pending(filled, "ann", scenario.id) == [cell("P-2", "cost", 20, "21")]


def test_undo_and_redo_stay_in_the_version_they_are_asked_for(filled):
    scenario = branch(filled)
    edit(filled, "draft", cell("P-1", "cost", 10, 12))
    edit(filled, scenario.id, cell("P-1", "cost", 10, 11))
    undo_last_save(filled, actor="ann", now=LATER, version=scenario.id)
    assert (cost(filled, scenario.id), cost(filled, "draft")) == (10, 12)
    redo_last_undo(filled, actor="ann", now=LATER, version=scenario.id)
    assert (cost(filled, scenario.id), cost(filled, "draft")) == (11, 12)


def test_a_sealing_ends_the_steps_of_the_draft_and_not_those_of_a_what_if(filled):
    scenario = branch(filled)
    edit(filled, scenario.id, cell("P-1", "cost", 10, 11))
    edit(filled, "draft", cell("P-2", "cost", 20, 22))
    seal(filled)
    assert load_steps(filled, "ann", 9) == []
    assert len(load_steps(filled, "ann", 9, scenario.id)) == 1


def test_a_stale_edit_of_a_what_if_names_who_changed_it_there(filled):
    scenario = branch(filled)
    edit(filled, "draft", cell("P-1", "cost", 10, 12), actor="cid")
    edit(filled, scenario.id, cell("P-1", "cost", 10, 11), actor="ben")
    (conflict,) = edit(filled, scenario.id, cell("P-1", "cost", 10, 15)).conflicts
    assert (conflict.stored, conflict.changed_by) == (11, "ben")


@pytest.mark.parametrize(("action", "word"), [(MERGE, "merged into the draft"), (DROP, "thrown away")])
def test_an_ended_what_if_keeps_its_rows_refuses_edits_and_can_be_opened_again(filled, action, word):
    scenario = branch(filled)
    edit(filled, scenario.id, cell("P-1", "cost", 10, 11))
    end_scenario(filled, scenario.id, ScenarioStep(action, "ben", LATER, "done"))
    with pytest.raises(ScenarioClosed, match=f"'Later claims' is {word}, by ben"):
        edit(filled, scenario.id, cell("P-1", "cost", 11, 12))
    assert cost(filled, scenario.id) == 11
    end_scenario(filled, scenario.id, ScenarioStep(REOPEN, "ann", LATER, ""))
    assert edit(filled, scenario.id, cell("P-1", "cost", 11, 12)).applied == 1


def test_nobody_edits_a_kept_copy_a_base_or_a_snapshot(filled):
    sealed, _ = seal(filled)
    copy, scenario = branch(filled, is_copy=True), branch(filled)
    with pytest.raises(ScenarioClosed, match="a kept copy"):
        edit(filled, copy.id, cell("P-1", "cost", 10, 11))
    for name in (scenario.base, sealed.label, "nothing-of-ours"):
        with pytest.raises(VersionUnknown):
            edit(filled, name, cell("P-1", "cost", 10, 11))


def test_a_frozen_draft_leaves_what_ifs_open(filled):
    sealed, _ = seal(filled)
    scenario = branch(filled)
    begin_refresh(filled, "FY28-Q1", sealed.label, Step(OPEN_REFRESH, "ann", NOW, "", number=1))
    append_step(filled, Step(SUBMIT, "ann", NOW, "", number=1))
    with pytest.raises(PlanFrozen):
        edit(filled, "draft", cell("P-1", "cost", 10, 11))
    assert edit(filled, scenario.id, cell("P-1", "cost", 10, 11)).applied == 1


def test_what_cannot_follow_is_refused_by_name(filled):
    scenario = branch(filled)
    with pytest.raises(ScenarioClosed, match="is open"):
        end_scenario(filled, scenario.id, ScenarioStep(REOPEN, "ann", LATER, ""))
    with pytest.raises(ScenarioUnknown, match="Later claims"):
        load_scenario(filled, "what-if-nowhere")
    with pytest.raises(VersionUnknown, match="what-if-nowhere"):
        branch(filled, "what-if-nowhere")


def test_the_file_itself_keeps_what_was_written_of_a_what_if(filled):
    branch(filled)
    for statement in ("UPDATE scenarios SET name = 'x'", "DELETE FROM scenario_steps"):
        with pytest.raises(duckdb.Error, match="only grows"), filled.writing() as cursor:
            cursor.execute(statement)


def test_what_ifs_are_there_after_the_database_was_closed(filled, path):
    scenario = branch(filled)
    edit(filled, scenario.id, cell("P-1", "cost", 10, 11))
    filled.close()
    again = Database.open(path)
    assert (load_scenario(again, scenario.id).is_open, cost(again, scenario.id)) == (True, 11)
    again.close()
