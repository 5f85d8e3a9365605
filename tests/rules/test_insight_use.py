"""What insights and lessons changed: which are cited, how soon, and at what effort against the reserve."""

import datetime as dt

import polars as pl
import pytest

from planner.model.ledgers import LEDGERS
from planner.model.quarter import Calendar, Quarter
from planner.rules.citations import Citations, find_citations
from planner.rules.insight_use import (
    NO_INSIGHT,
    NO_RESERVE,
    NO_USE,
    find_uses,
    insight_effort,
    insight_reserve,
    insight_use,
    lead_to_plan,
    uses_frame,
)
from planner.rules.registers import Today, list_entries
from tests.rules.small_plans import plan
from tests.sample_plans import LABELS, sample_ledger, sample_plan

APRIL = Calendar(4)
LAST = Quarter.of(2027, 3)
TODAY = Today(dt.date(2026, 10, 20), LAST + 1, LAST, APRIL)


@pytest.fixture(scope="module")
def cited():
    reasons = [
        sample_plan(label)["reasons"].with_columns(label=pl.lit(label), place=pl.lit(place))
        for place, label in enumerate(LABELS)
    ]
    return find_citations(pl.concat(reasons), {label: APRIL.parse(label) for label in LABELS})


def uses(name, cited, draft="draft"):
    return {
        one.entry.id: one
        for one in find_uses(list_entries(sample_ledger(name), name, TODAY), cited, APRIL, draft)
    }


def test_each_insight_of_the_sample_changed_the_plan_a_quarter_after_it_was_found(cited):
    found = uses("insights", cited)

    assert {key: one.lead for key, one in found.items()} == dict.fromkeys(found, 1)
    assert found["INS-006"].versions == ["FY27-Q2", "FY27-Q3"]
    assert lead_to_plan(found.values()).value == 1


def test_a_lesson_reaches_the_plan_by_the_first_snapshot_that_names_it(cited):
    found = uses("lessons", cited)

    assert {key: one.lead for key, one in found.items()} == {
        "LES-001": 1, "LES-002": 1, "LES-003": 1, "LES-004": 1, "LES-005": 1, "LES-006": 1,
    }  # fmt: skip
    assert found["LES-006"].versions == ["FY26-Q4", "FY27-Q1", "FY27-Q2", "FY27-Q3"]


def test_what_only_the_draft_names_is_in_use_but_in_no_sealed_plan_yet(cited):
    found = uses("insights", cited, draft="FY27-Q3")["INS-008"]

    assert (found.is_used, found.lead) == (True, None)


def test_insight_use_is_the_cited_part_of_those_of_the_last_four_quarters(cited):
    found = list(uses("insights", cited).values())
    idle = find_uses([one.entry for one in found], Citations({}, {}, 0), APRIL, "draft")

    assert (insight_use(found, LAST, APRIL).value, insight_use(found, LAST, APRIL).rows.height) == (1.0, 5)
    assert insight_use(idle, LAST, APRIL).value == 0
    assert insight_use(found, Quarter.of(2030, 1), APRIL).reason == NO_INSIGHT
    assert lead_to_plan(idle).reason == NO_USE


def test_the_reserve_is_the_part_of_the_people_kept_free_and_grew_with_the_third_quarter():
    kept = {label: insight_reserve(sample_plan(label), APRIL.parse(label)).value for label in LABELS}

    # 93 people x 55 days x 5%, then 92, then 92 at 8%: rounded half up
    assert kept == {
        "FY26-Q2": 256,
        "FY26-Q3": 256,
        "FY26-Q4": 256,
        "FY27-Q1": 253,
        "FY27-Q2": 253,
        "FY27-Q3": 405,
    }


def test_effort_is_told_against_the_reserve_of_the_same_quarters():
    plans = {APRIL.parse(label).ordinal: sample_plan(label) for label in LABELS}
    found = insight_effort(sample_ledger("insights"), plans, LAST)

    assert found.rows.select("insights", "effort", "reserve").rows() == [
        (0, 0, 256),
        (2, 80, 253),
        (3, 46, 253),
        (0, 0, 405),
    ]
    assert found.value == pytest.approx(126 / 1167)


def test_without_a_reserve_the_effort_stands_alone_and_says_why():
    found = insight_effort(sample_ledger("insights"), {LAST.ordinal: plan()}, LAST)

    assert (found.value, found.reason) == (None, NO_RESERVE)
    assert found.rows["reserve"].to_list() == [None] * 4


def test_the_file_of_uses_has_a_row_for_each_citation_and_one_for_what_nothing_cites(cited):
    frame = uses_frame(list(uses("insights", cited).values()))
    columns = {column.name: column.polars_type for column in LEDGERS["insights"].columns}
    alone = pl.DataFrame([{**dict.fromkeys(columns), "insight_id": "INS-9", "title": "Odd"}], schema=columns)
    idle = uses_frame(find_uses(list_entries(alone, "insights", TODAY), cited, APRIL, "draft"))

    assert frame.filter(pl.col("id") == "INS-005").height == 15
    assert idle.select("id", "version", "lead_quarters").rows() == [("INS-9", None, None)]
