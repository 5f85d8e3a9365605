import datetime as dt
import json
import re

import altair as alt
import polars as pl
import pytest

from planner.charts import theme
from planner.charts.timeline import TimelineView, timeline_chart
from planner.charts.timeline_labels import text_room
from planner.charts.timeline_marks import GUTTER, HEADER, NARROWEST, ROW
from planner.model.plan import Plan
from planner.model.quarter import Calendar
from planner.rules.outcome_status import outcome_status
from planner.rules.timeline import layout
from planner.rules.timeline_fold import folded, page_of, pages_of
from tests.rules.small_plans import plan, project
from tests.sample_plans import LABELS, sample_ledger, sample_plan

TODAY = dt.date(2026, 10, 16)
DAY = dt.date
NOW = Calendar(4).parse("FY27-Q3")
BOTH_MODES = re.compile(r"light-dark\(#[0-9A-F]{6}, #[0-9A-F]{6}\)|transparent")
HOSTILE = (
    "'</script><img src=x onerror=alert(1)>",
    "datum.text",
    "=1+1",
    "](http://x)",
    'a"b\\c\nd',
    "🙂" * 40,
)


def sample(label="FY27-Q3", before="FY27-Q2", **options):
    current, baseline = sample_plan(label), sample_plan(before)
    quarter = current.calendar.parse(label)
    statuses = dict(
        outcome_status(current, quarter, sample_ledger("kpi_actuals")).select("outcome_id", "status").rows()
    )
    return layout(current, quarter, TODAY, baseline=baseline, statuses=statuses, **options)


def one(before=None, **cells):
    """The frame of a roadmap of one project, grouped by status."""
    baseline = None if before is None else plan(projects=[project(**before)])
    shown = layout(plan(projects=[project(**cells)]), NOW, TODAY, baseline=baseline, lanes="status")
    return timeline_chart(shown, TimelineView(lanes="status", since="Q2 FY27"))[1]


def marks(frame, role):
    return frame.filter(pl.col("role") == role).to_dicts()


def words(frame):
    return frame.filter(pl.col("role") == "text")["text"].to_list()


# --- the spec


@pytest.mark.parametrize("header", [True, False])
@pytest.mark.parametrize("lanes", ["outcome", "capability", "team", "status"])
def test_every_view_is_a_spec_that_altair_accepts(lanes, header):
    spec, frame = timeline_chart(sample(lanes=lanes), TimelineView(lanes=lanes, header=header))
    alt.Chart.from_dict({**spec, "data": {"name": "marks"}})
    named = set(re.findall(r'"field": "(\w+)"', json.dumps(spec)))
    assert named <= set(frame.columns)


def test_a_role_without_rows_has_no_layer():
    spec, frame = timeline_chart(sample(), TimelineView())
    drawn = {layer["name"].removeprefix("timeline_") for layer in spec["layer"] if "name" in layer}
    assert drawn == set(frame["role"].unique())


def test_no_word_of_a_plan_is_part_of_the_spec():
    rows = [
        project(f"P{n}", name=text, why=text, sponsor=text, status=None) for n, text in enumerate(HOSTILE)
    ]
    shown = layout(plan(projects=rows), NOW, TODAY, lanes="status")
    spec, frame = timeline_chart(shown, TimelineView(lanes="status"))
    tame = timeline_chart(layout(plan(projects=[project()]), NOW, TODAY, lanes="status"), TimelineView())[0]
    assert {**spec, "height": 0} == {**tame, "height": 0}
    assert {mark["text"] for mark in marks(frame, "hit")} >= set(HOSTILE)


def test_every_colour_is_one_of_both_modes():
    for shown in (sample(), sample(fold_finished=False, lanes="team"), folded(sample(), "GBP")):
        for colour in ("outcome", "status", "rating"):
            frame = timeline_chart(shown, TimelineView(colour=colour, header=True))[1]
            for column in ("fill", "stroke"):
                assert all(BOTH_MODES.fullmatch(said) for said in frame[column].drop_nulls())


def test_an_empty_plan_is_an_axis():
    shown = layout(Plan.of(), Calendar(1).parse("2026-Q4"), TODAY)
    spec, frame = timeline_chart(shown, TimelineView(header=True))
    alt.Chart.from_dict({**spec, "data": {"name": "marks"}})
    assert set(frame["role"]) >= {"grid", "zone", "text", "months"}


def test_the_picture_is_as_high_as_its_rows():
    short, long = (
        timeline_chart(sample(fold_finished=fold), TimelineView())[0]["height"] for fold in (True, False)
    )
    assert long - short == 8 * ROW
    with_header = timeline_chart(sample(), TimelineView(header=True))[0]["height"]
    assert with_header - short == HEADER


# --- bars


