import datetime as dt

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.model.quarter import Calendar
from planner.rules.timeline import layout
from planner.rules.timeline_filters import filter_choices, matching_projects
from planner.rules.timeline_fold import folded, page_of, pages_of
from planner.rules.timeline_words import horizon_text, lead_pieces, move_reasons
from tests.rules.small_plans import link, outcome, plan, project
from tests.sample_plans import sample_plan

NOW = Calendar(4).parse("FY27-Q3")
TODAY = dt.date(2026, 10, 16)
DAY = dt.date


def laid(projects, before=None, **options):
    baseline = None if before is None else plan(projects=before)
    return layout(plan(projects=projects), NOW, TODAY, baseline=baseline, **({"lanes": "status"} | options))


def sample(**options):
    current, before = sample_plan("FY27-Q3"), sample_plan("FY27-Q2")
    return layout(current, NOW, TODAY, baseline=before, **options)


# --- folded to counts


def test_a_folded_lane_counts_its_live_projects_in_each_quarter():
    rows = [
        project("P1", start_date=DAY(2026, 10, 1), end_date=DAY(2027, 3, 31)),
        project("P2", start_date=DAY(2027, 1, 1), end_date=DAY(2027, 6, 30)),
        project("P3", start_date=DAY(2020, 1, 1), end_date=DAY(2020, 6, 30)),
        project("P4", start_date=None, end_date=None),
    ]
    shown = folded(laid(rows), "GBP")
    assert shown.cells.select("x", "count").rows() == [(0, 1), (1, 2), (2, 1)]
    assert shown.notes.select("kind", "title", "text").rows() == [
        ("counts", "4 live", "£400 · 1 without dates")
    ]
    assert (shown.rows, shown.lanes.select("row", "last_row").rows()) == (2, [(0, 1)])
    assert shown.bars.is_empty()


def test_a_folded_lane_says_what_moved_and_what_is_closed():
    rows = [
        project("P1", end_date=DAY(2028, 3, 31)),
        project("P2", cost=None),
        project("P3", status="done", end_date=DAY(2026, 6, 30)),
    ]
    shown = folded(layout(plan(projects=rows), NOW, TODAY, baseline=plan(projects=[project("P1")])), "GBP")
    assert shown.notes["text"].to_list() == ["£100 · 1 finishes later, 1 joins · 1 finished"]


def test_an_outcome_that_others_carry_still_says_so_when_folded():
    kinds = folded(sample(), "GBP").notes.group_by("kind").len().sort("kind").rows()
    assert kinds == [("carried", 2), ("counts", 6)]


# --- cut into pages


def test_no_page_is_longer_than_asked_or_ends_with_a_head():
    shown = sample()
    cuts = pages_of(shown, 12)
    heads = set(shown.lanes["row"])
    assert cuts[0][0] == 0
    assert cuts[-1][1] == shown.rows
    assert all(end - start <= 12 for start, end in cuts)
    assert all(end - 1 not in heads for _, end in cuts)
    assert [start for start, _ in cuts[1:]] == [end for _, end in cuts[:-1]]


def test_a_lane_that_goes_on_has_its_head_again():
    shown = sample()
    second = page_of(shown, pages_of(shown, 12)[1])
    assert second.lanes["name"][0] == "Run at lower cost (continued)"
    assert second.lanes["row"].to_list()[0] == 0


@settings(max_examples=25, deadline=None)
@given(size=st.integers(2, 40), fold=st.booleans(), lanes=st.sampled_from(["outcome", "team", "status"]))
def test_pages_together_show_every_row_once(size, fold, lanes):
    shown = sample(fold_finished=fold, lanes=lanes)
    pages = [page_of(shown, rows) for rows in pages_of(shown, size)]
    assert [name for page in pages for name in page.bars["project_id"]] == shown.bars["project_id"].to_list()
    assert [text for page in pages for text in page.notes["text"]] == shown.notes["text"].to_list()
    for page in pages:
        rows = [*page.lanes["row"], *page.bars["row"], *page.notes["row"]]
        assert sorted(rows) == list(range(page.rows))


