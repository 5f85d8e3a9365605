"""The CSV for spreadsheets and other tools: the exact columns and bytes, and a roadmap that comes back."""

import datetime as dt
from pathlib import Path

import polars as pl
import pytest

from planner.exchange.drift_csv import DRIFT_COLUMNS, drift_csv
from planner.exchange.plan_folder import read_plan_folder
from planner.exchange.roadmap_csv import ROADMAP_COLUMNS, links_csv, phasing_csv, roadmap_csv
from planner.model.plan import Plan
from planner.model.quarter import Calendar

APRIL = Calendar(4)
EXAMPLE = Path(__file__).parents[2].parent / "shared" / "sample" / "example_exports" / "roadmap_FY27-Q3.csv"
FORMAT_ROADMAP = (
    "version, project_id, project, why, status, kind, sponsor, lead_team, start_quarter, end_quarter, start_date, "
    "end_date, date_precision, capex, opex, cost, benefit_annual, benefit_start_quarter, priority_rank, rag, "
    "confidence_pct, person_days, outcomes, enablers, drift_since_previous, change_reason, change_text"
)
FORMAT_DRIFT = "baseline, current, table, id, name, change, field, before, after, kind, amount, unit, reason_code, reason"


def roadmap_row(**cells):
    numbers = {"capex", "opex", "cost", "benefit_annual", "priority_rank", "confidence_pct", "person_days"}
    row = {}
    for name in ROADMAP_COLUMNS:
        kind = pl.Int64 if name in numbers else pl.Date if name.endswith("_date") else pl.String
        row[name] = pl.Series(name, [cells.get(name)], dtype=kind)
    return pl.DataFrame(row)


ROW = roadmap_row(
    version="FY27-Q3", project_id="P-1", project="=Two; -lines", why="because, of\n@it", status="planned",
    start_quarter="FY27-Q1", end_quarter="FY27-Q2", start_date=dt.date(2026, 4, 1), end_date=dt.date(2026, 9, 30),
    capex=5, opex=-7, cost=-2, outcomes="A|B", lead_team="Müller",
)  # fmt: skip


def test_a_roadmap_has_the_columns_of_the_format_in_its_bytes():
    data = roadmap_csv(ROW)

    assert data.startswith(b"\xef\xbb\xbf" + FORMAT_ROADMAP.replace(", ", ",").encode() + b"\r\n")
    assert data.endswith(
        "FY27-Q3,P-1,'=Two; -lines,\"because, of\n'@it\",planned,,,Müller,FY27-Q1,FY27-Q2,2026-04-01,2026-09-30,,"
        "5,-7,-2,,,,,,,A|B,,,,\r\n".encode()
    )


def test_a_roadmap_comes_back_as_a_merge_of_projects():
    read = read_plan_folder({"roadmap FY27-Q3.csv": roadmap_csv(ROW)}, calendar=APRIL)

    assert read.problems == ()
    assert read.is_merge
    project = read.frames["projects"].row(0, named=True)
    assert (project["cost"], project["capex"], project["end_date"]) == (-2, 5, dt.date(2026, 9, 30))
    assert "lead_team_id" not in read.given["projects"]


@pytest.mark.parametrize(
    ("change", "line", "column"),
    [({"end_quarter": "FY27-Q3"}, 2, "end_quarter"), ({"opex": 8}, 2, "opex"), ({"cost": 13}, 2, "opex")],
)
def test_a_roadmap_whose_cells_contradict_each_other_is_a_problem(change, line, column):
    row = ROW.with_columns(why=pl.lit("plain"), **{name: pl.lit(value) for name, value in change.items()})

    problems = read_plan_folder({"roadmap.csv": roadmap_csv(row)}, calendar=APRIL).problems

    assert [(problem.line, problem.column) for problem in problems] == [(line, column)]


