"""Changes as people read them: nothing of a drift is lost, each has its group, its words and its names."""

import datetime as dt
from itertools import pairwise

import polars as pl
import pytest

from planner.model.plan import Plan
from planner.rules.change_cells import describe_rows
from planner.rules.change_groups import (
    BY,
    Wanted,
    count_groups,
    count_items,
    count_tables,
    group_key,
    in_order,
)
from planner.rules.change_names import Names
from planner.rules.change_words import GROUP_WORDS, TABLE_WORDS, line_of
from planner.rules.changes import GROUPS, PLAIN, list_changes
from planner.rules.drift import drift
from planner.rules.drift_reasons import with_reasons
from planner.rules.sentences import MINUS
from tests.rules.small_plans import plan, project
from tests.sample_plans import LABELS, sample_plan

PAIRS = list(pairwise(LABELS))
DATES = {"start_date", "end_date", "date_precision"}


def changes_of(before, after):
    """The changes of two plans, with the reasons of the later one."""
    rows = with_reasons(drift(before, after).rows, after["reasons"].with_columns(place=pl.lit(0)))
    return list_changes(before, after, rows, Names.of_plans(before, after)), rows


def lines_of(before, after):
    """The lines of two plans by (title, field): before, after, amount, tone."""
    names = Names.of_plans(before, after)
    lines = [line_of(change, names, after.settings) for change in changes_of(before, after)[0]]
    return {(one.change.title, one.field): (one.before, one.after, one.amount, one.tone) for one in lines}


@pytest.mark.parametrize(("before", "after"), [*PAIRS, *((b, a) for a, b in PAIRS), ("FY26-Q2", "FY27-Q3")])
def test_every_row_of_a_drift_is_in_one_change(before, after):
    changes, rows = changes_of(sample_plan(before), sample_plan(after))
    said = {(one.table, one.id, kind) for one in changes for kind in one.kinds}
    team = pl.when(pl.col("table") == "capacity").then(pl.col("id").str.split(":").list.first())
    told = rows.select("table", team.otherwise("id").alias("id"), "kind").iter_rows()
    assert said == {(t, i, k) for t, i, k in told if k}
    quarters = sum(len(one.quarters) for one in changes)
    assert quarters == rows.filter(kind="capacity_changed").height
    moved = {one.id for one in changes if one.is_dates}
    plain = rows.filter(kind="").select("table", "id", "field").iter_rows()
    left = [(t, i, f) for t, i, f in plain if not (t == "projects" and i in moved and f in DATES)]
    assert sorted(left) == sorted((one.table, one.id, one.field) for one in changes if one.group == PLAIN)


def test_every_group_and_table_has_words():
    assert set(GROUPS) == set(GROUP_WORDS)
    assert set(TABLE_WORDS) == set(Plan.of()) - {"reasons"}


def test_the_refresh_with_evidence_in_counts():
    changes, _ = changes_of(sample_plan("FY27-Q1"), sample_plan("FY27-Q2"))
    events = [one for one in changes if Wanted().takes(one)]
    assert (len(events), count_items(events)) == (34, 20)
    counted = count_groups(events)
    assert [counted[group] for group in ("later", "earlier", "cost", "joins", "stopped")] == [4, 3, 2, 1, 1]
    assert count_tables(events) == {
        "projects": 22, "kpis": 1, "capabilities": 1, "enablers": 2, "capacity": 8,
    }  # fmt: skip


@pytest.mark.parametrize("by", BY)
def test_a_grouping_keeps_every_change_and_never_tears_a_group(by):
    changes, _ = changes_of(sample_plan("FY26-Q4"), sample_plan("FY27-Q1"))
    ordered = in_order(changes, by, sample_plan("FY27-Q1")["outcomes"]["outcome_id"].to_list())
    assert sorted(map(id, ordered)) == sorted(map(id, changes))
    keys = [group_key(one, by) for one in ordered]
    heads = [key for at, key in enumerate(keys) if at == 0 or keys[at - 1] != key]
    assert len(heads) == len(set(heads))


def test_filters_take_what_was_asked_for():
    changes, _ = changes_of(sample_plan("FY27-Q1"), sample_plan("FY27-Q2"))

    def found(**wanted):
        return {one.title for one in changes if Wanted(**wanted).takes(one)}

    assert found(groups=frozenset({"stopped"})) == {"Outsource application support"}
    assert found(tables=frozenset({"kpis"})) == {"Claims settled without manual work"}
    assert found(text="STAGED REPLACEMENT", groups=frozenset({"joins"})) == {
        "Old policy system stabilisation"
    }
    assert found(text="no such word") == set()
    assert found(outcome="OUT-005") == {
        "Small-business online quote and buy",
        "Broker portal quick quotes",
        "Broker management",
    }
    assert len(found(plain=True)) > len(found())


