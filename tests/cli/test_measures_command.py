"""`planner measures` against the sample's independent oracle, and what must hold of the refreshes that have none."""

import json
from pathlib import Path

import pytest

ORACLE = Path(__file__).parents[2].parent / "shared" / "sample" / "expected_measures.json"
WITH_ORACLE = ("FY26-Q2", "FY26-Q3", "FY26-Q4", "FY27-Q1")
LATER = ("FY27-Q2", "FY27-Q3")


@pytest.fixture
def measured(planner, sample):
    """Run the command and read its document."""

    def run(*words):
        done = planner("measures", *words, "--format", "json", "--database", sample)
        assert (done.status, done.err) == (0, "")
        return json.loads(done.out)

    return run


@pytest.mark.skipif(not ORACLE.is_file(), reason="the oracle is not beside the project")
def test_the_measures_of_every_version_and_refresh_with_an_oracle_are_exactly_its_own(measured):
    oracle = json.loads(ORACLE.read_text(encoding="utf-8"))
    documents = [measured(label) for label in WITH_ORACLE]

    per_snapshot = {label: cells for one in documents for label, cells in one["per_snapshot"].items()}
    per_refresh = {name: cells for one in documents for name, cells in one["per_refresh"].items()}
    assert per_snapshot == oracle["per_snapshot"]
    assert per_refresh == oracle["per_refresh"]
    assert list(per_snapshot["FY26-Q3"]) == list(oracle["per_snapshot"]["FY26-Q3"])


@pytest.mark.parametrize(
    ("label", "weighted", "evidence", "word"),
    [("FY27-Q2", 0.6928, 1.0, "deliberate_shift"), ("FY27-Q3", 0.0596, 1.0, "small_regular")],
)
def test_the_refreshes_without_an_oracle_are_as_the_domain_tells_them(
    measured, label, weighted, evidence, word
):
    ((_, refresh),) = measured(label)["per_refresh"].items()
    assert (refresh["churn"]["weighted"], refresh["verdict"]["evidence_share"]) == (weighted, evidence)
    assert refresh["verdict"]["label"] == word


@pytest.mark.parametrize("label", LATER)
def test_what_must_hold_of_any_refresh_holds_of_those_without_an_oracle(measured, label):
    document = measured(label)
    ((name, refresh),) = document["per_refresh"].items()
    snapshot = document["per_snapshot"][label]
    cost, churn, kinds = refresh["cost"], refresh["churn"], refresh["kinds"]
    further = document["further"]["per_refresh"][name]
    assert cost["before"] + cost["like_for_like"] + cost["added"] + cost["removed"] == cost["after"]
    assert further["cost"]["up"] + further["cost"]["down"] == cost["like_for_like"]
    assert sum(kinds.values()) == refresh["counts"]["events"]
    assert churn["stability"] == pytest.approx(max(0, 1 - churn["weighted"]), abs=1e-4)
    assert refresh["slip"]["n"] == sum(
        further["finishes"]["quarters"][way] for way in ("later", "earlier", "same")
    )
    assert sum(row["share"] for row in further["reason_mix"]["rows"]) == pytest.approx(1, abs=1e-3)
    sight = snapshot["line_of_sight"]
    served = sum(sight["spend_by_outcome"].values())
    assert served == pytest.approx(sight["aligned_share"] * sight["total"], rel=1e-3)
    assert len(snapshot["overloads"]) == snapshot["overload_team_quarters"]
    assert sum(snapshot["project_value"].values()) == pytest.approx(100, abs=0.01)


def test_any_two_versions_are_measured_and_each_empty_cell_has_its_reason(measured):
    document = measured("draft", "--baseline", "FY26-Q2")
    assert list(document) == ["per_snapshot", "per_refresh", "further", "empty"]
    assert list(document["per_refresh"]) == ["FY26-Q2->draft"]
    empty = measured("FY26-Q2")
    assert empty["per_refresh"] == {}
    assert empty["per_snapshot"]["FY26-Q2"]["brr"] is None
    assert empty["empty"]["per_snapshot/FY26-Q2/brr"] == "No benefit was promised for a quarter that is over."


def test_the_text_tells_each_measure_with_what_it_is_or_why_it_is_empty(planner, sample):
    done = planner("measures", "FY27-Q1", "--database", sample)
    lines = done.out.splitlines()
    assert lines[0] == "FY26-Q4 to FY27-Q1"
    assert any(line.split()[:4] == ["Verdict", "Large,", "without", "evidence"] for line in lines)
    assert any(line.startswith("Money moved ") and " 119.4% " in line for line in lines)
    first = planner("measures", "FY26-Q2", "--database", sample).out
    assert "Benefits realised" in first
    assert "No benefit was promised for a quarter that is over." in first
    assert first.rstrip().endswith("so no refresh is measured; name one with --baseline.")


def test_a_version_that_is_not_there_is_refused(planner, sample):
    for words in (("FY99-Q1",), ("FY27-Q1", "--baseline", "FY99-Q1")):
        done = planner("measures", *words, "--database", sample)
        assert (done.status, done.out) == (2, "")
        assert "FY99-Q1" in done.err.splitlines()[0]


def test_a_plan_without_money_by_quarter_has_reasons_and_no_zeros(planner, small):
    done = planner("measures", "2026-Q2", "--format", "json", "--database", small)
    document = json.loads(done.out)
    refresh = document["per_refresh"]["2026-Q1->2026-Q2"]
    assert refresh["churn"]["weighted"] is None
    assert refresh["verdict"]["label"] is None
    assert refresh["cost"]["like_for_like"] == 10
    assert "total_future" in document["per_snapshot"]["2026-Q2"]  # it has no currency
    reason = document["empty"]["per_refresh/2026-Q1->2026-Q2/churn/weighted"]
    assert reason == "The plan before has no money in the quarters that both plans share."
