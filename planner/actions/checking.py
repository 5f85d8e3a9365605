"""Check a version: the findings of its plan; what counts as one is for the rules to say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.rules.checks import find_findings
from planner.store.snapshots import load_plan
from planner.store.versions import load_version_header

if TYPE_CHECKING:
    from planner.model.finding import Finding
    from planner.model.version import Version
    from planner.store.database import Database


def check(db: Database, name: str) -> tuple[Version, list[Finding]]:
    """The header of a version and its findings, errors first, as they stand in its own quarter."""
    version = load_version_header(db, name)
    plan = load_plan(db, version.label)
    return version, find_findings(plan, plan.calendar.parse(version.quarter))
