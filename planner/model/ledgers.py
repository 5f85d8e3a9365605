"""The ledgers: what happened meanwhile, each declared once like a table; they only grow and belong to no version."""

from __future__ import annotations

import dataframely as dy

from planner.model.columns import (
    LONGEST_TEXT,
    choice,
    date,
    flag,
    ident,
    money,
    number,
    quarter,
    text,
    texts,
    ways,
    whole,
)
from planner.model.table import Table

CASE_PARTS = "At most two pages of plain words."


class _Recorded(dy.Schema):
    """What every row of a ledger says about itself."""

    recorded_on = date("Recorded on", "The day it was written down.")
    recorded_by = text("Recorded by", "Who wrote it down.")
    restates = flag("Restates", "Yes where the row takes the place of an earlier one of the same key.")


class KpiActuals(dy.Schema):
    """What a measure really was in a quarter."""

    kpi_id = ident("Measure", "The measure.", key=True, references="kpis")
    quarter = quarter("Quarter", "The quarter.", key=True)
    actual_value = number("Value", "What was measured.")
    recorded_in_snapshot = text("First in", "The snapshot in which it was first known.", longest=40)


class ProjectActuals(dy.Schema):
    """What a project really used in a quarter."""

    project_id = ident("Project", "The project.", key=True, references="projects")
    quarter = quarter("Quarter", "The quarter.", key=True)
    capex = money("Capital cost", "Capital money that was spent.")
    opex = money("Operating cost", "Operating money that was spent.")
    person_days = whole("Person-days", "Days that were worked.", unit="person-days")


class Benefits(dy.Schema):
    """A benefit that was promised when a project was approved."""

    benefit_id = ident("Id", "Given once, never used again.", key=True)
    project_id = ident("Project", "The project that brings it.", references="projects")
    outcome_id = ident("Outcome", "The outcome it counts for.", references="outcomes")
    kpi_id = ident("Measure", "The measure it shows in.", references="kpis")
    evidence_type = choice(
        "Evidence", "How sure one can be of it.", "financial|quantifiable|measurable|observable"
    )
    owner = text("Owner", "Who in the business answers for it.")
    projected_annual = money("Promised a year", "What was promised for a full year, frozen at approval.")
    first_quarter = quarter("From", "The first quarter with benefit.")
    basis = text("Basis", "Where the figure comes from.")


class BenefitActuals(dy.Schema):
    """What a benefit really brought in a quarter."""

    benefit_id = ident("Benefit", "The benefit.", key=True)
    quarter = quarter("Quarter", "The quarter.", key=True)
    projected = money("Promised", "What the quarter should have brought.")
    actual = money("Actual", "What it brought.")


class BusinessCases(dy.Schema):
    """Why a project deserves its money."""

    project_id = ident("Project", "The project.", key=True, references="projects")
    depth = choice("Depth", "How much is written.", "light|full")
    executive_summary = text("Summary", CASE_PARTS, longest=LONGEST_TEXT)
    current_situation = text("Situation", CASE_PARTS, longest=LONGEST_TEXT)
    need_for_change = text("Need for change", CASE_PARTS, longest=LONGEST_TEXT)
    options = ways("Options", "The ways that were looked at.")
    schedule = text("Schedule", CASE_PARTS, longest=LONGEST_TEXT)
    cost_benefit = text("Cost and benefit", CASE_PARTS, longest=LONGEST_TEXT)
    risk_and_change = text("Risk and change", CASE_PARTS, longest=LONGEST_TEXT)
    kpi_ids = texts("Measures", "The measures it will move.", references="kpis")
    conclusion_or_ask = text("Ask", "What leaders are asked to do.", longest=LONGEST_TEXT)
    approved_in = ident("Approved in", "The decision that approved it.")


class Insights(dy.Schema):
    """What was found out by looking, asking or trying."""

    insight_id = ident("Id", "Given once, never used again.", key=True)
    kind = choice(
        "Kind",
        "How it was found.",
        "research|business_research|environment_scan|technology_scan|prototype|feasibility",
    )
    quarter = quarter("Quarter", "When it was found.")
    title = text("Title", "What it is called.")
    finding = text("Finding", "What was found.", longest=LONGEST_TEXT)
    effort_pd = whole("Effort", "Days that went into it.", unit="person-days")
    team_id = ident("Team", "The team that found it.", references="teams")
    linked_ids = texts("About", "The items it is about.")
    status = choice("Status", "What became of it.", "open|used|parked")


class Lessons(dy.Schema):
    """What turned out otherwise than planned."""

    lesson_id = ident("Id", "Given once, never used again.", key=True)
    quarter = quarter("Quarter", "When it was learnt.")
    source_id = ident("From", "The item it was learnt from.")
    projected = text("Expected", "What was expected.", longest=LONGEST_TEXT)
    actual = text("Actual", "What came.", longest=LONGEST_TEXT)
    lesson = text("Lesson", "What it teaches.", longest=LONGEST_TEXT)
    action = text("Action", "What is done otherwise now.", longest=LONGEST_TEXT)


