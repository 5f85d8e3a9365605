"""Drift: the oracle of the sample, the laws, and every kind of FORMAT's table."""

import csv
import datetime as dt
from itertools import pairwise

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.model.plan import Plan
from planner.model.tables import FINGERPRINTED, TABLES
from planner.rules.drift import Drift, drift
from planner.rules.drift_dates import ordinals
from planner.rules.drift_events import ITEMS
from planner.rules.drift_reasons import reason_key, unexplained, with_reasons
from tests.plans import frame_of, plans
from tests.sample_plans import LABELS, SHARED, sample_plan

TABLE_OF = {
    "project": "projects",
    "outcome": "outcomes",
    "capability": "capabilities",
    "enabler": "enablers",
    "kpi": "kpis",
}


def plan_of(**tables):
    """A plan of an April year from lists of rows."""
    setting = [{"key": "currency", "value": "GBP"}, {"key": "fiscal_year_start_month", "value": "4"}]
    frames = {"settings": setting, **tables}
    return Plan.of({name: frame_of(name, rows) for name, rows in frames.items()})


def project(**cells):
    return {"project_id": "P1", "name": "One", "status": "planned", **cells}


def kinds_of(before, after):
    """The kinds between two versions of one project, as (field, kind, amount)."""
    found = drift(plan_of(projects=[before]), plan_of(projects=[after])).events
    return [(row["field"], row["kind"], row["amount"]) for row in found.iter_rows(named=True)]


# --- the oracle -------------------------------------------------------------------------------------


def expected_events():
    path = SHARED / "sample" / "expected_drift.csv"
    if not path.exists():
        pytest.skip("the sample's oracle lies in ../shared, which is not here")
    with path.open() as file:
        return {
            (
                row["to_snapshot"],
                TABLE_OF[row["entity_type"]],
                row["entity_id"],
                row["drift_kind"],
                float(row["amount"]),
            )
            for row in csv.DictReader(file)
        }


def test_the_samples_first_three_refreshes_give_the_events_of_the_oracle_no_more_and_no_fewer():
    found = {
        (current, row["table"], row["id"], row["kind"], row["amount"] or 0.0)
        for baseline, current in pairwise(LABELS[:4])
        for row in drift(sample_plan(baseline), sample_plan(current)).events.iter_rows(named=True)
        if row["table"] in ITEMS
    }
    assert found == expected_events()


def test_all_refreshes_of_the_sample_have_102_events_on_items_and_none_on_teams_but_where_capacity_changed():
    found = [drift(sample_plan(pair[0]), sample_plan(pair[1])).events for pair in pairwise(LABELS)]
    assert [rows.filter(pl.col("table").is_in(ITEMS)).height for rows in found] == [8, 18, 31, 26, 19]
    assert [rows.filter(table="capacity").height for rows in found] == [0, 18, 0, 135, 0]
    assert {table for rows in found for table in rows["table"]} <= {*ITEMS, "capacity"}


@pytest.mark.parametrize(("baseline", "current"), list(pairwise(LABELS)))
def test_every_event_of_the_sample_has_a_reason_and_every_reason_its_event(baseline, current):
    plan = sample_plan(current)
    rows = drift(sample_plan(baseline), plan).events
    found = {reason_key(row)[:3] for row in rows.iter_rows(named=True)}
    given_for = {(row["table"], row["id"], row["kind"]) for row in plan["reasons"].to_dicts()}
    assert found == given_for
    reasons = plan["reasons"].with_columns(place=pl.lit(0))
    assert unexplained(with_reasons(rows, reasons)).is_empty()


# --- the laws ---------------------------------------------------------------------------------------


@settings(max_examples=12, deadline=None)
@given(plans())
def test_the_drift_of_a_plan_with_itself_is_empty(plan):
    same = drift(plan, Plan.of(plan.frames))
    assert same.is_empty
    assert all(
        counts["changed"] == counts["added"] == counts["removed"] == 0 for counts in same.summary.values()
    )


@settings(max_examples=12, deadline=None)
@given(plans(), plans())
def test_the_way_back_mirrors_the_way_there(one, other):
    there, back = drift(one, other), drift(other, one)
    assert cells_of(there) == {(t, i, f, after, before) for t, i, f, before, after in cells_of(back)}
    assert ids_of(there, "added") == ids_of(back, "removed")
    assert ids_of(there, "removed") == ids_of(back, "added")


