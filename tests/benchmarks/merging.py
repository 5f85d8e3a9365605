"""Merging two scenarios of one base against a drift of the same two, edits and clashes made as a page needs them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.rules.drift import drift
from planner.rules.edited import with_edits
from planner.rules.merging import SCENARIO, merge, resolved
from tests.benchmarks.independent import changes_of, hold_alike
from tests.benchmarks.report import Line, at_most
from tests.benchmarks.synthetic import first_plan, next_plan
from tests.benchmarks.timing import in_turns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.model.plan import Plan

MERGE_TARGET = 4.0
ROUNDS = 15


def merge_lines(size: int) -> Iterator[Line]:
    """The line of a merge at one size; both scenarios changed a twentieth of the same plan, and added the same ids."""
    base = first_plan(size)
    one, other = next_plan(base), next_plan(base, seed=3)
    hold_merged(base, one, other)

    def ours() -> object:
        found = merge(base, one, other)
        return found.edits, found.clashes

    ratio = in_turns(ours, lambda: drift(one, other), ROUNDS)
    found = merge(base, one, other)
    said = f"{size:,} projects, {found.taken_count:,} edits, {found.clash_count:,} clashes"
    yield at_most(f"merge of two scenarios, {said}", ratio, "drift of the same two", MERGE_TARGET)


def hold_merged(base: Plan, one: Plan, other: Plan) -> int:
    """How many changes of `other` a merge brings in; raises UnlikeChangesError where one is missing or too many.

    A merge into the base must give `other`; a merge into `one` that prefers `other` must have each of its changes.
    """
    wanted = changes_of(base, other)
    hold_alike(changes_of(base, with_edits(base, merge(base, base, other).edits)), wanted)
    found = merge(base, one, other)
    edits = resolved(found, {clash.place: SCENARIO for clash in found.clashes})
    gained = changes_of(base, with_edits(one, edits))
    return hold_alike(gained.join(wanted, on=gained.columns, how="semi").sort(gained.columns), wanted)