def test_a_roadmap_without_rows_is_one_page():
    assert pages_of(laid([]), 10) == [(0, 0)]


# --- filters


FILTERED = {
    "projects": [
        project("P1", business_unit="Claims|Group", lead_team_id="T1", sponsor="Ada"),
        project("P2", business_unit="Group", lead_team_id="T2", sponsor="Bo"),
        project("P3", sponsor=None),
    ],
    "outcomes": [outcome("O1", short_name="First"), outcome("O2")],
    "capabilities": [{"capability_id": "C1", "name": "C1"}],
    "links": [link("P1", "C1"), link("C1", "O1")],
    "teams": [{"team_id": "T1", "name": "Team one"}],
}


def test_the_choices_are_those_of_the_plan():
    choices = filter_choices(plan(**FILTERED))
    assert choices.outcomes == {"O1": "First", "O2": "Outcome O2"}
    assert choices.units == ["Claims", "Group"]
    assert choices.teams == {"T1": "Team one", "T2": "T2"}
    assert choices.owners == ["Ada", "Bo"]


@pytest.mark.parametrize(
    ("wanted", "left"),
    [
        ({}, None),
        ({"units": ["Group"]}, ["P1", "P2"]),
        ({"units": ["Claims"], "teams": ["T2"]}, []),
        ({"teams": ["T1", "T2"], "owners": ["Bo"]}, ["P2"]),
        ({"outcomes": ["O1"]}, ["P1"]),
    ],
)
def test_a_project_is_left_where_it_fits_every_filter(wanted, left):
    assert matching_projects(plan(**FILTERED), None, **wanted) == left


def test_a_removed_project_is_filtered_as_the_baseline_had_it():
    now = plan(projects=[project("P2", sponsor="Bo")])
    assert matching_projects(now, plan(**FILTERED), owners=["Ada"]) == ["P1"]


# --- words


def said(*arguments):
    return "".join(text for text, _ in lead_pieces(*arguments))


def test_the_sentence_of_the_sample():
    assert said(sample(), "GBP", "the plan of Q2 FY27") == (
        "16 live projects cost £38.2m. Against the plan of Q2 FY27, none finish later, one earlier, and one joins."
    )
    assert horizon_text(sample(), Calendar(4)) == (
        "Q3 FY27 to Q2 FY32 (October 2026 to September 2031) · 32 projects: 16 live, 14 finished, 2 stopped"
    )


@pytest.mark.parametrize(
    ("rows", "before", "sentence"),
    [
        ([], None, "No live project is on this roadmap."),
        ([project()], None, "1 live project costs £100."),
        ([project(cost=None)], None, "1 live project has no cost yet."),
        (
            [project(), project("P2", cost=None)],
            None,
            "2 live projects cost £100, and one of them has no cost yet.",
        ),
        (
            [project()],
            [project()],
            "1 live project costs £100. Against it, no finish moved, and nothing joined or was stopped.",
        ),
        (
            [project(end_date=DAY(2028, 3, 31))],
            [project(), project("P2")],
            "1 live project costs £100. Against it, one finishes later, none earlier, and one was stopped.",
        ),
    ],
)
def test_the_sentence_says_how_much_there_is_and_what_moved(rows, before, sentence):
    assert said(laid(rows, before), "GBP", "it" if before else "") == sentence


def test_the_reason_of_a_move_is_the_one_that_tells_of_its_dates():
    rows = pl.DataFrame(
        {
            "table": ["projects", "projects", "outcomes", "projects"],
            "id": ["P1", "P1", "O1", "P2"],
            "field": ["cost", "end_date", "weight", "name"],
            "kind": ["recosted", "extended", "reweighted", "renamed"],
            "reason": ["it grew", "it waits", "it counts", ""],
        }
    )
    assert move_reasons(rows) == {"P1": "it waits"}