def test_a_quarter_stands_in_for_a_day_that_the_roadmap_does_not_give():
    row = ROW.with_columns(end_date=pl.lit(None, dtype=pl.Date))

    project = read_plan_folder({"roadmap.csv": roadmap_csv(row)}, calendar=APRIL).frames["projects"]

    assert project.select("start_date", "end_date", "date_precision").row(0) == (
        dt.date(2026, 4, 1),
        dt.date(2026, 9, 30),
        "quarter",
    )


def test_a_roadmap_beside_a_plan_folder_is_a_problem():
    files = {"projects.csv": b"project_id,name\n", "roadmap.csv": roadmap_csv(ROW)}

    assert [problem.file for problem in read_plan_folder(files, calendar=APRIL).problems] == ["roadmap.csv"]


def test_the_roadmap_of_another_release_reads():
    if not EXAMPLE.is_file():
        pytest.skip("../shared/sample is not here")
    read = read_plan_folder({EXAMPLE.name: EXAMPLE.read_bytes()}, calendar=APRIL, currency="GBP")

    assert read.problems == ()
    assert read.frames["projects"].height == EXAMPLE.read_text(encoding="utf-8-sig").count("\n") - 1


def test_phasing_and_links_are_written_for_spreadsheets_and_read_back():
    plan = Plan.of(
        {
            "projects": pl.DataFrame({"project_id": ["P-1"], "name": ["a"]}),
            "phasing": pl.DataFrame({"project_id": ["P-1"], "quarter": ["2026-Q3"], "team_id": ["T"], "cost": [-5]}),
            "links": pl.DataFrame(
                {
                    "from_type": ["project"], "from_id": ["P-1"], "to_type": ["enabler"], "to_id": ["E-1"],
                    "link_type": ["delivers"], "rationale": ["plain, but\nlong"],
                }
            ),
        }
    )  # fmt: skip
    files = {
        "projects.csv": b"project_id,name\nP-1,a\n",
        "phasing.csv": phasing_csv(plan),
        "links.csv": links_csv(plan),
    }

    read = read_plan_folder(files)

    assert files["phasing.csv"] == (
        b"\xef\xbb\xbfproject_id,quarter,team_id,person_days,cost,capex\r\nP-1,2026-Q3,T,,-5,\r\n"
    )
    assert read.problems == ()
    assert Plan.of(read.frames) == plan


def drift_rows(*rows):
    filled = [
        dict.fromkeys(DRIFT_COLUMNS, "") | {"baseline": "A", "current": "B", "amount": None} | row
        for row in rows
    ]
    return pl.DataFrame(filled, schema=dict.fromkeys(DRIFT_COLUMNS, pl.String) | {"amount": pl.Float64})


def test_drift_has_the_columns_and_the_order_of_the_format_in_its_bytes():
    rows = drift_rows(
        {"table": "projects", "id": "P-1", "name": "=x", "change": "changed", "field": "why", "before": "-a", "after": "b"},
        {"table": "projects", "id": "P-1", "name": "=x", "change": "changed", "field": "cost", "before": "-15",
         "after": "", "kind": "cleared", "amount": 15.0, "unit": "currency", "reason": "because; =1"},
        {"table": "kpis", "id": "K-1", "change": "changed", "field": "target_value", "before": "0.08", "after": "-1",
         "kind": "retargeted", "amount": -1.08},
    )  # fmt: skip

    assert drift_csv(rows).decode() == "\n".join(
        [
            FORMAT_DRIFT.replace(", ", ","),
            "A,B,kpis,K-1,,changed,target_value,0.08,-1,retargeted,-1.08,,,",
            "A,B,projects,P-1,'=x,changed,cost,-15,,cleared,15,currency,,because; =1",
            "A,B,projects,P-1,'=x,changed,why,'-a,b,,,,,",
            "",
        ]
    )


def test_the_same_drift_in_another_order_gives_the_same_bytes():
    rows = drift_rows(*({"table": "projects", "id": f"P-{n}", "field": "why"} for n in range(9)))

    assert drift_csv(rows) == drift_csv(rows.reverse())


def test_no_drift_is_a_header_alone():
    assert drift_csv(drift_rows()) == FORMAT_DRIFT.replace(", ", ",").encode() + b"\n"
