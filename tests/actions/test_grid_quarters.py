"""Quarters side by side: a cell is a row of the table, that joins when it is filled and leaves when it is emptied."""

import pytest

from planner.actions.editing import save
from planner.actions.grid_quarters import QuarterGrid, quarters_shown
from planner.actions.grid_rows import FOUND, ROW, GridView, row_names
from planner.actions.removing import remove_item
from planner.actions.unsaved import add_row
from planner.model.edit import Edit
from planner.model.finding import Finding
from planner.model.plan import Plan
from planner.store.snapshots import load_plan
from tests.actions.conftest import NOW
from tests.sample_plans import sample_plan

PLAN = sample_plan("FY27-Q3")
FIRST = PLAN.calendar.parse("FY27-Q4")
PEOPLE = QuarterGrid("capacity", "fte")
DAYS = QuarterGrid("phasing", "person_days")
TARGETS = QuarterGrid("kpi_targets", "target_value")
KEY = ("TEAM-01", "FY28-Q1")


def shown(grid, plan=PLAN, found=None, **view):
    quarters = quarters_shown(plan, grid.table, FIRST, with_past=False)
    return grid.rows(plan, GridView(quarters=quarters, **view), found or {})


def cell(rows, owner, quarter):
    return dict(zip(row_names(rows), rows[quarter], strict=True))[owner]


def test_each_team_is_a_row_and_each_quarter_of_the_horizon_a_column():
    rows = shown(PEOPLE)
    assert rows.columns[:3] == [ROW, FOUND, "team_id"]
    assert rows.columns[3] == "FY27-Q4"
    assert len(rows.columns) == 3 + 20
    assert cell(rows, "TEAM-01", "FY28-Q1") == "24"
    assert cell(rows, "TEAM-01", "FY32-Q3") is None  # the sample's capacity ends a quarter before the horizon


def test_the_past_is_shown_when_it_is_asked_for():
    assert "FY25-Q4" in quarters_shown(PLAN, "phasing", FIRST, with_past=True)
    assert quarters_shown(PLAN, "phasing", FIRST, with_past=False)[0] == "FY27-Q4"


def test_work_has_a_row_for_each_project_and_team_and_for_live_work_that_is_not_spread_yet():
    rows = shown(DAYS)
    pairs = set(PLAN["phasing"].select("project_id", "team_id").iter_rows())
    assert pairs <= set(rows.select("project_id", "team_id").iter_rows())
    bare = PLAN.replaced({"phasing": PLAN["phasing"].filter(PLAN["phasing"]["project_id"] != "PRJ-033")})
    assert "PRJ-033:TEAM-01" in row_names(shown(DAYS, bare))


@pytest.mark.parametrize("search", ["flood", "PRJ-033", "FLOOD claims"])
def test_rows_are_found_by_the_names_of_what_they_are_about(search):
    assert {row.partition(":")[0] for row in row_names(shown(DAYS, search=search))} == {"PRJ-033"}
    assert shown(DAYS, search="Data and AI").height == shown(DAYS, chosen=(("team_id", ("TEAM-03",)),)).height


def test_findings_are_counted_by_the_row_that_shows_their_quarter():
    found = {"PRJ-033:FY27-Q4:TEAM-01": [Finding("warning", "code", "phasing", "x", "", "Said.")]}
    rows = shown(DAYS, found=found, only_found=True)
    assert (row_names(rows), rows[FOUND].to_list()) == (("PRJ-033:TEAM-01",), ["▲ 1"])


def test_a_typed_cell_changes_its_row():
    edits = PEOPLE.put(PLAN, [], {("TEAM-01", "FY28-Q1"): "26.5"})
    assert edits == [Edit("capacity", KEY, "fte", 24.0, "26.5")]
    assert cell(PEOPLE.laid_over(PLAN, shown(PEOPLE), edits), "TEAM-01", "FY28-Q1") == "26.5"


def test_a_cell_of_no_row_lets_one_join_and_emptying_it_again_forgets_it():
    key = ("PRJ-033", "FY30-Q1", "TEAM-01")
    place = ("PRJ-033:TEAM-01", "FY30-Q1")
    edits = DAYS.put(PLAN, [], {place: "40"})
    assert [(edit.key, edit.before) for edit in edits] == [(key, None)]
    assert cell(DAYS.laid_over(PLAN, shown(DAYS), edits), *place) == "40"
    assert DAYS.put(PLAN, edits, {place: None}) == []
    assert DAYS.put(PLAN, [], {place: None}) == []


def test_a_row_leaves_with_its_last_cell_and_stays_while_another_is_filled():
    (leaves,) = TARGETS.put(PLAN, [], {("KPI-001", "FY28-Q1"): None})
    assert (leaves.is_row, leaves.after) == (True, None)
    (emptied,) = PEOPLE.put(PLAN, [], {("TEAM-01", "FY28-Q1"): ""})
    assert (emptied.field, emptied.after) == ("fte", None)
    back = TARGETS.put(PLAN, [leaves], {("KPI-001", "FY28-Q1"): "15.133"})
    assert back == []


def test_a_block_is_saved_as_it_was_typed(db):
    plan = load_plan(db, "draft")
    block = {("TEAM-01", f"FY28-Q{n}"): str(20 + n) for n in (1, 2, 3, 4)} | {("TEAM-02", "FY33-Q4"): "5"}
    edits = PEOPLE.put(plan, [], block)
    assert save(db, edits, actor="asha", now=NOW).saved.conflicts == ()
    rows = shown(PEOPLE, load_plan(db, "draft"))
    assert [cell(rows, "TEAM-01", f"FY28-Q{n}") for n in (1, 2, 3, 4)] == ["21", "22", "23", "24"]
    assert cell(rows, "TEAM-02", "FY33-Q4") == "5"


def test_teams_that_join_or_leave_are_rows_that_join_or_leave():
    edits = add_row([], "teams", {"team_id": "TEAM-09", "name": "New"})
    edits = remove_item(PLAN, edits, "teams", ("TEAM-02",))
    rows = PEOPLE.laid_over(PLAN, shown(PEOPLE), edits)
    assert row_names(rows)[0] == "TEAM-09"
    assert "TEAM-02" not in row_names(rows)
    edits = PEOPLE.put(PLAN, edits, {("TEAM-09", "FY28-Q1"): "3"})
    assert cell(PEOPLE.laid_over(PLAN, shown(PEOPLE), edits), "TEAM-09", "FY28-Q1") == "3"


def test_a_row_that_a_filter_hides_does_not_come_back_by_an_edit():
    edits = PEOPLE.put(PLAN, [], {("TEAM-01", "FY33-Q4"): "3"})
    rows = shown(PEOPLE, search="Data and AI")
    assert PEOPLE.laid_over(PLAN, rows, edits).equals(rows)


def test_an_empty_plan_has_no_rows():
    plan = Plan.of()
    first = plan.calendar.parse(plan.calendar.example)
    quarters = quarters_shown(plan, "phasing", first, with_past=True)
    assert DAYS.rows(plan, GridView(quarters=quarters), {}).height == 0
    assert DAYS.laid_over(plan, DAYS.rows(plan, GridView(quarters=quarters), {}), []).height == 0
