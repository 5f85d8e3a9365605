import datetime as dt
import json

import polars as pl
import pytest

from planner.model.quarter import Calendar
from planner.rules.outcome_status import benefit_rate, kpi_standing, outcome_status
from tests.rules.small_plans import capability, kpi, link, outcome, plan, project, worked_example
from tests.sample_plans import LABELS, SHARED, sample_ledger, sample_plan

MEASURES = SHARED / "sample" / "expected_measures.json"
needs_oracle = pytest.mark.skipif(
    not MEASURES.exists(), reason="the oracles of the shared folder are not here"
)
CALENDAR = Calendar(4)
NOW = CALENDAR.parse("FY27-Q2")


def actuals(*rows):
    schema = {
        "kpi_id": pl.String,
        "quarter": pl.String,
        "actual_value": pl.Float64,
        "recorded_in_snapshot": pl.String,
    }
    return pl.DataFrame(rows, schema=schema, orient="row")


def of_outcome(measures=(), known=None, outcome_cells=None, **cells):
    """One outcome that one project serves."""
    one = plan(
        projects=[project(**cells)],
        capabilities=[capability()],
        outcomes=[outcome(**(outcome_cells or {}))],
        kpis=list(measures),
        links=[link("P1", "C1"), link("C1", "O1")],
    )
    return outcome_status(one, NOW, known).row(0, named=True)


def test_the_worked_example_is_at_risk():
    status = outcome_status(worked_example(rag="amber"), NOW)
    assert status.row(0)[1:] == (pytest.approx(0.35625), "amber")


@pytest.mark.parametrize(
    ("cells", "status"),
    [
        ({"rag": "green"}, "green"),
        ({"rag": "amber"}, "red"),  # 0.5 of it at risk
        ({"rag": "red"}, "red"),
        ({"rag": "red", "status": "done"}, "green"),
        ({"rag": "green", "end_date": dt.date(2030, 4, 1)}, "red"),
        ({"rag": "green", "end_date": dt.date(2030, 3, 31)}, "green"),
        ({"rag": None}, "grey"),
        ({"rag": "grey"}, "grey"),
        ({"rag": None, "end_date": None}, "grey"),
        ({"rag": "green", "status": "cancelled"}, "red"),  # no path is left
    ],
)
def test_the_projects_of_an_outcome_say_how_it_stands(cells, status):
    assert of_outcome(**cells)["status"] == status


def test_closed_outcomes_stand_as_they_were_closed():
    assert of_outcome(outcome_cells={"status": "achieved"}, rag="red")["status"] == "green"
    assert of_outcome(outcome_cells={"status": "retired"}, rag="red")["status"] == "grey"


MEASURE = kpi(baseline_value=21.0, target_value=10.0, baseline_quarter="FY26-Q1", target_quarter="FY29-Q4")


def standing(measure, *rows, targets=(), now=None):
    one = plan(kpis=[measure], kpi_targets=list(targets))
    return kpi_standing(one, now or NOW, actuals(*rows)).row(0, named=True)


def test_the_worked_example_of_a_measure_that_falls():
    row = standing(MEASURE, ("K1", "FY27-Q1", 18.4, "FY27-Q2"))
    assert row["path"] == pytest.approx(18.067, abs=5e-4)
    assert row["attainment"] == pytest.approx(0.886, abs=5e-4)
    assert row["progress"] == pytest.approx(0.236, abs=5e-4)
    assert row["rag"] == "amber"


def test_a_measure_without_an_actual_or_too_early_on_its_path_is_grey():
    assert standing(MEASURE)["rag"] == "grey"
    early = standing(MEASURE, ("K1", "FY26-Q2", 30.0, "FY26-Q3"), now=CALENDAR.parse("FY26-Q3"))
    assert (early["rag"], early["attainment"]) == ("grey", None)


def test_only_what_was_known_then_counts_and_a_restated_value_replaces_the_first():
    rows = [
        ("K1", "FY27-Q1", 18.4, "FY27-Q2"),
        ("K1", "FY27-Q1", 19.0, "FY27-Q2"),
        ("K1", "FY27-Q1", 11.0, "FY27-Q3"),
        ("K1", "FY27-Q2", 10.0, "FY27-Q3"),
    ]
    assert standing(MEASURE, *rows)["actual"] == 19.0


