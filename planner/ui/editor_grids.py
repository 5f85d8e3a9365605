"""The pages on which a plan is edited: their tabs, grids, columns and filters; no table's cells, which the model declares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from planner.actions.grid_quarters import QuarterGrid
from planner.actions.grid_rows import FOUND, ROW, TREE, FlatGrid
from planner.model.tables import TABLE_OF_TIER, TABLES
from planner.rules.sentences import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.model.edit import Edit

Grid: TypeAlias = FlatGrid | QuarterGrid
ALL_COLUMNS: Final = "All"
MANY: Final = {
    "capabilities": "capabilities",
    "dependencies": "dependencies",
    "capacity": "capacity rows",
}


def counted_rows(number: int, table: str, *, words: bool = False) -> str:
    """A number of rows with what they are: '1 outcome', '4 dependencies'."""
    return counted(number, TABLES[table].one, MANY.get(table, ""), words=words)


@dataclass(frozen=True)
class Tab:
    """One table of a page: how its grid is laid out, filtered and asked for, and whose item the panel shows.

    `grids` are several where one field of a table is shown at a time. `sets` are named choices of columns,
    the first one shown first. `pills` is the column whose words filter by a click, `filters` fold away.
    `needs` is a table without which no row can be added.
    """

    key: str
    title: str
    grids: tuple[Grid, ...]
    item_table: str
    sets: tuple[tuple[str, tuple[str, ...]], ...] = ()
    pills: str = ""
    filters: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    needs: str = ""
    hint: str = "Name or id"
    own_order: str = "As in the plan: by id"
    can_add: bool = True

    @property
    def table(self) -> str:
        """The table that is edited."""
        return self.grids[0].table

    @property
    def by_quarter(self) -> bool:
        """Whether quarters stand side by side."""
        return isinstance(self.grids[0], QuarterGrid)

    @property
    def item_word(self) -> str:
        """What the item in the panel is called, in the address too: `?project=PRJ-001`."""
        return TABLES[self.item_table].one

    def first_columns(self) -> tuple[str, ...]:
        """The columns that every choice of columns begins with."""
        if isinstance(self.grids[0], QuarterGrid):
            return (*self.grids[0].owners, FOUND)
        key = TABLES[self.table].key
        if len(key) > 1:
            return (*key, FOUND)
        tree = (TREE,) if self.table == "capabilities" else ()
        return (*key, *tree, "name", FOUND)


def _all_of(table: str) -> tuple[str, ...]:
    return tuple(name for name in TABLES[table].fields if name != "name")


def _flat(key: str, title: str, table: str, **more: object) -> Tab:
    """A tab with a row for each row of a table."""
    given = {"sets": ((ALL_COLUMNS, _all_of(table)),), **more}
    return Tab(key, title, (FlatGrid(table),), table, **given)  # type: ignore[arg-type]  # named as Tab has them


_PROJECT_SETS: Final = (
    (
        "Roadmap",
        (
            "status", "start_date", "end_date", "cost", "rag", "confidence_pct", "priority_rank",
            "date_precision", "sponsor", "lead_team_id", "why",
        ),
    ),
    (
        "Money",
        (
            "status", "cost", "capex", "benefit_annual", "benefit_start_quarter", "funding_status",
            "estimate_class", "success_probability",
        ),
    ),
    (
        "Ranking",
        (
            "priority_rank", "business_value", "time_criticality", "risk_opportunity", "job_size", "cost",
            "status",
        ),
    ),
    (
        "About",
        (
            "why", "kind", "business_unit", "sponsor", "lead_team_id", "deliverables", "superseded_by",
            "split_from", "tags",
        ),
    ),
    (ALL_COLUMNS, _all_of("projects")),
)  # fmt: skip

TABS: Final = {
    "outcomes": (
        _flat(
            "outcomes", "Outcomes", "outcomes",
            sets=(
                ("Main", ("short_name", "weight", "need_by", "status", "owner", "why")),
                (ALL_COLUMNS, _all_of("outcomes")),
            ),
            pills="status", filters=("owner", "business_unit"), asked=("why", "owner", "weight", "need_by"),
            hint="Name, id, why, owner",
        ),
        _flat(
            "measures", "Measures", "kpis",
            filters=("outcome_id", "unit", "direction"),
            asked=(
                "unit", "direction", "baseline_value", "baseline_quarter", "target_value", "target_quarter",
            ),
            needs="outcomes", hint="Measure, outcome, unit", own_order="By the outcome that they measure",
        ),
        Tab(
            "targets", "Target paths", (QuarterGrid("kpi_targets", "target_value"),), "kpis",
            needs="kpis", hint="Measure", can_add=False,
        ),
    ),
    "capabilities": (
        _flat(
            "capabilities", "Capabilities", "capabilities",
            sets=((ALL_COLUMNS, (
                "code", "importance", "maturity_current", "maturity_target", "target_quarter", "parent_id",
                "owner", "business_unit",
            )),),
            filters=("parent_id", "importance", "maturity_current", "owner", "business_unit"),
            asked=("parent_id", "code"), hint="Name, id, code, owner", own_order="As a tree, by code",
        ),
    ),
    "enablers": (
        _flat(
            "enablers", "Enablers", "enablers",
            sets=((ALL_COLUMNS, (
                "lifecycle", "kind", "owner_team_id", "golive_quarter", "retire_quarter", "replaces", "vendor",
                "sourcing", "run_cost_annual",
            )),),
            pills="lifecycle", filters=("kind", "owner_team_id", "vendor", "sourcing"),
            asked=("kind", "lifecycle", "owner_team_id"), hint="Name, id, vendor, team",
        ),
    ),
    "projects": (
        _flat(
            "projects", "Projects", "projects", sets=_PROJECT_SETS, pills="status",
            filters=("business_unit", "lead_team_id", "sponsor", "rag"),
            asked=("why", "sponsor", "start_date", "end_date", "cost"),
            hint="Name, id, why, sponsor, tags", own_order="As on the roadmap: live work by rank",
        ),
    ),
    "work": (
        Tab(
            "phasing", "Phasing",
            tuple(QuarterGrid("phasing", field) for field in TABLES["phasing"].fields), "projects",
            filters=("team_id",), needs="projects", hint="Project, team", asked=("person_days",),
        ),
        _flat(
            "dependencies", "Dependencies", "dependencies", pills="kind", asked=("lag_quarters", "note"),
            sets=((ALL_COLUMNS, ("lag_quarters", "note", "external_party")),),
            needs="projects", hint="Project, party, note", own_order="By the project that comes first",
        ),
        _flat(
            "milestones", "Milestones", "milestones", filters=("done",), asked=("due_date",),
            needs="projects", hint="Milestone, project", own_order="By the day they are due",
        ),
    ),
    "teams": (
        _flat(
            "teams", "Teams", "teams", pills="kind", filters=("sourcing", "lead"),
            asked=("lead", "kind"), hint="Name, id, lead",
        ),
        Tab(
            "capacity", "Capacity by quarter",
            tuple(QuarterGrid("capacity", field) for field in TABLES["capacity"].fields), "teams",
            needs="teams", hint="Team", can_add=False,
        ),
    ),
}  # fmt: skip
HIDDEN: Final = frozenset({ROW})


def every_grid() -> Iterator[Grid]:
    """All grids of all pages."""
    for tabs in TABS.values():
        for tab in tabs:
            yield from tab.grids


GRIDS: Final = {grid.name: grid for grid in every_grid()}


def where_is(table: str, row: str) -> tuple[str, dict[str, str]] | None:
    """The page on which a row is edited, by its key in `places`, and the query that shows the row there."""
    for page, tabs in TABS.items():
        for place, tab in enumerate(tabs):
            if tab.table == table:
                item = row.split(":", maxsplit=1)[0] if tab.by_quarter else row
                found = {"q": item} if tab.by_quarter else {}
                return page, {**({"tab": tab.key} if place else {}), **found, tab.item_word: item}
    return None


def page_of(edit: Edit) -> str:
    """The page on which an edit is made; a link's is that of the item it starts from."""
    table = TABLE_OF_TIER[edit.key[0]] if edit.table == "links" else edit.table
    return next((page for page, tabs in TABS.items() if any(tab.table == table for tab in tabs)), "projects")
