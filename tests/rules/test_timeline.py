import datetime as dt

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.model.plan import Plan
from planner.model.quarter import Calendar
from planner.rules.outcome_status import outcome_status
from planner.rules.timeline import layout, timeline_table
from planner.rules.timeline_items import HAIR
from tests.rules.small_plans import capability, link, outcome, plan, project, table
from tests.sample_plans import LABELS, sample_ledger, sample_plan

NOW = Calendar(4).parse("FY27-Q3")
TODAY = dt.date(2026, 10, 16)
KINDS = ("outcome", "capability", "team", "status")
DAY = dt.date


def laid(projects, before=None, **options):
    """The layout of some projects, grouped by status unless said."""
    baseline = None if before is None else plan(projects=before)
    return layout(plan(projects=projects), NOW, TODAY, baseline=baseline, **({"lanes": "status"} | options))


def bar(before=None, **cells):
    """The one bar of a project, against what it was before."""
    was = None if before is None else [project(**before)]
    return laid([project(**cells)], was).bars.row(0, named=True)


def dates(start, end, **more):
    return {"start_date": start, "end_date": end} | more


# --- where a bar stands


def test_a_bar_lies_from_the_first_day_to_the_end_of_the_last():
    one = bar(**dates(DAY(2026, 10, 1), DAY(2027, 3, 31)))
    assert (one["x0"], one["x1"], one["clipped_left"], one["clipped_right"]) == (0, 2, False, False)


def test_a_bar_starts_on_its_day_and_not_on_its_quarter():
    one = bar(**dates(DAY(2026, 11, 1), DAY(2027, 2, 14)))
    assert (one["x0"], one["x1"]) == (pytest.approx(1 / 3), pytest.approx(1 + (1 + 14 / 28) / 3))


def test_bars_that_outrun_the_axis_are_clipped_and_marked():
    one = bar(**dates(DAY(1987, 1, 1), DAY(2108, 12, 31)))
    assert (one["x0"], one["x1"], one["clipped_left"], one["clipped_right"]) == (0, 20, True, True)
    assert one["note_text"] == "begins before the axis and ends after it"


@pytest.mark.parametrize(
    ("start", "end", "x0", "x1", "side"),
    [
        (DAY(1987, 1, 1), DAY(1990, 12, 31), 0, HAIR, "before"),
        (DAY(2075, 1, 1), DAY(9999, 12, 31), 20 - HAIR, 20, "after"),
        (DAY(2026, 9, 1), DAY(2026, 9, 30), 0, HAIR, "before"),
        (DAY(2031, 10, 1), DAY(2031, 10, 1), 20 - HAIR, 20, "after"),
    ],
)
def test_what_lies_off_the_axis_stands_at_its_edge(start, end, x0, x1, side):
    one = bar(**dates(start, end))
    assert (one["x0"], one["x1"], one["off_axis"]) == (pytest.approx(x0), pytest.approx(x1), side)
    assert one["clipped_left"] == (side == "before")
    assert one["clipped_right"] == (side == "after")


def test_a_bar_of_a_day_can_still_be_seen():
    one = bar(**dates(DAY(2027, 1, 5), DAY(2027, 1, 5)))
    assert one["x1"] - one["x0"] == pytest.approx(HAIR)


def test_an_end_before_the_start_is_drawn_between_both_and_said():
    one = bar(**dates(DAY(2027, 4, 1), DAY(2026, 12, 31)))
    assert (one["x0"], one["x1"], one["reversed"]) == (
        pytest.approx(0.989, abs=1e-3),
        pytest.approx(2.011, abs=1e-3),
        True,
    )
    assert one["note_text"] == "ends before it starts"


def test_one_known_date_gives_a_mark_there_with_an_open_side():
    only_end = bar(**dates(None, DAY(2027, 3, 31)))
    assert (only_end["x1"], only_end["open_left"], only_end["open_right"]) == (2, True, False)
    only_start = bar(**dates(DAY(2027, 4, 1), None, cost=None))
    assert (only_start["x0"], only_start["open_right"], only_start["label"]) == (2, True, "from Q1 FY28")


