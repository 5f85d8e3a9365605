"""The Links page without a browser: it runs on every kind of plan, typed cells become edits of the links that were drawn."""

import pytest

from planner.actions.editing import load_pending, save
from planner.model.edit import Edit
from planner.rules.matrix import MATRICES
from planner.store.snapshots import load_plan
from planner.ui import session
from tests.benchmarks.databases import sealed_database
from tests.benchmarks.synthetic import first_plan, next_plan
from tests.pages.conftest import NOW, words

SURGE = "PRJ-033"
KIND = MATRICES["projects-enablers"]


@pytest.fixture
def open_links(open_app):
    return lambda path, **query: open_app(path, "links", **query)


def drawing(app):
    return app.session_state["links-drawings"][-1]


def type_into(app, cells):
    """Type texts, given by row and column, into the matrix that is shown."""
    shown = drawing(app)
    edited = {}
    for (row, column), text in cells.items():
        place, name = shown.matrix.row_ids.index(row), f"c{shown.matrix.column_ids.index(column)}"
        edited.setdefault(place, {})[name] = text
    app.session_state[shown.key] = {"edited_rows": edited, "added_rows": [], "deleted_rows": []}
    app.run()
    assert not app.exception


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    path = tmp_path_factory.mktemp("large") / "plan.duckdb"
    first = first_plan(2_400)
    db, _labels = sealed_database(path, [first, next_plan(first)])
    db.close()
    return path


@pytest.mark.parametrize("key", MATRICES)
@pytest.mark.parametrize("plan", ["sample", "empty", "large"])
def test_every_matrix_is_drawn_for_every_kind_of_plan(request, open_links, plan, key):
    app = open_links(request.getfixturevalue(plan), matrix=key)
    said = words(app)
    assert "something went wrong" not in said.lower()
    assert ("has no outcome" in said) == (plan == "empty")
    if plan != "empty":
        assert drawing(app).matrix.kind.key == key


def test_a_large_matrix_comes_in_parts_with_totals_of_the_whole(open_links, large):
    app = open_links(large, matrix="projects-enablers")
    first = drawing(app).matrix
    assert (len(first.rows), len(first.columns)) == (300, 100)
    next(box for box in app.selectbox if box.label == "Part of the projects").set_value("300").run()
    then = drawing(app).matrix
    assert not set(first.row_ids) & set(then.row_ids)


def test_typed_cells_are_edits_of_links_and_the_drawing_stays(open_links, sample):
    app = open_links(sample)
    drawn = drawing(app)
    type_into(app, {(SURGE, "ENB-001"): "3", (SURGE, "ENB-003"): None})
    joins, leaves = load_pending(session.database(), "asha")
    assert (joins.key, joins.before, joins.after["strength"]) == (KIND.link_key(SURGE, "ENB-001"), None, "3")
    assert (leaves.key, leaves.after) == (KIND.link_key(SURGE, "ENB-003"), None)
    assert drawing(app) is drawn
    assert "2 unsaved edits" in words(app)


def test_a_typed_cell_finds_its_link_after_a_colleague_changed_the_rows_and_columns(open_links, sample):
    app = open_links(sample)
    db = session.database()
    plan = load_plan(db, "draft")
    first, column = drawing(app).matrix.row_ids[0], drawing(app).matrix.column_ids[0]
    status = dict(plan["projects"].select("project_id", "status").iter_rows())[first]
    gone = plan["enablers"].filter(enabler_id=column).row(0, named=True)
    edits = [
        Edit("projects", (first,), "status", status, "done"),
        Edit(
            "enablers", (column,), "", {name: cell for name, cell in gone.items() if cell is not None}, None
        ),
    ]
    assert save(db, edits, actor="ben", now=NOW).saved.conflicts == ()
    type_into(app, {(SURGE, "ENB-004"): "2"})
    (edit,) = load_pending(db, "asha")
    assert edit.key == KIND.link_key(SURGE, "ENB-004")
    shown = drawing(app).matrix
    assert first not in shown.row_ids
    assert column not in shown.column_ids
    assert shown.cells[SURGE, "ENB-004"] == "2"


def test_a_cell_that_is_no_strength_stays_and_is_told(open_links, sample):
    app = open_links(sample)
    type_into(app, {(SURGE, "ENB-001"): "7"})
    assert drawing(app).matrix.kind == KIND
    assert "Cells that do not read" in words(app)


def test_unsaved_links_count_in_the_line_of_sight(open_links, sample):
    app = open_links(sample, item="enabler:ENB-005")
    assert not any(word.startswith("Flood claims surge readiness") for word in link_words(app))
    type_into(app, {(SURGE, "ENB-005"): "3"})
    assert any(word.startswith("Flood claims surge readiness") for word in link_words(app))


def link_words(app):
    """The words of the links of the panel."""
    return [element.proto.label.replace("\\", "") for element in app.get("page_link")]


def test_an_address_that_names_nothing_shows_what_is_usual(open_links, sample):
    app = open_links(sample, matrix="teams-outcomes", item="project:PRJ-999", gaps="all")
    assert drawing(app).matrix.kind == KIND
    assert app.session_state["item"] == f"project:{drawing(app).matrix.row_ids[0]}"
