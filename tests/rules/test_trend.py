"""Trends over snapshots: which milestones are followed, what is kept of each snapshot and refresh, and the sentence on top."""

import polars as pl
import pytest

from planner.model.quarter import Quarter
from planner.rules.figure import Figure, Measured
from planner.rules.forecast_accuracy import spend_recorded
from planner.rules.home import Dated
from planner.rules.milestone_lines import (
    by_move,
    by_value,
    lines_to_choose,
    milestones,
    moving_golives,
    open_lines,
    serving,
)
from planner.rules.milestone_trend import finish_lines, finishes_of, trend, trends_of_lines
from planner.rules.outcome_status import NO_BENEFITS
from planner.rules.process_limits import process_limits
from planner.rules.refresh_step import Past
from planner.rules.sight import up_shares, value_points
from planner.rules.trend_points import (
    NO_BENEFIT,
    NO_OUTCOMES,
    golives_of,
    outcomes_of,
    trend_point,
    yearly_benefit,
)
from planner.rules.trend_sentence import history_sentence, receding_sentence
from planner.rules.trend_steps import TrendStep, trend_pair, trend_step
from planner.rules.verdict import Verdict
from tests.rules.small_plans import enabler, outcome, plan, project, worked_example
from tests.sample_plans import LABELS, sample_plan
from tests.sample_trend import CALENDAR, dated, sample_ledgers, sample_points, sample_steps


def said(parts):
    return "".join(part.text for part in parts)


def ending(**ends):
    rows = [
        project(key, end_date=CALENDAR.last_day(Quarter(end)), status=status)
        for key, (end, status) in ends.items()
    ]
    return plan(projects=rows)


def history(*plans, first=8100):
    return [Dated(one, Quarter(first + at)) for at, one in enumerate(plans)]


def step(at, word, volatility=0.2):
    none = Figure.missing("The plan before has no money.")
    mix = Measured(none, pl.DataFrame())
    verdict = Verdict(word, none, "" if word else none.reason)
    return TrendStep(
        Quarter(at - 1), Quarter(at), none, Figure(volatility), none, verdict, [], mix, mix.rows, {}, 0, 0
    )


# --- what is kept of a snapshot and of a refresh ------------------------------------------------------


def test_the_refreshes_of_the_sample_have_the_churn_and_the_verdicts_of_the_domain():
    assert [step.churn.value for step in sample_steps()] == pytest.approx(
        [0.0377, 0.0879, 1.1941, 0.6928, 0.0596], abs=0.00005
    )
    assert [step.verdict.word for step in sample_steps()] == [
        "small_regular", "small_regular", "knee_jerk", "deliberate_shift", "small_regular",
    ]  # fmt: skip
    assert [step.volatility.value for step in sample_steps()] == pytest.approx(
        [0.2222, 0.2500, 0.3704, 0.4500, 0.3889], abs=0.00005
    )
    assert all(step.given == step.changes for step in sample_steps())
    assert sum(step.changes for step in sample_steps()) == 102


def test_the_outcomes_of_the_sample_stand_as_the_domain_says():
    letters = [
        "".join(status[0].upper() for _, status in sorted(one.statuses.items())) for one in sample_points()
    ]
    assert letters == ["GGGGGG", "GGGGGG", "GGGGAA", "GGAGAG", "AAAAAG", "AAAGAG"]


def test_what_a_refresh_counts_is_what_happened_to_projects():
    before = ending(A=(8110, "planned"), B=(8110, "in_progress"), C=(8110, "planned"), D=(8110, "planned"))
    after = ending(A=(8112, "in_progress"), B=(8110, "done"), C=(8110, "planned"), E=(8111, "planned"))
    one, other = history(before, after)
    found = trend_step(trend_pair(one, other), Past([one.quarter], {}))
    assert dict(found.counts) == {
        "added": 1, "removed": 1, "started": 1, "completed": 1, "later": 1, "earlier": 0,
    }  # fmt: skip
    assert found.verdict.word == ""
    assert found.verdict.reason != ""
    assert found.codes.rows() == [("", found.codes["changes"][0], 1.0)]