@settings(max_examples=12, deadline=None)
@given(plans(), plans())
def test_the_baseline_and_its_drift_make_the_current_plan(baseline, current):
    found = drift(baseline, current)
    for table in FINGERPRINTED:
        assert applied(found, table, baseline, current) == stored_texts(current, table)


@settings(max_examples=12, deadline=None)
@given(plans(), plans(), st.randoms())
def test_the_order_of_rows_does_not_matter(one, other, chance):
    shuffled = {
        name: frame.sample(fraction=1, shuffle=True, seed=chance.randrange(99))
        for name, frame in other.frames.items()
    }
    assert drift(one, Plan(shuffled)).rows.equals(drift(one, other).rows)


@settings(max_examples=12, deadline=None)
@given(plans(tables=("projects",)), plans(tables=("projects",)))
def test_the_finish_moves_by_the_start_and_the_length(one, other):
    calendar = other.calendar
    both = (
        one["projects"]
        .join(other["projects"], on="project_id", suffix="_after")
        .drop_nulls(["start_date", "end_date", "start_date_after", "end_date_after"])
    )
    moves = {row["id"]: {} for row in drift(one, other).events.iter_rows(named=True)}
    for row in drift(one, other).events.iter_rows(named=True):
        moves[row["id"]][row["kind"]] = row["amount"]
    for row in both.iter_rows(named=True):
        kinds = moves.get(row["project_id"], {})
        if kinds.keys() & {"refined", "removed"}:
            continue
        finish = calendar.of(row["end_date_after"]) - calendar.of(row["end_date"])
        start = kinds.get("deferred", 0) - kinds.get("accelerated", 0)
        assert finish == start + kinds.get("extended", 0) - kinds.get("shortened", 0)


@settings(max_examples=12, deadline=None)
@given(plans(), plans())
def test_every_cell_has_one_row_and_a_summary_that_adds_up(one, other):
    found = drift(one, other)
    cells = found.rows.filter(pl.col("field") != "")
    assert cells.height == cells.unique(["table", "id", "field"]).height
    for table, counts in found.summary.items():
        assert counts["unchanged"] + counts["changed"] + counts["removed"] == one[table].height
        assert counts["unchanged"] + counts["changed"] + counts["added"] == other[table].height


@given(st.integers(1, 12), st.dates(dt.date(1950, 1, 1), dt.date(2150, 12, 31)))
@settings(max_examples=12, deadline=None)
def test_the_quarter_of_a_column_of_days_is_that_of_the_calendar(month, day):
    calendar = (
        plan_of()
        .replaced(
            {"settings": frame_of("settings", [{"key": "fiscal_year_start_month", "value": str(month)}])}
        )
        .calendar
    )
    found = ordinals(pl.Series([day]).to_numpy(), calendar).item()
    assert found == calendar.of(day).ordinal


def cells_of(found: Drift):
    rows = found.rows.filter(pl.col("field") != "")
    return {(r["table"], r["id"], r["field"], r["before"], r["after"]) for r in rows.iter_rows(named=True)}


def ids_of(found: Drift, change):
    rows = found.rows.filter(pl.col("change") == change)
    return {(r["table"], r["id"]) for r in rows.iter_rows(named=True)}


def row_key(table, row):
    parts = [row[key] for key in TABLES[table].key]
    if table == "links":
        return "{}:{}>{}:{}:{}".format(*parts)
    return ":".join(parts)


def said(value):
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return str(int(value)) if value == int(value) else repr(value)
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def stored_texts(plan, table):
    return {
        row_key(table, row): {name: said(value) for name, value in row.items()}
        for row in plan[table].iter_rows(named=True)
    }


def applied(found, table, baseline, current):
    """The baseline with the drift put on it; added rows are taken from the current plan, as a drift lists only ids."""
    rows = stored_texts(baseline, table)
    coming = stored_texts(current, table)
    for row in found.rows.filter(pl.col("table") == table).iter_rows(named=True):
        if row["change"] == "removed":
            del rows[row["id"]]
        elif row["change"] == "added":
            assert row["id"] not in rows
            rows[row["id"]] = coming[row["id"]]
        elif row["field"]:
            assert rows[row["id"]][row["field"]] == row["before"]
            rows[row["id"]][row["field"]] = row["after"]
    return rows


# --- the kinds --------------------------------------------------------------------------------------


def day(text):
    return dt.date.fromisoformat(text)


