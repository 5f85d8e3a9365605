"""Small plans written in a line, for tests of rules."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl

from planner.model.plan import Plan
from planner.model.tables import TABLES

Rows = list[dict[str, Any]]


def table(name: str, rows: Rows) -> pl.DataFrame:
    """Rows of a table; columns that no row names are left out."""
    named = {field for row in rows for field in row}
    types = {column.name: column.polars_type for column in TABLES[name].columns if column.name in named}
    return pl.DataFrame(rows, schema=types)


def plan(*, april: bool = True, **tables: Rows) -> Plan:
    """A plan in pounds whose fiscal year starts in April, or in January."""
    settings = [
        {"key": "fiscal_year_start_month", "value": "4" if april else "1"},
        {"key": "currency", "value": "GBP"},
    ]
    rows = {"settings": settings + tables.pop("settings", [])} | tables
    return Plan.of({name: table(name, of_table) for name, of_table in rows.items() if of_table})


def project(project_id: str = "P1", **cells: Any) -> dict[str, Any]:
    """A project that breaks no rule: planned for the first half of FY28."""
    return {
        "project_id": project_id,
        "name": f"Project {project_id}",
        "why": "it must be done",
        "status": "planned",
        "sponsor": "Ada",
        "start_date": dt.date(2027, 4, 1),
        "end_date": dt.date(2027, 9, 30),
        "cost": 100,
    } | cells


def outcome(outcome_id: str = "O1", **cells: Any) -> dict[str, Any]:
    """An outcome that breaks no rule, with all 100 points."""
    return {
        "outcome_id": outcome_id,
        "name": f"Outcome {outcome_id}",
        "why": "it matters",
        "owner": "Bo",
        "weight": 100,
        "need_by": dt.date(2030, 3, 31),
    } | cells


def kpi(kpi_id: str = "K1", outcome_id: str = "O1", **cells: Any) -> dict[str, Any]:
    """A measure with its target."""
    return {
        "kpi_id": kpi_id,
        "outcome_id": outcome_id,
        "name": f"Measure {kpi_id}",
        "baseline_value": 0.0,
        "baseline_quarter": "FY27-Q1",
        "target_value": 10.0,
        "target_quarter": "FY29-Q3",
    } | cells


def capability(capability_id: str = "C1", **cells: Any) -> dict[str, Any]:
    """A capability."""
    return {"capability_id": capability_id, "name": f"Capability {capability_id}"} | cells


def enabler(enabler_id: str = "E1", **cells: Any) -> dict[str, Any]:
    """An enabler that a team owns."""
    return {"enabler_id": enabler_id, "name": f"Enabler {enabler_id}", "owner_team_id": "T1"} | cells


_KINDS = {"PE": "delivers", "PC": "improves", "EC": "supports", "CO": "contributes"}
_TIERS = {"P": "project", "E": "enabler", "C": "capability", "O": "outcome"}


def link(from_id: str, to_id: str, strength: int | None = 1, link_type: str | None = None) -> dict[str, Any]:
    """A link whose tiers are told by the first letters of its ids."""
    return {
        "from_type": _TIERS[from_id[0]],
        "from_id": from_id,
        "to_type": _TIERS[to_id[0]],
        "to_id": to_id,
        "link_type": link_type or _KINDS[from_id[0] + to_id[0]],
        "strength": strength,
    }


def sound_tables(**more: Rows) -> dict[str, Rows]:
    """The tables of a small plan that breaks no rule, some of them replaced."""
    return {
        "projects": [project()],
        "outcomes": [outcome()],
        "kpis": [kpi()],
        "capabilities": [capability()],
        "enablers": [enabler()],
        "teams": [{"team_id": "T1", "name": "Team one"}],
        "links": [link("P1", "E1"), link("E1", "C1"), link("C1", "O1")],
    } | more


def worked_example(**cells: Any) -> Plan:
    """The example of DOMAIN 3.11; `cells` go into the first project."""
    return plan(
        projects=[project("P1", **cells), project("P2")],
        outcomes=[outcome("O1", weight=60), outcome("O2", weight=40)],
        capabilities=[capability("C1"), capability("C2")],
        enablers=[enabler("E1")],
        links=[
            link("P1", "E1", 3),
            link("P2", "E1", 2),
            link("P2", "C2", 1),
            link("E1", "C1", 3),
            link("E1", "C2", 1),
            link("C1", "O1", 3),
            link("C2", "O1", 1),
            link("C2", "O2", 2),
        ],
    )
