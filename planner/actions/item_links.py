"""What one item serves, what serves it and what else names it, unsaved edits included; it changes nothing itself.

Links come from the table of links, everything else from the references that the schema classes declare.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import polars as pl

from planner.actions.editing import cell_text
from planner.actions.grid_rows import names_of
from planner.actions.removing import TIER_OF_TABLE
from planner.model.edit import row_id
from planner.model.tables import TABLE_OF_TIER, TABLES, TIERS
from planner.rules.sight import LINK_TIERS, outcomes_of_projects, ways

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.model.edit import Edit, Row
    from planner.model.plan import Plan

LINK_TYPE = {tiers: kind for kind, tiers in LINK_TIERS.items()}
_TIERS = tuple(TIERS.split("|"))


@dataclass(frozen=True, slots=True)
class Target:
    """An item that another serves, or could."""

    tier: str
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class ItemLink:
    """One link as it would be after a save; `strength` and `rationale` as texts, '' for not known.

    `saved_rationale` is the one that the version holds. `target` is the item at its other end: what is served, or of
    a link to the item what serves it.
    """

    key: tuple[str, ...]
    target: Target
    strength: str
    rationale: str
    saved_rationale: str
    is_new: bool


def target_tiers(tier: str) -> tuple[str, ...]:
    """The tiers that an item of a tier may serve, the nearest first; none for an outcome."""
    found = [to for of, to in LINK_TIERS.values() if of == tier]
    return tuple(sorted(found, key=_TIERS.index))


def links_of(plan: Plan, edits: Iterable[Edit], tier: str, item: str) -> list[ItemLink]:
    """The links that start from an item: the nearest tier first, then by name; removed ones left out."""
    return _links(plan, edits, "from", (tier, item))


def links_to(plan: Plan, edits: Iterable[Edit], tier: str, item: str) -> list[ItemLink]:
    """The links that lead to an item, each with what serves it as its target."""
    return _links(plan, edits, "to", (tier, item))


def _links(plan: Plan, edits: Iterable[Edit], side: str, item: tuple[str, str]) -> list[ItemLink]:
    tier, of = item
    place = 0 if side == "from" else 2
    edits = [edit for edit in edits if edit.table == "links" or edit.table in TIER_OF_TABLE]
    names = _Names(plan, edits)
    stored = plan["links"].filter((pl.col(f"{side}_type") == tier) & (pl.col(f"{side}_id") == of))
    found = {}
    for row in stored.iter_rows(named=True):
        link = _link_of(row, names, 2 - place, is_new=False)
        found[link.key] = link
    for edit in edits:
        if edit.table == "links" and edit.key[place : place + 2] == item:
            _lay_over(found, edit, names, 2 - place)
    return sorted(found.values(), key=lambda link: (_place(link.target.tier), link.target.name, link.key))


def _lay_over(found: dict[tuple[str, ...], ItemLink], edit: Edit, names: _Names, other: int) -> None:
    if edit.is_row and edit.after is None:
        found.pop(edit.key, None)
    elif edit.is_row and isinstance(edit.after, Mapping):
        found[edit.key] = _link_of(edit.after, names, other, is_new=True)
    elif edit.key in found and not isinstance(edit.after, Mapping):
        text = cell_text(edit.after) or ""
        link = found[edit.key]
        found[edit.key] = (
            replace(link, strength=text) if edit.field == "strength" else replace(link, rationale=text)
        )


def _link_of(row: Row, names: _Names, other: int, *, is_new: bool) -> ItemLink:
    key = tuple(str(row[name]) for name in TABLES["links"].key)
    tier, target = key[other : other + 2]
    return ItemLink(
        key,
        Target(tier, target, names.of(tier, target)),
        cell_text(row.get("strength")) or "",
        cell_text(row.get("rationale")) or "",
        "" if is_new else cell_text(row.get("rationale")) or "",
        is_new,
    )


def open_targets(plan: Plan, edits: Iterable[Edit], tier: str, links: Iterable[ItemLink]) -> list[Target]:
    """The items that one of a tier does not serve yet, by tier and name; unsaved ones included."""
    taken = {(link.target.tier, link.target.id) for link in links}
    names = _Names(plan, edits)
    free = [
        Target(to, target, name)
        for to in target_tiers(tier)
        for target, name in names.all_of(to)
        if (to, target) not in taken
    ]
    return sorted(free, key=lambda target: (_place(target.tier), target.name, target.id))


def new_link(tier: str, item: str, target: Target, strength: str) -> dict[str, str]:
    """The row of a link from an item to a target, of the type that these tiers have."""
    return {
        "from_type": tier,
        "from_id": item,
        "to_type": target.tier,
        "to_id": target.id,
        "link_type": LINK_TYPE[tier, target.tier],
        "strength": strength,
    }


class _Names:
    """The names of the items of each tier, those that only joined included; a table is read when first asked for."""

    def __init__(self, plan: Plan, edits: Iterable[Edit]) -> None:
        self._plan, self._edits = plan, list(edits)
        self._read: dict[str, dict[str, str]] = {}

    def of(self, tier: str, item: str) -> str:
        return self._of_tier(tier).get(item, item)

    def all_of(self, tier: str) -> Iterable[tuple[str, str]]:
        return self._of_tier(tier).items()

    def _of_tier(self, tier: str) -> dict[str, str]:
        if tier not in self._read:
            table = TABLE_OF_TIER[tier]
            names = names_of(self._plan, [table])
            for edit in self._edits:
                if edit.table == table and edit.is_row and edit.after is None:
                    names.pop(edit.key[0], None)
                elif edit.table == table and isinstance(edit.after, Mapping):
                    names[edit.key[0]] = str(edit.after.get("name") or edit.key[0])
            self._read[tier] = names
        return self._read[tier]


def _place(tier: str) -> int:
    return _TIERS.index(tier) if tier in _TIERS else len(_TIERS)


@dataclass(frozen=True, slots=True)
class Relation:
    """Rows that an item names or that name it: `field` is the label of the column, `rows` their names in `table`."""

    table: str
    field: str
    rows: tuple[str, ...]


def named_by(plan: Plan, table: str, key: tuple[str, ...]) -> list[Relation]:
    """The items that a row names in its own cells, as they are saved: what it belongs to, who leads it."""
    row = plan[table].filter(
        pl.all_horizontal(pl.col(n) == v for n, v in zip(TABLES[table].key, key, strict=True))
    )
    found = []
    for column in TABLES[table].columns:
        cell = row[column.name].first() if column.references and row.height else None
        if cell:
            wanted = [part for part in str(cell).split("|") if part]
            found.append(Relation(column.references[0], column.label, tuple(wanted)))
    return found


def naming(plan: Plan, table: str, item: str) -> list[Relation]:
    """The rows of other tables that name an item, as they are saved, by table and column; links are not among them."""
    found = []
    for other in TABLES.values():
        for column in other.columns:
            if table in column.references and other.name != "links" and plan[other.name].height:
                cell = pl.col(column.name)
                is_it = cell.str.split("|").list.contains(item) if column.kind == "ids" else cell == item
                rows = plan[other.name].filter(is_it).select(other.key).iter_rows()
                names = tuple(row_id(other.name, key) for key in rows)
                if names:
                    found.append(Relation(other.name, column.label, names))
    return found


def shares_served(plan: Plan) -> dict[str, list[str]]:
    """The names of the outcomes that each project reaches, the largest share first."""
    reached = outcomes_of_projects(plan)
    return {project: list(names) for project, names in reached.select("project_id", "names").iter_rows()}


def outcomes_reached(plan: Plan, tier: str, item: str) -> list[str]:
    """The names of the outcomes that an item reaches over any links of the right kinds."""
    steps = ways(plan)
    here = {(tier, item)}
    found: set[str] = set()
    while here:
        of_here = pl.DataFrame(sorted(here), schema=["from_type", "from_id"], orient="row")
        onward = steps.join(of_here, on=["from_type", "from_id"], how="semi")
        met = set(onward.select("to_type", "to_id").iter_rows())
        found |= {of for kind, of in met if kind == "outcome"}
        here = {place for place in met if place[0] != "outcome"}
    names = names_of(plan, ["outcomes"])
    return [names[outcome] for outcome in names if outcome in found]
