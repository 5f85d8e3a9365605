"""The whole document of `planner measures`: what a version and its refresh measure, and why a cell is empty."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from planner.actions.measured_cells import Cells
from planner.actions.measured_further import further_of_refresh, further_of_snapshot
from planner.actions.measured_refresh import refresh_document
from planner.actions.measured_snapshot import snapshot_document

if TYPE_CHECKING:
    from planner.actions.measuring import Measured


def measures_document(measured: Measured) -> dict[str, Any]:
    """The measures by version and by refresh, `further` ones beside, and `empty`: the reason of each empty cell.

    A refresh is named `FY26-Q4->FY27-Q1`; a reason is found under the path of its cell, its parts joined by `/`. Numbers are rounded to four decimals, shares are fractions.
    """
    empty: dict[str, str] = {}
    label = measured.version.label
    cells = Cells(f"per_snapshot/{label}", empty)
    snapshots = {label: snapshot_document(measured, cells)}
    further = {label: further_of_snapshot(measured, Cells(f"further/per_snapshot/{label}", empty))}
    refreshes, further_refreshes = {}, {}
    if measured.baseline and measured.before and measured.refresh:
        name, plans = f"{measured.baseline.label}->{label}", (measured.before.plan, measured.now.plan)
        refreshes[name] = refresh_document(measured.refresh, plans, Cells(f"per_refresh/{name}", empty))
        further_refreshes[name] = further_of_refresh(
            measured.refresh, plans[1].calendar, Cells(f"further/per_refresh/{name}", empty)
        )
    return {
        "per_snapshot": snapshots,
        "per_refresh": refreshes,
        "further": {"per_snapshot": further, "per_refresh": further_refreshes},
        "empty": empty,
    }