def window(start, end, precision="quarter"):
    return {
        "start_date": day(start) if start else None,
        "end_date": day(end) if end else None,
        "date_precision": precision,
    }


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        # DOMAIN 3.1: FY27-Q3..FY28-Q2 to FY28-Q1..FY28-Q4 is two later and as long
        (("2026-10-01", "2027-09-30"), ("2027-04-01", "2028-03-31"), [("start_date", "deferred", 2.0)]),
        (("2025-07-01", "2026-06-30"), ("2025-07-01", "2026-03-31"), [("end_date", "shortened", 1.0)]),
        # FY29-Q1..FY30-Q2 to FY27-Q2..FY29-Q1: seven earlier, two longer, so that it finishes five earlier
        (
            ("2028-04-01", "2029-09-30"),
            ("2026-07-01", "2028-06-30"),
            [("end_date", "extended", 2.0), ("start_date", "accelerated", 7.0)],
        ),
        (
            ("2029-01-01", "2029-09-30"),
            ("2026-07-01", "2028-06-30"),
            [("end_date", "extended", 5.0), ("start_date", "accelerated", 10.0)],
        ),
        # the start alone moves: the length changed, though the cell of the finish did not
        (
            ("2026-10-01", "2027-09-30"),
            ("2027-01-01", "2027-09-30"),
            [("", "shortened", 1.0), ("start_date", "deferred", 1.0)],
        ),
    ],
)
def test_dates_move_by_quarters(before, after, expected):
    assert kinds_of(project(**window(*before)), project(**window(*after))) == expected


def test_a_day_that_moves_inside_its_quarter_is_shifted_by_days():
    before = project(**window("2026-10-01", "2027-02-01", "day"))
    after = project(**window("2026-10-11", "2027-01-20", None))
    assert kinds_of(before, after) == [("end_date", "shifted", -12.0), ("start_date", "shifted", 10.0)]


@pytest.mark.parametrize(
    ("precision", "before", "after", "is_refined"),
    [
        ("year", ("2029-04-01", "2030-03-31"), ("2029-07-01", "2029-12-31"), True),
        ("year", ("2029-04-01", "2030-03-31"), ("2029-07-01", "2030-04-01"), False),
        ("half", ("2029-04-01", "2030-03-31"), ("2029-07-01", "2029-12-31"), True),
        ("half", ("2029-04-01", "2030-03-31"), ("2029-07-01", "2029-09-30"), False),
        ("quarter", ("2029-04-01", "2030-03-31"), ("2029-05-15", "2030-02-02"), True),
        ("quarter", ("2029-04-01", "2030-03-31"), ("2029-05-15", "2029-12-31"), False),
        ("month", ("2029-04-01", "2030-03-31"), ("2029-04-15", "2030-03-02"), True),
        ("day", ("2029-04-01", "2030-03-31"), ("2029-04-15", "2030-03-02"), False),
    ],
)
def test_dates_that_move_only_inside_their_precision_are_refined(precision, before, after, is_refined):
    kinds = {
        kind
        for _, kind, _ in kinds_of(project(**window(*before, precision)), project(**window(*after, "day")))
    }
    assert ("refined" in kinds) == is_refined
    assert not is_refined or kinds == {"refined"}


def test_a_finer_precision_alone_is_refined_and_a_coarser_one_is_nothing():
    dates = ("2029-04-01", "2030-03-31")
    half, quarter = project(**window(*dates, "half")), project(**window(*dates, "quarter"))
    assert kinds_of(half, quarter) == [("date_precision", "refined", None)]
    assert kinds_of(quarter, half) == []


def test_a_date_that_appears_or_vanishes_is_neither_a_slip_nor_a_saving():
    unknown, known = project(**window(None, None)), project(**window("2026-10-01", "2027-09-30"))
    assert kinds_of(unknown, known) == [("end_date", "set", None), ("start_date", "set", None)]
    assert kinds_of(known, unknown) == [("end_date", "cleared", None), ("start_date", "cleared", None)]


def test_with_the_start_unknown_a_change_of_length_is_that_of_the_finish():
    before, after = project(**window(None, "2026-12-31")), project(**window(None, "2027-06-30"))
    assert kinds_of(before, after) == [("end_date", "extended", 2.0)]
    assert kinds_of(after, before) == [("end_date", "shortened", 2.0)]


