"""Real plans of ../shared/real as plan folders, and plain counts of what differs between two of their files.

The counts read the published files by themselves and use nothing of the planner.
"""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

REAL = Path(__file__).parents[2].parent / "shared" / "real"
Row = Mapping[str, str]

KEP_STATUS = {
    "provisional": "proposed",
    "implementable": "in_progress",
    "implemented": "done",
    "deferred": "on_hold",
    "other": "on_hold",
    "replaced": "cancelled",
    "withdrawn": "cancelled",
    "rejected": "cancelled",
}
GMPP_RATING = {"Green": "green", "Amber/Green": "amber", "Amber": "amber", "Amber/Red": "amber", "Red": "red"}


@dataclass(frozen=True)
class Counts:
    """What differs between two published files, by project id."""

    added: int
    removed: int
    later: int
    earlier: int
    same: int
    set: int
    cleared: int
    cost_up: int
    cost_down: int


def read_rows(file: Path) -> list[Row]:
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def kep_project(row: Row) -> dict[str, str]:
    return {
        "project_id": row["id"],
        "name": row["name"],
        "status": KEP_STATUS[row["status"]],
        "sponsor": row["owner"],
        "start_date": row["start_date"],
        "end_date": row["end_date"],
        "date_precision": "day",
        "tags": row["stage"],
    }


def gmpp_project(row: Row) -> dict[str, str]:
    return {
        "project_id": row["id"],
        "name": row["name"],
        "why": row["description"][:4000],
        "status": "in_progress",
        "sponsor": row["owner"],
        "start_date": row["start_date"],
        "end_date": row["end_date"],
        "date_precision": "day",
        "cost": str(pounds(row)) if row["cost_gbp_m"] else "",
        "rag": GMPP_RATING.get(row["rating"], "grey"),
    }


def pounds(row: Row) -> int:
    return int((Decimal(row["cost_gbp_m"]) * 1_000_000).to_integral_value())


def write_folder(folder: Path, rows: Sequence[Row], project: Callable[[Row], dict[str, str]]) -> Path:
    """Write projects.csv, the one file that a plan folder needs."""
    projects = [project(row) for row in rows]
    lines = io.StringIO()
    writer = csv.DictWriter(lines, projects[0])
    writer.writeheader()
    writer.writerows(projects)
    folder.mkdir(parents=True)
    (folder / "projects.csv").write_text(lines.getvalue(), encoding="utf-8", newline="")
    return folder


def count(before: Sequence[Row], after: Sequence[Row]) -> Counts:
    """Count by plain Python what differs; dates are ISO texts, so they compare as texts."""
    old, new = {row["id"]: row for row in before}, {row["id"]: row for row in after}
    finishes = [(old[id_]["end_date"], new[id_]["end_date"]) for id_ in old.keys() & new.keys()]
    known = [(was, now) for was, now in finishes if was and now]
    costs = [
        pounds(new[id_]) - pounds(old[id_])
        for id_ in old.keys() & new.keys()
        if old[id_].get("cost_gbp_m") and new[id_].get("cost_gbp_m")
    ]
    return Counts(
        added=len(new.keys() - old.keys()),
        removed=len(old.keys() - new.keys()),
        later=sum(now > was for was, now in known),
        earlier=sum(now < was for was, now in known),
        same=sum(now == was for was, now in known),
        set=sum(bool(now) and not was for was, now in finishes),
        cleared=sum(bool(was) and not now for was, now in finishes),
        cost_up=sum(cost for cost in costs if cost > 0),
        cost_down=sum(cost for cost in costs if cost < 0),
    )
