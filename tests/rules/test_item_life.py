"""One item over all versions: its cells, what it serves, its measures, who names it; and its life in a sentence."""

import datetime as dt

import pytest

from planner.model.quarter import Calendar, Quarter
from planner.rules.item_life import Moment, citing, find_life, known_items, measures_of, mentions_of, served
from planner.rules.life_words import life_sentence, versions_text
from planner.rules.registers import REGISTERS, Today, list_entries
from tests.rules.small_plans import outcome, plan, project
from tests.sample_plans import LABELS, sample_ledger, sample_plan

APRIL = Calendar(4)
TODAY = Today(dt.date(2026, 10, 20), Quarter.of(2027, 4), Quarter.of(2027, 3), APRIL)


@pytest.fixture(scope="module")
def sample():
    return [Moment(label, APRIL.parse(label), sample_plan(label)) for label in LABELS]


def small(*plans):
    return [
        Moment(APRIL.label(Quarter.of(2027, at)), Quarter.of(2027, at), one)
        for at, one in enumerate(plans, 1)
    ]


def said(life):
    return life_sentence(life, APRIL, "GBP")


def test_the_finish_of_the_data_platform_is_that_of_the_milestone_trend(sample):
    life = find_life("projects", "PRJ-006", sample)

    finishes = [APRIL.label(APRIL.of(at.cells["end_date"])) for at in life.there]
    assert finishes == ["FY27-Q1", "FY27-Q1", "FY27-Q2", "FY27-Q2", "FY27-Q3", "FY27-Q3"]
    assert said(life) == (
        "Cloud data platform, stage one has been in the plan since Q2 FY26: it finishes in Q3 FY27, two quarters "
        "later than first planned; it costs £2.1m, £180k more than at first."
    )


def test_an_item_that_left_the_plan_still_has_its_life(sample):
    life = find_life("projects", "PRJ-030", sample)

    assert life.left_with.label == "FY27-Q1"
    assert "left it with Q1 FY27" in said(life)
    assert versions_text(life) == "in 1 of 6 versions"
    assert versions_text(find_life("projects", life.id, [life.there[0].moment])) == "in the only version"


def test_an_item_is_called_as_it_was_called_last_and_known_though_it_left():
    moments = small(
        plan(projects=[project(name="Old")]),
        plan(projects=[project(name="New")]),
        plan(projects=[project("P2")]),
    )

    assert find_life("projects", "P1", moments).name == "New"
    assert known_items(moments, "projects") == {"P1": "New", "P2": "Project P2"}


def test_what_no_version_has_has_no_life(sample):
    life = find_life("projects", "PRJ-999", sample)
    assert (life.there, life.left_with) == ([], None)


def test_a_finish_is_told_against_the_first_that_was_known():
    moments = small(
        plan(projects=[project(end_date=None, cost=None)]),
        plan(projects=[project(end_date=dt.date(2027, 9, 30), cost=100_000)]),
        plan(projects=[project(end_date=dt.date(2028, 3, 31), cost=90_000)]),
    )

    assert "it finishes in Q4 FY28, two quarters later than first planned; it costs £90k, £10k less" in said(
        find_life("projects", "P1", moments)
    )


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"status": "done"}, "it finished in Q2 FY28; it cost £100."),
        ({"status": "cancelled"}, "it was stopped, last planned to finish in Q2 FY28; it cost £100."),
        ({"end_date": None, "cost": None}, "since Q1 FY27: it is planned."),
        ({"end_date": None, "cost": None, "status": None}, "Project P1 has been in the plan since Q1 FY27."),
    ],
)
def test_a_project_of_one_version_is_told_by_what_is_known(cells, told):
    assert said(find_life("projects", "P1", small(plan(projects=[project(**cells)])))).endswith(told)


def test_an_outcome_stands_as_it_stood_in_each_version(sample):
    life = find_life("outcomes", "OUT-001", sample, sample_ledger("kpi_actuals"))

    assert [at.status for at in life.at] == ["green", "green", "green", "green", "amber", "amber"]
    assert "it is at risk and was on course at first; it counts for 25 of 100 points." in said(life)


def test_the_measures_of_an_outcome_are_told_against_their_paths_quarter_by_quarter(sample):
    found = measures_of("OUT-001", sample[-1], sample_ledger("kpi_actuals"))

    assert [measure.kpi_id for measure in found] == ["KPI-001", "KPI-002"]
    quarters = [at for at, *_ in found[0].points]
    assert quarters == sorted(quarters)
    assert all(path is not None for measure in found for _, _, path in measure.points)


def test_the_heat_of_a_capability_cools_as_it_reaches_its_goal(sample):
    life = find_life("capabilities", "CAP-016", sample)

    assert [at.heat for at in life.at][-1] == 0
    assert "it is at level 3 and was at 2 at first; its goal is 3; its heat is 0." in said(life)


def test_the_go_live_of_an_enabler_is_told_against_the_first_one(sample):
    life = find_life("enablers", "ENB-001", sample)
    assert said(life).endswith("it is active; its go-live is Q4 FY26, as first planned.")


def test_what_is_served_is_told_with_its_shares_the_largest_first(sample):
    then = served("projects", "PRJ-006", sample[0].plan)
    carriers = served("outcomes", "OUT-001", sample[0].plan)

    assert [key for key, _ in then] == ["OUT-004", "OUT-002"]
    assert sum(share for _, share in then) == pytest.approx(1)
    assert [share for _, share in carriers] == sorted((share for _, share in carriers), reverse=True)
    assert served("teams", "TEAM-01", sample[0].plan) == []


def test_the_entries_that_name_an_item_or_that_its_changes_name_are_found(sample):
    cited = citing([("projects", "PRJ-006")], sample)
    entries = {name: list_entries(sample_ledger(name), name, TODAY) for name in REGISTERS}
    found = {one.entry.id: one for one in mentions_of("PRJ-006", entries, cited)}

    assert cited["LES-001"] == ["FY26-Q4", "FY27-Q2"]
    assert (found["LES-001"].names_it, found["LES-001"].cited_in) == (True, ("FY26-Q4", "FY27-Q2"))
    assert (found["DEC-005"].names_it, found["DEC-005"].cited_in) == (False, ("FY26-Q4",))
    assert "INS-005" not in found


def test_an_outcome_without_measures_or_weight_is_told_without_them():
    life = find_life("outcomes", "O1", small(plan(outcomes=[outcome(weight=None)])))
    assert said(life).startswith("Outcome O1 has been in the plan since Q1 FY27")
    assert measures_of("O1", life.there[0].moment, sample_ledger("kpi_actuals")) == []
