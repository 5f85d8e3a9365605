"""The drift page without a browser: what is behind each figure, what crossed a line, every refresh, one item, a typing error."""

import datetime as dt

import pytest

from planner.actions.editing import save
from planner.cli import main
from planner.model.edit import Edit
from planner.store.database import Database
from planner.store.snapshots import load_plan
from tests.pages.conftest import NOW, words

EVIDENCE = {"from": "FY27-Q1", "to": "FY27-Q2"}


@pytest.fixture
def drift(open_app, sample):
    return lambda **query: open_app(sample, "drift", **EVIDENCE | query)


def test_one_sealed_plan_is_not_called_none(open_app, empty):
    assert main(["seal", "2026-Q3", "--accept-findings", "--database", str(empty)]) == 0
    said = words(open_app(empty, "drift"))
    assert "One plan is sealed, Q3 2026 (Jul–Sep 2026), and the draft is still the same." in said  # noqa: RUF001


def test_each_figure_leads_to_its_definition_and_exactly_its_rows(drift):
    app = drift(figure="finishes")
    said = words(app)
    assert "the plain mean of the moves in quarters" in said
    assert "16 quarters" in said
    assert "1,462 days" in said
    told = {
        "cost": "neither finished nor stopped",
        "same": "how its cost changed",
        "capacity": "No row makes this figure",
        "outcomes": "Settle claims faster and fairly",
        "moved": "near quarters weighing most",
        "evidence": "INS-005",
    }
    for figure, part in told.items():
        app.session_state["figure"] = figure
        app.run()
        assert not app.exception
        assert part in words(app), figure
        assert app.query_params["figure"] in ([figure], figure)


def test_what_crossed_a_line_every_refresh_and_the_changes_of_mind_are_told(drift):
    said = words(drift())
    assert "11 crossings, 4 of them for the worse" in said
    assert "too late for Run at lower cost" in said
    assert said.count('class="p-step"') == 5
    assert 'aria-current="true"' in said
    assert "32 are changes of mind; 2 went as planned" in said


@pytest.mark.parametrize(("by", "heading"), [("team", "Data and AI"), ("unit", "Commercial Lines")])
def test_changes_are_grouped_by_team_and_by_unit(drift, by, heading):
    said = words(drift(by=by))
    assert f'{heading}<span class="p-count">' in said


def test_one_item_stands_at_the_top_with_its_reason_and_what_its_evidence_says(drift):
    said = words(drift(item="projects:PRJ-017"))
    assert "6 changes, with reason and evidence" in said
    assert "Policy replacement feasibility study" in said
    assert "Nothing with a planning meaning changed of" in words(drift(item="projects:PRJ-999"))


def test_a_likely_typing_error_is_named_and_told_apart_in_the_totals(open_app, sample):
    db = Database.open(sample)
    end = dict(load_plan(db, "draft")["projects"].select("project_id", "end_date").iter_rows())["PRJ-013"]
    mistyped = end.replace(year=end.year + 80)
    assert save(db, [Edit("projects", ("PRJ-013",), "end_date", end, mistyped)], actor="Ann", now=NOW).saved
    db.close()
    said = words(open_app(sample, "drift", **{"from": "FY27-Q3", "to": "draft"}))
    assert "1 change looks like a typing error" in said
    assert "its finish is 80 years later" in said
    assert "all finish moves together is 0 quarters instead of 320 quarters" in said
    assert "likely a typing error" in said
    assert dt.date(2108, 3, 31) == mistyped
