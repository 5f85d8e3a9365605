"""The Refresh page without a browser: the budget season is set once, and a withdrawn refresh is told."""

from planner.actions.deciding import withdraw
from planner.actions.opening import open_plan
from planner.actions.rolling import open_refresh
from planner.store.snapshots import load_plan
from planner.ui import session
from tests.pages.conftest import NOW, words


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
