"""One item over all versions: its cells in each, what it serves, who names it; it compares nothing and draws nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from planner.model.tables import TABLES
from planner.rules.heat import capability_heat
from planner.rules.line_of_sight import LineOfSight
from planner.rules.outcome_status import kpi_standing, outcome_status
from planner.rules.registers import REGISTERS, mentioned

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from planner.model.plan import Plan
    from planner.model.quarter import Quarter
    from planner.rules.registers import Entry

# The cells that are followed, by table; other items are followed by their name and their changes alone.
FOLLOWED: Final[Mapping[str, tuple[str, ...]]] = {
    "projects": ("start_date", "end_date", "cost", "status", "rag", "confidence_pct", "priority_rank"),
    "outcomes": ("weight", "need_by"),
    "capabilities": ("importance", "maturity_current", "maturity_target"),
    "enablers": ("golive_quarter", "lifecycle"),
}
TIERS: Final = {
    "projects": "project",
    "outcomes": "outcome",
    "capabilities": "capability",
    "enablers": "enabler",
}
_LEAST_SHARE: Final = 0.005  # what rounds to less than one percent is not told


@dataclass(frozen=True, slots=True)
class Moment:
    """A version in which an item is looked for: its label, its quarter, its plan, and whether it is the draft."""

    label: str
    quarter: Quarter
    plan: Plan
    is_draft: bool = False


@dataclass(frozen=True, slots=True)
class At:
    """An item in one version: its cells, `None` where the version does not have it.

    `cells` are the followed ones and its name. Of an outcome `status` is how it stands (DOMAIN 3.11), of a
    capability `heat` (DOMAIN 3.10).
    """

    moment: Moment
    cells: Mapping[str, Any] | None
    status: str = ""
    heat: int | None = None


@dataclass(frozen=True, slots=True)
class Life:
    """An item over all versions, the oldest first."""

    table: str
    id: str
    at: Sequence[At]

    @property
    def there(self) -> list[At]:
        """The versions that have it."""
        return [one for one in self.at if one.cells is not None]

    @property
    def name(self) -> str:
        """What it is called, or was called last."""
        last = self.there[-1].cells if self.there else None
        return str((last or {}).get("name") or self.id)

    @property
    def left_with(self) -> Moment | None:
        """The first version without it after the last one that has it; None where it is still there."""
        if not self.there:
            return None
        place = self.at.index(self.there[-1]) + 1
        return self.at[place].moment if place < len(self.at) else None


def find_life(table: str, row: str, moments: Sequence[Moment], actuals: pl.DataFrame | None = None) -> Life:
    """The cells of an item in each version; `actuals` is the ledger kpi_actuals, for how an outcome stands."""
    return Life(table, row, [_at(table, row, moment, actuals) for moment in moments])


def _at(table: str, row: str, moment: Moment, actuals: pl.DataFrame | None) -> At:
    known = TABLES[table]
    names = [name for name in ("name", *FOLLOWED.get(table, ())) if name in known.by_name]
    found = moment.plan[table].filter(pl.col(known.key[0]) == row)
    if found.is_empty():
        return At(moment, None)
    cells = found.select(names).row(0, named=True)
    if table == "outcomes":
        standing = outcome_status(moment.plan, moment.quarter, actuals)
        status = standing.filter(pl.col("outcome_id") == row)["status"]
        return At(moment, cells, status=status[0] if status.len() else "")
    if table == "capabilities":
        heat = capability_heat(moment.plan).filter(pl.col("capability_id") == row)["heat"]
        return At(moment, cells, heat=heat[0] if heat.len() else None)
    return At(moment, cells)


def known_items(moments: Iterable[Moment], table: str) -> dict[str, str]:
    """The names of all items that any version has, by id, the newest name; in the order of the ids."""
    found: dict[str, str] = {}
    for moment in moments:
        frame = moment.plan[table]
        pairs = frame.select(TABLES[table].key[0], "name").iter_rows()
        found.update((key, name or key) for key, name in pairs)
    return dict(sorted(found.items()))


def served(table: str, row: str, plan: Plan) -> list[tuple[str, float]]:
    """What an item serves, as outcome ids with shares (0 to 1), the largest first; of an outcome, the projects it rests on."""
    tier = TIERS.get(table)
    if tier is None:
        return []
    sight = LineOfSight.of(plan)
    wanted = "project" if tier == "outcome" else "outcome"
    ends = sight.below((tier, row)) if tier == "outcome" else sight.above((tier, row))
    found = [(key, share) for (of, key), share in ends.items() if of == wanted and share >= _LEAST_SHARE]
    return sorted(found, key=lambda pair: (-round(pair[1], 9), pair[0]))


@dataclass(frozen=True)
class Measure:
    """A measure of an outcome: what was measured at the end of each quarter, and what the path wanted then.

    `points` are quarter (ordinal), actual and path, the oldest first.
    """

    kpi_id: str
    name: str
    unit: str
    decimals: int
    points: Sequence[tuple[int, float, float | None]] = field(default_factory=tuple)


def measures_of(outcome: str, last: Moment, actuals: pl.DataFrame) -> list[Measure]:
    """The measures of an outcome against their paths, quarter by quarter, as the last version has them."""
    kpis = last.plan["kpis"].filter(pl.col("outcome_id") == outcome)
    plan = last.plan.replaced({"kpis": kpis})
    quarters = sorted(
        {
            plan.calendar.parse(label)
            for label in actuals.join(kpis, on="kpi_id", how="semi")["quarter"]
            if label
        }
    )
    points: dict[str, list[tuple[int, float, float | None]]] = {key: [] for key in kpis["kpi_id"]}
    for quarter in quarters:
        # only what is of this quarter: a standing tells the last one that was measured
        for row in kpi_standing(plan, quarter + 1, actuals.drop("recorded_in_snapshot")).iter_rows(
            named=True
        ):
            if row["actual"] is not None and row["at"] == plan.calendar.label(quarter):
                points[row["kpi_id"]].append((quarter.ordinal, row["actual"], row["path"]))
    told = kpis.select("kpi_id", "name", "unit", "decimals").iter_rows()
    return [
        Measure(key, name or key, unit or "", decimals or 0, points[key])
        for key, name, unit, decimals in told
    ]


@dataclass(frozen=True, slots=True)
class Mention:
    """An entry of a register that has to do with an item: it names it, or a change of the item cites it."""

    register: str
    entry: Entry
    names_it: bool
    cited_in: tuple[str, ...]


def mentions_of(
    row: str, entries: Mapping[str, Sequence[Entry]], cited: Mapping[str, Sequence[str]]
) -> list[Mention]:
    """The entries that name an item or that its changes cite; `cited` are the versions by the id of what they cite."""
    found = []
    for name, listed in entries.items():
        for entry in listed:
            names_it = any(row in mentioned(REGISTERS[name], one) for one in entry.rows)
            if names_it or entry.id in cited:
                found.append(Mention(name, entry, names_it, tuple(cited.get(entry.id, ()))))
    return found


def citing(items: Iterable[tuple[str, str]], moments: Iterable[Moment]) -> dict[str, list[str]]:
    """What the reasons of the changes of some items cite, evidence and decisions, each with the versions, in their order."""
    wanted = [(pl.col("table") == table) & (pl.col("id") == row) for table, row in items]
    found: dict[str, list[str]] = {}
    for moment in moments:
        reasons = moment.plan["reasons"].filter(pl.any_horizontal(wanted))
        for ids in reasons.select("evidence_id", "decision_id").iter_rows():
            for key in ids:
                if key and moment.label not in found.setdefault(key, []):
                    found[key].append(moment.label)
    return found
