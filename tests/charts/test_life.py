"""The charts of one item: to scale, readable by Vega-Lite, without empty layers, and safe from what people type."""

import altair as alt
import pytest

from planner.charts.life import (
    LINE,
    MARKS,
    Course,
    Lane,
    Stop,
    Value,
    finish_chart,
    lanes_chart,
    upright_axis,
)
from planner.charts.life_layers import STRONG, WORSE

STOPS = [Stop(0, "Q1", "FY26"), Stop(1, "Q2"), Stop(5, "Q2", "FY27")]
COST = Lane("Cost", LINE, [Value(0, 100, "£100"), Value(1, 100, "£100"), Value(5, 150, "£150", STRONG)])
RATING = Lane("Rating", MARKS, [Value(0, None, "green", "green"), Value(5, None, "red", "red")])


def rows(chart, role):
    return chart.frame.filter(chart.frame["role"] == role)


def finish(points=((0, 4), (1, 4), (5, 6))):
    return finish_chart(Course(points, "Q3 FY27, 2 later", WORSE), None, STOPS, [(4, "Q1 FY27")], "Finish")


def test_both_are_charts_that_vega_lite_reads_and_no_layer_is_empty():
    for chart in (lanes_chart([COST, RATING], STOPS, "Cells"), finish()):
        alt.Chart.from_dict(chart.spec)
        drawn = {layer["transform"][0]["filter"]["equal"] for layer in chart.spec["layer"]}
        assert drawn == set(chart.frame["role"].unique())


def test_a_longer_gap_between_two_versions_is_drawn_longer():
    assert rows(lanes_chart([COST], STOPS, ""), "stop")["x"].to_list() == [0, 1, 5]
    assert rows(finish(), "line").select("x", "x2").rows() == [(0, 1), (1, 5)]


def test_a_figure_stands_where_it_changed_and_nowhere_else():
    assert rows(lanes_chart([COST], STOPS, ""), "figure")["text"].to_list() == ["£100", "£150"]
    assert rows(lanes_chart([RATING], STOPS, ""), "word")["text"].to_list() == ["green", "red"]


def test_a_rating_has_its_shape_beside_its_colour_and_its_word():
    chart = lanes_chart([RATING], STOPS, "")
    assert rows(chart, "mark-circle")["tone"].to_list() == ["green"]
    assert rows(chart, "mark-diamond")["tone"].to_list() == ["red"]


def test_the_diagonal_is_drawn_to_the_same_scale_as_the_finish():
    chart = finish()
    line, diagonal = rows(chart, "line"), rows(chart, "diagonal")
    a_quarter_of_finish = (line["y"][1] - line["y2"][1]) / 2
    assert (diagonal["y"][0] - diagonal["y2"][0]) / 5 == pytest.approx(a_quarter_of_finish)


def test_a_finish_that_is_flat_and_equals_the_day_has_a_place_too():
    chart = finish_chart(Course([(3, 3)], "now", STRONG), None, [Stop(3, "Q4")], [], "")
    assert rows(chart, "mark-circle").height == 1


def test_a_path_stands_beside_what_was_measured_with_its_last_value():
    path = [Value(0, 90, "90 days"), Value(5, 80, "80 days")]
    chart = lanes_chart([Lane("Days", LINE, COST.values, path, "path")], STOPS, "")
    assert rows(chart, "aside")["text"].to_list() == ["path 80 days"]


def test_many_quarters_upright_are_named_by_year_only():
    assert upright_axis(0, 4) == [0, 1, 2, 3, 4]
    assert upright_axis(1, 40) == list(range(4, 41, 4))


def test_what_people_type_is_data_and_no_part_of_the_spec():
    name = "datum.x'];alert(1)//"
    chart = lanes_chart([Lane(name, LINE, COST.values)], STOPS, "Cells")
    assert name not in str(chart.spec)
    assert name in rows(chart, "name")["text"].to_list()
