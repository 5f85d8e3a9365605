"""What a row of any table is called, and which item it belongs to; ids are for machines, names for people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from planner.model.tables import TABLE_OF_TIER, TABLES
from planner.rules.sight import LINK_TIERS, main_outcomes, ways

if TYPE_CHECKING:
    from planner.model.plan import Plan
    from planner.model.quarter import Calendar

NAMED = ("projects", "outcomes", "kpis", "capabilities", "enablers", "teams", "milestones")
# The place in a row's id of the item that it belongs to, and the table of that item.
_OWNER = {
    "phasing": (0, "projects"),
    "kpi_targets": (0, "kpis"),
    "capacity": (0, "teams"),
    "dependencies": (1, "projects"),
}


@dataclass(frozen=True)
class Names:
    """The names of all items of two versions, the current one's first: `names[table, id]`, the id where unknown."""

    known: dict[tuple[str, str], str]
    project_of_milestone: dict[str, str]
    calendar: Calendar

    @classmethod
    def of_plans(cls, baseline: Plan, current: Plan) -> Names:
        """The names that either version knows."""
        known: dict[tuple[str, str], str] = {}
        milestones: dict[str, str] = {}
        for plan in (baseline, current):
            for table in NAMED:
                pairs = plan[table].select(TABLES[table].key[0], "name").iter_rows()
                known.update(((table, key), name or key) for key, name in pairs)
            milestones.update(plan["milestones"].select("milestone_id", "project_id").iter_rows())
        return cls(known, milestones, current.calendar)

    def __getitem__(self, item: tuple[str, str]) -> str:
        return self.known.get(item, item[1])

    def owner(self, table: str, row_id: str) -> tuple[str, str]:
        """The item that a row belongs to, as table and id; an item belongs to itself."""
        if table in _OWNER:
            place, owner_table = _OWNER[table]
            return owner_table, row_id.split(":")[place]
        if table == "links":
            tier, from_id, *_ = link_ends(row_id)
            return TABLE_OF_TIER.get(tier, tier), from_id
        if table == "milestones" and row_id in self.project_of_milestone:
            return "projects", self.project_of_milestone[row_id]
        if table == "attributes":
            owner_table, item_id, _ = _attribute_ends(row_id)
            return owner_table, item_id
        return table, row_id

    def title(self, table: str, row_id: str) -> str:  # noqa: PLR0911  a form each
        """What the row is called: 'Claims portal', 'Claims portal delivers Sign-in', 'Data team, Q3 FY27'."""
        parts = row_id.split(":")
        if table == "links":
            tier, from_id, to_tier, to_id, kind = link_ends(row_id)
            giver = self[TABLE_OF_TIER.get(tier, tier), from_id]
            return f"{giver} {_verb(kind)} {self[TABLE_OF_TIER.get(to_tier, to_tier), to_id]}"
        if table == "dependencies":
            return f"{self['projects', parts[1]]} waits for {self['projects', parts[0]]}"
        if table == "phasing":
            return f"{self['projects', parts[0]]}, {self._quarter(parts[1])}, {self['teams', parts[2]]}"
        if table == "capacity":
            return f"{self['teams', parts[0]]}, {self._quarter(parts[1])}"
        if table == "kpi_targets":
            return f"{self['kpis', parts[0]]}, {self._quarter(parts[1])}"
        if table == "attributes":
            owner_table, item_id, key = _attribute_ends(row_id)
            return f"{self[owner_table, item_id]}: {key}"
        if table == "settings":
            return row_id.replace("_", " ")
        return self[table, row_id]

    def _quarter(self, label: str) -> str:
        return self.calendar.spoken(self.calendar.parse(label))


def _verb(kind: str) -> str:
    return "contributes to" if kind == "contributes" else kind


def link_ends(row_id: str) -> tuple[str, str, str, str, str]:
    """Take a link's id apart; neither ids nor tiers hold a colon or an angle bracket."""
    giving, _, served = row_id.partition(">")
    tier, _, from_id = giving.partition(":")
    to_tier, to_id, kind = served.split(":")
    return tier, from_id, to_tier, to_id, kind


def _attribute_ends(row_id: str) -> tuple[str, str, str]:
    """Take an attribute's id apart: table, id, field; only the field's name may hold a colon where the item is one."""
    table, _, rest = row_id.partition(":")
    item_id, _, key = rest.partition(":")
    return table, item_id, key


def outcomes_of_items(baseline: Plan, current: Plan) -> dict[tuple[str, str], str]:
    """The outcome that each item serves most, by (table, id); of a removed item the one that it served.

    Projects by their largest share; capabilities by their strongest link; enablers by that of the capability
    they support most; measures by the outcome they measure.
    """
    found: dict[tuple[str, str], str] = {}
    for plan in (baseline, current):
        served = main_outcomes(plan).select("project_id", "outcome_id").iter_rows()
        found.update((("projects", project), outcome) for project, outcome in served)
        found.update((("outcomes", key), key) for key in plan["outcomes"]["outcome_id"])
        found.update(
            (("kpis", key), of) for key, of in plan["kpis"].select("kpi_id", "outcome_id").iter_rows()
        )
        of_capability = _strongest(plan, "contributes")
        found.update((("capabilities", key), of) for key, of in of_capability.items())
        for enabler, capability in _strongest(plan, "supports").items():
            if capability in of_capability:
                found["enablers", enabler] = of_capability[capability]
    return found


def homes_of_items(baseline: Plan, current: Plan) -> dict[tuple[str, str], tuple[str, str]]:
    """The business unit and the id of the team of each item, by (table, id); of a removed item those it had.

    The team of a project leads it, that of an enabler owns it; a measure is at home where its outcome is.
    """
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for plan in (baseline, current):
        for table, (unit, team) in _HOMES.items():
            home = (pl.col(name).fill_null("") if name else pl.lit("") for name in (unit, team))
            rows = plan[table].select(
                pl.col(TABLES[table].key[0]).alias("id"), **dict(zip(("unit", "team"), home, strict=True))
            )
            found.update(((table, key), (of_unit, of_team)) for key, of_unit, of_team in rows.iter_rows())
        measures = plan["kpis"].select("kpi_id", "outcome_id").iter_rows()
        found.update((("kpis", key), found.get(("outcomes", outcome), ("", ""))) for key, outcome in measures)
    return found


# The columns that hold the unit and the team of the items of a table.
_HOMES = {
    "projects": ("business_unit", "lead_team_id"),
    "outcomes": ("business_unit", ""),
    "capabilities": ("business_unit", ""),
    "enablers": ("", "owner_team_id"),
    "teams": ("", "team_id"),
}


def _strongest(plan: Plan, kind: str) -> dict[str, str]:
    giving, served = LINK_TIERS[kind]
    links = ways(plan).filter((pl.col("from_type") == giving) & (pl.col("to_type") == served))
    ranked = links.sort(["from_id", "weight", "to_id"], descending=[False, True, False])
    return dict(ranked.unique("from_id", keep="first").select("from_id", "to_id").iter_rows())
