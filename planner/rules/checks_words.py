"""What a plan can break: each rule's code, how bad it is and its sentence; the rules themselves are in checks_*.

A sentence says what is there, with the plan's own ids, names and values, and what to do.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from planner.model.finding import ERROR, WARNING, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    import polars as pl


@dataclass(frozen=True, slots=True)
class CheckRule:
    """A rule of a plan: `severity` is error (stops a sealing) or warning (is accepted by name)."""

    severity: str
    sentence: str


def _error(sentence: str) -> CheckRule:
    return CheckRule(ERROR, sentence)


def _warning(sentence: str) -> CheckRule:
    return CheckRule(WARNING, sentence)


RULES: dict[str, CheckRule] = {
    # --- the plan as a graph
    "id_repeated": _error(
        "The {one} '{id}' stands {count} times in {table}. Keep one row and give the others ids of their own."
    ),
    "reference_unknown": _error(
        "{Label} of the {one} '{id}' names '{value}', which is not in {wanted}. Add it there, or name another."
    ),
    "reference_missing": _warning(
        "{Label} of the {one} '{id}' names '{value}', which is not in {wanted}. Add it there, or clear the cell."
    ),
    "table_unknown": _error(
        "The field '{key}' of '{item}' belongs to '{value}', which is no table. Write the table of the item, "
        "such as projects."
    ),
    "link_tiers": _error(
        "The {from_type} '{from_id}' is linked to the {to_type} '{to_id}', but {remedy}. Link it that way."
    ),
    "link_type": _error(
        "The link from {from_type} '{from_id}' to {to_type} '{to_id}' is called '{link_type}', but a {from_type} "
        "{right} a {to_type}. Call it '{right}'."
    ),
    "capability_cycle": _error(
        "These capabilities are parts of each other: {cycle}. Take one of them out of the one above it."
    ),
    "dependency_cycle": _error(
        "These projects wait for each other: {cycle}. Take one of these dependencies out."
    ),
    "dependency_knot": _error(
        "These projects wait for each other in more than one circle: {items}. One of the circles is {cycle}. Take a "
        "dependency out of each."
    ),
    # --- what is missing
    "why_missing": _warning(
        "The {one} '{name}' ({id}) has no why. Say why it is done, in one plain sentence."
    ),
    "owner_missing": _warning("The {one} '{name}' ({id}) has no owner. Name who answers for it."),
    "sponsor_missing": _warning(
        "The project '{name}' ({id}) has no sponsor. Name who answers for its benefit."
    ),
    "cost_missing": _warning("The project '{name}' ({id}) has no cost. Give an estimate, and its class."),
    "start_missing": _warning(
        "The project '{name}' ({id}) has no start. Give a day, or a quarter as {example}."
    ),
    "end_missing": _warning(
        "The project '{name}' ({id}) has no finish. Give a day, or a quarter as {example}."
    ),
    "weight_missing": _warning(
        "The outcome '{name}' ({id}) has no weight. Give it a share of the 100 points."
    ),
    "need_by_missing": _warning("The outcome '{name}' ({id}) has no day by which it is needed. Give one."),
    "outcome_no_kpi": _warning("The outcome '{name}' ({id}) has no measure. Add one with a target."),
    "kpi_no_target": _warning(
        "The measure '{name}' ({id}) has no {missing}. Give it, or the path cannot be drawn."
    ),
    "target_is_start": _warning(
        "The measure '{name}' ({id}) begins at its target, {target_value:g}. Give another start or another target."
    ),
    "goal_below_now": _warning(
        "The capability '{name}' ({id}) stands at {maturity_current}, above its goal of {maturity_target}. "
        "Raise the goal, or correct where it stands."
    ),
    "party_missing": _warning(
        "The dependency '{id}' is external, and nobody outside is named. Name the outside party."
    ),
    "strength_missing": _warning(
        "The link from {from_type} '{from_id}' to {to_type} '{to_id}' has no strength and counts as 1. "
        "Give 1 (some), 2 (clear) or 3 (strong)."
    ),
    # --- dates
    "end_before_start": _warning(
        "The project '{name}' ({id}) ends on {end_date}, before it starts on {start_date}. Correct one of the days."
    ),
    "done_in_future": _warning(
        "The project '{name}' ({id}) is done, but ends on {end_date}, after {quarter}. Give the day on which it "
        "was finished, or another status."
    ),
    "planned_but_due": _warning(
        "The project '{name}' ({id}) is {status}, but its start, {start_date}, lies before {quarter}. "
        "Set it in progress, or move the start."
    ),
    "in_progress_early": _warning(
        "The project '{name}' ({id}) is in progress, but starts on {start_date}, after {quarter}. "
        "Correct the start or the status."
    ),
    "in_progress_overdue": _warning(
        "The project '{name}' ({id}) is in progress, but its finish, {end_date}, lies before {quarter}. "
        "Set it done, or move the finish."
    ),
    "not_funded": _warning(
        "The project '{name}' ({id}) is in progress, but its money is {funding_status}. Set it funded, or put "
        "the work on hold."
    ),
    "dependency_conflict": _warning(
        "'{successor}' ({successor_id}) {verb} {short} too early for '{predecessor}' ({predecessor_id}), by the "
        "rule {kind}. Move one of them, or change the lag."
    ),
    "benefit_before_end": _warning(
        "The benefit of '{name}' ({id}) begins in {benefit_start_quarter}, before the project ends on {end_date}. "
        "Move the benefit, or say in the why that it comes in steps."
    ),
    "benefit_no_start": _warning(
        "The benefit of '{name}' ({id}), {benefit_annual:,} a year, has no first quarter. Give the one after "
        "the project ends."
    ),
    # --- money and points
    "money_negative": _warning(
        "{Label} of the {one} '{id}' is {value:,}, less than nothing. Correct the amount."
    ),
    "capex_above_cost": _warning(
        "The capital cost of the {one} '{id}', {capex:,}, is above its cost of {cost:,}. The cost is the total; "
        "correct one of them."
    ),
    "phasing_outside": _warning(
        "Money or effort of '{name}' ({project_id}) is phased in {quarter}, outside its dates, {span}. "
        "Move it, or the dates."
    ),
    "phasing_sum": _warning(
        "The quarters of '{name}' ({id}) add up to {sum:,}, but its {label} is {value:,}: {gap:,} {word}. "
        "Correct the quarters or the total."
    ),
    "weights_sum": _warning(
        "The weights of the outcomes add up to {sum}, not 100. Share out 100 points over them."
    ),
    "effort_missing": _warning(
        "The project '{name}' ({id}) starts within {near} quarters, and no team has person-days for it. Spread its "
        "effort over quarters."
    ),
    "rank_repeated": _warning(
        "The project '{name}' ({id}) has rank {priority_rank}, and so have {others} more. Give each its own rank."
    ),
    "rank_gap": _warning(
        "The ranks of the live projects leave out {missing}. Rank them from 1 to {count} without a gap."
    ),
    # --- line of sight
    "project_no_outcome": _warning(
        "No way leads from the project '{name}' ({id}) up to an outcome. Link it to an enabler or a capability "
        "that serves one, or stop it."
    ),
    "outcome_no_project": _warning(
        "No way leads from the outcome '{name}' ({id}) down to a live project. Plan work for it, or set it "
        "achieved or retired."
    ),
    "enabler_no_capability": _warning(
        "The enabler '{name}' ({id}) supports no capability. Link it to the capability that it makes better."
    ),
    "capability_no_project": _warning(
        "The capability '{name}' ({id}) shall go from {maturity_current} to {maturity_target}, but no live project "
        "improves it. Plan work for it, or lower the goal."
    ),
}


def found(code: str, table: str, broken: pl.DataFrame, field: str = "", **words: Any) -> Iterator[Finding]:
    """A finding for each row of `broken`: column `id`, perhaps `field`, and what the sentence needs; or in `words`.

    Columns that start with `_` are for other uses.
    """
    rule = RULES[code]
    for row in broken.iter_rows(named=True):
        said = rule.sentence.format(**{**words, "table": table, **row})
        yield Finding(rule.severity, code, table, row["id"] or "", row.get("field") or field, said)
