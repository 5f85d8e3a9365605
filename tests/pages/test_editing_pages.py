"""The pages that change the plan, without a browser: they run on every kind of plan, and typed cells find their rows."""

import pytest

from planner.actions.editing import load_pending, save
from planner.actions.removing import remove_item
from planner.actions.unsaved import Rows
from planner.model.edit import Edit
from planner.store.snapshots import load_plan
from planner.ui import session
from planner.ui.editor_grids import TABS, where_is
from planner.ui.places import PLACES
from tests.pages.conftest import NOW, words

# A cell of each grid: its row and column, and the row of the table that it is.
CELLS = {
    "outcomes": ("outcomes", "OUT-001", "weight", ("OUT-001",)),
    "measures": ("kpis", "KPI-001", "target_value", ("KPI-001",)),
    "targets": ("kpi_targets-target_value", "KPI-001", "FY28-Q1", ("KPI-001", "FY28-Q1")),
    "capabilities": ("capabilities", "CAP-013", "importance", ("CAP-013",)),
    "enablers": ("enablers", "ENB-001", "vendor", ("ENB-001",)),
    "projects": ("projects", "PRJ-033", "cost", ("PRJ-033",)),
    "phasing": ("phasing-person_days", "PRJ-033:TEAM-01", "FY30-Q1", ("PRJ-033", "FY30-Q1", "TEAM-01")),
    "dependencies": (
        "dependencies",
        "PRJ-001:PRJ-013:finish_to_start",
        "lag_quarters",
        ("PRJ-001", "PRJ-013", "finish_to_start"),
    ),
    "teams": ("teams", "TEAM-01", "day_rate", ("TEAM-01",)),
    "capacity": ("capacity-fte", "TEAM-01", "FY28-Q1", ("TEAM-01", "FY28-Q1")),
}
FLOOD, FRAUD = "PRJ-033", "PRJ-015"


@pytest.mark.parametrize("page", ["versions", "exchange"])
def test_a_page_runs_on_the_sample_and_on_an_empty_plan(open_app, sample, empty, page):
    for path in (sample, empty):
        assert "something went wrong" not in words(open_app(path, page)).lower()


@pytest.mark.parametrize("page", TABS)
def test_every_tab_of_an_empty_plan_says_what_comes_first(open_app, empty, page):
    app = open_app(empty, page)
    for tab in TABS[page]:
        app.query_params["tab"] = tab.key
        assert not app.run().exception
        assert 'class="p-empty"' in words(app)
        assert "something went wrong" not in words(app).lower()


def test_a_row_of_any_table_has_a_place_where_it_is_edited():
    assert where_is("kpis", "KPI-001") == ("outcomes", {"tab": "measures", "measure": "KPI-001"})
    assert where_is("phasing", "PRJ-001:FY28-Q1:TEAM-01") == ("work", {"q": "PRJ-001", "project": "PRJ-001"})
    assert where_is("projects", "PRJ-001") == ("projects", {"project": "PRJ-001"})
    assert where_is("settings", "currency") is None
    assert TABS.keys() <= PLACES.keys()


def drawing(app, grid="projects"):
    return app.session_state[f"{grid}-grid-drawings"][-1]


def type_into(app, row, grid="projects", **cells):
    shown = drawing(app, grid)
    app.session_state[shown.key] = {
        "edited_rows": {shown.ids.index(row): cells},
        "added_rows": [],
        "deleted_rows": [],
    }
    return app


def test_a_typed_cell_finds_its_row_after_a_colleague_moved_and_removed_rows(open_app, sample):
    app = open_app(sample, "projects")
    before = drawing(app)
    db = session.database()
    plan = load_plan(db, "draft")
    first = before.ids[0]
    gone = remove_item(plan, [], "projects", (first,))
    moved = Edit(
        "projects", (FRAUD,), "priority_rank", Rows(plan, "projects").find((FRAUD,))["priority_rank"], 99
    )
    assert save(db, [*gone, moved], actor="ben", now=NOW).saved.conflicts == ()
    type_into(app, FLOOD, name="Floods, explained").run()
    assert not app.exception
    assert [(edit.key, edit.field, edit.after) for edit in load_pending(db, "asha")] == [
        ((FLOOD,), "name", "Floods, explained")
    ]
    after = drawing(app)
    assert first not in after.ids
    assert after.ids.index(FLOOD) != before.ids.index(FLOOD)
    assert after.rows.filter(project_id=FLOOD)["name"].item() == "Floods, explained"


def test_typing_keeps_the_drawing_and_a_colleagues_change_makes_another(open_app, sample):
    app = open_app(sample, "projects")
    drawn = drawing(app)
    type_into(app, FLOOD, cost="360000").run()
    assert drawing(app) is drawn
    db = session.database()
    assert save(db, [Edit("projects", (FRAUD,), "cost", 680_000, 1)], actor="ben", now=NOW).saved.applied == 1
    app.run()
    assert drawing(app).turn == drawn.turn + 1
    assert "1 unsaved edit" in words(app)


def test_other_columns_are_another_drawing_and_what_was_typed_stays(open_app, sample):
    app = open_app(sample, "projects")
    drawn = drawing(app)
    assert "capex" not in drawn.columns
    type_into(app, FLOOD, cost="360000").selectbox("columns").set_value("Money").run()
    assert drawing(app).turn == drawn.turn + 1
    assert "capex" in drawing(app).columns
    assert drawing(app).rows.filter(project_id=FLOOD)["cost"].item() == "360000"
    type_into(app, FLOOD, capex="1").selectbox("columns").set_value("Roadmap").run()
    assert {(edit.field, edit.after) for edit in load_pending(session.database(), "asha")} == {
        ("cost", "360000"),
        ("capex", "1"),
    }


def test_a_cell_that_does_not_read_is_listed_with_what_to_write(open_app, sample):
    app = open_app(sample, "projects")
    type_into(app, FLOOD, end_date="31/06/2027").run()
    assert "Write it as 2027-06-30." in words(app)
    assert "31/06/2027" in words(app)


@pytest.mark.parametrize("page", TABS)
def test_every_table_shows_its_rows_and_a_typed_cell_becomes_an_unsaved_edit_of_its_row(
    open_app, sample, page
):
    app = open_app(sample, page)
    for count, tab in enumerate((tab for tab in TABS[page] if tab.key in CELLS), start=1):
        app.query_params["tab"] = tab.key
        assert not app.run().exception
        assert "What each version changed of it" in words(app)
        grid, row, column, key = CELLS[tab.key]
        assert not type_into(app, row, grid, **{column: "7"}).run().exception
        kept = load_pending(session.database(), "asha")
        assert (tab.table, key) in [(edit.table, edit.key) for edit in kept]
        assert len(kept) == count
        assert drawing(app, grid).turn == 0


def test_a_word_of_the_address_means_what_its_page_says(open_app, sample, root):
    app = open_app(sample, "projects", outcome="OUT-002")
    assert app.session_state["outcome"] == ["OUT-002"]
    app.query_params.clear()
    app.query_params["outcome"] = "OUT-002"
    app.switch_page(str(root / "pages" / "plan" / "outcomes.py")).run()
    assert not app.exception
