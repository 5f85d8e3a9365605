"""What-ifs: merged three ways into the draft in one step, with a copy kept before, or not at all."""

import datetime as dt

import pytest

from planner.actions.editing import undo
from planner.actions.importing import Reason
from planner.actions.opening import open_plan
from planner.actions.refreshing import seal
from planner.actions.unsaved import Rows
from planner.actions.what_if import (
    branch,
    bring_back,
    look_at_merge,
    merge_scenario,
    reopen,
    throw_away,
)
from planner.errors import (
    ClashesUndecided,
    CopyOutdated,
    NameMissing,
    PlanChanged,
    ScenarioClosed,
)
from planner.model.edit import Edit
from planner.rules.merging import DRAFT, SCENARIO
from planner.store.drafts import apply_edits
from planner.store.scenarios import list_scenarios, load_scenario
from planner.store.snapshots import load_plan, verify_snapshots

NOW = dt.datetime(2026, 10, 20, 9, 0, tzinfo=dt.UTC)
WHO = {"actor": "ann", "now": NOW}
WHY = Reason("research_finding", "the pilot needs a second winter")


@pytest.fixture
def db(small):
    opened = open_plan(small)
    yield opened
    opened.close()


def cost(before, after, project="P-1"):
    return Edit("projects", (project,), "cost", before, after)


def edit(db, version, *edits):
    return apply_edits(db, edits, version=version, **WHO)


def cost_of(db, version="draft", project="P-1"):
    return dict(load_plan(db, version)["projects"].select("project_id", "cost").iter_rows())[project]


def test_a_merge_brings_the_changes_of_the_what_if_and_leaves_those_of_the_draft(db):
    scenario = branch(db, "draft", "Dearer depot", **WHO)
    edit(db, scenario.id, cost(110, 150))
    edit(db, "draft", cost(7, 8, "P-2"))
    saved, copy = merge_scenario(db, look_at_merge(db, scenario.id), {}, **WHO)
    assert (saved.applied, cost_of(db), cost_of(db, project="P-2")) == (1, 150, 8)
    assert (copy.is_copy, cost_of(db, copy.id), cost_of(db, copy.id, "P-2")) == (True, 110, 8)
    assert load_scenario(db, scenario.id).state == "merged"
    assert verify_snapshots(db) == []


def test_a_clash_is_shown_with_its_three_values_and_merged_as_it_is_decided(db):
    for side, expected in ((DRAFT, 120), (SCENARIO, 150)):
        scenario = branch(db, "2026-Q3", f"Take the {side}", **WHO)
        edit(db, scenario.id, cost(110, 150))
        edit(db, "draft", cost(cost_of(db), 120))
        look = look_at_merge(db, scenario.id)
        (clash,) = look.merge.clashes
        assert (clash.base, clash.draft, clash.scenario) == (110, 120, 150)
        merge_scenario(db, look, {clash.place: side}, **WHO)
        assert cost_of(db) == expected


def test_a_clash_that_nobody_decided_stops_the_merge_whole(db):
    scenario = branch(db, "draft", "Dearer depot", **WHO)
    edit(db, scenario.id, cost(110, 150), cost(7, 9, "P-2"))
    edit(db, "draft", cost(110, 120))
    with pytest.raises(ClashesUndecided):
        merge_scenario(db, look_at_merge(db, scenario.id), {}, **WHO)
    assert (cost_of(db), cost_of(db, project="P-2")) == (120, 7)
    assert [one.id for one in list_scenarios(db)] == [scenario.id]


@pytest.mark.parametrize("side", ["draft", "what-if"])
def test_a_merge_that_was_looked_at_before_another_save_is_refused_and_nothing_is_kept(db, side):
    scenario = branch(db, "draft", "Dearer depot", **WHO)
    edit(db, scenario.id, cost(110, 150))
    look = look_at_merge(db, scenario.id)
    edit(db, "draft" if side == "draft" else scenario.id, cost(7, 8, "P-2"))
    with pytest.raises(PlanChanged):
        merge_scenario(db, look, {}, **WHO)
    assert (cost_of(db), [one.is_copy for one in list_scenarios(db)]) == (110, [False])


def test_one_undo_takes_a_whole_merge_back(db):
    scenario = branch(db, "draft", "Dearer depot", **WHO)
    edit(db, scenario.id, cost(110, 150), cost(7, 9, "P-2"))
    merge_scenario(db, look_at_merge(db, scenario.id), {}, **WHO)
    undo(db, **WHO)
    assert (cost_of(db), cost_of(db, project="P-2")) == (110, 7)