@pytest.mark.parametrize(
    ("precision", "soft"), [("half", True), ("year", True), ("quarter", False), (None, False)]
)
def test_dates_known_only_to_the_half_or_year_are_soft(precision, soft):
    assert bar(date_precision=precision)["soft"] is soft


# --- what is said beside it


def test_the_label_has_the_finish_the_money_and_the_move():
    one = bar({}, end_date=DAY(2027, 6, 30), cost=1_560_000)
    assert one["label"] == "Q1 FY28 · £1.56m · 1 quarter earlier"
    assert (one["tone"], one["moved"]) == ("earlier", -1)


def test_a_finish_that_moved_by_days_is_told_beside_its_bar_and_counted_nowhere():
    before, after = (plan(projects=[project(end_date=DAY(2027, 9, day))]) for day in (30, 18))
    shown = layout(after, NOW, TODAY, baseline=before)
    assert shown.bars["moved_text"].to_list() == ["12 days earlier"]
    assert shown.moves == {"later": 0, "earlier": 0, "joins": 0, "stopped": 0}


HALF = dates(DAY(2027, 4, 1), DAY(2027, 9, 30))
MOVES = [
    (HALF, HALF, "", "", False),
    (HALF, dates(DAY(2027, 4, 1), DAY(2028, 3, 31)), "2 quarters later", "later", True),
    (HALF, dates(DAY(2027, 1, 1), DAY(2027, 9, 30)), "starts 1 quarter earlier", "neutral", True),
    (HALF, dates(DAY(2027, 4, 1), DAY(2027, 9, 18)), "12 days earlier", "earlier", True),
    (HALF, dates(DAY(2027, 4, 2), DAY(2027, 9, 30)), "starts 1 day later", "neutral", True),
    (HALF, dates(DAY(2027, 4, 1), None), "finish no longer known", "neutral", True),
    (dates(DAY(2027, 4, 1), None), HALF, "finish now known", "neutral", False),
    (dates(None, DAY(2027, 9, 30)), HALF, "start now known", "neutral", False),
    (HALF, dates(None, DAY(2027, 9, 30)), "start no longer known", "neutral", True),
    (
        HALF | {"date_precision": "year"},
        dates(DAY(2027, 4, 1), DAY(2027, 6, 30)),
        "dates refined",
        "neutral",
        True,
    ),
    (
        HALF | {"date_precision": "year"},
        dates(DAY(2027, 4, 1), DAY(2027, 12, 31)),
        "1 quarter later",
        "later",
        True,
    ),
    (
        HALF | {"date_precision": "half"},
        dates(DAY(2027, 7, 1), DAY(2027, 9, 30)),
        "dates refined",
        "neutral",
        True,
    ),
    (
        HALF | {"date_precision": "quarter"},
        dates(DAY(2027, 5, 1), DAY(2027, 8, 1)),
        "dates refined",
        "neutral",
        True,
    ),
    (HALF | {"status": "cancelled"}, HALF, "back in the plan", "new", False),
    (HALF, HALF | {"status": "cancelled"}, "stopped", "stopped", False),
]


@pytest.mark.parametrize(("before", "after", "said", "tone", "ghost"), MOVES)
def test_what_moved_is_said_in_words_and_shown_by_a_ghost(before, after, said, tone, ghost):
    one = bar(before, **after)
    assert (one["moved_text"], one["tone"]) == (said, tone)
    assert (one["ghost_x0"] is not None) == ghost
    assert (one["ghost_x1"] is not None) == ghost


def test_a_ghost_stands_where_the_baseline_had_it_clipped_to_the_axis():
    one = bar(dates(DAY(2020, 1, 1), DAY(2026, 12, 31)))
    assert (one["ghost_x0"], one["ghost_x1"]) == (0, 1)
    assert bar(dates(DAY(2020, 1, 1), DAY(2026, 9, 30)))["ghost_x0"] is None, "it lay before the axis"


def test_without_a_baseline_nothing_moved():
    one = bar()
    assert (one["moved_text"], one["tone"], one["moved"], one["ghost_x0"]) == ("", "", None, None)


def test_work_that_joins_and_work_that_is_gone_are_both_there():
    shown = laid([project("NEW")], [project("GONE", **HALF), project("OLD", status="done")])
    said = {row["project_id"]: (row["place"], row["moved_text"]) for row in shown.bars.rows(named=True)}
    assert said == {"NEW": ("live", "joins the plan"), "GONE": ("removed", "taken off the plan")}
    assert shown.moves == {"later": 0, "earlier": 0, "joins": 1, "stopped": 1}


