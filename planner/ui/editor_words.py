"""The sentences above and instead of the grids: how much there is, what is missing, what comes next; they draw nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planner.model.fingerprint import number_text
from planner.rules.measures import live_cost, project_counts
from planner.rules.plan_figures import layer_figures
from planner.rules.sentences import counted, money_text, number_word
from planner.ui.editor_grids import MANY, counted_rows
from planner.ui.markup import Html, join, strong

if TYPE_CHECKING:
    from planner.model.plan import Plan
    from planner.model.quarter import Quarter
    from planner.ui.editor_grids import Tab

TITLES: Final = {
    "outcomes": "Outcomes",
    "capabilities": "Capabilities",
    "enablers": "Enablers",
    "projects": "Projects",
    "work": "Phasing and dependencies",
    "teams": "Teams",
}
_ALL_POINTS = 100
# What a tab says when there is nothing in it and nothing missing before it.
_EMPTY: Final = {
    "outcomes": "There is no outcome in the draft yet. Say first what shall be true; all other work serves it.",
    "kpis": "No outcome has a measure yet. Add the first one, with the value it shall reach.",
    "capabilities": "There is no capability in the draft yet. Add what the organisation must do well.",
    "enablers": "There is no enabler in the draft yet. Add the technology that makes a capability better.",
    "projects": "There is no project in the draft yet. Add the first one, or paste rows.",
    "phasing": "No work is spread over quarters yet. Add a row for a project and its team.",
    "dependencies": "No project waits for another yet. Add what must come first.",
    "milestones": (
        "No project has a milestone yet. Add a day that people wait for, such as a go-live; it moves with its "
        "project, and drift lists each change of its day."
    ),
    "teams": "There is no team in the draft yet. Add who does the work.",
}
_NEEDS: Final = {
    "kpis": "A measure belongs to an outcome, and there is none yet.",
    "kpi_targets": "A target path belongs to a measure, and there is none yet.",
    "phasing": "Phasing spreads the work of projects over quarters, and there is no project yet.",
    "dependencies": "Dependencies join projects, and there is no project yet.",
    "milestones": "A milestone belongs to a project, and there is none yet.",
    "capacity": "Capacity is what a team has in a quarter, and there is no team yet.",
}


def empty_word(tab: Tab, *, is_needed: bool) -> str:
    """Why a tab shows no rows: something must come before it, or nobody has added any."""
    return _NEEDS[tab.table] if is_needed else _EMPTY[tab.table]


def header_word(tab: Tab, plan: Plan) -> str:
    """What stands beside the version under the title."""
    if tab.table == "projects":
        return f"{counted(plan['projects'].height, 'project')}, {project_counts(plan)['live']:,} live"
    return counted_rows(plan[tab.table].height, tab.table)


def lead_of(page: str, plan: Plan, quarter: Quarter, tab: Tab, needing: int) -> Html:
    """The sentence of a page: how much there is, and how much of it needs a look."""
    said = _project_lead(plan) if page == "projects" else _layer_lead(page, plan, quarter)
    if not needing and plan[tab.table].is_empty():
        return join([*said, "."])  # nothing could be found in nothing
    if not needing:
        return join([*said, "; no check of the plan finds anything to mend here."])
    one = counted_rows(needing, tab.item_table, words=True)
    return join([*said, "; ", strong(one), f" {'needs' if needing == 1 else 'need'} a look."])


def _project_lead(plan: Plan) -> list[object]:
    live, cost = project_counts(plan)["live"], live_cost(plan)
    money = money_text(int(cost.value), plan.settings.currency) if cost.value is not None else ""
    work = strong(counted(live, "live project", words=True).capitalize())
    return [work, " costs " if live == 1 else " cost ", strong(money)] if money else [work]


def _layer_lead(page: str, plan: Plan, quarter: Quarter) -> list[object]:
    figures = layer_figures(plan, quarter)
    said: list[object]
    match page:
        case "outcomes":
            head = strong(counted(figures.outcomes, "outcome", words=True).capitalize())
            measures = strong(_none(counted(figures.measures, "measure", words=True)))
            weighs = (
                f" {'weighs' if figures.outcomes == 1 else 'weigh'} {figures.weight} of {_ALL_POINTS} points"
            )
            said = [head, "" if figures.weight == _ALL_POINTS else weighs, " with ", measures]
        case "capabilities":
            head = strong(
                counted(figures.capabilities, "capability", MANY["capabilities"], words=True).capitalize()
            )
            said = [head, *_known(figures.below_goal, "below the goal", "none rated against a goal yet")]
        case "enablers":
            head = strong(counted(figures.enablers, "enabler", words=True).capitalize())
            said = [head, *_known(figures.in_use, "in use", "their life cycle not told yet")]
        case "teams":
            head = strong(counted(figures.teams, "team", words=True).capitalize())
            people = "" if figures.people is None else number_text(figures.people)
            said = [
                head,
                *([" with ", strong(f"{people} people"), f" in {_spoken(plan, quarter)}"] if people else []),
            ]
        case _:
            head = strong(_none(counted(figures.phased, "project", words=True)).capitalize())
            verb = "is" if figures.phased == 1 else "are"
            waits = _none(counted(figures.dependencies, "dependency", MANY["dependencies"], words=True))
            days = _none(counted(figures.milestones, "milestone", words=True))
            said = [head, f" {verb} spread over quarters, with ", strong(waits), " and ", strong(days)]
    return said


def _known(number: int | None, what: str, unknown: str) -> list[object]:
    """How many are so, or that nobody knows: not known is not none."""
    if number is None:
        return [", ", unknown]
    return [", ", strong(number_word(number) if number else "none"), f" {what}"]


def _none(said: str) -> str:
    """'no milestones' for 'zero milestones'."""
    return f"no {said.removeprefix('zero ')}" if said.startswith("zero ") else said


def _spoken(plan: Plan, quarter: Quarter) -> str:
    return plan.calendar.spoken(quarter)