@pytest.mark.parametrize(
    ("before", "after", "kind", "amount"),
    [
        ({"status": "planned", "cost": 70}, {"status": "cancelled", "cost": 70}, "removed", 70.0),
        ({"status": None, "cost": 70}, {"status": "cancelled", "cost": 70}, "removed", 70.0),
        ({"status": "in_progress"}, {"status": "done"}, "completed", None),
        ({"status": "planned"}, {"status": "in_progress"}, "started", None),
        ({"status": "planned"}, {"status": "on_hold"}, "status_changed", None),
        ({"status": "done"}, {"status": "cancelled"}, "status_changed", None),
        ({"cost": 100}, {"cost": 102}, "recosted", 2.0),
        ({"cost": 0}, {"cost": 1}, "recosted", 1.0),
        ({"cost": None}, {"cost": 1}, "set", None),
        ({"cost": 1}, {"cost": None}, "cleared", None),
        ({"benefit_annual": 1000}, {"benefit_annual": 900}, "rebenefited", -100.0),
        ({"confidence_pct": 60}, {"confidence_pct": 70}, "confidence_changed", 10.0),
        ({"confidence_pct": 60}, {"confidence_pct": 45}, "confidence_changed", -15.0),
        ({"rag": "green"}, {"rag": "red"}, "rag_changed", None),
        ({"sponsor": "Ada"}, {"sponsor": "Bo"}, "owner_changed", None),
        ({"name": "One"}, {"name": "Uno"}, "renamed", None),
        ({"deliverables": "a|b"}, {"deliverables": "b|c|d"}, "rescoped", 3.0),
        ({"cost": 100, "capex": 60}, {"cost": 100, "capex": 54}, "refunded", -6.0),
        ({"cost": 1000, "capex": 600}, {"cost": 1005, "capex": 700}, "refunded", 9.651741294),
        ({"funding_status": "requested"}, {"funding_status": "funded"}, "refunded", None),
        ({"funding_status": None}, {"funding_status": "funded"}, "refunded", None),
    ],
)
def test_a_changed_cell_of_a_project_has_its_kind(before, after, kind, amount):
    assert [(found, size) for _, found, size in kinds_of(project(**before), project(**after))] == [
        (kind, amount)
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"cost": 1000}, {"cost": 1010}),
        ({"benefit_annual": 1000}, {"benefit_annual": 1010}),
        ({"confidence_pct": 60}, {"confidence_pct": 69}),
        ({"confidence_pct": None}, {"confidence_pct": 90}),
        ({"why": "a"}, {"why": "b"}),
        ({"cost": 100, "capex": 60}, {"cost": 100, "capex": 55}),
        ({"cost": 0, "capex": 0}, {"cost": 0, "capex": 1}),
        ({"priority_rank": 1}, {"priority_rank": 9}),
    ],
)
def test_a_small_or_plain_change_is_listed_without_a_kind(before, after):
    found = drift(plan_of(projects=[project(**before)]), plan_of(projects=[project(**after)]))
    assert found.rows.height == 1
    assert found.events.is_empty()


def test_a_project_is_funded_otherwise_once_and_not_where_its_cost_moved():
    funded = {"cost": 100, "capex": 60, "funding_status": "requested"}
    both = kinds_of(project(**funded), project(**funded | {"capex": 10, "funding_status": "funded"}))
    assert both == [("capex", "refunded", -50.0)]
    dearer = kinds_of(project(**funded), project(**funded | {"cost": 200}))
    assert [kind for _, kind, _ in dearer] == ["recosted"]


def test_a_stopped_project_carries_no_other_kind_but_its_cells_stay_listed():
    before = project(cost=100, rag="green", **window("2026-10-01", "2027-09-30"))
    after = {**before, "status": "cancelled", "cost": 900, "rag": "red", "end_date": day("2029-09-30")}
    assert kinds_of(before, after) == [("status", "removed", 100.0)]
    found = drift(plan_of(projects=[before]), plan_of(projects=[after]))
    assert set(found.rows["field"]) == {"status", "cost", "rag", "end_date"}


def test_an_added_and_a_removed_project_are_one_row_each_with_their_cost():
    live, closed = project(cost=5), {**project(cost=7, status="done"), "project_id": "P2"}
    there = drift(plan_of(), plan_of(projects=[live, closed])).rows
    back = drift(plan_of(projects=[live, closed]), plan_of()).rows
    assert there.select("change", "kind", "amount", "field").rows() == [
        ("added", "added", 5.0, ""),
        ("added", "added", 7.0, ""),
    ]
    # a project that was closed has no kind when it leaves
    assert back.select("change", "kind", "amount").rows() == [
        ("removed", "removed", 5.0),
        ("removed", "", None),
    ]