def test_dates_are_said_as_exactly_as_they_are_meant():
    by_day = dates(DAY(2027, 4, 1), DAY(2027, 9, 18))
    assert bar(**by_day)["dates_text"] == "1 Apr 2027 to 18 Sep 2027"
    assert bar(**by_day, date_precision="quarter")["dates_text"] == "Q1 FY28 to Q2 FY28"
    assert bar(**dates(None, DAY(2027, 9, 18)))["dates_text"] == "to 18 Sep 2027, start not known"


# --- rows and lanes


def test_lanes_have_a_head_then_bars_by_start_then_stopped_work_then_notes():
    rows = [
        project("B", **HALF),
        project("A", **HALF),
        project("EARLY", **dates(DAY(2026, 10, 1), DAY(2030, 1, 1))),
        project("BARE", start_date=None, end_date=None),
    ]
    shown = laid(rows)
    assert shown.lanes.select("name", "row", "last_row").rows() == [("Planned", 0, 4)]
    assert shown.bars.select("project_id", "row").rows() == [("EARLY", 1), ("A", 2), ("B", 3)]
    assert shown.notes.select("row", "kind", "title", "text").rows() == [
        (4, "undated", "no dates yet: 1", "Project BARE")
    ]
    assert shown.rows == 5


def test_finished_work_folds_into_one_row_the_latest_first():
    rows = [
        project("X", status="done", **dates(DAY(2025, 4, 1), DAY(2025, 6, 30))),
        project("Y", status="done", **dates(DAY(2025, 4, 1), DAY(2026, 6, 30))),
    ]
    folded, open_ = laid(rows), laid(rows, fold_finished=False)
    assert folded.bars.is_empty()
    assert folded.notes.select("title", "text").rows() == [
        ("2 finished", "Project Y Q1 FY27 · Project X Q1 FY26")
    ]
    assert open_.bars["project_id"].to_list() == ["X", "Y"]
    assert open_.notes.is_empty()


def test_work_stopped_before_the_axis_folds_and_later_one_stays_a_bar():
    rows = [
        project("X", status="cancelled", **dates(DAY(2025, 4, 1), DAY(2025, 6, 30))),
        project("Y", status="cancelled", **HALF),
    ]
    shown = laid(rows)
    assert shown.bars["project_id"].to_list() == ["Y"]
    assert shown.notes["title"].to_list() == ["1 stopped"]


def test_a_long_row_of_names_says_how_many_more_there_are():
    many = [project(f"P{n:03d}", status="done") for n in range(250)]
    text = laid(many).notes["text"][0]
    assert text.count(" · ") == 40
    assert text.endswith("and 210 more")


SERVED = {
    "projects": [project("P1", **HALF), project("P2", status="done"), project("P3")],
    "outcomes": [outcome("O1"), outcome("O2"), outcome("O3"), outcome("O4", status="retired")],
    "capabilities": [capability("C1", code="1.10"), capability("C2", code="1.2")],
    "links": [
        link("P1", "C1", 3),
        link("P1", "C2", 1),
        link("P2", "C2", 3),
        link("C1", "O1"),
        link("C2", "O2"),
    ],
    "teams": [{"team_id": "T1", "name": "Team one"}],
}


def served(**options):
    return layout(plan(**SERVED), NOW, TODAY, **options)


def test_every_outcome_that_is_wanted_has_a_lane_and_says_who_carries_it():
    shown = served()
    assert shown.lanes.select("lane", "name").rows() == [
        ("O1", "Outcome O1"),
        ("O2", "Outcome O2"),
        ("O3", "Outcome O3"),
        ("", "No outcome"),
    ]
    assert shown.notes.filter(pl.col("kind") != "finished").select("lane_no", "kind", "text").rows() == [
        (1, "carried", "Project P1 Q2 FY28 (10%)"),
        (2, "empty", "No live project serves this outcome."),
    ]


