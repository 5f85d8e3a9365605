"""Check a version: the findings of its plan; what counts as one is for the rules to say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.rules.checks import find_findings
from planner.store.snapshots import load_plan
from planner.store.versions import load_version_header

if TYPE_CHECKING:
    from planner.model.finding import Finding
    from planner.model.plan import Plan
    from planner.model.version import Version
    from planner.store.database import Database


def check(db: Database, name: str) -> tuple[Version, list[Finding]]:
    """The header of a version and its findings, errors first, as they stand in its own quarter.

    They are held against the snapshot before it too, so that those of a snapshot are the ones it was sealed with.
    """
    version = load_version_header(db, name)
    plan = load_plan(db, version.label)
    return version, find_findings(plan, plan.calendar.parse(version.quarter), find_baseline(db, version))


def find_baseline(db: Database, version: Version) -> Plan | None:
    """The snapshot that a version came out of, or None where nothing was sealed before it."""
    return load_plan(db, version.previous) if version.previous else None