def test_dates_known_to_the_quarter_fill_the_bar_and_rougher_ones_leave_it_pale_with_an_edge():
    full, soft = one(date_precision="quarter"), one(date_precision="half")
    assert marks(full, "bar")[0]["stroke"] == "transparent"
    pale = marks(soft, "bar")[0]
    assert pale["fill"] == theme.mixed(pale["stroke"], theme.SOFT_SHARE)


def test_the_ghost_stands_behind_the_bar_where_the_baseline_had_it():
    ghost, bar = marks(one({}, end_date=DAY(2028, 3, 31)), "bar")
    assert (ghost["x"], ghost["x2"], bar["x2"]) == (2, 4, 6)
    assert ghost["stroke"] == theme.GHOST_EDGE
    assert ghost["y2"] > bar["y2"], "its edge is seen under the bar"


def test_stopped_work_is_a_dashed_edge():
    bar = marks(one({}, status="cancelled"), "bar")[0]
    assert (bar["fill"], bar["stroke"], bar["dash"]) == ("transparent", theme.STOPPED, True)
    assert "stopped" in words(one({}, status="cancelled"))


def test_a_bar_that_outruns_the_axis_has_an_arrow_at_that_end():
    both = marks(one(start_date=DAY(2020, 1, 1), end_date=DAY(2050, 1, 1)), "point")
    assert [mark["shape"] for mark in both] == ["triangle-left", "triangle-right"]
    away = one(start_date=DAY(2050, 1, 1), end_date=DAY(2051, 1, 1))
    assert "bar" not in set(away["role"])
    assert [mark["shape"] for mark in marks(away, "point")] == ["triangle-right"]


@pytest.mark.parametrize(("rag", "shape"), [("amber", "triangle-up"), ("red", "diamond"), ("green", None)])
def test_a_rating_that_asks_for_attention_is_a_shape_on_its_bar(rag, shape):
    frame = one(rag=rag)
    shapes = [mark["shape"] for mark in marks(frame, "point")]
    assert shapes == ([shape] if shape else [])
    assert marks(frame, "hit")[-1]["rating"] == theme.STATUS[rag].word


@pytest.mark.parametrize(
    ("colour", "fill"),
    [
        ("outcome", theme.FAINT),
        ("status", theme.OUTCOME_BARS[1]),
        ("rating", theme.STATUS["amber"].colour),
    ],
)
def test_bars_are_coloured_by_what_the_view_asks_for(colour, fill):
    shown = layout(plan(projects=[project(rag="amber")]), NOW, TODAY, lanes="status")
    frame = timeline_chart(shown, TimelineView(lanes="status", colour=colour))[1]
    assert marks(frame, "bar")[0]["fill"] == fill


def test_a_lane_and_its_bars_have_the_colour_of_their_outcome_whatever_the_lanes_are():
    by_lane = timeline_chart(sample(), TimelineView())[1]
    stripes = [mark["fill"] for mark in marks(by_lane, "stripe")]
    assert stripes == [theme.outcome_line(number) for number in range(6)]
    by_team = timeline_chart(sample(lanes="team"), TimelineView(lanes="team"))[1]
    fills = [{mark["fill"] for mark in marks(frame, "bar")} for frame in (by_lane, by_team)]
    assert fills[0] == fills[1]


# --- labels and hovers


@pytest.mark.parametrize("label", LABELS[1:])
@pytest.mark.parametrize("before", LABELS)
def test_a_label_meets_neither_the_edges_nor_its_bar_on_the_narrowest_page(label, before):
    shown = sample(label, before, fold_finished=False)
    frame = timeline_chart(shown, TimelineView())[1]
    texts = {
        mark["y"]: mark
        for mark in marks(frame, "text")
        if mark["dx"] > -60 and mark["text"] and "£" in mark["text"]
    }
    pixels = NARROWEST / shown.axis.horizon
    haloed = {mark["y"] for mark in marks(frame, "halo")}
    assert texts
    for bar in shown.bars.iter_rows(named=True):
        mark = next((text for text in texts.values() if text["text"].endswith(bar["label"])), None)
        if mark is None:
            continue
        room = text_room(mark["text"], bold=mark["weight"] == 600)
        at = mark["x"] * pixels + mark["dx"]
        left, right = (at, at + room - 12) if mark["align"] == "left" else (at - room + 12, at)
        assert left >= 0
        assert right <= NARROWEST
        if mark["y"] not in haloed:
            edges = [
                edge for edge in (bar["x0"], bar["x1"], bar["ghost_x0"], bar["ghost_x1"]) if edge is not None
            ]
            assert right <= min(edges) * pixels or left >= max(edges) * pixels


@pytest.mark.parametrize(("today", "in_halo"), [(DAY(2026, 8, 15), True), (DAY(2029, 8, 15), False)])
def test_a_label_that_the_line_of_today_runs_through_stands_in_a_halo(today, in_halo):
    early = project(start_date=DAY(2026, 4, 1), end_date=DAY(2026, 6, 30))
    quarter = Calendar(4).parse("FY27-Q1")
    shown = layout(plan(projects=[early]), quarter, today, lanes="status")
    _, frame = timeline_chart(shown, TimelineView(lanes="status"))
    assert [mark["text"] for mark in marks(frame, "halo")] == ["Q1 FY27 · £100"] * in_halo


