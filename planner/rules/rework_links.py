"""Link many projects to an enabler or capability, take them off it, or move them to another; ends are not judged here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.rules.rework import (
    Refused,
    Rework,
    cell_edits,
    for_each,
    joins,
    leaves,
    rows_of,
    told,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.model.edit import Cell, Edit
    from planner.model.plan import Plan
    from planner.rules.rework import Cells

LINK_TYPE = {"enabler": "delivers", "capability": "improves"}  # from a project, by the tier of the other end
_TABLE = {"enabler": ("enablers", "enabler_id"), "capability": ("capabilities", "capability_id")}
End = tuple[str, str]  # tier and id


def relinked(
    plan: Plan, projects: Sequence[str], before: End | None, after: End | None, strength: int = 2
) -> Rework:
    """Take projects off one end and link them to another; without one of the two they are only linked or taken off.

    A link that moves keeps its strength and its rationale; where the other end is linked already, the
    stronger of the two stays.
    """
    return for_each(plan, projects, lambda near, row: _relinked(near, row, before, after, strength))


def _relinked(plan: Plan, row: Cells, before: End | None, after: End | None, strength: int) -> Rework:
    links = {
        (str(link["to_type"]), str(link["to_id"])): link
        for link in rows_of(plan, "links", "from_id", [str(row["project_id"])])
        if link["from_type"] == "project"
    }
    return told(row, _sentence(plan, links, before, after), _edits(row, links, before, after, strength))


def _edits(
    row: Cells, links: dict[End, dict[str, Cell]], before: End | None, after: End | None, strength: int
) -> list[Edit]:
    left = links.get(before) if before else None
    edits = [leaves("links", left)] if left else []
    if after is None:
        return edits
    wanted = left["strength"] if left else strength
    there = links.get(after)
    if there is None:
        link: dict[str, Cell] = {
            "from_type": "project",
            "from_id": row["project_id"],
            "to_type": after[0],
            "to_id": after[1],
            "link_type": LINK_TYPE[after[0]],
            "strength": wanted,
            "rationale": left["rationale"] if left else None,
        }
        return [*edits, joins("links", link)]
    strengths = [value for value in (there["strength"], wanted) if isinstance(value, int)]
    return [*edits, *cell_edits("links", there, {"strength": max(strengths, default=None)})]


def _sentence(plan: Plan, links: dict[End, dict[str, Cell]], before: End | None, after: End | None) -> str:
    """What becomes of the links of a project; raises Refused where there is nothing to do."""
    if before is not None and before not in links:
        message = f"It is not linked to '{_named(plan, before)}'."
        raise Refused(message)
    if before is not None and after is not None:
        return f"Is linked to '{_named(plan, after)}' in the place of '{_named(plan, before)}'."
    if after is None:
        return f"Is no longer linked to '{_named(plan, before)}'." if before else ""
    if after in links:
        message = f"It is linked to '{_named(plan, after)}' already."
        raise Refused(message)
    return f"Is also linked to '{_named(plan, after)}'."


def _named(plan: Plan, end: End) -> str:
    table, key = _TABLE[end[0]]
    found = rows_of(plan, table, key, [end[1]])
    return str((found[0]["name"] if found else None) or end[1])
