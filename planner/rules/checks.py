"""The findings of a plan: every rule that it breaks, errors first; it mends nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.model.finding import ERROR, Finding
from planner.model.tables import TABLES
from planner.rules.checks_graph import graph_findings
from planner.rules.checks_rows import row_findings
from planner.rules.checks_sums import sum_findings
from planner.rules.checks_words import RULES
from planner.rules.history_checks import history_findings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.model.plan import Plan
    from planner.model.quarter import Quarter

__all__ = ["RULES", "count_by_code", "errors_of", "find_findings"]

_PLACE = {name: place for place, name in enumerate(TABLES)}


def find_findings(plan: Plan, quarter: Quarter, baseline: Plan | None = None) -> list[Finding]:
    """Everything that the plan breaks, seen from the quarter of its version.

    `baseline` is the snapshot that it came out of: with it, what the plan does to the past is found too.
    Errors first, then by table in the order of the plan folder, id, field and code: the same plan always gives
    the same list. A value that is not known breaks nothing but the rule that asks for it.
    """
    findings = [*graph_findings(plan), *row_findings(plan, quarter), *sum_findings(plan, quarter)]
    if baseline is not None:
        findings += history_findings(baseline, plan, quarter)
    return sorted(findings, key=_order)


def _order(finding: Finding) -> tuple[bool, int, str, str, str, str]:
    place = _PLACE[finding.table]
    return finding.severity != ERROR, place, finding.id, finding.field, finding.code, finding.message


def errors_of(findings: Iterable[Finding]) -> list[Finding]:
    """The findings that stop a sealing."""
    return [finding for finding in findings if finding.severity == ERROR]


def count_by_code(findings: Iterable[Finding]) -> dict[str, int]:
    """How many findings there are of each code, in alphabetical order: what a snapshot keeps of them."""
    counts: dict[str, int] = {}
    for finding in findings:
        counts[finding.code] = counts.get(finding.code, 0) + 1
    return dict(sorted(counts.items()))