def test_a_typed_path_comes_before_the_line_and_a_step_rises_at_its_end():
    reached = ("K1", "FY27-Q1", 18.4, "FY27-Q2")
    typed = [{"kpi_id": "K1", "quarter": "FY27-Q1", "target_value": 15.0}]
    assert standing(MEASURE, reached, targets=typed)["path"] == 15.0
    assert standing(MEASURE | {"path": "stepped"}, reached)["path"] == 21.0


def test_a_measure_whose_start_or_target_is_not_known_is_grey():
    for field in ("baseline_value", "baseline_quarter", "target_value", "target_quarter"):
        assert standing(MEASURE | {field: None}, ("K1", "FY27-Q1", 18.4, "FY27-Q2"))["rag"] == "grey"
    still = MEASURE | {"target_value": 21.0}
    assert standing(still, ("K1", "FY27-Q1", 18.4, "FY27-Q2"))["rag"] == "grey"


def test_measures_in_the_red_pull_an_outcome_down():
    red = actuals(("K1", "FY27-Q1", 21.0, "FY27-Q2"))
    assert of_outcome([MEASURE], red, rag="green")["status"] == "amber"
    assert of_outcome([MEASURE], actuals(("K1", "FY27-Q1", 18.0, "FY27-Q2")), rag=None)["status"] == "green"


STORY = ("GGGGGG", "GGGGGG", "GGGGAA", "GGAGAG", "AAAAAG", "AAAGAG")


@pytest.mark.parametrize(("label", "letters"), list(zip(LABELS, STORY, strict=True)))
def test_how_the_outcomes_of_the_sample_stand(label, letters):
    sample = sample_plan(label)
    status = outcome_status(sample, sample.calendar.parse(label), sample_ledger("kpi_actuals"))
    assert "".join(word[0].upper() for word in status["status"]) == letters


@needs_oracle
@pytest.mark.parametrize("label", LABELS[:4])
def test_risks_and_measures_of_the_sample_are_those_of_the_reference(label):
    expected = json.loads(MEASURES.read_text())["per_snapshot"][label]
    sample, quarter = sample_plan(label), sample_plan(label).calendar.parse(label)
    risks = (
        outcome_status(sample, quarter, sample_ledger("kpi_actuals")).select("outcome_id", "at_risk").rows()
    )
    assert dict(risks) == pytest.approx(
        {name: row["at_risk_share"] for name, row in expected["outcome_risk"].items()}, abs=5e-5
    )
    for row in kpi_standing(sample, quarter, sample_ledger("kpi_actuals")).rows(named=True):
        wanted = expected["kpi"][row["kpi_id"]]
        assert (row["at"], row["rag"]) == (wanted["quarter"], wanted["rag"])
        for name in ("path", "actual", "attainment", "progress"):
            assert row[name] == (wanted[name] and pytest.approx(wanted[name], abs=5e-5))


def benefits(*rows):
    schema = {"benefit_id": pl.String, "quarter": pl.String, "projected": pl.Int64, "actual": pl.Int64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def test_the_worked_example_of_benefits():
    rows = benefits(("B1", "FY26-Q4", 100, 70), ("B1", "FY27-Q1", 100, 80), ("B1", "FY27-Q2", 100, 0))
    assert benefit_rate(NOW, rows).value == 0.75


def test_a_quarter_without_an_actual_is_left_out_and_without_any_there_is_no_rate():
    assert benefit_rate(NOW, benefits(("B1", "FY26-Q4", 100, 70), ("B1", "FY27-Q1", 100, None))).value == 0.7
    for rows in (None, benefits(), benefits(("B1", "FY27-Q1", 100, None))):
        assert benefit_rate(NOW, rows).value is None


@pytest.mark.parametrize(
    ("label", "rate"), list(zip(LABELS, (None, None, None, 0.5465, 0.6912, 0.7911), strict=True))
)
def test_the_benefits_of_the_sample(label, rate):
    found = benefit_rate(CALENDAR.parse(label), sample_ledger("benefit_actuals")).value
    assert found == (rate and pytest.approx(rate, abs=5e-5))
