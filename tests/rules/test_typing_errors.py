"""Likely typing errors: what is far off is named and told apart; honest moves are not."""

import datetime as dt

import pytest

from planner.rules.finish_counts import finish_counts
from planner.rules.typing_errors import likely_typing_errors, typing_words, without_projects
from tests.rules.small_plans import plan, project

BEFORE = project(end_date=dt.date(2028, 3, 31), cost=2_000, benefit_annual=0)


def found(**cells):
    rows = likely_typing_errors(plan(projects=[BEFORE]), plan(projects=[BEFORE | cells]))
    return [(row["field"], typing_words(row["field"], row["size"])) for row in rows.iter_rows(named=True)]


@pytest.mark.parametrize(
    ("cells", "field", "said"),
    [
        ({"end_date": dt.date(2108, 3, 31)}, "end_date", "its finish is 80 years later"),
        ({"start_date": dt.date(1927, 4, 1)}, "start_date", "its start is 100 years earlier"),
        ({"cost": 2_000_000}, "cost", "its cost is 1,000 times as much"),
        ({"cost": 2}, "cost", "its cost is a 1,000th of what it was"),
    ],
)
def test_a_wrong_digit_is_likely_a_typing_error(cells, field, said):
    assert found(**cells) == [(field, said)]


@pytest.mark.parametrize(
    "cells",
    [
        {"end_date": dt.date(2041, 10, 17)},
        {"end_date": None},
        {"cost": 150_000},
        {"cost": 0},
        {"cost": None},
        {"benefit_annual": 9_000},
    ],
)
def test_large_honest_moves_and_what_appears_are_none(cells):
    assert found(**cells) == []


def test_the_limits_are_settings_of_the_plan():
    strict = plan(
        settings=[{"key": "threshold_typing_years", "value": "10"}],
        projects=[BEFORE | {"end_date": dt.date(2041, 10, 17)}],
    )
    assert likely_typing_errors(plan(projects=[BEFORE]), strict)["field"].to_list() == ["end_date"]


def test_totals_without_the_doubtful_projects_are_those_of_the_others():
    sides = [
        plan(projects=[BEFORE, project("P2", end_date=day)])
        for day in (dt.date(2028, 3, 31), dt.date(2028, 6, 30))
    ]
    mistyped = plan(
        projects=[BEFORE | {"end_date": dt.date(2108, 3, 31)}, project("P2", end_date=dt.date(2028, 6, 30))]
    )
    ids = likely_typing_errors(sides[0], mistyped)["project_id"].unique()
    assert finish_counts(sides[0], mistyped).quarters.net == 321
    assert finish_counts(*(without_projects(side, ids) for side in (sides[0], mistyped))).quarters.net == 1
