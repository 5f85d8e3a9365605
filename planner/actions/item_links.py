"""The links of one project with its unsaved edits, and what it could serve besides; it changes nothing itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import polars as pl

from planner.actions.editing import cell_text
from planner.model.tables import TABLE_OF_TIER, TABLES
from planner.rules.sight import LINK_TIERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from planner.model.edit import Edit, Row
    from planner.model.plan import Plan

TARGET_TIERS = ("enabler", "capability")
LINK_TYPE = {tiers[1]: kind for kind, tiers in LINK_TIERS.items() if tiers[0] == "project"}


@dataclass(frozen=True, slots=True)
class Target:
    """An enabler or a capability that a project serves, or could."""

    tier: str
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class ProjectLink:
    """One link of a project as it would be after a save; `strength` and `rationale` as texts, '' for not known."""

    key: tuple[str, ...]
    target: Target
    strength: str
    rationale: str
    is_new: bool


def links_of(plan: Plan, edits: Iterable[Edit], project: str) -> list[ProjectLink]:
    """The links that start from a project: enablers first, then by name; removed ones left out."""
    names = dict(_names(plan))
    stored = plan["links"].filter((pl.col("from_type") == "project") & (pl.col("from_id") == project))
    found = {}
    for row in stored.iter_rows(named=True):
        link = _link_of(row, names, is_new=False)
        found[link.key] = link
    for edit in edits:
        if edit.table == "links" and edit.key[:2] == ("project", project):
            _lay_over(found, edit, names)
    return sorted(found.values(), key=lambda link: (_place(link.target.tier), link.target.name, link.key))


def _lay_over(
    found: dict[tuple[str, ...], ProjectLink], edit: Edit, names: Mapping[tuple[str, str], str]
) -> None:
    if edit.is_row and edit.after is None:
        found.pop(edit.key, None)
    elif edit.is_row and isinstance(edit.after, Mapping):
        found[edit.key] = _link_of(edit.after, names, is_new=True)
    elif edit.key in found and not isinstance(edit.after, Mapping):
        text = cell_text(edit.after) or ""
        link = found[edit.key]
        found[edit.key] = (
            replace(link, strength=text) if edit.field == "strength" else replace(link, rationale=text)
        )


def _link_of(row: Row, names: Mapping[tuple[str, str], str], *, is_new: bool) -> ProjectLink:
    key = tuple(str(row[name]) for name in TABLES["links"].key)
    tier, target = key[2], key[3]
    return ProjectLink(
        key,
        Target(tier, target, names.get((tier, target), target)),
        cell_text(row.get("strength")) or "",
        cell_text(row.get("rationale")) or "",
        is_new,
    )


def open_targets(plan: Plan, links: Iterable[ProjectLink]) -> list[Target]:
    """The enablers and capabilities that a project does not serve yet, by tier and name."""
    taken = {(link.target.tier, link.target.id) for link in links}
    free = [
        Target(tier, target, name) for (tier, target), name in _names(plan) if (tier, target) not in taken
    ]
    return sorted(free, key=lambda target: (_place(target.tier), target.name, target.id))


def new_link(project: str, target: Target, strength: str) -> dict[str, str]:
    """The row of a link from a project to a target, of the type that these tiers have."""
    return {
        "from_type": "project",
        "from_id": project,
        "to_type": target.tier,
        "to_id": target.id,
        "link_type": LINK_TYPE[target.tier],
        "strength": strength,
    }


def _names(plan: Plan) -> Iterator[tuple[tuple[str, str], str]]:
    for tier in TARGET_TIERS:
        table = TABLE_OF_TIER[tier]
        for target, name in plan[table].select(TABLES[table].key[0], "name").iter_rows():
            yield (tier, target), name or target


def _place(tier: str) -> int:
    return TARGET_TIERS.index(tier) if tier in TARGET_TIERS else len(TARGET_TIERS)
