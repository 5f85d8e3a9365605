"""The findings and the roadmap of real plans, against counts taken from the published rows by plain Python."""

import datetime as dt
from collections import Counter

import polars as pl
import pytest

from planner.model.plan import Plan
from planner.model.quarter import Calendar
from planner.model.tables import TABLES
from planner.rules.checks import count_by_code, find_findings
from planner.rules.timeline import layout, timeline_table
from tests.real.convert import REAL, gmpp_project, kep_project, read_rows

pytestmark = pytest.mark.skipif(not REAL.exists(), reason="the real plans of the shared folder are not here")
CALENDAR = Calendar(1)
SOURCES = {
    "uk-gmpp/2022-03-31": (gmpp_project, dt.date(2022, 3, 31)),
    "uk-gmpp/2019-09-30": (gmpp_project, dt.date(2019, 9, 30)),
    "k8s-keps/2023-Q4": (kep_project, dt.date(2023, 12, 31)),
}


def read(source):
    """The published rows as the texts of our columns, and as a plan."""
    convert, _ = SOURCES[source]
    rows = [convert(row) for row in read_rows(REAL / source / "projects.csv")]
    texts = pl.DataFrame(
        [{field: text or None for field, text in row.items()} for row in rows], infer_schema_length=None
    )
    types = {name: TABLES["projects"].by_name[name].polars_type for name in texts.columns}
    typed = texts.select(
        pl.col(name).str.to_date("%Y-%m-%d") if kind is pl.Date else pl.col(name).cast(kind)
        for name, kind in types.items()
    )
    return rows, Plan.of({"projects": typed})


@pytest.mark.parametrize("source", SOURCES)
def test_the_findings_are_those_that_a_plain_count_gives(source):
    rows, plan = read(source)
    live = [row for row in rows if row["status"] not in {"done", "cancelled"}]
    expected = Counter(
        why_missing=sum(not row.get("why") for row in live),
        sponsor_missing=sum(not row["sponsor"] for row in live),
        cost_missing=sum(not row.get("cost") for row in live),
        start_missing=sum(not row["start_date"] for row in live),
        end_missing=sum(not row["end_date"] for row in live),
        end_before_start=sum(bool(row["end_date"]) and row["end_date"] < row["start_date"] for row in rows),
        project_no_outcome=len(live),
    )
    counts = count_by_code(find_findings(plan, CALENDAR.of(SOURCES[source][1])))
    assert {code: counts.get(code, 0) for code in expected} == expected


@pytest.mark.parametrize("source", SOURCES)
def test_the_roadmap_shows_every_project_clips_and_marks(source):
    rows, plan = read(source)
    quarter = CALENDAR.of(SOURCES[source][1])
    first, last = CALENDAR.first_day(quarter).isoformat(), CALENDAR.last_day(quarter + 19).isoformat()
    days = [sorted(filter(None, (row["start_date"], row["end_date"]))) for row in rows]
    shown = layout(plan, quarter, SOURCES[source][1], lanes="status", fold_finished=False)
    assert sorted(timeline_table(shown)["project_id"]) == sorted(row["project_id"] for row in rows)
    assert shown.items["x0"].null_count() == sum(not known for known in days)
    both = shown.items.filter(~pl.col("open_left") & ~pl.col("open_right"))
    assert both["clipped_left"].sum() == sum(len(known) == 2 and known[0] < first for known in days)
    assert both["clipped_right"].sum() == sum(len(known) == 2 and known[1] > last for known in days)
    assert shown.bars.select(
        ((pl.col("x0") >= 0) & (pl.col("x1") <= 20) & (pl.col("x0") < pl.col("x1"))).all()
    ).item()
