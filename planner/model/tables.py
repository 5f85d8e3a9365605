"""The tables of a plan, each declared once; what the rows mean together is for the rules to say."""

from __future__ import annotations

import dataframely as dy

from planner.model.columns import (
    LONGEST_TEXT,
    choice,
    date,
    flag,
    ident,
    money,
    needed_ident,
    number,
    quarter,
    text,
    texts,
    whole,
)
from planner.model.table import Table

PROJECT_STATUSES = "proposed|planned|in_progress|on_hold|done|cancelled"
CLOSED_STATUSES = ("done", "cancelled")
PRECISIONS = "day|month|quarter|half|year"
POINTS = "1|2|3|5|8|13|20"
TIERS = "project|enabler|capability|outcome"
TABLE_OF_TIER = {
    "project": "projects",
    "enabler": "enablers",
    "capability": "capabilities",
    "outcome": "outcomes",
}


class Settings(dy.Schema):
    """What the plan's numbers mean: currency, fiscal year, zones; see `planner.model.settings`."""

    key = text("Setting", "The name of the setting.", key=True, longest=120)
    value = text("Value", "What it is set to.", longest=LONGEST_TEXT)


class Outcomes(dy.Schema):
    """What the organisation wants to be true."""

    outcome_id = ident("Id", "Given once, never used again.", key=True)
    name = text("Outcome", "What shall be true, in plain words.", required=True)
    short_name = text("Short name", "At most 14 characters, for filters and lanes.", longest=14)
    why = text("Why", "Why it matters.", longest=LONGEST_TEXT)
    owner = text("Owner", "Who answers for it.")
    technology_partner = text("Technology partner", "Who answers for the technology side.")
    business_unit = texts("Business unit", "The units it serves.")
    weight = whole("Weight", "Its share of 100 points.", unit="points", least=0, most=100)
    need_by = date("Needed by", "The last day by which it must be true.")
    status = choice("Status", "Where it stands.", "active|achieved|retired")


class Kpis(dy.Schema):
    """How an outcome is measured."""

    kpi_id = ident("Id", "Given once, never used again.", key=True)
    outcome_id = needed_ident("Outcome", "The outcome it measures.", references="outcomes")
    name = text("Measure", "What is measured.", required=True)
    unit = text("Unit", "The unit of its values.", longest=40)
    direction = choice("Better is", "Which way is better.", "up|down")
    baseline_value = number("Start value", "Where it began.")
    baseline_quarter = quarter("Start quarter", "When it began.")
    target_value = number("Target", "Where it shall end.")
    target_quarter = quarter("Target quarter", "When it shall be there.")
    path = choice("Path", "How it gets there.", "linear|stepped")
    decimals = whole("Decimals", "How many decimals to show.", least=0, most=9)


class KpiTargets(dy.Schema):
    """The value a measure should have at the end of a quarter."""

    kpi_id = ident("Measure", "The measure.", key=True, references="kpis")
    quarter = quarter("Quarter", "The quarter.", key=True)
    target_value = number("Value on the path", "The value it should have by then.")


class Capabilities(dy.Schema):
    """What the organisation must be able to do."""

    capability_id = ident("Id", "Given once, never used again.", key=True)
    name = text("Capability", "What must be done well.", required=True)
    parent_id = ident("Part of", "The capability it is a part of.", references="capabilities")
    code = text("Code", "Its place in the map, such as 3.2; it may change.", longest=40)
    business_unit = texts("Business unit", "The units that have it.")
    owner = text("Owner", "Who answers for it.")
    importance = whole("Importance", "1 little to 5 vital.", least=1, most=5)
    maturity_current = whole("Maturity now", "1 ad hoc to 5 leading.", least=1, most=5)
    maturity_target = whole("Maturity goal", "1 ad hoc to 5 leading.", least=1, most=5)
    target_quarter = quarter("Goal quarter", "When the goal shall be reached.")


