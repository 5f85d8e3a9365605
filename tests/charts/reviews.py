"""What a review of two plans hands to the pictures of a brief, made of plans alone."""

from __future__ import annotations

from planner.rules.measures import cost_bridge
from tests.charts.test_drift import CALENDAR, changes_of


class Side:
    """One side of a review: its quarter and how its outcomes stand."""

    def __init__(self, quarter) -> None:
        self.quarter, self.statuses = CALENDAR.parse(quarter), {"OUT-001": "amber"}


class Two:
    """Two plans, their quarters, and what changed between them."""

    def __init__(self, baseline, current, quarters) -> None:
        self.baseline, self.current = baseline, current
        self.before, self.after = map(Side, quarters)
        self.bridge, self.events = cost_bridge(baseline, current), changes_of(baseline, current)
