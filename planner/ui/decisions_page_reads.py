"""What 'Decisions and insights' reads, kept until somebody writes: the log, the uses, their figures; it draws nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from planner.model.version import DRAFT
from planner.rules.citations import Citations, find_citations
from planner.rules.decision_log import Logged, decision_log, lead_times
from planner.rules.insight_use import WINDOW, Used, find_uses, insight_effort, insight_use, lead_to_plan
from planner.rules.registers import current_rows
from planner.store.reasons import load_reasons
from planner.ui import session
from planner.ui.edit_words import Names
from planner.ui.registers_page_words import entries_of

if TYPE_CHECKING:
    from planner.model.plan import Plan
    from planner.model.quarter import Calendar, Quarter
    from planner.rules.figure import Measured


@dataclass(frozen=True)
class Ledgers:
    """Everything that the page shows. `quarter` is the one that is planned now, `until` the last sealed one, or it."""

    log: list[Logged]
    leads: Measured
    insights: list[Used]
    lessons: list[Used]
    use: Measured
    effort: Measured
    to_plan: Measured
    calendar: Calendar
    quarter: Quarter
    until: Quarter
    names: Names
    before: dict[str, str]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written down yet."""
        return not (self.log or self.insights or self.lessons)


def read_ledgers() -> Ledgers:
    """What the page shows, read anew after each commit and each day."""
    path, commits = str(session.environment().database), session.database().commits
    return _read(path, commits, session.today().isoformat())


@st.cache_resource(max_entries=4, show_spinner=False)
def _read(path: str, commits: int, day: str) -> Ledgers:
    del path, commits, day  # they only say what the read is kept by
    draft = session.draft()
    plan = session.plan_of(draft)
    calendar, quarter = plan.calendar, plan.calendar.parse(draft.quarter)
    sealed = session.snapshots()
    until = calendar.parse(sealed[-1].quarter) if sealed else quarter
    cited = citations()
    insights = find_uses(entries_of("insights"), cited, calendar, DRAFT)
    lessons = find_uses(entries_of("lessons"), cited, calendar, DRAFT)
    decisions = entries_of("decisions")
    labels = [version.label for version in sealed]
    return Ledgers(
        log=decision_log(decisions, cited, quarter, calendar),
        leads=lead_times(decisions, calendar),
        insights=insights,
        lessons=lessons,
        use=insight_use(insights, until, calendar),
        effort=insight_effort(
            current_rows(session.ledger("insights"), "insights"), _ruling(calendar, until), until
        ),
        to_plan=lead_to_plan(insights),
        calendar=calendar,
        quarter=quarter,
        until=until,
        names=Names(plan, []),
        before=dict(zip([*labels[1:], DRAFT], labels, strict=False)),
    )


def citations() -> Citations:
    """Which changes of which version cite what."""
    return _citations(str(session.environment().database), session.database().commits)


@st.cache_resource(max_entries=4, show_spinner=False)
def _citations(path: str, commits: int) -> Citations:
    del path, commits
    calendar = session.plan_of(session.draft()).calendar
    versions = [*session.snapshots(), session.draft()]
    quarters = {version.label: calendar.parse(version.quarter) for version in versions}
    return find_citations(load_reasons(session.database()), quarters)


def _ruling(calendar: Calendar, until: Quarter) -> dict[int, Plan]:
    """The plan that ruled each of the last quarters, by ordinal: its own snapshot, of two the later one."""
    wanted = range(until.ordinal - WINDOW + 1, until.ordinal + 1)
    of_quarter = {calendar.parse(version.quarter).ordinal: version for version in session.snapshots()}
    return {at: session.plan_of(of_quarter[at]) for at in wanted if at in of_quarter}