class Decisions(dy.Schema):
    """A question to the leaders, and their answer; each state of it is a row."""

    decision_id = ident("Id", "Given once, never used again.", key=True)
    status = choice("Status", "Where it stands.", "asked|decided|deferred|withdrawn", key=True)
    snapshot_id = text("Snapshot", "The version it was asked with.", longest=40)
    asked_on = date("Asked on", "When it was asked.")
    needed_by = date("Needed by", "When the answer is needed.")
    decided_on = date("Decided on", "When it was decided.")
    question = text("Question", "What is asked.", longest=LONGEST_TEXT)
    options = ways("Options", "The answers one can choose from.")
    recommendation = text("Recommended", "The answer that is proposed.", longest=LONGEST_TEXT)
    decision = text("Decision", "What was decided.", longest=LONGEST_TEXT)
    rationale = text("Because", "Why.", longest=LONGEST_TEXT)
    decided_by = text("Decided by", "Who decided.")
    owner = text("Owner", "Who is to decide.")
    level = choice("Level", "Where it is decided.", "unit|enterprise")
    review_quarter = quarter("Look again", "When it is looked at again.")
    evidence_missing = flag("Without evidence", "Whether a large change was accepted without evidence.")


class Risks(dy.Schema):
    """What may go wrong; each state of it is a row."""

    risk_id = ident("Id", "Given once, never used again.", key=True)
    status = choice("Status", "Where it stands.", "open|mitigated|happened|closed", key=True)
    entity_type = text("Kind of item", "What it threatens.", longest=40)
    entity_id = ident("Item", "The item it threatens.")
    statement = text("Risk", "What may go wrong.", longest=LONGEST_TEXT)
    probability = whole("Chance", "1 hardly to 5 almost surely.", least=1, most=5)
    impact = whole("Harm", "1 little to 5 very much.", least=1, most=5)
    response = text("Response", "What is done about it.", longest=LONGEST_TEXT)
    owner = text("Owner", "Who watches it.")


class Assumptions(dy.Schema):
    """What the plan takes for true; each state of it is a row."""

    assumption_id = ident("Id", "Given once, never used again.", key=True)
    state = choice("State", "Whether it held.", "open|true|false", key=True)
    entity_type = text("Kind of item", "What rests on it.", longest=40)
    entity_id = ident("Item", "The item that rests on it.")
    statement = text("Assumption", "What is taken for true.", longest=LONGEST_TEXT)
    check_by_quarter = quarter("Check by", "When it should be checked.")
    note = text("Note", "What else there is to say.", longest=LONGEST_TEXT)


class Assessments(dy.Schema):
    """How well a unit works with its technology partner, on one row of the model."""

    business_unit = text("Business unit", "The unit.", key=True)
    quarter = quarter("Quarter", "When it was assessed.", key=True)
    row_id = ident("Row", "The row of the model.", key=True)
    row_kind = choice("Kind", "What sort of row.", "practice|condition")
    row_name = text("Name", "What the row is called.")
    score = number("Score", "From 1 to 3.", least=0, most=5)
    ceiling = number("Ceiling", "The most that the condition allows.", least=0, most=5)
    control = choice("Control", "What one can do about it.", "control|influence|accept")
    note = text("Note", "What else there is to say.", longest=LONGEST_TEXT)


class ExternalFactors(dy.Schema):
    """What came from outside and holds a unit back."""

    factor_id = ident("Id", "Given once, never used again.", key=True)
    business_unit = text("Business unit", "The unit; empty is all of them.")
    kind = choice("Kind", "What came.", "merger|acquisition|divestiture|demand_fall|regulation|other")
    statement = text("What", "What happened.", longest=LONGEST_TEXT)
    cap_level = number("Cap", "The level it holds the unit at.", least=0, most=5)
    from_quarter = quarter("From", "The first quarter it counts in.")
    to_quarter = quarter("To", "The last quarter it counts in.")


class DeliveryHistory(dy.Schema):
    """Work that ended before the plan began."""

    project_id = ident("Id", "Given once, never used again.", key=True)
    name = text("Project", "What the work was called.")
    actual_start_quarter = quarter("Started", "When it really started.")
    actual_end_quarter = quarter("Ended", "When it really ended.")


def _ledger(name: str, schema: type[dy.Schema], one: str) -> Table:
    """Give a ledger the three columns that every ledger ends with."""
    recorded = type(schema.__name__, (schema, _Recorded), {"__doc__": schema.__doc__})
    return Table(name, recorded, one)


_DECLARED = (
    _ledger("kpi_actuals", KpiActuals, "measured value"),
    _ledger("project_actuals", ProjectActuals, "project actual"),
    _ledger("benefits", Benefits, "benefit"),
    _ledger("benefit_actuals", BenefitActuals, "benefit actual"),
    _ledger("business_cases", BusinessCases, "business case"),
    _ledger("insights", Insights, "insight"),
    _ledger("lessons", Lessons, "lesson"),
    _ledger("decisions", Decisions, "decision"),
    _ledger("risks", Risks, "risk"),
    _ledger("assumptions", Assumptions, "assumption"),
    _ledger("assessments", Assessments, "assessment"),
    _ledger("external_factors", ExternalFactors, "external factor"),
    _ledger("delivery_history", DeliveryHistory, "finished project"),
)
LEDGERS: dict[str, Table] = {ledger.name: ledger for ledger in _DECLARED}