def test_a_bar_over_the_whole_axis_carries_its_label_in_a_halo():
    frame = one(start_date=DAY(2020, 1, 1), end_date=DAY(2050, 1, 1))
    assert len(marks(frame, "halo")) == 1
    assert marks(frame, "halo")[0]["align"] == "right"


def test_names_stay_inside_the_gutter():
    frame = timeline_chart(sample(), TimelineView())[1]
    names = frame.filter((pl.col("role") == "text") & (pl.col("dx") < -60))
    assert names.height > 30
    assert (names["dx"] + names["limit"]).max() <= 0
    assert names["dx"].min() >= -GUTTER


def test_a_name_that_is_cut_ends_clear_of_the_mark_of_its_status():
    long = sample_plan("FY27-Q3")["outcomes"].with_columns(name=pl.lit("Resilient, safe and compliant " * 4))
    current = Plan.of({**sample_plan("FY27-Q3").frames, "outcomes": long})
    statuses = dict.fromkeys(long["outcome_id"], "green")
    frame = timeline_chart(layout(current, NOW, TODAY, statuses=statuses), TimelineView())[1]
    names = [mark for mark in marks(frame, "text") if mark["text"].startswith("Resilient")]
    shapes = [mark["dx"] - (mark["size"] / 3.14) ** 0.5 for mark in marks(frame, "point") if mark["x"] == 0]
    assert len(names) == 6
    assert min(shapes) - max(mark["dx"] + mark["limit"] for mark in names) >= 4


def test_a_hover_tells_why_dates_cost_outcomes_and_what_moved_from_where_and_why():
    view = TimelineView(since="Q2 FY27", reasons={"PRJ-022": "brokers asked for it."})
    frame = timeline_chart(sample(), view)[1]
    told = next(mark for mark in marks(frame, "hit") if mark["text"] == "Underwriting workbench")
    assert told["dates"] == "Q2 FY28 to Q1 FY29"
    assert told["moved"] == (
        "1 quarter earlier since Q2 FY27, was Q3 FY28 to Q2 FY29, because brokers asked for it"
    )
    assert told["cost"] == "£1.06m"
    assert told["outcomes"].startswith("Grow small-business insurance")
    assert told["why"]
    assert told["people"]


def test_without_a_baseline_nothing_is_said_to_have_moved():
    frame = timeline_chart(layout(sample_plan("FY27-Q3"), NOW, TODAY), TimelineView())[1]
    assert "moved" not in frame.columns
    assert "joins the plan" not in " ".join(words(frame))


def test_work_that_was_stopped_before_the_baseline_is_not_said_to_be_stopped_since():
    assert "moved" not in one({"status": "cancelled"}, status="cancelled").columns
    assert marks(one({}, status="cancelled"), "hit")[-1]["moved"] == "stopped since Q2 FY27"


# --- around the bars


def test_today_the_zones_and_the_need_by_ticks_are_there():
    shown = sample()
    frame = timeline_chart(shown, TimelineView(header=True))[1]
    assert [(mark["x"], mark["x2"]) for mark in marks(frame, "zone")] == [(0, 4), (4, 8), (8, 20)]
    assert "today, 16 Oct" in words(frame)
    assert words(frame).count("need by Q4 FY30") == 3
    assert {"FY27", "FY28", "firm: to the quarter"} <= set(words(frame))
    today = [mark for mark in marks(frame, "over") if mark["stroke"] == theme.TODAY]
    assert [round(mark["x"], 3) for mark in today] == [0.161]


def test_a_need_by_beyond_the_axis_is_said_at_its_end():
    late = {"outcome_id": "O1", "name": "Late", "need_by": DAY(2044, 3, 31)}
    shown = layout(plan(outcomes=[late], projects=[project()]), NOW, TODAY)
    assert "need by Q4 FY44 ▸" in words(timeline_chart(shown, TimelineView())[1])


def test_folded_lanes_show_a_count_in_each_quarter():
    shown = folded(sample(), "GBP")
    frame = timeline_chart(shown, TimelineView())[1]
    cells = marks(frame, "cell")
    assert [cell["text"] for cell in cells[:5]] == ["2", "2", "3", "1", "1"]
    assert len(cells) == shown.cells.height
    assert "bar" not in set(frame["role"])
    assert "5 live" in words(frame)


def test_a_page_of_a_long_roadmap_is_a_picture_of_its_own():
    shown = sample()
    for rows in pages_of(shown, 10):
        spec, frame = timeline_chart(page_of(shown, rows), TimelineView())
        assert spec["height"] < 400
        assert frame.filter(pl.col("role") == "stripe").height >= 1
