"""What crossed which line: the sample's refreshes, and each line by a small plan."""

import datetime as dt

import pytest

from planner.rules.crossed_lines import Side, crossed_lines
from planner.rules.home import Dated
from planner.rules.outcome_status import outcome_status
from tests.rules.small_plans import plan, project, sound_tables
from tests.sample_plans import LABELS, sample_ledger, sample_plan


def side(place):
    found, actuals = sample_plan(LABELS[place]), sample_ledger("kpi_actuals")
    quarter = found.calendar.parse(LABELS[place])
    statuses = dict(outcome_status(found, quarter, actuals).select("outcome_id", "status").iter_rows())
    return Side(Dated(found, quarter), statuses, [sample_plan(label) for label in LABELS[:place]])


def lines(place):
    found = crossed_lines(side(place), side(place + 1))
    return {(one.line, one.id): (one.before, one.after, one.tone) for one in found}


def test_the_merger_quarter_brings_teams_over_capacity_and_outcomes_at_risk():
    found = lines(2)
    assert found["outcomes", "OUT-003"] == ("green", "amber", "worse")
    assert found["teams", "TEAM-05"] == ("0", "3", "worse")
    assert all(one.tone != "worse" for one in crossed_lines(side(3), side(4)) if one.line == "teams")


def test_the_two_large_quarters_move_the_policy_system_over_the_edges_of_the_zones_and_back():
    assert lines(2)["zones", "PRJ-017"] == ("outline", "firm", "")
    assert lines(3)["zones", "PRJ-017"] == ("firm", "planned", "")


def small(quarter="FY27-Q1", history=(), **cells):
    found = plan(**sound_tables(projects=[project(**cells)]))
    return Side(Dated(found, found.calendar.parse(quarter)), {}, history)


def crossed(before, after):
    return [(one.line, one.before, one.after, one.tone) for one in crossed_lines(before, after)]


def test_time_that_passes_brings_no_project_into_another_zone():
    assert crossed(small("FY26-Q4"), small("FY27-Q3")) == []


def test_a_finish_behind_the_day_an_outcome_needs_it_by_is_a_line():
    late = small(end_date=dt.date(2030, 4, 1))
    assert crossed(small(), late) == [("need_by", "yes", "no", "worse")]
    assert crossed(late, small()) == [("need_by", "no", "yes", "better")]


@pytest.mark.parametrize(("cost", "alarm"), [(116, "amber"), (130, "red"), (114, "")])
def test_a_cost_alarm_is_a_line(cost, alarm):
    before, after = small(), small(history=[small().dated.plan], cost=cost)
    assert crossed(before, after) == ([("alarms", "", alarm, "worse")] if alarm else [])


def test_a_line_of_sight_lost_is_a_line():
    blind = plan(**sound_tables(links=[]))
    lost = Side(Dated(blind, blind.calendar.parse("FY27-Q1")), {}, ())
    assert crossed(small(), lost) == [("sight", "yes", "no", "worse")]
    assert crossed(lost, small()) == [("sight", "no", "yes", "better")]
