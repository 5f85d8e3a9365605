"""Rolling forward, ranks, the frozen past and target paths (DOMAIN 2.6), each with its example."""

import datetime as dt

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.model.plan import Plan
from planner.rules.drift import drift
from planner.rules.outcome_status import kpi_standing
from planner.rules.rework_ranks import rank_edits
from planner.rules.rollover import FINISH, START, progress_edits, roll_forward, suggestions
from tests.plans import plans
from tests.rules.small_plans import kpi, plan, project
from tests.sample_plans import LABELS, sample_plan


def applied(before, edits):
    """The plan after edits, each of which must find what it expects."""
    frames = {}
    for name, frame in before.frames.items():
        key = list(frame.columns)[: len(edit_keys(edits, name))]
        rows = {tuple(row[part] for part in key): row for row in frame.to_dicts()} if key else None
        for edit in (edit for edit in edits if edit.table == name):
            if edit.field:
                assert rows[edit.key][edit.field] == edit.before
                rows[edit.key][edit.field] = edit.after
            elif edit.after is None:
                assert {k: v for k, v in rows.pop(edit.key).items() if v is not None} == edit.before
            else:
                assert edit.key not in rows
                rows[edit.key] = {**dict.fromkeys(frame.columns), **edit.after}
        frames[name] = frame if rows is None else pl.DataFrame(list(rows.values()), schema=frame.schema)
    return Plan.of(frames)


def edit_keys(edits, name):
    return next((edit.key for edit in edits if edit.table == name), ())


def rolled(before, label):
    return applied(before, roll_forward(before, before.calendar.parse(label)).edits)


def quarters(frame):
    return frame["quarter"].unique().sort().to_list()


def test_the_horizon_drops_one_quarter_at_the_near_end_and_adds_one_at_the_far_end():
    before = sample_plan("FY27-Q3")
    found = roll_forward(before, before.calendar.parse("FY27-Q4"))
    after = applied(before, found.edits)

    assert (quarters(before["capacity"])[0], quarters(before["capacity"])[-1]) == ("FY27-Q3", "FY32-Q2")
    for table in ("capacity", "kpi_targets"):
        assert (quarters(after[table])[0], quarters(after[table])[-1]) == ("FY27-Q4", "FY32-Q3")
        assert after[table].height == before[table].height
    assert (after.calendar.label(found.first), after.calendar.label(found.last)) == ("FY27-Q4", "FY32-Q3")
    assert found.joined == found.fallen == {"capacity": 5, "kpi_targets": 12}


def test_the_far_quarters_copy_the_last_capacity_and_the_targets_go_on_flat():
    before = plan(
        capacity=[
            {"team_id": "T1", "quarter": "FY31-Q4", "fte": 6.0, "run_share": 0.4},
            {"team_id": "T1", "quarter": "FY32-Q1", "fte": 8.0, "run_share": 0.5},
        ],
        kpis=[kpi(target_quarter="FY31-Q1")],
        kpi_targets=[{"kpi_id": "K1", "quarter": "FY32-Q1", "target_value": 10.0}],
    )
    after = rolled(before, "FY27-Q4")

    assert after["capacity"].filter(pl.col("quarter") > "FY32-Q1").select(
        "quarter", "fte", "run_share"
    ).rows() == [
        ("FY32-Q2", 8.0, 0.5),
        ("FY32-Q3", 8.0, 0.5),
    ]
    assert after["kpi_targets"]["target_value"].to_list() == [10.0, 10.0, 10.0]


def test_a_series_that_ended_long_ago_is_taken_up_again_from_the_new_quarter_on():
    before = plan(
        capacity=[{"team_id": "T1", "quarter": "FY25-Q1", "fte": 3.0}],
        settings=[{"key": "horizon_quarters", "value": "3"}],
    )
    assert rolled(before, "FY27-Q4")["capacity"].select("quarter", "fte").rows() == [
        ("FY27-Q4", 3.0),
        ("FY28-Q1", 3.0),
        ("FY28-Q2", 3.0),
    ]


def test_the_past_is_frozen_phasing_is_never_touched_and_the_rest_of_the_budget_stays():
    before = sample_plan("FY27-Q3")
    edits = roll_forward(before, before.calendar.parse("FY28-Q3")).edits
    assert {edit.table for edit in edits} == {"capacity", "kpi_targets"}
    assert applied(before, edits)["phasing"].equals(before["phasing"])


