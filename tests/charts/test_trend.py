"""The charts of the trend: gaps to scale, labels apart, readable by Vega-Lite, errors flagged, safe from what people type."""

import json
from dataclasses import replace
from itertools import pairwise

import altair as alt
import polars as pl
import pytest

from planner.charts import theme
from planner.charts.trend_axis import Field, Stop, ends_of, spread, thinned
from planner.charts.trend_bars import GUTTER
from planner.charts.trend_lines import LABEL_APART
from planner.charts.trend_milestones import milestone_chart, quarter_ticks
from planner.charts.trend_money import (
    alone_chart,
    money_chart,
    number_ticks,
    realised_chart,
    reason_chart,
    sight_chart,
    work_chart,
)
from planner.charts.trend_outcomes import need_chart, status_chart, value_chart
from planner.charts.trend_places import Axis
from planner.charts.trend_refreshes import MONEY, PROJECTS, refresh_chart
from planner.look.lettering import text_width
from planner.model.ledgers import LEDGERS
from planner.model.quarter import Calendar, Quarter
from planner.model.settings import PlanSettings
from planner.rules.figure import Figure, Measured
from planner.rules.milestone_lines import Milestone
from planner.rules.trend_points import positions
from planner.rules.trend_steps import TrendStep
from planner.rules.verdict import Verdict
from tests.sample_trend import CALENDAR, sample_ledgers, sample_points, sample_steps

NOTHING = pl.DataFrame(
    schema={column.name: column.polars_type for column in LEDGERS["external_factors"].columns}
)


def axis_of(quarters, calendar=CALENDAR, currency="GBP"):
    return Axis(quarters, positions(quarters), calendar, currency)


def sample_axis():
    return axis_of([point.quarter for point in sample_points()])


def milestone(name, finishes, first=8106, *, is_done=False):
    points = tuple((first + at, finish) for at, finish in enumerate(finishes))
    return Milestone("project", name, name, points, is_done, 4)


def step(at, volatility, churn=None, word=""):
    none = Figure.missing("There is no money.")
    mix = Measured(none, pl.DataFrame(schema={"reason_code": pl.String, "share": pl.Float64}))
    codes = pl.DataFrame(schema={"reason_code": pl.String, "changes": pl.Int64, "share": pl.Float64})
    moved = none if churn is None else Figure(churn)
    said = Verdict(word, none, "" if word else none.reason)
    return TrendStep(
        Quarter(at - 1), Quarter(at), moved, Figure(volatility), none, said, [], mix, codes, {}, 0, 0
    )


def every_chart():
    points, steps, axis = sample_points(), sample_steps(), sample_axis()
    outcomes = points[-1].outcomes["outcome_id"].to_list()
    lines = [milestone("A", [8108, 8109, 8111]), milestone("B", [8108, 8107, 8106])]
    found = [
        milestone_chart(lines, {}, axis),
        *(
            refresh_chart(steps, by, axis, PlanSettings(), sample_ledgers()["external_factors"])
            for by in (MONEY, PROJECTS)
        ),
        *(make(points, outcomes, axis, outcomes) for make in (status_chart, value_chart, need_chart)),
        *(make(points, axis) for make in (money_chart, realised_chart, work_chart, sight_chart, alone_chart)),
        reason_chart(steps, axis),
    ]
    assert all(found)
    return found


def test_every_spec_is_vega_lite_has_no_empty_layer_and_follows_both_modes():
    for chart in every_chart():
        alt.Chart.from_dict({**chart.spec, "data": {"values": []}})
        roles = {layer["transform"][0]["filter"]["equal"] for layer in chart.spec["layer"]}
        assert roles == set(chart.frame["role"].unique()), chart.alt
        assert "light-dark(" in json.dumps(chart.spec)
        assert chart.alt
        assert chart.table


def test_gaps_between_snapshots_are_drawn_to_scale_and_a_second_sealing_stands_in_its_quarter():
    uneven = [Calendar(1).parse(label) for label in ("2019-Q3", "2021-Q1", "2022-Q1")]
    assert [after - before for before, after in pairwise(positions(uneven))] == [6, 4]
    again = [Quarter(8106), Quarter(8107), Quarter(8107), Quarter(8108)]
    assert positions(again) == [8106, 8107, 8107.5, 8108]
    assert axis_of(again).names[1:3] == ["Q4 FY26", "Q4 FY26, revision 2"]