class Enablers(dy.Schema):
    """Technology that makes a capability better."""

    enabler_id = ident("Id", "Given once, never used again.", key=True)
    name = text("Enabler", "What the technology is called.", required=True)
    kind = choice(
        "Kind", "What sort of technology.", "application|data|integration|infrastructure|security|workplace"
    )
    lifecycle = choice("Life cycle", "Where it stands.", "plan|phase_in|active|phase_out|end_of_life")
    owner_team_id = ident("Team", "The team that owns it.", references="teams")
    golive_quarter = quarter("Go-live", "When it is first used.")
    retire_quarter = quarter("Retired", "When it is switched off.")
    replaces = ident("Replaces", "The enabler it takes the place of.", references="enablers")
    vendor = text("Vendor", "Who supplies it.")
    sourcing = choice("Sourcing", "Who runs it.", "internal|partner|outsourced")
    run_cost_annual = money("Run cost a year", "What it costs to run for a year.")


class Projects(dy.Schema):
    """Work with a start, an end and a cost."""

    project_id = ident("Id", "Given once, never used again.", key=True)
    name = text("Project", "What the work is called.", required=True)
    why = text("Why", "Why it is done; comes before what.", longest=LONGEST_TEXT)
    kind = choice("Kind", "What sort of work.", "transform|grow|run|mandatory|insight")
    status = choice("Status", "Where it stands; empty counts as live.", PROJECT_STATUSES)
    sponsor = text("Sponsor", "Who wants it and answers for its benefit.")
    business_unit = texts("Business unit", "The units it serves.")
    lead_team_id = ident("Lead team", "The team that leads it.", references="teams")
    start_date = date("Start", "The first day of work.")
    end_date = date("Finish", "The last day of work.")
    date_precision = choice("Dates known to the", "How exactly the dates are meant.", PRECISIONS)
    cost = money("Cost", "The total, capital and operating.")
    capex = money("Capital cost", "The capital part of the cost.")
    benefit_annual = money("Benefit a year", "What it should bring in a full year.")
    benefit_start_quarter = quarter("Benefit from", "The first quarter with benefit.")
    priority_rank = whole("Rank", "1 is done first.", least=0)
    rag = choice("Rating", "Confidence of delivery.", "green|amber|red|grey")
    confidence_pct = whole("Confidence", "How sure the dates and cost are.", unit="%", least=0, most=100)
    estimate_class = whole("Estimate class", "5 coarse to 1 final.", least=1, most=5)
    business_value = whole("Business value", "Relative points.", allowed=POINTS)
    time_criticality = whole("Time criticality", "Relative points.", allowed=POINTS)
    risk_opportunity = whole("Risk or opportunity", "Relative points.", allowed=POINTS)
    job_size = whole("Job size", "Relative points.", allowed=POINTS)
    success_probability = number("Chance of success", "From 0 to 1.", least=0, most=1)
    deliverables = texts("Deliverables", "What it hands over.")
    superseded_by = texts("Superseded by", "The projects that took over.", references="projects")
    split_from = texts("Split from", "The project it came out of.", references="projects")
    funding_status = choice("Funding", "Whether its money is there.", "unfunded|requested|funded")
    tags = texts("Tags", "Words to find it by.")


class Links(dy.Schema):
    """How one item serves another."""

    from_type = choice("From", "The tier that serves.", TIERS, key=True)
    from_id = ident("From id", "The item that serves.", key=True, references="projects|enablers|capabilities")
    to_type = choice("To", "The tier that is served.", TIERS, key=True)
    to_id = ident("To id", "The item that is served.", key=True, references="enablers|capabilities|outcomes")
    link_type = choice("Link", "How it serves.", "contributes|supports|delivers|improves", key=True)
    strength = whole("Strength", "1 some, 2 clear, 3 strong.", least=1, most=3)
    rationale = text("Rationale", "Why it serves.", longest=LONGEST_TEXT)


class Dependencies(dy.Schema):
    """Work that waits for other work."""

    predecessor_id = ident("First", "What must come first.", key=True, references="projects")
    successor_id = ident("Then", "What waits for it.", key=True, references="projects")
    kind = choice(
        "Kind",
        "What waits for what.",
        "finish_to_start|start_to_start|finish_to_finish|external|shared_resource",
        key=True,
    )
    lag_quarters = whole("Lag", "Quarters between them; may be negative.", unit="quarters")
    external_party = text("Outside party", "Who outside it hangs on.")
    note = text("Note", "What it is about.", longest=LONGEST_TEXT)