def test_a_projected_value_is_the_yearly_benefit_by_what_serves_the_outcome():
    found = worked_example(benefit_annual=400)
    table = outcomes_of(found, up_shares(found))
    assert table["value"].to_list() == [pytest.approx(0.925 * 400), pytest.approx(0.075 * 400)]
    assert yearly_benefit(found).value == 400
    nothing = worked_example()
    assert outcomes_of(nothing, up_shares(nothing))["value"].to_list() == [None, None]
    assert yearly_benefit(nothing).reason == NO_BENEFIT


def test_what_stands_alone_and_what_benefits_brought_are_those_of_the_domain():
    points = sample_points()
    assert [point.orphans.value for point in points] == [1, 0, 0, 0, 0, 0]
    assert [point.uncovered.value for point in points] == [0] * 6
    assert [point.realised.value for point in points[3:]] == pytest.approx(
        [0.5465, 0.6912, 0.7911], abs=0.00005
    )
    assert points[0].realised.reason == NO_BENEFITS


def test_a_plan_without_outcomes_says_that_nothing_can_lead_up_to_one():
    ledgers = {name: sample_ledgers()[name] for name in ("kpi_actuals", "benefit_actuals")}
    spent = spend_recorded(sample_ledgers()["project_actuals"])
    (bare,) = history(ending(A=(8110, "planned")))
    point = trend_point(bare, bare.plan, ledgers, spent)
    assert (point.orphans, point.uncovered) == (Figure.missing(NO_OUTCOMES),) * 2
    (alone,) = history(plan(projects=[project("P")], outcomes=[outcome("O"), outcome("Q", status="retired")]))
    point = trend_point(alone, alone.plan, ledgers, spent)
    assert (point.orphans.value, point.uncovered.value) == (1, 1)


def test_a_golive_that_is_over_counts_when_it_is_phased_in_and_is_an_error_when_only_planned():
    rows = [
        enabler("E1", lifecycle="phase_in", golive_quarter="FY26-Q1"),
        enabler("E2", lifecycle="plan", golive_quarter="FY26-Q1"),
        enabler("E3", lifecycle="phase_in", golive_quarter="FY27-Q1"),
        enabler("E4", lifecycle=None, golive_quarter=None),
    ]
    now = Dated(plan(enablers=rows), CALENDAR.parse("FY26-Q3"))
    found = dict(golives_of(now).select("enabler_id", "is_done").iter_rows())
    assert found == {"E1": True, "E2": False, "E3": False}
    lines = milestones(golives_of(now), ["E2"], 4)
    assert lines[0].wrong == {0}
    assert moving_golives(golives_of(now)) == ["E2", "E3"]


# --- which lines, and what they say -------------------------------------------------------------------


def test_lines_are_the_open_projects_of_most_value_or_of_the_furthest_moves():
    found = [dated(label) for label in LABELS]
    points = value_points(sample_plan(LABELS[-1]))
    lines = open_lines(finish_lines(found), points)
    valued = by_value(lines)
    worth = dict(points.iter_rows())
    assert len(valued) == 12
    assert [worth[key] for key in valued] == sorted((worth[key] for key in valued), reverse=True)
    assert set(by_move(lines)[:3]) <= {"PRJ-006", "PRJ-013", "PRJ-014", "PRJ-018", "PRJ-019", "PRJ-021"}
    assert "PRJ-030" not in lines["project_id"]  # it was taken off the plan


def test_lines_of_an_outcome_are_those_that_carry_it_and_a_text_finds_a_line_by_name_or_id():
    found = [dated(label) for label in LABELS]
    newest = sample_plan(LABELS[-1])
    lines = open_lines(finish_lines(found), value_points(newest))
    carried = serving(lines, up_shares(newest), "OUT-004")
    assert 0 < carried.height < lines.height
    assert [key for key, _ in lines_to_choose(lines, "DATA PLATFORM", [], 9)] == ["PRJ-006"]
    chosen = lines_to_choose(lines, "prj-018", ["PRJ-006"], 1)
    assert [key for key, _ in chosen] == ["PRJ-018", "PRJ-006"]