def test_the_reason_of_a_merge_explains_what_the_what_if_does_not(db):
    own = {"table": "projects", "id": "P-2", "kind": "", "field": "cost"}
    said = {"reason_code": "correction", "reason_text": "the invoice says so"}
    scenario = branch(db, "draft", "Dearer", **WHO)
    edit(
        db,
        scenario.id,
        cost(110, 150),
        cost(7, 9, "P-2"),
        Edit("reasons", tuple(own.values()), "", None, own | said),
    )
    merge_scenario(db, look_at_merge(db, scenario.id), {}, reason=WHY, **WHO)
    reasons = load_plan(db, "draft")["reasons"].select("id", "reason_code", "reason_text").rows()
    assert reasons == [("P-1", WHY.code, WHY.text), ("P-2", *said.values())]


def test_the_look_says_which_findings_a_merge_would_bring(db):
    scenario = branch(db, "draft", "No cost", **WHO)
    edit(db, scenario.id, cost(110, None))
    after = look_at_merge(db, scenario.id).after({})
    assert ("P-1", "cost") in {(found.id, found.field) for found in after.joining}


def test_a_kept_copy_brings_the_draft_back_as_one_step(db):
    before = load_plan(db, "draft").fingerprint
    scenario = branch(db, "draft", "Dearer depot", **WHO)
    edit(db, scenario.id, cost(110, 150))
    _, copy = merge_scenario(db, look_at_merge(db, scenario.id), {}, **WHO)
    bring_back(db, copy.id, **WHO)
    assert load_plan(db, "draft").fingerprint == before
    undo(db, **WHO)
    assert cost_of(db) == 150


def test_a_merged_what_if_is_closed_until_it_is_opened_again_and_then_merges_nothing(db):
    scenario = branch(db, "draft", "Dearer depot", **WHO)
    edit(db, scenario.id, cost(110, 150))
    merge_scenario(db, look_at_merge(db, scenario.id), {}, **WHO)
    with pytest.raises(ScenarioClosed):
        merge_scenario(db, look_at_merge(db, scenario.id), {}, **WHO)
    reopen(db, scenario.id, **WHO)
    again = look_at_merge(db, scenario.id).merge
    assert (again.is_empty, again.agreed) == (True, 1)


def test_a_what_if_that_is_thrown_away_is_kept_with_who_and_why(db):
    scenario = branch(db, "draft", "Dearer depot", why="a question of the board", **WHO)
    gone = throw_away(db, scenario.id, actor="ben", now=NOW, why="the board said no")
    assert [(step.action, step.actor, step.comment) for step in gone.steps] == [
        ("branch", "ann", "a question of the board"),
        ("drop", "ben", "the board said no"),
    ]


@pytest.mark.parametrize("name", ["", "   ", "x" * 81])
def test_a_what_if_has_a_name_that_a_list_can_show(db, name):
    with pytest.raises(NameMissing):
        branch(db, "draft", name, **WHO)


def test_a_kept_copy_of_a_quarter_that_was_sealed_since_only_branches(db):
    scenario = branch(db, "draft", "Dearer depot", **WHO)
    edit(db, scenario.id, cost(110, 150))
    _, copy = merge_scenario(db, look_at_merge(db, scenario.id), {}, **WHO)
    seal(db, "2026-Q4", as_of=NOW.date(), author="ann", note="", accept_findings=True, now=NOW)
    with pytest.raises(CopyOutdated, match="before 2026-Q4 was sealed"):
        bring_back(db, copy.id, **WHO)
    assert cost_of(db, branch(db, copy.id, "From the copy", **WHO).id) == 110


def test_what_names_a_project_that_the_draft_removed_stays_out_and_is_told(db):
    row = {"predecessor_id": "P-1", "successor_id": "P-2", "type": "finish_to_start"}
    scenario = branch(db, "draft", "Depot first", **WHO)
    edit(db, scenario.id, Edit("dependencies", tuple(row.values()), "", None, row), cost(7, 9, "P-2"))
    removed = Rows(load_plan(db, "draft"), "projects").find(("P-1",))
    edit(db, "draft", Edit("projects", ("P-1",), "", removed, None))
    look = look_at_merge(db, scenario.id)
    assert [(one.table, named) for one, named in look.left_out({})] == [("dependencies", ("projects", "P-1"))]
    merge_scenario(db, look, {}, **WHO)
    assert (cost_of(db, project="P-2"), load_plan(db, "draft")["dependencies"].height) == (9, 0)
