"""Since you last looked, without a browser: a first visit, the next one by a clock of the test's own, and any day."""

import datetime as dt

import pytest

from planner.actions.editing import save
from planner.model.edit import Edit
from planner.store.snapshots import load_plan
from planner.ui import session
from tests.pages.conftest import NOW, links, words

DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """A clock that a test puts on: `clock(moment)`."""

    def put(moment):
        monkeypatch.setattr(session, "now", lambda: moment)

    put(NOW)
    return put


def change_cost(by, now, actor="Ann"):
    db = session.database()
    cost = load_plan(db, "draft")["projects"].rows_by_key("project_id", named=True)["PRJ-013"][0]["cost"]
    save(db, [Edit("projects", ("PRJ-013",), "cost", cost, cost + by)], actor=actor, now=now)


def test_a_first_visit_is_offered_the_day_of_the_last_sealing(open_app, sample):
    app = open_app(sample, "since")

    assert "This is your first visit" in words(app)
    assert any("Since 16 October 2026, when Q3 FY27 was sealed" in link for link in links(app))


def test_the_next_visit_is_told_what_was_saved_in_between_on_home_and_here(open_app, sample, clock):
    app = open_app(sample, "since")
    assert "Since your last visit" not in words(app)
    change_cost(100_000, NOW + dt.timedelta(hours=2))

    clock(NOW + DAY)
    app.run()
    said = words(app)
    assert "Since Friday 15 January 2027</strong>: one change was saved in the draft." in said
    assert "+£100k" in said
    assert "Saved by Ann once." in said
    home = open_app(sample)
    assert "Since your last visit on Friday 15 January 2027: the draft was saved once." in words(home)


def test_what_came_back_to_its_value_is_no_change(open_app, sample, clock):
    app = open_app(sample, "since")
    change_cost(100_000, NOW + dt.timedelta(hours=2))
    change_cost(-100_000, NOW + dt.timedelta(hours=3))

    clock(NOW + DAY)
    said = words(app.run())
    assert "nothing changed." in said
    assert "all of it came back to what it was" in said


def test_a_visit_goes_on_over_a_lunch_and_keeps_what_it_is_measured_from(open_app, sample, clock):
    app = open_app(sample, "since")
    change_cost(100_000, NOW + dt.timedelta(hours=2))

    clock(NOW + dt.timedelta(hours=3))
    assert "This is your first visit" in words(app.run())


def test_any_day_of_the_address_is_shown_with_what_was_sealed_and_written_down_since(open_app, sample):
    said = words(open_app(sample, "since", since="2026-10-01"))

    assert "Since Thursday 1 October 2026</strong>: Q3 FY27 was sealed," in said
    assert "Small and regular" in said
    assert "Fund a second data squad" in said
    assert "since?since=2026-10-01" in said
    assert "from=FY27-Q2&amp;to=FY27-Q3" in said


def test_a_day_after_all_that_happened_finds_nothing(open_app, sample):
    said = words(open_app(sample, "since", since="2026-12-24"))

    assert "Since Thursday 24 December 2026</strong>: nothing changed." in said
    assert "Nobody saved anything in the draft." in said


@pytest.mark.parametrize(
    ("asked", "said"),
    [("soon", "is not a day"), ("2026-13-01", "is not a day"), ("2031-01-01", "lies ahead")],
)
def test_a_day_that_cannot_be_is_said(open_app, sample, asked, said):
    assert said in words(open_app(sample, "since", since=asked))


def test_an_empty_plan_has_nothing_to_look_back_to(open_app, empty):
    assert "nothing is sealed yet" in words(open_app(empty, "since"))
