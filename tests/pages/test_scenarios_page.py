"""The What-if page without a browser, and what a what-if looks like on the pages that show versions."""

import datetime as dt

import pytest

from planner.actions.opening import open_plan
from planner.actions.what_if import branch, look_at_merge, merge_scenario, throw_away
from planner.model.edit import Edit
from planner.store.drafts import apply_edits, load_pending
from planner.store.snapshots import load_plan
from planner.ui import session
from tests.pages.conftest import words

FLOOD = "PRJ-033"
WHO = {"actor": "asha", "now": dt.datetime(2027, 1, 15, 9, 30, tzinfo=dt.UTC)}
DEARER = Edit("projects", (FLOOD,), "cost", 340_000, 900_000)


@pytest.fixture
def tried(sample):
    """The sample with an open what-if in which one project costs more, one merged and one thrown away."""
    db = open_plan(sample)
    scenario = branch(db, "draft", "A <b>partner</b> claims", why="it has surveyors", **WHO)
    apply_edits(db, [DEARER], version=scenario.id, **WHO)
    merged = branch(db, "FY27-Q3", "Merged before", **WHO)
    merge_scenario(db, look_at_merge(db, merged.id), {}, **WHO)
    throw_away(db, branch(db, "draft", "Never mind", **WHO).id, **WHO)
    db.close()
    return sample, scenario.id


def test_a_plan_without_what_ifs_says_what_they_are_for(open_app, empty):
    assert "No what-if is open" in words(open_app(empty, "scenarios"))


def test_the_page_tells_each_what_if_with_its_origin_and_its_difference(open_app, tried):
    said = words(open_app(tried[0], "scenarios"))
    assert "One what-if is open" in said
    assert "A &lt;b&gt;partner&lt;/b&gt; claims" in said
    assert "because it has surveyors" in said
    assert "costs £560k more" in said
    for ended in ("Merged before", "Never mind", "Draft before"):
        assert ended in said


def test_the_merge_lists_what_comes_along_and_merges_it(open_app, tried):
    sample, _ = tried
    app = open_app(sample, "scenarios", view="merge")
    assert "1 change comes into the draft" in words(app)
    next(button for button in app.button if button.label == "Merge into the draft").click().run()
    assert "is merged: 1 change in the draft" in words(app)
    assert "No what-if is open" in words(app)


@pytest.mark.parametrize("page", ["projects", "links", "outcomes", "work", "teams", "many"])
def test_every_editor_edits_the_what_if_that_the_address_names(open_app, tried, page):
    sample, scenario = tried
    app = open_app(sample, page, plan=scenario)
    assert "You edit the what-if" in words(app)
    app.button(key="back-to-draft").click().run()
    assert not app.exception
    assert "You edit the what-if" not in words(app)


def test_a_link_to_a_what_if_that_ended_shows_the_draft_and_says_so(open_app, tried):
    app = open_app(tried[0], "projects", plan="what-if-gone")
    assert "not open any more" in app.warning[0].value
    assert "Draft for Q4 FY27" in words(app)


@pytest.mark.parametrize(
    ("page", "query"),
    [
        ("drift", {"from": "draft", "to": "{}"}),
        ("timeline", {"version": "{}"}),
        ("exchange", {"version": "{}"}),
    ],
)
def test_pages_that_show_versions_show_a_what_if_by_its_name(open_app, tried, page, query):
    sample, scenario = tried
    app = open_app(sample, page, **{name: word.format(scenario) for name, word in query.items()})
    assert not app.exception
    shown = [option for box in app.selectbox for option in box.options]
    assert any(option.startswith("What-if: A <b>partner</b> claims") for option in shown)


@pytest.mark.parametrize("page", ["home", "versions", "refresh"])
def test_pages_of_the_draft_are_not_changed_by_what_ifs(open_app, tried, page):
    assert "partner" not in words(open_app(tried[0], page))


def test_nothing_of_a_what_if_reaches_the_draft_by_looking(open_app, tried):
    sample, scenario = tried
    for page in ("projects", "scenarios"):
        open_app(sample, page, plan=scenario)
    db = session.database()
    cost = dict(load_plan(db, "draft")["projects"].select("project_id", "cost").iter_rows())[FLOOD]
    assert (cost, load_pending(db, "asha", scenario)) == (340_000, [])


def test_what_differs_in_fields_alone_is_told_in_whole_sentences(open_app, sample):
    db = open_plan(sample)
    scenario = branch(db, "draft", "Other words", **WHO)
    apply_edits(
        db,
        [Edit("projects", (FLOOD,), "tags", tags_of(db), "flood|surge")],
        version=scenario.id,
        **WHO,
    )
    db.close()
    said = words(open_app(sample, "scenarios"))
    assert ">Against the draft for Q4 FY27</p>" in said
    assert (
        ">No planning change; 1 field differs: no project moved, joined, stopped or changed its cost.</p>"
        in said
    )


def tags_of(db):
    rows = load_plan(db, "draft")["projects"].rows_by_key("project_id", named=True)
    return rows[FLOOD][0]["tags"]