def test_heads_say_how_an_outcome_stands_and_when_it_is_needed():
    head = served(statuses={"O1": "amber"}).lanes.row(0, named=True)
    assert (head["status"], head["need_by_x"], head["need_by_text"]) == ("amber", 14, "need by Q4 FY30")
    assert served(horizon=8).lanes["need_by_x"][0] is None, "off the axis"


def test_lanes_by_capability_follow_the_map_and_by_team_name_the_unknown_ones():
    assert served(lanes="capability").lanes["lane"].to_list() == ["C2", "C1", ""]
    strange = plan(
        **SERVED | {"projects": [project("P1", lead_team_id="T9"), project("P2", lead_team_id="T1")]}
    )
    assert layout(strange, NOW, TODAY, lanes="team").lanes.select("lane", "name").rows() == [
        ("T1", "Team one"),
        ("T9", "T9"),
    ]


def test_lanes_by_status_stand_in_the_order_of_work():
    rows = [
        project(f"P{n}", status=status) for n, status in enumerate(("planned", None, "done", "in_progress"))
    ]
    assert laid(rows).lanes["name"].to_list() == ["In progress", "Planned", "Finished", "No status"]


def test_filters_keep_the_number_that_stands_for_a_lanes_colour():
    assert served(only_lanes=["O2"]).lanes.select("lane_no", "lane", "row").rows() == [(1, "O2", 0)]
    only = served(only_projects=["P2"])
    assert only.lanes["lane"].to_list() == ["O2"]
    assert set(only.items["project_id"]) == {"P2"}


def test_a_filter_does_not_hide_who_carries_an_outcome():
    said = [(1, "carried", "Project P1 Q2 FY28 (10%)"), (1, "finished", "Project P2 Q2 FY28")]
    for options in ({"only_lanes": ["O2"]}, {"only_projects": ["P2"]}):
        assert served(**options).notes.select("lane_no", "kind", "text").rows() == said


def test_stopped_work_stays_in_the_lane_that_it_was_for():
    rows = SERVED | {"projects": [project("P1", status="cancelled"), project("P2")]}
    shown = layout(plan(**rows), NOW, TODAY)
    placed = shown.items.select("project_id", "lane").rows()
    assert sorted(placed) == [("P1", "O1"), ("P2", "O2")]


# --- the axis


def test_the_axis_has_its_quarters_years_months_zones_and_today():
    shown = laid([project()])
    first, third = shown.ticks.row(0, named=True), shown.ticks.row(2, named=True)
    assert (first["x"], first["quarter"], first["year"], first["starts_year"], first["label"]) == (
        0, "Q3", "FY27", False, "FY27-Q3",
    )  # fmt: skip
    assert (third["quarter"], third["year"], third["starts_year"], third["months"]) == (
        "Q1",
        "FY28",
        True,
        "Apr\N{EN DASH}Jun",
    )
    assert shown.ticks.height == 20
    assert shown.zones["text"].to_list() == [
        "firm: to the quarter",
        "planned",
        "outline: half-years and years",
    ]
    assert shown.today_x == pytest.approx(15 / 31 / 3)
    assert shown.today_text == "today, 16 Oct"


def test_today_off_the_axis_is_not_drawn():
    assert layout(plan(projects=[project()]), NOW, DAY(2026, 9, 30)).today_x is None


def test_a_calendar_year_plan_says_so():
    calendar = Calendar(1)
    shown = layout(plan(april=False, projects=[project()]), calendar.parse("2026-Q4"), TODAY)
    assert shown.ticks["year"].to_list()[:3] == ["2026", "2027", ""]
    assert shown.bars["label"][0] == "Q3 2027 · £100"


def test_an_empty_plan_has_an_axis_and_no_rows():
    shown = layout(Plan.of(), Calendar(1).parse("2026-Q4"), TODAY)
    assert (shown.rows, shown.bars.height, shown.notes.height, shown.ticks.height) == (0, 0, 0, 20)
    assert timeline_table(shown).is_empty()


# --- the sample, and any plan


def of_sample(kind, **options):
    sample, before = sample_plan("FY27-Q3"), sample_plan("FY27-Q2")
    quarter = sample.calendar.parse("FY27-Q3")
    status = outcome_status(sample, quarter, sample_ledger("kpi_actuals"))
    statuses = dict(status.select("outcome_id", "status").rows())
    return layout(sample, quarter, TODAY, baseline=before, lanes=kind, statuses=statuses, **options)


