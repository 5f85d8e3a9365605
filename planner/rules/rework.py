"""A rework: what one verb does to many chosen items, as edits and a sentence for each; it saves nothing.

What each verb does is in rework_*: here is what they share, the rows of a plan by id and the edits of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from planner.model.edit import Edit
from planner.model.plan import Plan
from planner.model.tables import CLOSED_STATUSES, TABLES
from planner.rules.sentences import status_word

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from planner.model.edit import Cell
    from planner.model.quarter import Quarter

Cells = Mapping[str, "Cell"]


@dataclass(frozen=True, slots=True)
class Told:
    """What becomes of one item: a whole sentence, and whether it is that nothing can be done."""

    id: str
    name: str
    sentence: str
    is_refused: bool = False


@dataclass(frozen=True, slots=True)
class Rework:
    """A line for each item, in the order of the choice and then what follows from it, and the edits of all of them."""

    told: tuple[Told, ...]
    edits: tuple[Edit, ...]

    @property
    def changed(self) -> int:
        """How many items change."""
        return sum(not line.is_refused for line in self.told)


class Refused(Exception):
    """Why nothing is done to an item: a whole sentence."""


def joined(parts: Iterable[Rework]) -> Rework:
    """Several reworks as one."""
    kept = list(parts)
    return Rework(
        tuple(line for part in kept for line in part.told),
        tuple(edit for part in kept for edit in part.edits),
    )


def refused(row: Cells, sentence: str) -> Rework:
    """Nothing is done to an item, and why."""
    return Rework((Told(str(row["project_id"]), name_of(row), sentence, is_refused=True),), ())


def told(row: Cells, sentence: str, edits: Iterable[Edit]) -> Rework:
    """What is done to an item."""
    return Rework((Told(str(row["project_id"]), name_of(row), sentence),), tuple(edits))


def name_of(row: Cells) -> str:
    """The name of an item, its id where it has none."""
    return str(row.get("name") or row["project_id"])


def for_each(
    plan: Plan, projects: Iterable[str], work: Callable[[Plan, Cells], Rework], *, closed: bool = False
) -> Rework:
    """Do the same to each project; one that `work` refuses is told with its sentence, and so is one that is closed.

    `work` is given the plan with the rows of the chosen projects alone, and the project's own row. With
    `closed` it is asked about closed projects as well.
    """
    chosen = list(dict.fromkeys(projects))
    near = _near(plan, chosen)
    rows = {str(row["project_id"]): row for row in near["projects"].to_dicts()}
    parts = []
    for project in chosen:
        row = rows.get(project, {"project_id": project})
        try:
            parts.append(work(near, known(row) if closed else live(row)))
        except Refused as why:
            parts.append(refused(row, str(why)))
    return joined(parts)


def known(row: Cells) -> Cells:
    """The row of a project that is in the plan; raises Refused."""
    if len(row) == 1:
        message = "It is not in the plan any more."
        raise Refused(message)
    return row


def live(row: Cells) -> Cells:
    """The row of a project that is not closed; raises Refused."""
    if known(row)["status"] in CLOSED_STATUSES:
        said = status_word(str(row["status"])).lower()
        message = f"It is {said}, and what is closed stays closed. A restart is a new project."
        raise Refused(message)
    return row


_BY_PROJECT = {
    "projects": "project_id",
    "phasing": "project_id",
    "milestones": "project_id",
    "links": "from_id",
}


def _near(plan: Plan, projects: Sequence[str]) -> Plan:
    """The plan with the rows of some projects alone: what is asked of each of them is then quickly found."""
    few = {table: plan[table].filter(pl.col(column).is_in(projects)) for table, column in _BY_PROJECT.items()}
    return Plan({**plan.frames, **few})


def rows_of(plan: Plan, table: str, column: str, values: Collection[str]) -> list[dict[str, Cell]]:
    """The rows of a table whose cell is one of these, in the order of the key."""
    return plan[table].filter(pl.col(column).is_in(list(values))).to_dicts()


def has_begun(row: Cells, plan: Plan, quarter: Quarter) -> bool:
    """Whether a project is under way, its start a fact: in progress, or on hold after its start (DOMAIN 2.5)."""
    start = row["start_date"]
    if row["status"] == "on_hold":
        return start is not None and plan.calendar.of(start) < quarter  # type: ignore[arg-type]
    return row["status"] == "in_progress"


def cell_edits(table: str, row: Cells, after: Cells) -> list[Edit]:
    """The edits that give a row these cells, where they are others."""
    key = key_of(table, row)
    return [Edit(table, key, name, row[name], cell) for name, cell in after.items() if row[name] != cell]


def joins(table: str, row: Cells) -> Edit:
    """The edit by which a row joins, its filled cells."""
    return Edit(table, key_of(table, row), "", None, filled(row))


def leaves(table: str, row: Cells) -> Edit:
    """The edit by which a row leaves."""
    return Edit(table, key_of(table, row), "", filled(row), None)


def key_of(table: str, row: Cells) -> tuple[str, ...]:
    """The key of a row."""
    return tuple(str(row[name]) for name in TABLES[table].key)


def filled(row: Cells) -> dict[str, Cell]:
    """The filled cells of a row."""
    return {name: cell for name, cell in row.items() if cell is not None}


def replaced_rows(table: str, before: Sequence[Cells], after: Sequence[Cells]) -> list[Edit]:
    """The edits from some rows of a table to others: rows leave, join, or change in their cells."""
    old, new = ({key_of(table, row): row for row in rows} for rows in (before, after))
    return [
        *(leaves(table, row) for key, row in old.items() if key not in new),
        *(
            edit
            for key, row in old.items()
            if key in new
            for edit in cell_edits(table, row, {name: new[key].get(name) for name in TABLES[table].fields})
        ),
        *(joins(table, row) for key, row in new.items() if key not in old),
    ]


def parts_of(total: int, shares: Sequence[int]) -> list[int]:
    """A whole number in whole parts by shares, none lost: each part is what the shares so far leave, rounded down.

    parts_of(10, [1, 1, 1]) is [3, 3, 4]; a negative total is split like its positive one.
    """
    sign, amount, whole = (-1 if total < 0 else 1), abs(total), sum(shares)
    given, sofar, parts = 0, 0, []
    for share in shares:
        sofar += share
        upto = amount * sofar // whole
        parts.append(sign * (upto - given))
        given = upto
    return parts
