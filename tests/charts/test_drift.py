"""The two charts of drift: true to the figures, readable by Vega-Lite, bounded, and safe from what people type."""

import datetime as dt
import json
from dataclasses import replace

import altair as alt
import pytest

from planner.charts import theme
from planner.charts.drift import MOST_MOVES, MOST_STEPS, finish_moves, money_bridge
from planner.model.quarter import Calendar
from planner.rules.change_names import Names
from planner.rules.changes import list_changes
from planner.rules.drift import drift
from planner.rules.drift_reasons import with_reasons
from planner.rules.measures import cost_bridge
from planner.rules.sentences import MINUS
from tests.rules.small_plans import plan, project
from tests.sample_plans import sample_plan

CALENDAR = Calendar(4)


def changes_of(baseline, current):
    rows = with_reasons(drift(baseline, current).rows, baseline["reasons"].with_columns(place=0))
    return list_changes(baseline, current, rows, Names.of_plans(baseline, current))


def sample_changes(before, after):
    return changes_of(sample_plan(before), sample_plan(after))


def sample_bridge(before, after):
    return money_bridge(cost_bridge(sample_plan(before), sample_plan(after)), (before, after), "GBP")


def told(chart):
    return [label for *_, label in chart.table]


def test_the_bridge_of_the_sample_tells_the_steps_from_one_total_to_the_other():
    chart = sample_bridge("FY27-Q1", "FY27-Q2")
    assert told(chart) == [
        "£45.7m",
        f"{MINUS}£2.8m",
        "+£180k",
        "+£880k",
        f"{MINUS}£2.4m",
        f"{MINUS}£890k",
        "£40.7m",
    ]
    assert "The scale starts at £40m." in chart.note


def test_finish_moves_of_the_sample_are_later_first_and_then_earlier():
    chart = finish_moves(sample_changes("FY27-Q1", "FY27-Q2"), CALENDAR)
    assert told(chart) == ["8 later", "5 later", "2 later", "1 later", "1 earlier", "1 earlier", "2 earlier"]
    assert chart.table[0][:2] == ("Core policy replacement: motor", "Q2 FY29 → Q2 FY31")


def test_no_finish_moved_is_no_chart():
    same = sample_plan("FY27-Q3")
    assert finish_moves(changes_of(same, same), CALENDAR) is None


@pytest.mark.parametrize("many", [MOST_MOVES + 1, MOST_MOVES + 2, 400])
def test_many_moves_and_steps_become_a_row_that_says_how_many(many):
    before = plan(
        projects=[project(f"P{i}", end_date=dt.date(2027, 6, 30), cost=100 + i) for i in range(many)]
    )
    after = plan(
        projects=[project(f"P{i}", end_date=dt.date(2027, 12, 31), cost=200 + 2 * i) for i in range(many)]
    )
    moves = finish_moves(changes_of(before, after), CALENDAR)
    bridge = money_bridge(cost_bridge(before, after), ("a", "b"), "")
    assert moves.rows == MOST_MOVES + 1
    assert bridge.rows == MOST_STEPS + 3
    if many > MOST_MOVES + 1:
        assert moves.table[-1][:2] == (f"{many - MOST_MOVES:,} smaller moves", f"{many - MOST_MOVES:,} later")
    total = sum(100 + i for i in range(many))
    assert bridge.table[-2][0] == f"{many - MOST_STEPS:,} smaller steps"
    shown = sorted((100 + i for i in range(many)), reverse=True)[:MOST_STEPS]
    assert bridge.frame.filter(role="bar").select("x2").max().item() == 2 * total
    assert bridge.frame.filter(role="bar")["x"].min() <= total + sum(shown)


def test_a_project_that_changed_no_finish_has_no_arrow():
    before = plan(
        projects=[
            project("P1", end_date=dt.date(2027, 6, 30), cost=100),
            project("P2", end_date=dt.date(2027, 6, 30)),
        ]
    )
    after = plan(
        projects=[
            project("P1", end_date=dt.date(2027, 6, 30), cost=300),
            project("P2", end_date=dt.date(2027, 9, 30)),
        ]
    )
    assert [name for name, *_ in finish_moves(changes_of(before, after), CALENDAR).table] == ["Project P2"]


def test_a_finish_that_became_known_is_no_move():
    before, after = (
        plan(projects=[project("P1", end_date=None)]),
        plan(projects=[project("P1", end_date=dt.date(2027, 6, 30))]),
    )
    assert finish_moves(changes_of(before, after), CALENDAR) is None


@pytest.mark.parametrize("cost", [None, 0, 1, -5, 10**15])
def test_a_plan_of_any_cost_has_a_scale(cost):
    before, after = (
        plan(projects=[project("P1", cost=cost)]),
        plan(projects=[project("P1", cost=10), project("P2", cost=7)]),
    )
    chart = money_bridge(cost_bridge(before, after), ("a", "b"), "EUR")
    low, high = chart.spec["layer"][0]["encoding"]["x"]["scale"]["domain"]
    assert low < high
    ticks = chart.frame.filter(role="grid")["text"].to_list()
    assert len(set(ticks)) == len(ticks) >= 1


def test_neighbours_get_one_height_without_losing_a_row():
    chart = sample_bridge("FY27-Q2", "FY27-Q3").of_rows(10)
    assert chart.spec["height"] == 10 * theme.ROW_BRIDGE
    domains = [
        layer["encoding"]["y"].get("scale", {}).get("domain")
        for layer in chart.spec["layer"]
        if "y" in layer["encoding"]
    ]
    assert {tuple(domain) for domain in domains if domain} == {(0, 10)}


def test_the_specs_are_vega_lite_and_follow_both_modes():
    for chart in (
        sample_bridge("FY27-Q1", "FY27-Q2"),
        finish_moves(sample_changes("FY27-Q1", "FY27-Q2"), CALENDAR),
    ):
        alt.Chart.from_dict({**chart.spec, "data": {"values": []}})
        assert "light-dark(" in json.dumps(chart.spec)


def test_what_people_type_is_data_and_never_part_of_a_spec():
    change = sample_changes("FY27-Q1", "FY27-Q2")
    hostile = "datum['x'] <script>alert(1)</script> =HYPERLINK()"
    named = [replace(one, title=hostile) for one in change]
    chart = finish_moves(named, CALENDAR)
    assert hostile not in json.dumps(chart.spec)
    assert hostile in chart.frame["text"].to_list()


def test_worse_is_rust_and_better_is_teal_and_neither_is_red_or_green():
    chart = sample_bridge("FY27-Q1", "FY27-Q2")
    tones = dict(chart.frame.filter(role="bar").select("text", "tone").iter_rows())
    assert tones["+£880k"] == "worse"
    assert tones[f"{MINUS}£2.8m"] == "better"
    assert tones[f"{MINUS}£890k"] == "neutral"
    spec = json.dumps(chart.spec)
    assert theme.WORSE in spec
    assert theme.STATUS["red"].colour not in spec
    assert theme.STATUS["green"].colour not in spec


def test_a_cost_that_is_not_known_is_neither_dearer_nor_cheaper():
    before, after = plan(projects=[project("P1", cost=90)]), plan(projects=[project("P1", cost=None)])
    for way in ((before, after), (after, before)):
        bars = money_bridge(cost_bridge(*way), ("a", "b"), "GBP").frame.filter(role="bar")
        assert bars["tone"].to_list() == ["neutral"]