def test_the_roadmap_of_the_sample_is_the_one_that_was_drawn():
    shown = of_sample("outcome")
    assert shown.rows == 32
    assert shown.lanes["status"].to_list() == ["amber", "amber", "amber", "green", "amber", "green"]
    assert shown.bars["place"].value_counts(sort=True).rows() == [("live", 16), ("stopped", 2)]
    kinds = dict(shown.notes["kind"].value_counts().rows())
    assert kinds == {"finished": 6, "carried": 2}
    assert shown.moves == {"later": 0, "earlier": 1, "joins": 1, "stopped": 0}
    assert shown.ghosts["name"].to_list() == ["Product factory", "Underwriting workbench"]
    labels = dict(shown.bars.select("project_id", "label").rows())
    assert labels["PRJ-033"] == "Q1 FY28 · £340k · joins the plan"
    assert labels["PRJ-022"] == "Q1 FY29 · £1.06m · 1 quarter earlier"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("fold", [True, False])
def test_every_row_has_one_thing_and_every_project_is_in_the_table_once(kind, fold):
    shown = of_sample(kind, fold_finished=fold)
    rows = [*shown.lanes["row"], *shown.bars["row"], *shown.notes["row"]]
    assert sorted(rows) == list(range(shown.rows))
    assert sorted(timeline_table(shown)["project_id"]) == sorted(
        sample_plan("FY27-Q3")["projects"]["project_id"]
    )


def test_a_project_two_quarters_late_has_its_ghost_two_quarters_left():
    sample, before = sample_plan("FY27-Q2"), sample_plan("FY27-Q1")
    shown = layout(sample, sample.calendar.parse("FY27-Q2"), DAY(2026, 7, 17), baseline=before)
    late = shown.bars.filter(pl.col("project_id") == "PRJ-013").row(0, named=True)
    assert late["x0"] - late["ghost_x0"] == pytest.approx(2)
    assert late["moved_text"] == "2 quarters later"


@pytest.mark.parametrize("label", LABELS)
def test_a_version_against_itself_has_no_ghost_and_no_move(label):
    sample = sample_plan(label)
    shown = layout(sample, sample.calendar.parse(label), TODAY, baseline=sample)
    assert shown.ghosts.is_empty()
    assert set(shown.items["moved_text"]) <= {"", "stopped"}


any_day = st.one_of(
    st.none(), st.dates(DAY(2024, 1, 1), DAY(2034, 1, 1)), st.sampled_from([DAY(1, 1, 1), DAY(9999, 12, 31)])
)
any_rows = st.dictionaries(
    st.sampled_from("ABCDE"),
    st.fixed_dictionaries(
        {
            "status": st.sampled_from([None, "planned", "in_progress", "done", "cancelled"]),
            "start_date": any_day,
            "end_date": any_day,
            "date_precision": st.sampled_from([None, "day", "quarter", "half", "year"]),
            "name": st.text(min_size=1, max_size=4),
        }
    ),
)


@settings(max_examples=15, deadline=None)
@given(any_rows, any_rows, st.sampled_from(KINDS), st.booleans(), st.integers(1, 40))
def test_any_two_plans_can_be_laid_out_and_nothing_is_dropped(now, before, kind, fold, horizon):
    current, baseline = (
        Plan.of({"projects": table("projects", [{"project_id": name} | row for name, row in side.items()])})
        if side
        else Plan.of()
        for side in (now, before)
    )
    quarter = Calendar(1).parse("2026-Q4")
    shown = layout(
        current, quarter, TODAY, baseline=baseline, lanes=kind, fold_finished=fold, horizon=horizon
    )
    rows = [*shown.lanes["row"], *shown.bars["row"], *shown.notes["row"]]
    assert sorted(rows) == list(range(shown.rows))
    assert set(now) <= set(timeline_table(shown)["project_id"])
    assert timeline_table(shown)["project_id"].is_unique().all()
    spans = [*shown.bars.select("x0", "x1").rows(), *shown.ghosts.select("ghost_x0", "ghost_x1").rows()]
    assert all(0 <= x0 < x1 <= horizon for x0, x1 in spans)
