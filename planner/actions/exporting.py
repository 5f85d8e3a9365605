"""Take a version out as files: the plan folder, the roadmap, its phasing, its links, its drift; bytes, not paths."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from planner.actions.archiving import ledger_files
from planner.actions.comparing import compare
from planner.errors import NothingBefore
from planner.exchange.drift_csv import drift_csv
from planner.exchange.folder_files import zip_folder
from planner.exchange.plan_folder import write_plan_folder
from planner.exchange.roadmap_csv import ROADMAP_COLUMNS, links_csv, phasing_csv, roadmap_csv
from planner.model.tables import CLOSED_STATUSES
from planner.model.version import SNAPSHOT
from planner.rules.sight import enablers_of_projects, outcomes_of_projects
from planner.store.snapshots import load_plan
from planner.store.versions import list_snapshots, load_version_header

if TYPE_CHECKING:
    from planner.actions.comparing import Comparison
    from planner.model.quarter import Calendar
    from planner.model.version import Version
    from planner.store.database import Database


def export_plan(db: Database, name: str) -> dict[str, bytes]:
    """The plan folder of a version: file name to bytes, manifest.json and the ledgers included."""
    version = load_version_header(db, name)
    plan = load_plan(db, version.label)
    ledgers = ledger_files(db)
    return write_plan_folder(plan, version=version) | ledgers


def export_plan_zip(db: Database, name: str) -> bytes:
    """The plan folder of a version, zipped: a folder named like the version."""
    return zip_folder(export_plan(db, name), load_version_header(db, name).label)


def export_roadmap(db: Database, name: str) -> bytes:
    """The roadmap CSV of FORMAT 3: one row a project, by rank and then closed items."""
    return roadmap_csv(roadmap_frame(db, name))


def export_phasing(db: Database, name: str) -> bytes:
    """The phasing of a version as CSV."""
    return phasing_csv(load_plan(db, name))


def export_links(db: Database, name: str) -> bytes:
    """The links of a version as CSV."""
    return links_csv(load_plan(db, name))


def export_drift(db: Database, baseline: str, current: str) -> bytes:
    """The drift rows of FORMAT 3 as CSV: the same two versions always give the same bytes."""
    return drift_bytes(compare(db, baseline, current))


def drift_bytes(comparison: Comparison) -> bytes:
    """A comparison that was made already, as CSV."""
    return drift_csv(comparison.rows)


def version_before(db: Database, version: Version) -> str:
    """The label of the snapshot before a version, empty where there is none."""
    if version.previous:
        return version.previous
    snapshots = [other.label for other in list_snapshots(db)]
    return snapshots[-1] if snapshots and version.kind != SNAPSHOT else ""


def load_version_before(db: Database, name: str) -> str:
    """The label of the snapshot before the named version; raises NothingBefore."""
    version = load_version_header(db, name)
    before = version_before(db, version)
    if not before:
        raise NothingBefore(version.label)
    return before


def roadmap_frame(db: Database, name: str) -> pl.DataFrame:
    """The rows of the roadmap CSV as a frame: texts, whole money, dates; null for not known.

    opex is the rest of the cost, unknown unless both are known; person_days are the sum of the phasing;
    drift_since_previous, change_reason and change_text join what differs from the snapshot before by `|`.
    """
    version = load_version_header(db, name)
    plan = load_plan(db, version.label)
    before = version_before(db, version)
    teams = plan["teams"].select(lead_team_id="team_id", lead_team="name")
    days = plan["phasing"].group_by("project_id").agg(person_days=pl.col("person_days").sum())
    rows = (
        plan["projects"]
        .join(teams, on="lead_team_id", how="left")
        .join(days, on="project_id", how="left")
        .join(_joined(outcomes_of_projects(plan), "outcomes"), on="project_id", how="left")
        .join(_joined(enablers_of_projects(plan), "enablers"), on="project_id", how="left")
        .join(_changes(db, before, version.label), on="project_id", how="left")
    )
    return (
        rows.with_columns(
            version=pl.lit(version.label),
            project=pl.col("name"),
            lead_team=pl.coalesce("lead_team", "lead_team_id"),
            opex=pl.col("cost") - pl.col("capex"),
            start_quarter=_quarters(rows["start_date"], plan.calendar),
            end_quarter=_quarters(rows["end_date"], plan.calendar),
            is_closed=pl.col("status").is_in(CLOSED_STATUSES).fill_null(value=False),
        )
        .sort("is_closed", "priority_rank", "project_id", nulls_last=True)
        .select(ROADMAP_COLUMNS)
    )


def _quarters(days: pl.Series, calendar: Calendar) -> pl.Series:
    unlike = days.drop_nulls().unique()
    labels = [calendar.label(calendar.of(day)) for day in unlike]
    return days.replace_strict(unlike, pl.Series(labels, dtype=pl.String), return_dtype=pl.String)


def _joined(names: pl.DataFrame, column: str) -> pl.DataFrame:
    """Join a list of names by `|`."""
    return names.select("project_id", pl.col("names").list.join("|").alias(column))


def _changes(db: Database, before: str, current: str) -> pl.DataFrame:
    """What differs from the snapshot before, by project: its kinds, their reasons and the texts of these."""
    schema = {"project_id": pl.String, "drift_since_previous": pl.String}
    schema |= {"change_reason": pl.String, "change_text": pl.String}
    if not before:
        return pl.DataFrame(schema=schema)
    events = compare(db, before, current).events.filter(pl.col("table") == "projects")
    return (
        events.group_by(pl.col("id").alias("project_id"), maintain_order=True)
        .agg(
            drift_since_previous=_once("kind"),
            change_reason=_once("reason_code"),
            change_text=_once("reason"),
        )
        .select(list(schema))
    )


def _once(column: str) -> pl.Expr:
    """The values of a group joined by `|`, each once, empty ones left out."""
    filled = pl.col(column).filter(pl.col(column) != "")
    return filled.unique(maintain_order=True).str.join("|")
