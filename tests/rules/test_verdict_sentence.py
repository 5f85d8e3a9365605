"""The sentence about a refresh: the packs of the sample, word for word, and what it says where little is known."""

import pytest

from planner.model.quarter import Calendar
from planner.rules.churn import churn
from planner.rules.drift import drift
from planner.rules.drift_reasons import with_reasons
from planner.rules.figure import Figure, Measured
from planner.rules.home import Dated
from planner.rules.outcome_status import outcome_status
from planner.rules.refresh_step import Past, RefreshStep, refresh_step
from planner.rules.verdict import Verdict
from planner.rules.verdict_sentence import verdict_sentence
from tests.sample_plans import LABELS, SHARED, sample_ledger, sample_plan

CALENDAR = Calendar(4)


def told_of(place):
    sides = [Dated(sample_plan(label), CALENDAR.parse(label)) for label in LABELS[place : place + 2]]
    plans, quarters = [side.plan for side in sides], tuple(side.quarter for side in sides)
    rows = with_reasons(drift(*plans).rows, plans[1]["reasons"].with_columns(place=1))
    ledgers = {name: sample_ledger(name) for name in ("insights", "lessons")}
    moved = churn(*plans, quarters)
    past = Past([CALENDAR.parse(label) for label in LABELS[: place + 1]], ledgers)
    actuals = sample_ledger("kpi_actuals")
    statuses = tuple(
        dict(outcome_status(side.plan, side.quarter, actuals).select("outcome_id", "status").iter_rows())
        for side in sides
    )
    step = refresh_step(*sides, moved, rows, past)
    return verdict_sentence(step, moved.weighted, CALENDAR.spoken(quarters[0]), statuses)


@pytest.mark.parametrize("place", [0, 1, 2])
def test_the_first_three_refreshes_are_told_as_in_their_packs(place):
    pack = SHARED / "sample" / f"expected_pack_{LABELS[place + 1]}.md"
    if not pack.exists():
        pytest.skip("the packs of the sample are not here")
    (line,) = (line for line in pack.read_text(encoding="utf-8").splitlines() if "In one sentence" in line)
    assert told_of(place).text == line.removeprefix("**In one sentence.** ")


def test_the_later_refreshes_are_told_by_the_same_rule():
    assert told_of(3).text == (
        "Large, backed by evidence: 69% of planned money moved since Q1 FY27, 100% of it on evidence; "
        "three outcomes got worse and none got better."
    )
    assert told_of(4).verdict == "Small and regular"


def stepping(word, share, reason=""):
    nothing = Measured(Figure.missing("x."), sample_ledger("insights"))
    evidence = Measured(Figure(share) if share is not None else Figure.missing("x."), nothing.rows)
    return RefreshStep([], evidence, nothing, Verdict(word, Figure(0.0), reason))


def test_what_cannot_be_judged_says_why_and_makes_up_no_verdict():
    step = stepping("", None, "The plan before has no money.")
    said = verdict_sentence(step, Figure.missing("The plan before has no money."), "Q1 FY27", ({}, {}))
    assert said == ("", "The plan before has no money, so no verdict is given.")


def test_where_no_money_moved_no_share_of_it_is_told():
    still = verdict_sentence(
        stepping("no_change", None),
        Figure(0.0),
        "Q1 FY27",
        ({"O": "amber", "N": "grey"}, {"O": "green", "N": "red"}),
    )
    assert still.text == (
        "No change: no planned money moved since Q1 FY27; no outcomes got worse and one got better."
    )
