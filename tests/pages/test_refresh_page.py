"""The Refresh page without a browser: the budget season is set once, and a withdrawn refresh is told."""

from planner.actions.deciding import withdraw
from planner.actions.editing import save
from planner.actions.opening import open_plan
from planner.actions.rolling import open_refresh, start_and_finish
from planner.model.edit import Edit
from planner.model.refresh import DRAFTING, IN_REVIEW
from planner.store.refreshes import load_open_refresh
from planner.store.snapshots import load_plan
from planner.ui import session
from tests.pages.conftest import NOW, links, words


def labelled(widgets, label):
    return next(widget for widget in widgets if widget.label == label)


def test_the_budget_season_is_set_once_and_shown_with_the_calendar(open_app, sample):
    app = open_app(sample, "refresh")
    assert "When budgets are made is not set yet." in words(app)
    labelled(app.selectbox, "It begins in").select(10)
    labelled(app.button, "Set").click().run()

    assert not app.exception
    assert "start the one-year plan for FY" in words(app)
    settings = load_plan(session.database(), "draft").settings
    assert (settings.text("budget_season_start_month"), settings.whole("budget_lead_quarters")) == ("10", 2)


def test_a_refresh_that_was_withdrawn_stands_among_the_ones_before(open_app, sample):
    db = open_plan(sample)
    open_refresh(db, "FY27-Q4", actor="Ann", now=NOW)
    withdraw(db, actor="Ann", now=NOW, comment="no <b>meeting</b> this winter")
    db.close()
    said = words(open_app(sample, "refresh"))
    assert "Refreshes so far" in said
    assert "no &lt;b&gt;meeting&lt;/b&gt; this winter" in said


def test_an_open_refresh_runs_in_every_view(open_app, sample):
    db = open_plan(sample)
    open_refresh(db, "FY27-Q4", actor="Ann", now=NOW)
    db.close()
    for view in ("reasons", "moved", "findings", "outcomes", "due", "unchanged", "steps"):
        assert "Refresh to Q4 FY27" in words(open_app(sample, "refresh", view=view))


def due_projects(count):
    """So many planned projects that begin in the quarter of the refresh."""
    rows = [
        {
            "project_id": f"NEW-{n:03d}",
            "name": f"New work {n}",
            "status": "planned",
            "start_date": "2027-01-04",
        }
        for n in range(count)
    ]
    return [Edit("projects", (row["project_id"],), "", None, row) for row in rows]


def test_of_many_that_started_the_first_can_be_ticked_one_by_one_and_all_at_once(open_app, sample):
    db = open_plan(sample)
    assert not save(db, due_projects(40), actor="Ann", now=NOW).problems
    open_refresh(db, "FY27-Q4", actor="Ann", now=NOW)
    db.close()
    app = open_app(sample, "refresh", view="moved")
    assert len(app.checkbox) == 31
    assert "13 more are not shown: tick all" in words(app)
    labelled(app.checkbox, "All 43 that can be set").check()
    labelled(app.button, "Set what is ticked").click().run()

    assert not app.exception
    status = load_plan(session.database(), "draft")["projects"]["status"].to_list()
    assert status.count("in_progress") >= 41
    assert "No project is due to start or to be finished." in words(app)


def test_a_submit_of_a_checklist_that_is_older_than_a_save_is_told_and_not_done(open_app, sample):
    db = open_plan(sample)
    open_refresh(db, "FY27-Q4", actor="Ann", now=NOW)
    db.close()
    app = open_app(sample, "refresh")
    save(session.database(), [Edit("projects", ("PRJ-033",), "cost", 340000, 350000)], actor="Ben", now=NOW)
    labelled(app.text_area, "To those who review").input("please look at the floods")
    labelled(app.button, "Submit for review").click().run()

    assert not app.exception
    assert "The plan changed while you looked at it" in " ".join(
        str(error.value) for error in app.error
    ) + words(app)
    assert load_open_refresh(session.database()).state == DRAFTING
    assert labelled(app.text_area, "To those who review").value == "please look at the floods"

    labelled(app.button, "Submit for review").click().run()
    assert load_open_refresh(session.database()).state == IN_REVIEW


def from_of(form):
    return next(box for box in form.selectbox if box.label.startswith("From")).value


def test_work_that_was_finished_asks_what_was_learnt_and_leads_to_a_lesson_from_it(open_app, sample):
    db = open_plan(sample)
    open_refresh(db, "FY27-Q4", actor="Ann", now=NOW)
    start_and_finish(db, [("finish", "PRJ-029")], actor="Ann", now=NOW)
    db.close()
    app = open_app(sample, "refresh", view="due")
    assert "1 lesson to write" in words(app)
    assert "Finished: what did we learn? 1" in words(app)
    assert "Write down a lesson from Fair-claims evidence" in links(app)
    form = open_app(sample, "registers", tab="lessons", new="1", about="PRJ-029")
    assert from_of(form) == "PRJ-029"
    stranger = open_app(sample, "registers", tab="lessons", new="1", about="<b>")
    assert from_of(stranger) is None