def test_a_project_whose_links_differ_is_relinked_by_the_number_of_links():
    def link(to, strength):
        return {
            "from_type": "project",
            "from_id": "P1",
            "to_type": "enabler",
            "to_id": to,
            "link_type": "delivers",
            "strength": strength,
        }

    before = plan_of(projects=[project()], links=[link("E1", 1), link("E2", 2), link("E3", 3)])
    after = plan_of(projects=[project()], links=[link("E1", 3), link("E3", 3), link("E4", 1)])
    found = drift(before, after).events
    assert found.select("table", "id", "field", "kind", "amount", "unit").rows() == [
        ("projects", "P1", "", "relinked", 3.0, "links")
    ]


def staffed(status="planned", **days):
    """A plan of one project by the person-days of its teams, in a quarter each."""
    phasing = [
        {"project_id": "P1", "quarter": f"FY28-Q{number}", "team_id": team, "person_days": effort}
        for number, (team, effort) in enumerate(days.items(), start=1)
    ]
    return plan_of(projects=[project(status=status)], phasing=phasing)


@pytest.mark.parametrize(
    ("before", "after", "amount"),
    [
        ({"A": 55, "B": 45}, {"A": 45, "B": 55}, 0.1),
        ({"A": 100}, {"A": 60, "B": 40}, 0.4),
        ({"A": 100}, {"B": 70}, 1.0),
        ({"A": 55, "B": 45}, {"A": 46, "B": 54}, None),
        ({"A": 50, "B": 50}, {"A": 90, "B": 90}, None),
        ({"A": 50}, {}, None),
        ({}, {"A": 50}, None),
        ({"A": 50}, {"A": 0}, None),
    ],
)
def test_a_project_is_reresourced_where_the_shares_of_its_teams_moved_far_enough(before, after, amount):
    found = drift(staffed(**before), staffed(**after)).events
    wanted = [] if amount is None else [("projects", "P1", "", "reresourced", amount, "share")]
    assert found.select("table", "id", "field", "kind", "amount", "unit").rows() == wanted
    stopped = drift(staffed(**before), staffed(status="cancelled", **after)).events
    assert stopped["kind"].to_list() == ["removed"]
    joined = drift(plan_of(), staffed(**after)).events
    assert joined["kind"].to_list() == ["added"]


def test_links_of_an_added_project_are_listed_and_give_it_no_kind():
    link = {
        "from_type": "project",
        "from_id": "P1",
        "to_type": "enabler",
        "to_id": "E1",
        "link_type": "delivers",
    }
    found = drift(plan_of(), plan_of(projects=[project()], links=[link]))
    assert found.events["kind"].to_list() == ["added"]
    assert found.rows.filter(pl.col("table") == "links")["change"].to_list() == ["added"]
    assert found.rows.filter(pl.col("table") == "links")["id"].to_list() == ["project:P1>enabler:E1:delivers"]


def ranked(order):
    return [{**project(priority_rank=rank), "project_id": name} for rank, name in enumerate(order, start=1)]


def test_only_the_order_among_projects_of_both_versions_says_that_priorities_changed():
    before = plan_of(projects=ranked("ABCDE"))
    joined = plan_of(projects=ranked("XYZABCDE"))
    moved = plan_of(projects=ranked("EABCD"))
    assert "reprioritised" not in drift(before, joined).events["kind"].to_list()
    up = drift(before, moved).events
    assert up.select("id", "field", "kind", "amount", "unit").rows() == [
        ("E", "priority_rank", "reprioritised", 4.0, "places")
    ]


def test_a_rank_that_others_moved_away_from_has_a_row_of_its_own():
    order = [
        {**project(priority_rank=rank), "project_id": name}
        for name, rank in zip("ABCDE", (10, 20, 30, 40, 50), strict=True)
    ]
    others = [
        {**row, "priority_rank": row["priority_rank"] + (100 if row["project_id"] in "ABC" else 0)}
        for row in order
    ]
    found = drift(plan_of(projects=order), plan_of(projects=others)).events
    assert ("D", "", 3.0) in found.select("id", "field", "amount").rows()