def test_a_line_ends_where_the_work_was_done_unless_it_was_taken_up_again():
    done, again = [
        milestones(finish_lines(history(*(ending(A=one) for one in states))), ["A"], 4)[0]
        for states in (
            [(8101, "planned"), (8101, "done"), (8101, "done")],
            [(8101, "planned"), (8101, "done"), (8105, "in_progress")],
        )
    ]
    assert (done.points, done.is_done) == (((8100, 8101), (8101, 8101)), True)
    assert (len(again.points), again.is_done, again.moved) == (3, False, 4)
    assert again.is_slipping
    assert not done.is_slipping


def test_a_finish_that_stood_still_has_the_trend_that_arithmetic_gives():
    found = history(*(ending(A=(8110, "planned"), B=(8110 + at, "planned")) for at in range(5)))
    told = {row["project_id"]: row for row in trends_of_lines(finish_lines(found)).to_dicts()}
    by_hand = trend([(8100 + at, 8110) for at in range(5)])
    assert (told["A"]["slope"], told["A"]["trend_finish"]) == (by_hand.slope.value, by_hand.finish.value)
    assert told["B"]["trend_finish"] is None
    once = trends_of_lines(finishes_of(found[0]))
    assert once["slope"].to_list() == [None, None]


def test_limits_are_mean_and_moving_range_and_only_from_enough_refreshes_on():
    values = [0.1, 0.2, 0.1, 0.2, 0.1, 0.2, 0.1, 0.9]
    found = process_limits(values, 8)
    moving = (6 * 0.1 + 0.8) / 7
    assert found.middle.value == pytest.approx(sum(values) / 8)
    assert found.upper.value == pytest.approx(sum(values) / 8 + 2.66 * moving)
    assert found.unusual == (7,)
    assert (
        process_limits(values[:7], 8).upper.reason == "There are 7 refreshes; what is usual shows from 8 on."
    )


# --- the sentence ---------------------------------------------------------------------------------------


def test_the_history_of_the_sample_in_a_sentence():
    assert said(history_sentence(sample_steps(), CALENDAR)) == (
        "Three of five refreshes were small and regular; Q1 FY27 was large, without evidence, "
        "Q2 FY27 was large, backed by evidence."
    )


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["small_regular"], "The one refresh was small and regular."),
        (["small_regular"] * 3, "All three refreshes were small and regular."),
        (["knee_jerk", "small_regular"], "One of two refreshes was small and regular; Q1 FY25 was large, without evidence."),
        (["knee_jerk"] * 3, "None of three refreshes was small and regular; three were large, without evidence."),
        (["no_change", "small_regular", ""], "One of three refreshes was small and regular; Q1 FY25 was without change, one has no verdict."),
        (["moderate", "no_change", "no_change"], "None of three refreshes was small and regular; Q1 FY25 was moderate, Q2 FY25 and Q3 FY25 were without change. The last two changed nothing: is the plan still alive?"),
        (["", ""], "Neither of two refreshes has a verdict: the plan before has no money. In each, the projects that changed, joined or left come to 20% of those live before."),
    ],
)  # fmt: skip
def test_any_history_reads_as_a_sentence(words, sentence):
    steps = [step(8100 + at, word) for at, word in enumerate(words)]
    assert said(history_sentence(steps, CALENDAR)) == sentence


def test_what_recedes_is_said_with_the_worst_of_it():
    steady, slow, away = [8110] * 4, [8110, 8110, 8111, 8111], [8110, 8111, 8112, 8113]

    def told(**lines):
        found = history(
            *(ending(**{key: (ends[at], "planned") for key, ends in lines.items()}) for at in range(4))
        )
        return said(receding_sentence(trends_of_lines(finish_lines(found))))

    assert told(A=steady) == "By their trend, none of one live project finishes later than it is planned now."
    assert told(A=steady, B=slow).startswith(
        "By their trend, one of two live projects finishes later than planned now; “Project B” most, "
    )
    assert told(B=slow, C=away).endswith("“Project C” recedes as fast as time passes, or faster.")
    assert receding_sentence(trends_of_lines(finish_lines(history(ending(A=(8110, "planned")))))) == []