class Milestones(dy.Schema):
    """A day in a project that people wait for."""

    milestone_id = ident("Id", "Given once, never used again.", key=True)
    project_id = needed_ident("Project", "The project it belongs to.", references="projects")
    name = text("Milestone", "What is reached.", required=True)
    due_date = date("Due", "The day it is due.")
    done = flag("Done", "Whether it was reached.")


class Phasing(dy.Schema):
    """A project's effort and money by quarter and team."""

    project_id = ident("Project", "The project.", key=True, references="projects")
    quarter = quarter("Quarter", "The quarter.", key=True)
    team_id = ident("Team", "The team.", key=True, references="teams")
    person_days = whole("Person-days", "Effort of the team in the quarter.", unit="person-days")
    cost = money("Cost", "Money of the quarter, capital and operating.")
    capex = money("Capital cost", "The capital part of it.")


class Teams(dy.Schema):
    """Who does the work."""

    team_id = ident("Id", "Given once, never used again.", key=True)
    name = text("Team", "What the team is called.", required=True)
    lead = text("Lead", "Who leads it.")
    kind = choice("Kind", "What sort of team.", "delivery|platform|business_change")
    sourcing = choice("Sourcing", "Whose people they are.", "internal|partner|outsourced")
    pd_per_fte_quarter = whole("Days a person", "Productive days of one person a quarter.", unit="days")
    day_rate = money("Day rate", "What a person-day costs.")


class Capacity(dy.Schema):
    """How many people a team has in a quarter."""

    team_id = ident("Team", "The team.", key=True, references="teams")
    quarter = quarter("Quarter", "The quarter.", key=True)
    fte = number("People", "Full-time people.", unit="FTE", least=0)
    run_share = number("Share for running", "From 0 to 1.", least=0, most=1)
    insight_reserve = number("Share for insight", "From 0 to 1.", least=0, most=1)


class Attributes(dy.Schema):
    """An organisation's own fields, and the ids that other tools use."""

    table = text("Table", "The table of the item.", key=True, longest=40)
    id = text("Id", "The item.", key=True, longest=600)
    key = text("Field", "The name of the field.", key=True, longest=120)
    value = text("Value", "What it holds.", longest=LONGEST_TEXT)


class Reasons(dy.Schema):
    """Why this version differs from the one before; sealed with it, and never drift itself."""

    table = text("Table", "The table of the changed item.", key=True, longest=40)
    id = text("Id", "The changed item.", key=True, longest=600)
    kind = text("Kind", "The kind of change; empty covers the whole item.", blank_key=True, longest=40)
    field = text("Field", "The changed field.", blank_key=True, longest=60)
    reason_code = choice(
        "Reason",
        "What sort of reason.",
        "environment|business_need|technology_trend|research_finding|lesson_learnt|funding|correction|delivery|progress",
    )
    reason_text = text("Because", "The tail of 'because …'.", longest=LONGEST_TEXT)
    evidence_id = ident("Evidence", "The insight, lesson or risk it rests on.")
    decision_id = ident("Decision", "The decision it was made in.")


_DECLARED = (
    Table("settings", Settings, "setting"),
    Table("outcomes", Outcomes, "outcome"),
    Table("kpis", Kpis, "measure"),
    Table("kpi_targets", KpiTargets, "target"),
    Table("capabilities", Capabilities, "capability"),
    Table("enablers", Enablers, "enabler"),
    Table("projects", Projects, "project"),
    Table("links", Links, "link"),
    Table("dependencies", Dependencies, "dependency"),
    Table("milestones", Milestones, "milestone"),
    Table("phasing", Phasing, "phasing row"),
    Table("teams", Teams, "team"),
    Table("capacity", Capacity, "capacity row"),
    Table("attributes", Attributes, "attribute"),
    Table("reasons", Reasons, "reason"),
)
TABLES: dict[str, Table] = {table.name: table for table in _DECLARED}
FINGERPRINTED = tuple(name for name in TABLES if name != "reasons")