@pytest.mark.parametrize(
    ("table", "before", "after", "kind", "amount", "unit"),
    [
        ("outcomes", {"weight": 10}, {"weight": 8}, "reweighted", -2.0, "points"),
        ("outcomes", {"owner": "Ada"}, {"owner": "Bo"}, "owner_changed", None, ""),
        ("outcomes", {"need_by": None}, {"need_by": dt.date(2030, 3, 31)}, "set", None, ""),
        ("capabilities", {"maturity_current": 2}, {"maturity_current": 3}, "reassessed", 1.0, "levels"),
        (
            "enablers",
            {"golive_quarter": "FY29-Q1"},
            {"golive_quarter": "FY27-Q4"},
            "enabler_rescheduled",
            -5.0,
            "quarters",
        ),
        ("enablers", {"golive_quarter": "FY29-Q1"}, {"golive_quarter": None}, "cleared", None, ""),
        ("enablers", {"lifecycle": "plan"}, {"lifecycle": "active"}, "lifecycle_changed", None, ""),
        ("enablers", {"owner_team_id": "T1"}, {"owner_team_id": "T2"}, "owner_changed", None, ""),
        ("teams", {"name": "One"}, {"name": "Two"}, "renamed", None, ""),
    ],
)
def test_other_items_have_their_kinds(table, before, after, kind, amount, unit):
    row = {TABLES[table].key[0]: "X-1", "name": "X"}
    found = drift(plan_of(**{table: [{**row, **before}]}), plan_of(**{table: [{**row, **after}]})).events
    assert found.select("kind", "amount", "unit").rows() == [(kind, amount, unit)]


def test_a_measures_target_moves_in_its_own_unit():
    row = {"kpi_id": "K1", "outcome_id": "O1", "name": "Days", "unit": "days", "target_value": 45.0}
    found = drift(plan_of(kpis=[row]), plan_of(kpis=[{**row, "target_value": 40.5}])).events
    assert found.select("kind", "amount", "unit", "before", "after").rows() == [
        ("retargeted", -4.5, "days", "45", "40.5")
    ]


@pytest.mark.parametrize(
    ("before", "after", "amount"),
    [(4.2, 4.5, 0.3), (100.0, 100.1, 0.1), (0.5, -0.25, -0.75), (0.0, 1e-12, 1e-12)],
)
def test_a_measured_move_has_no_digits_that_nobody_wrote(before, after, amount):
    row = {"kpi_id": "K1", "outcome_id": "O1", "name": "Days"}
    sides = [plan_of(kpis=[{**row, "target_value": value}]) for value in (before, after)]
    assert drift(*sides).events["amount"].to_list() == [amount]


def staffing(*rows):
    """A plan of the capacity of teams: (team, quarter, people, share for running, share for insight)."""
    names = ("team_id", "quarter", "fte", "run_share", "insight_reserve")
    teams = [{"team_id": team, "name": f"Team {team}"} for team in sorted({row[0] for row in rows})]
    return plan_of(teams=teams, capacity=[dict(zip(names, row, strict=True)) for row in rows])


def test_capacity_changes_by_field_on_the_quarters_that_both_versions_have():
    before = staffing(("T1", "FY27-Q1", 9.0, 0.5, 0.1), ("T1", "FY27-Q2", 11.0, 0.45, 0.05))
    after = staffing(("T1", "FY27-Q2", 10.0, 0.42, 0.08), ("T1", "FY27-Q3", 20.0, 0.1, 0.1))
    found = drift(before, after)
    assert found.events.select("table", "id", "field", "kind", "amount", "unit").rows() == [
        ("capacity", "T1:FY27-Q2", "fte", "capacity_changed", -1.0, "FTE"),
        ("capacity", "T1:FY27-Q2", "insight_reserve", "capacity_changed", 0.03, "share"),
        ("capacity", "T1:FY27-Q2", "run_share", "capacity_changed", -0.03, "share"),
    ]
    joined_and_left = found.rows.filter(pl.col("change") != "changed")
    assert joined_and_left.select("id", "kind").rows() == [("T1:FY27-Q1", ""), ("T1:FY27-Q3", "")]


def test_people_that_nobody_had_counted_are_no_change_of_capacity():
    known, unknown = staffing(("T1", "FY27-Q2", 11.0, 0.4, 0.1)), staffing(("T1", "FY27-Q2", None, 0.4, 0.1))
    assert drift(unknown, known).events.is_empty()
    assert drift(unknown, known).rows.height == 1