def test_changes_are_told_before_and_after_in_peoples_words():
    lines = lines_of(sample_plan("FY27-Q1"), sample_plan("FY27-Q2"))
    home, motor = "Core policy replacement: home", "Core policy replacement: motor"
    assert lines[motor, "Dates"] == (
        "Q1 FY28 to Q2 FY29", "Q1 FY30 to Q2 FY31", "8 quarters later", "worse",
    )  # fmt: skip
    assert lines["Cloud data platform, stage one", "Dates"][:2] == ("finish Q2 FY27", "finish Q3 FY27")
    assert lines[home, "Cost"] == ("£13.3m", "£10.5m", f"{MINUS}£2.8m ({MINUS}21%)", "better")
    assert lines[home, "Rating"] == ("red", "amber", "", "better")
    assert lines[home, "Deliverables"][:2] == ("3 items", "now also Pilot region live first")
    assert lines[home, "Rank"][:3] == ("rank 2", "rank 9", "6 places down")
    assert lines["Model operations platform", "Status"][:2] == ("on hold", "in progress")
    assert lines["Claims settled without manual work", "Target"][:3] == ("45%", "40%", f"{MINUS}5 points")
    assert lines["Outsource application support", "Status"] == (
        "Q2 FY27 to Q1 FY28", "stopped", f"{MINUS}£2.4m", "",
    )  # fmt: skip
    assert lines["Old policy system stabilisation", ""][:3] == (
        "not in the plan", "Q3 FY27 to Q2 FY28", "+£880k",
    )  # fmt: skip


def test_the_capacity_of_a_team_is_one_change_for_all_quarters_with_the_reason_of_the_team():
    lines = lines_of(sample_plan("FY26-Q3"), sample_plan("FY26-Q4"))
    assert lines["Data and AI", "People"] == (
        "11 people", "10 people from Q1 FY27, in 18 quarters", "1 person fewer", "",
    )  # fmt: skip
    changes, _ = changes_of(sample_plan("FY27-Q1"), sample_plan("FY27-Q2"))
    teams = [one for one in changes if one.group == "capacity"]
    assert len(teams) == 8
    assert all(one.reason and one.item[0] == "teams" for one in teams)
    told = lines_of(sample_plan("FY27-Q1"), sample_plan("FY27-Q2"))
    assert told["Data and AI", "Share for insight"][:3] == (
        "5%", "8% from Q3 FY27, in 18 quarters", "3 points more",
    )  # fmt: skip


def test_quarters_of_a_team_that_change_by_different_steps_are_told_from_the_lowest_to_the_highest():
    def staffed(*people):
        quarters = ("FY27-Q1", "FY27-Q2", "FY27-Q3")
        rows = [
            {"team_id": "T1", "quarter": quarter, "fte": float(number)}
            for quarter, number in zip(quarters, people, strict=True)
        ]
        return plan(teams=[{"team_id": "T1", "name": "Data"}], capacity=rows)

    lines = lines_of(staffed(10, 10, 10), staffed(10, 11, 15))
    assert lines == {
        ("Data", "People"): (
            "10 people",
            "11 to 15 people from Q2 FY27, in 2 quarters",
            "up to 5 people more",
            "",
        )
    }


def test_links_say_what_an_item_serves_and_served():
    lines = lines_of(sample_plan("FY27-Q2"), sample_plan("FY27-Q3"))
    assert lines["Retention offers", ""] == (
        "served Contact-centre messaging", "serves Customer portal and app", "2 links", "",
    )  # fmt: skip
    assert ("Retention offers delivers Customer portal and app", "") in lines


def test_rows_of_every_table_have_a_name_and_an_owner():
    changes, _ = changes_of(sample_plan("FY27-Q1"), sample_plan("FY27-Q2"))
    titles = {one.table: one for one in changes}
    assert titles["phasing"].item[0] == "projects"
    assert titles["capacity"].title.startswith(f"{titles['capacity'].item_name}, Q")
    assert not [one for one in changes if one.table != "settings" and one.title == one.id]


def test_rows_that_join_or_leave_say_what_they_hold():
    current = sample_plan("FY27-Q3")
    names = Names.of_plans(current, current)
    found = describe_rows(current, "links", ["project:PRJ-001>enabler:ENB-001:delivers"], names)
    assert found == {"project:PRJ-001>enabler:ENB-001:delivers": "strength 3"}


def test_dates_that_only_became_known_are_no_move():
    before, after = plan(projects=[project(end_date=None)]), plan(projects=[project()])
    (change,), _ = changes_of(before, after)
    assert (change.group, change.end_moved) == ("known", None)
    assert lines_of(before, after)["Project P1", "Finish"] == ("not known", "30 September 2027", "", "")


def test_a_start_alone_is_neither_later_nor_earlier():
    moved = project(start_date=dt.date(2027, 7, 1))
    (change,), _ = changes_of(plan(projects=[project()]), plan(projects=[moved]))
    assert (change.group, change.start_moved, change.end_moved) == ("start", 1, 0)
    line = lines_of(plan(projects=[project()]), plan(projects=[moved]))["Project P1", "Dates"]
    assert line == ("Q1 FY28 to Q2 FY28", "Q2 FY28 to Q2 FY28", "starts 1 quarter later", "worse")