def test_a_target_typed_beside_the_path_stays_for_its_actual_is_held_against_it():
    before = plan(
        outcomes=[],
        kpis=[kpi("K1"), kpi("K2")],
        kpi_targets=[
            {"kpi_id": "K1", "quarter": "FY27-Q3", "target_value": 8.0},  # the line says 2
            {"kpi_id": "K2", "quarter": "FY27-Q3", "target_value": 2.0},
            {"kpi_id": "K1", "quarter": "FY27-Q4", "target_value": 9.0},
            {"kpi_id": "K2", "quarter": "FY27-Q4", "target_value": 3.0},
        ],
    )
    actuals = pl.DataFrame({"kpi_id": ["K1"], "quarter": ["FY27-Q3"], "actual_value": [4.0]})
    after = rolled(before, "FY27-Q4")

    assert after["kpi_targets"].filter(pl.col("quarter") == "FY27-Q3")["kpi_id"].to_list() == ["K1"]
    rated = kpi_standing(after, after.calendar.parse("FY27-Q4"), actuals).row(0, named=True)
    assert (rated["at"], rated["path"], rated["attainment"]) == ("FY27-Q3", 8.0, 0.5)


def test_nothing_is_begun_that_the_plan_does_not_have():
    assert roll_forward(plan(projects=[project()]), plan().calendar.parse("FY27-Q4")).edits == ()


@pytest.mark.parametrize("label", LABELS)
def test_an_untouched_roll_forward_drifts_in_nothing_with_a_planning_meaning(label):
    before = sample_plan(label)
    calendar = before.calendar
    found = drift(before, rolled(before, calendar.label(calendar.parse(label) + 1)))
    assert found.events.height == 0
    assert set(found.rows["table"]) == {"capacity", "kpi_targets"}


def test_what_started_and_finished_is_suggested_by_its_dates_and_is_all_that_drifts():
    before = sample_plan("FY27-Q3")
    found = suggestions(before, before.calendar.parse("FY27-Q4"))
    assert [(one.action, one.project_id) for one in found] == [
        (FINISH, "PRJ-006"),
        (FINISH, "PRJ-029"),
        (START, "PRJ-033"),
    ]

    edits = progress_edits(before, started=["PRJ-033"], finished=["PRJ-006", "PRJ-029"])
    events = drift(before, applied(before, edits)).events.select("id", "kind").rows()
    assert events == [("PRJ-006", "completed"), ("PRJ-029", "completed"), ("PRJ-033", "started")]


def test_work_without_its_money_may_only_start_where_it_must_be_done():
    due = {"start_date": dt.date(2027, 1, 1)}
    before = plan(
        projects=[
            project("P1", funding_status="requested", **due),
            project("P2", funding_status="requested", kind="mandatory", **due),
            project("P3", funding_status="funded", **due),
            project("P4", start_date=dt.date(2027, 4, 1)),
        ]
    )
    found = suggestions(before, before.calendar.parse("FY27-Q4"))
    assert [(one.project_id, bool(one.obstacle)) for one in found] == [
        ("P1", True),
        ("P2", False),
        ("P3", False),
    ]


def test_ranks_close_their_gap_when_work_is_done_and_nothing_is_reprioritised():
    before = plan(
        projects=[
            project(f"P{n}", priority_rank=n, status="in_progress" if n == 1 else "planned")
            for n in range(1, 9)
        ]
    )
    after = applied(before, progress_edits(before, finished=["P1"]))

    ranks = dict(after["projects"].select("project_id", "priority_rank").iter_rows())
    assert ranks == {"P1": None, "P2": 1, "P3": 2, "P4": 3, "P5": 4, "P6": 5, "P7": 6, "P8": 7}
    assert drift(before, after).events["kind"].to_list() == ["completed"]
    assert list(rank_edits(after)) == []


@given(plans(), st.integers(0, 12))
@settings(max_examples=25, deadline=None)
def test_rolling_forward_twice_is_rolling_forward_once(before, quarters_on):
    quarter = before.calendar.parse("FY27-Q1") + quarters_on
    once = applied(before, roll_forward(before, quarter).edits)
    assert roll_forward(once, quarter).edits == ()
    assert once["phasing"].equals(before["phasing"])
