"""The findings of a plan sorted to the rows of one table: its own, and those of what belongs to it; it finds none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.actions.grid_rows import row_key
from planner.model.edit import row_id_expr
from planner.model.tables import TABLE_OF_TIER, TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from planner.model.columns import Column
    from planner.model.finding import Finding
    from planner.model.plan import Plan

WHOLE = ""  # the findings of a table that are about no row of it


def findings_by_row(plan: Plan, findings: Sequence[Finding], table: str) -> dict[str, list[Finding]]:
    """The findings by the row of `table` that they are about; those about the whole table under ''.

    A link belongs to where it starts; another row to the first item that it cannot be without: a milestone to
    its project, a target to its measure, and with that to the outcome of the measure.
    """
    owners = _Owners(plan)
    known = {*plan[table].select(row_id_expr(table)).to_series(), WHOLE}
    sorted_out: dict[str, list[Finding]] = {}
    for finding in findings:
        row = _climb(owners, finding.table, finding.id, table)
        if row is not None and row in known:
            sorted_out.setdefault(row, []).append(finding)
    return sorted_out


def _climb(owners: _Owners, table: str, row: str, wanted: str) -> str | None:
    """Go from a row to what it belongs to until a row of the wanted table is met."""
    while table != wanted:
        owner = owners.of(table, row) if row else None
        if owner is None:
            return None
        table, row = owner
    return row


def needed_reference(table: str) -> Column | None:
    """The first column of a table that names an item without which a row means nothing."""
    columns = TABLES[table].columns
    return next((column for column in columns if column.required and column.references), None)


class _Owners:
    """What rows belong to; a table is read when it is first asked for."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._read: dict[str, dict[str, str]] = {}

    def of(self, table: str, row: str) -> tuple[str, str] | None:
        """The item that a row belongs to, as table and id; None for an item that belongs to none."""
        if table == "links":
            tier, _, rest = row.partition(":")
            return TABLE_OF_TIER[tier], rest.partition(">")[0]
        column = needed_reference(table)
        if column is None:
            return None
        find: Callable[[str], str | None] = (
            self._of_key(table, column) if column.key else self._cells(table, column.name).get
        )
        owner = find(row)
        return None if owner is None else (column.references[0], owner)

    @staticmethod
    def _of_key(table: str, column: Column) -> Callable[[str], str | None]:
        place = TABLES[table].key.index(column.name)
        return lambda row: row_key(table, row)[place] if row else None

    def _cells(self, table: str, field: str) -> dict[str, str]:
        if table not in self._read:
            rows = self._plan[table].select(TABLES[table].key[0], field).iter_rows()
            self._read[table] = dict(rows)
        return self._read[table]
