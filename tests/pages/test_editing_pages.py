"""Projects, Versions and Exchange without a browser: they run on every kind of plan, and typed cells find their rows."""

import datetime as dt

import pytest
from streamlit.testing.v1 import AppTest

from planner.actions.editing import load_pending, save
from planner.actions.removing import remove_item
from planner.actions.unsaved import Rows
from planner.model.edit import Edit
from planner.store.snapshots import load_plan
from planner.ui import session
from tests.actions.sample_database import empty, made_sample, sample

__all__ = ["empty", "made_sample", "sample"]

NOW = dt.datetime(2027, 1, 15, 9, 30, tzinfo=dt.UTC)
PAGES = {
    "projects": "plan/projects",
    "many": "plan/change_many",
    "versions": "data/versions",
    "exchange": "data/exchange",
}
FLOOD, FRAUD = "PRJ-033", "PRJ-015"


@pytest.fixture
def open_app(root, monkeypatch):
    """Open a page of the planner on a database, and close the database at the end."""
    opened = []

    def open_one(path, page, **query):
        monkeypatch.setenv("PLANNER_DATABASE", str(path))
        monkeypatch.setenv("PLANNER_ACTOR", "asha")
        app = AppTest.from_file(str(root / "planner" / "ui" / "main.py"), default_timeout=60)
        for name, value in query.items():
            app.query_params[name] = value
        app.run().switch_page(str(root / "pages" / f"{PAGES[page]}.py")).run()
        assert not app.exception
        opened.append(session.database())
        return app

    yield open_one
    for db in opened:
        db.close()
    session._opened.clear()


def words(app):
    return " ".join(str(element.body) for element in app.get("html"))


@pytest.mark.parametrize("page", PAGES)
def test_a_page_runs_on_the_sample_and_on_an_empty_plan(open_app, sample, empty, page):
    for path in (sample, empty):
        assert "something went wrong" not in words(open_app(path, page)).lower()


def drawing(app):
    return app.session_state["projects-grid-drawings"][-1]


def type_into(app, project, **cells):
    shown = drawing(app)
    app.session_state[shown.key] = {
        "edited_rows": {shown.ids.index(project): cells},
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


def test_a_cell_that_does_not_read_is_listed_with_what_to_write(open_app, sample):
    app = open_app(sample, "projects")
    type_into(app, FLOOD, end_date="31/06/2027").run()
    assert "Write it as 2027-06-30." in words(app)
    assert "31/06/2027" in words(app)
