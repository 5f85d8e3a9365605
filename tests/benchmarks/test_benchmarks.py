"""What the benchmarks rest on, at 1,000 projects: the same plans, the same changes, a table; no time is asserted."""

import polars as pl
import pytest

from planner.actions.comparing import compare
from planner.model.plan import Plan
from planner.model.tables import TABLES
from planner.rules.drift import drift
from tests.benchmarks.databases import sealed_database
from tests.benchmarks.independent import UnlikeChangesError, cells_of, changes_of, counts_of, hold_alike
from tests.benchmarks.merging import hold_merged
from tests.benchmarks.peers import hold_counts, running, write_tables
from tests.benchmarks.report import CLOSE, OPEN, as_markdown, at_most, faster, write_between_marks
from tests.benchmarks.synthetic import first_plan, next_plan
from tests.benchmarks.timing import Ratio

SIZE = 1_000


@pytest.fixture(scope="module")
def plans():
    baseline = first_plan(SIZE)
    return baseline, next_plan(baseline)


def test_made_up_plans_are_always_the_same_and_are_as_a_reader_would_settle_them(plans):
    again = first_plan(SIZE)
    assert (again, next_plan(again)) == plans
    assert tuple(Plan.of(plan.frames) for plan in plans) == plans


def test_every_project_has_three_links_and_a_twentieth_changes(plans):
    baseline, current = plans
    for plan in plans:
        links = plan["links"].filter(pl.col("from_type") == "project")
        assert set(links.group_by("from_id").len()["len"]) == {3}
    assert drift(baseline, current).summary["projects"] == {
        "added": 10,
        "removed": 10,
        "changed": 50,
        "unchanged": 940,
    }


def test_the_independent_count_is_what_a_plain_loop_finds(plans):
    before, after = plans
    expected = set()
    for name, table in TABLES.items():
        old, new = (
            {row[: len(table.key)]: row for row in plan[name].iter_rows()} for plan in (before, after)
        )
        for key in old.keys() | new.keys():
            if key not in old or key not in new:
                expected.add((name, key, "added" if key not in old else "removed", ""))
                continue
            cells = zip(table.names, old[key], new[key], strict=True)
            expected |= {(name, key, "changed", field) for field, a, b in cells if a != b}
    assert changes_of(before, after).height == len(expected)


def test_drift_finds_what_the_independent_count_finds_both_ways(plans, tmp_path):
    expected = changes_of(*plans)
    db, labels = sealed_database(tmp_path / "plan.duckdb", plans)
    try:
        assert hold_alike(cells_of(compare(db, *labels).rows), expected) == expected.height
    finally:
        db.close()
    assert hold_alike(cells_of(drift(*plans).rows), expected) == expected.height
    with pytest.raises(UnlikeChangesError):
        hold_alike(expected.head(expected.height - 1), expected)


def test_a_merge_brings_in_what_the_independent_count_finds(plans):
    baseline, current = plans
    other = next_plan(baseline, seed=3)
    assert hold_merged(baseline, current, other) == changes_of(baseline, other).height > 0


@pytest.mark.parametrize("peer", ["csv-diff", "daff"])
def test_a_peer_finds_the_same_changes(plans, tmp_path, peer):
    write_tables(tmp_path, plans)
    with running(peer, tmp_path) as process:
        found = process.compare()["found"]
    assert hold_counts(found, plans) == ""
    assert hold_counts({"projects": [0, 0, 0]}, plans) != ""
    assert counts_of(changes_of(*plans), "projects")[:2] == (10, 10)


def test_the_table_says_whether_a_target_is_met_and_finds_its_place(tmp_path):
    twice = Ratio(ours=0.2, other=0.1, middle=2.0, least=1.5, most=2.5)
    lines = [
        at_most("slow", twice, "that", 3),
        at_most("slower", twice, "that", 1.9),
        faster("fast", twice, "x", 2),
    ]
    table = as_markdown(lines)
    assert [line.met for line in lines] == ["yes", "**no**", "**no**"]
    assert "| slow | 200 ms | 100 ms that | 2.00x (1.50-2.50) | <= 3x | yes |" in table
    page = tmp_path / "README.md"
    page.write_text(f"before\n{OPEN}\nold\n{CLOSE}\nafter\n")
    assert write_between_marks(page, table)
    assert page.read_text() == f"before\n{OPEN}\n{table}\n{CLOSE}\nafter\n"
    page.write_text("no marks")
    assert not write_between_marks(page, table)