def test_names_of_lines_are_apart_inside_the_plot_and_near_their_lines():
    lines = [milestone(f"Project {at}", [8120, 8120 + at // 6]) for at in range(12)]
    chart = milestone_chart(lines, {}, sample_axis())
    names = chart.frame.filter(pl.col("role").str.starts_with("name"))
    low, high = next(
        layer["encoding"]["y"]["scale"]["domain"]
        for layer in chart.spec["layer"]
        if "scale" in layer["encoding"].get("y", {})
    )
    pixels = sorted((high - y) / (high - low) * chart.spec["height"] for y in names["y"])
    assert len(pixels) == 12
    assert all(after - before >= LABEL_APART - 0.01 for before, after in pairwise(pixels))
    assert pixels[0] >= 0
    assert pixels[-1] <= chart.spec["height"]


@pytest.mark.parametrize(
    "wanted", [[], [5.0], [5.0, 5.0, 5.0], [0.0, 100.0, 101.0], [99.0, 98.0, 97.0], [-50.0, 500.0]]
)
def test_places_are_spread_in_their_order(wanted):
    placed = spread(wanted, 10, (0, 100))
    ordered = [place for _, place in sorted(zip(wanted, placed, strict=True))]
    assert all(after - before >= 10 - 1e-9 for before, after in pairwise(sorted(placed)))
    assert ordered == sorted(ordered)
    assert all(0 <= place <= 100 for place in placed)


def test_where_there_is_room_for_few_names_of_snapshots_the_newest_has_its_own():
    stops = [Stop(float(at), f"Q{at % 4 + 1}", "FY", str(at)) for at in range(20)]
    plot = Field(ends_of(stops), (0.0, 1.0), 100, 210)
    shown = thinned(stops, plot.quarter)
    assert shown[-1] == 19
    assert all((after - before) * plot.quarter >= 31 for before, after in pairwise(shown))


def test_an_unfinished_finish_in_the_past_is_an_error_and_a_finished_one_is_none():
    wrong, fine = milestone("A", [8105, 8110]), milestone("B", [8106, 8106], is_done=True)
    chart = milestone_chart([wrong, fine], {}, sample_axis())
    assert wrong.wrong == {0}
    assert fine.wrong == frozenset()
    assert chart.frame.filter(role="mark_wrong")["y"].to_list() == [8105]
    assert "1 unfinished in the past: an error in the dates" in chart.note
    assert chart.frame.filter(role="mark_done").height == 1


def test_a_finish_eighty_years_ahead_squeezes_no_other_line_and_is_said():
    chart = milestone_chart([milestone("A", [8110, 8430]), milestone("B", [8110, 8112])], {}, sample_axis())
    assert chart.frame.filter(pl.col("role").is_in(["line", "line_heavy"]))["y"].max() == 8112
    assert "1 beyond" in chart.note
    assert chart.table[0][2] == CALENDAR.spoken(Quarter(8430))


def test_a_line_that_moved_shows_its_first_baseline_dashed_and_a_still_one_does_not():
    chart = milestone_chart([milestone("A", [8110, 8112]), milestone("B", [8111, 8111])], {}, sample_axis())
    assert chart.frame.filter(role="base").select("y").to_series().to_list() == [8110]
    assert milestone_chart([], {}, sample_axis()) is None


def test_the_calm_band_and_the_verdicts_of_the_sample_are_on_the_chart():
    chart = refresh_chart(
        sample_steps(), MONEY, sample_axis(), PlanSettings(), sample_ledgers()["external_factors"]
    )
    assert chart.frame.filter(role="band")["y2"].to_list() == [0.1]
    assert [row[1:4] for row in chart.table[:5]] == [
        ("3.8%", "Small and regular", "6"),
        ("8.8%", "Small and regular", "13"),
        ("119%", "Large, without evidence", "100"),
        ("69%", "Large, backed by evidence", "0"),
        ("6.0%", "Small and regular", "0"),
    ]
    assert chart.frame.filter(role="verdict").height == 5
    assert chart.frame.filter(role="factor").height == 2
    assert "what is usual shows from 8 on" in chart.note


def test_from_eight_refreshes_on_an_unusual_one_is_flagged():
    quarters = [Quarter(8100 + at) for at in range(10)]
    shares = [0.10, 0.11, 0.10, 0.11, 0.60, 0.10, 0.11, 0.10, 0.11]
    steps = [step(8101 + at, share) for at, share in enumerate(shares)]
    chart = refresh_chart(steps, PROJECTS, axis_of(quarters), PlanSettings(), NOTHING)
    assert [row[1] for row in chart.table if "unusual" in row[1]] == ["60%, unusual"]
    assert "unusual: Q2 FY26" in chart.note
    assert any(text.startswith("usual, up to") for text in chart.frame.filter(role="gutter")["text"])


def test_a_refresh_that_cannot_be_measured_is_a_question_mark_with_its_reason():
    steps = [step(8101, 0.2, 0.05, "small_regular"), step(8102, 0.2)]
    chart = refresh_chart(
        steps, MONEY, axis_of([Quarter(8100), Quarter(8101), Quarter(8102)]), PlanSettings(), NOTHING
    )
    assert chart.frame.filter(role="unknown")["note"].to_list() == ["Q3 FY25: There is no money."]
    assert chart.table[1][1] == "There is no money."


def test_a_status_is_told_by_shape_and_word_in_each_snapshot():
    points = sample_points()
    outcomes = points[-1].outcomes["outcome_id"].to_list()
    chart = status_chart(points, outcomes, sample_axis(), outcomes)
    words = dict(chart.table)["Run at lower cost"]
    assert words == (
        "Q2 FY26 on course, Q3 FY26 on course, Q4 FY26 on course, Q1 FY27 at risk, Q2 FY27 at risk, Q3 FY27 at risk"
    )
    assert (
        chart.frame.filter(role="status_amber").height + chart.frame.filter(role="status_green").height == 36
    )


@pytest.mark.parametrize("values", [[0.0], [1.0], [5e12, 3.0], [-40.0, 12.0], [0.0, 0.0]])
def test_any_values_have_a_scale_that_holds_them_and_unlike_ticks(values):
    (low, high), ticks = number_ticks(values, str)
    assert low <= min(0, *values)
    assert high > max(values)
    assert len({tick.y for tick in ticks}) == len(ticks) >= 1


def test_quarters_have_a_tick_for_each_year_in_a_span_of_any_length():
    for span in (3, 20, 50, 400):
        ticks = [tick for tick in quarter_ticks(8100, 8100 + span, CALENDAR) if tick.is_strong]
        assert len(ticks) <= 16, span


def test_what_stands_alone_and_what_benefits_brought_are_told_snapshot_by_snapshot():
    alone, realised = (make(sample_points(), sample_axis()) for make in (alone_chart, realised_chart))
    assert alone.table == [
        ("Live projects", "1", "0", "1, 0, 0, 0, 0, 0"),
        ("Outcomes", "0", "0", "0, 0, 0, 0, 0, 0"),
    ]
    assert realised.table == [("Brought of promised", "55%", "79%", "–, –, –, 55%, 69%, 79%")]  # noqa: RUF001
    promised = realised.frame.filter(pl.col("role") == "tick_strong")
    assert promised.select("text", "y").rows() == [("100%", 1.0)]


def test_a_plan_without_outcomes_has_no_line_of_what_stands_alone_and_none_without_benefits():
    none = Figure.missing("The plan has no outcomes, so nothing can lead up to one.")
    points = [replace(point, orphans=none, uncovered=none, realised=none) for point in sample_points()]
    assert alone_chart(points, sample_axis()) is None
    assert realised_chart(points, sample_axis()) is None


def test_the_words_of_what_came_from_outside_are_whole_and_no_line_of_them_covers_another():
    said = "A rival made an approach for the home book and for the motor book too; both were declined"
    row = {"factor_id": "E1", "statement": said, "from_quarter": "FY26-Q4", "to_quarter": "FY27-Q2"}
    other = {"factor_id": "E2", "statement": "W" * 40, "from_quarter": "FY27-Q1"}
    factors = pl.DataFrame([row, other], schema=NOTHING.schema)
    chart = refresh_chart(sample_steps(), MONEY, sample_axis(), PlanSettings(), factors)
    lines = chart.frame.filter(pl.col("role") == "gutter", pl.col("note").is_not_null())
    mine = lines.filter(pl.col("note").str.starts_with("A rival"))
    assert " ".join(mine["text"]) == mine["note"][0] == f"{said} · FY26-Q4 to FY27-Q2"
    assert "".join(lines.filter(pl.col("note").str.starts_with("W"))["text"]).startswith("W" * 40)
    units = 14 * (chart.spec["layer"][1]["encoding"]["y"]["scale"]["domain"][1]) / chart.spec["height"]
    assert all(above - below >= units * 0.999 for above, below in pairwise(lines["y"]))
    assert [text_width(text, theme.SIZE_NOTE) < GUTTER[0] for text in lines["text"]] == [True] * lines.height


def test_words_that_would_fill_the_chart_go_on_under_the_pointer_and_in_the_table():
    said = "A very long statement of the environment. " * 40
    row = {"factor_id": "E1", "statement": said, "from_quarter": "FY26-Q4"}
    factors = pl.DataFrame([row], schema=NOTHING.schema)
    chart = refresh_chart(sample_steps(), MONEY, sample_axis(), PlanSettings(), factors)
    lines = chart.frame.filter(pl.col("role") == "gutter", pl.col("note").is_not_null())
    assert lines.height == 6
    assert lines["text"][-1].endswith("…")
    assert said in lines["note"][0]
    assert said in chart.table[-1][2]


def test_the_name_of_the_diagonal_stands_over_the_plot_where_no_line_runs():
    chart = milestone_chart([milestone("A", [8108, 8107, 8106])], {}, sample_axis())
    named = chart.frame.filter(pl.col("role").is_in(["diagonal_name", "diagonal_key"]))
    top = chart.spec["layer"][1]["encoding"]["y"]["scale"]["domain"][1]
    assert named.height == 2
    assert all(y > top for y in named["y"])


def test_what_people_type_is_data_and_never_part_of_a_spec():
    hostile = "datum['x'] <script>alert(1)</script>"
    chart = milestone_chart([milestone(hostile, [8110, 8112])], {}, sample_axis())
    assert "script" not in json.dumps(chart.spec)
    assert hostile in chart.frame["note"].to_list()
