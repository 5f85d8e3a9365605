"""Findings as people read them, one under the other; it finds none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.model.finding import ERROR
from planner.ui.markup import Html, tag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.model.finding import Finding


def findings_html(found: Sequence[Finding]) -> Html:
    """Findings one under the other, errors marked by shape, word and colour."""
    return tag("div", *(_finding_html(finding) for finding in found))


def _finding_html(finding: Finding) -> Html:
    is_error = finding.severity == ERROR
    mark = tag("span", "◆ stops a sealing" if is_error else "▲", class_="p-worse" if is_error else "p-mute")
    return tag("p", mark, " ", finding.message, class_="p-note", style="color:var(--p-ink)")
