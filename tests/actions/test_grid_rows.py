"""The rows of the grid: texts of the plan, filtered, sorted, with unsaved edits laid over and found again by id."""

import polars as pl
import pytest

from planner.actions.grid_rows import (
    FOUND,
    ROW,
    TREE,
    FlatGrid,
    GridView,
    items_now,
    row_key,
    row_names,
    with_cells,
    with_unsaved,
)
from planner.actions.removing import remove_item
from planner.actions.row_findings import findings_by_row
from planner.actions.unsaved import add_row, put_cells
from planner.model.finding import Finding
from planner.model.tables import TABLES
from tests.sample_plans import sample_plan

PLAN = sample_plan("FY27-Q3")
FLOOD = "PRJ-033"


def shown(**view):
    return FlatGrid("projects").rows(PLAN, GridView(**view), {})


def test_cells_are_what_a_plan_folder_would_have():
    row = shown().row(by_predicate=pl.col("project_id") == FLOOD, named=True)
    assert (row["start_date"], row["cost"], row["tags"]) == ("2027-01-01", "340000", None)


def test_the_order_is_that_of_the_roadmap_unless_another_is_asked_for():
    ranked = shown()
    live = ranked.filter(~pl.col("status").is_in(["done", "cancelled"]))
    assert row_names(ranked)[: live.height] == row_names(live)
    dear = shown(sort_by="cost", is_descending=True)["cost"].drop_nulls().cast(pl.Int64)
    assert dear.is_sorted(descending=True)


@pytest.mark.parametrize(
    ("view", "count"),
    [
        ({"search": "FLOOD claims"}, 1),
        ({"search": "prj-033"}, 1),
        ({"search": "(*"}, 0),
        ({"chosen": (("status", ("done", "cancelled")),)}, 16),
        ({"chosen": (("rag", ("",)), ("status", ("planned",)))}, 0),
        ({"only_found": True}, 0),
    ],
)
def test_a_view_takes_what_it_asks_for(view, count):
    assert shown(**view).height == count


def test_a_list_is_filtered_by_its_parts():
    names = shown(chosen=(("deliverables", ("Claim tracker", "Online claim form")),))["name"]
    assert names.to_list() == ["Online motor claim reporting"]


def test_an_outcome_takes_the_projects_that_reach_it():
    serving = row_names(shown(outcomes=("OUT-001",)))
    assert 0 < len(serving) < PLAN["projects"].height


def test_unsaved_edits_are_laid_over_by_id_whatever_the_order():
    edits = put_cells(PLAN, [], "projects", [((FLOOD,), "end_date", "31/06/2027")])
    edits = add_row(
        remove_item(PLAN, edits, "projects", ("PRJ-013",)),
        "projects",
        {"project_id": "PRJ-500", "name": "New"},
    )
    for view in ({}, {"sort_by": "name"}, {"search": "flood"}):
        rows = with_unsaved(shown(**view), edits, "projects")
        assert rows.filter(project_id=FLOOD)["end_date"].item() == "31/06/2027"
        assert "PRJ-013" not in rows["project_id"]
        assert rows.row(0, named=True)["name"] == "New"
        assert rows[FOUND][0] == "new"


def test_no_unsaved_edit_leaves_the_very_same_rows():
    rows = shown()
    assert with_unsaved(rows, [], "projects").equals(rows)
    assert with_cells(rows, {("PRJ-999", "name"): "nobody"}).equals(rows)


def test_findings_are_sorted_to_the_project_that_they_are_about():
    places = [
        ("projects", FLOOD),
        ("phasing", f"{FLOOD}:FY27-Q4:TEAM-01"),
        ("links", f"project:{FLOOD}>enabler:ENB-001:delivers"),
        ("dependencies", f"{FLOOD}:PRJ-013:finish_to_start"),
        ("links", "capability:CAP-001>outcome:OUT-001:contributes"),
        ("outcomes", "OUT-001"),
    ]
    findings = [Finding("warning", "code", table, id_, "", "Said.") for table, id_ in places]
    assert findings_by_row(PLAN, findings, "projects") == {FLOOD: findings[:4]}


def test_capabilities_stand_as_a_tree_set_in_by_depth():
    rows = FlatGrid("capabilities").rows(PLAN, GridView(), {})
    assert rows["code"].to_list()[:5] == ["1", "1.1", "1.2", "1.3", "2"]
    assert rows[TREE].to_list()[:2] == ["▼", "\N{EM SPACE}•"]


def test_a_row_of_several_keys_is_named_by_all_of_them_and_found_by_the_names_of_its_items():
    grid = FlatGrid("dependencies")
    rows = grid.rows(PLAN, GridView(search="claims platform foundation"), {})
    assert rows.columns[0] == ROW
    assert row_names(rows) == ("PRJ-001:PRJ-013:finish_to_start",)
    edits = grid.put(PLAN, [], {("PRJ-001:PRJ-013:finish_to_start", "lag_quarters"): "2"})
    assert [edit.key for edit in edits] == [("PRJ-001", "PRJ-013", "finish_to_start")]
    assert grid.laid_over(PLAN, rows, edits)["lag_quarters"].to_list() == ["2"]
    new = {"predecessor_id": "PRJ-001", "successor_id": "PRJ-033", "kind": "external"}
    assert row_names(grid.laid_over(PLAN, rows, add_row([], "dependencies", new)))[0] == (
        "PRJ-001:PRJ-033:external"
    )


@pytest.mark.parametrize("table", [name for name in TABLES if name != "links"])
def test_every_table_can_be_shown_and_a_row_is_found_again_by_its_name(table):
    rows = FlatGrid(table).rows(PLAN, GridView(), {})
    assert rows.height == PLAN[table].height
    keys = {row_key(table, row) for row in row_names(rows)}
    if table not in {"attributes", "reasons"}:  # their cells may hold a colon; they have no grid
        assert keys == set(PLAN[table].select(TABLES[table].key).iter_rows())


def test_numbers_and_flags_are_filtered_by_their_words():
    rows = FlatGrid("capabilities").rows(PLAN, GridView(chosen=(("importance", ("5",)),)), {})
    assert set(rows["importance"]) == {"5"}


def test_items_that_join_come_first_and_those_that_leave_are_gone():
    edits = add_row([], "outcomes", {"outcome_id": "OUT-007", "name": "New"})
    edits = remove_item(PLAN, edits, "outcomes", ("OUT-002",))
    items = items_now(PLAN, edits, "outcomes")
    assert items[:2] == ("OUT-007", "OUT-001")
    assert "OUT-002" not in items
