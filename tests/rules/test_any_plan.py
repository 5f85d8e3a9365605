"""Every rule survives every plan: linked or not, with missing cells and nasty texts."""

import datetime as dt
import math

from hypothesis import given, settings
from hypothesis import strategies as st

from planner.model.quarter import Calendar
from planner.model.tables import TABLES
from planner.rules.capacity import over_capacity, team_load
from planner.rules.checks import find_findings
from planner.rules.churn import churn
from planner.rules.conflicts import dependency_conflicts
from planner.rules.drift import drift
from planner.rules.drift_reasons import with_reasons
from planner.rules.flow import started_finished
from planner.rules.forecast_accuracy import finish_accuracy, finish_forecasts
from planner.rules.heat import capability_heat
from planner.rules.home import Dated
from planner.rules.measures import aligned_share, cost_bridge, live_cost, money_ahead
from planner.rules.milestone_trend import trends
from planner.rules.outcome_status import kpi_standing, outcome_status
from planner.rules.refresh_measures import measure_refresh
from planner.rules.refresh_step import Past
from planner.rules.single_points import single_points
from planner.rules.slip import slip
from planner.rules.timeline import layout, timeline_table
from planner.rules.worth import worth_of_projects
from tests.plans import plans

NOW = Calendar(4).parse("FY27-Q3")
TODAY = dt.date(2026, 10, 16)
WHOLE = plans(tuple(name for name in TABLES if name != "settings"))


@settings(max_examples=8, deadline=None)
@given(WHOLE)
def test_any_plan_can_be_checked_and_each_finding_names_a_row(drawn):
    findings = find_findings(drawn, NOW)
    assert find_findings(drawn, NOW) == findings
    for finding in findings:
        assert finding.message.strip()
        assert not finding.field or finding.field == "kpis" or finding.field in TABLES[finding.table].by_name


@settings(max_examples=8, deadline=None)
@given(WHOLE, WHOLE)
def test_any_two_plans_have_figures_or_reasons(before, after):
    quarters = (NOW, NOW + 1)
    moved, slipped = churn(before, after, quarters), slip(before, after, quarters)
    figures = [
        money_ahead(after, NOW),
        aligned_share(after, NOW),
        live_cost(after),
        over_capacity(after, NOW),
        started_finished(after, NOW).ratio,
        cost_bridge(before, after).growth,
        moved.weighted,
        moved.stability,
        *moved.zones.values(),
        slipped.mean,
        slipped.weighted,
    ]
    for figure in figures:
        assert (figure.value is None) == bool(figure.reason)
        assert figure.value is None or math.isfinite(figure.value)


@settings(max_examples=8, deadline=None)
@given(WHOLE, WHOLE, WHOLE)
def test_any_refresh_is_measured_and_what_is_empty_says_why(first, before, after):
    rows = with_reasons(drift(before, after).rows, after["reasons"].with_columns(place=1))
    past = Past([NOW, NOW + 1], {}, plans=[Dated(first, NOW), Dated(before, NOW + 1)])
    found = measure_refresh(Dated(before, NOW + 1), Dated(after, NOW + 2), rows, past)
    assert bool(found.step.verdict.word) != bool(found.step.verdict.reason)
    figures = [
        found.step.verdict.index,
        *(
            one.figure
            for one in (
                found.volatility,
                found.value_disturbed,
                found.step.evidence,
                found.step.cadence,
                found.alarms,
                found.reasons,
                found.justification,
                found.sight.lost,
            )
        ),
        found.sight.change,
        found.finishes.days.median,
        found.finishes.quarters.later_median,
    ]
    for figure in figures:
        assert (figure.value is None) == bool(figure.reason)
        assert figure.value is None or math.isfinite(figure.value)
    history = [*past.plans, Dated(after, NOW + 2)]
    assert finish_accuracy(finish_forecasts(history), after.settings).rows["lead"].is_unique().all()
    assert set(trends(history)["project_id"]) <= set(after["projects"]["project_id"])
    assert capability_heat(after).height == after["capabilities"].height
    assert (dependency_conflicts(after)["short_by"] > 0).all()
    assert all(math.isfinite(one.net) for one in worth_of_projects(after, NOW).values())
    assert set(single_points(after)["outcome_id"]) <= set(after["outcomes"]["outcome_id"])


@settings(max_examples=8, deadline=None)
@given(WHOLE, WHOLE, st.sampled_from(["outcome", "capability", "team", "status"]))
def test_any_two_plans_can_be_drawn_and_every_outcome_stands_somehow(before, after, kind):
    status = outcome_status(after, NOW)
    shown = layout(
        after, NOW, TODAY, baseline=before, lanes=kind, statuses=dict(status.drop("at_risk").rows())
    )
    rows = [*shown.lanes["row"], *shown.bars["row"], *shown.notes["row"]]
    assert sorted(rows) == list(range(shown.rows))
    assert set(after["projects"]["project_id"]) <= set(timeline_table(shown)["project_id"])
    assert set(status["outcome_id"]) == set(after["outcomes"]["outcome_id"])
    assert set(status["status"]) <= {"green", "amber", "red", "grey"}
    assert kpi_standing(after, NOW, None).height == after["kpis"].height
    assert team_load(after, NOW)["state"].null_count() == 0
