"""Merging a scenario into the draft by three-way merge, by value; it saves nothing, asks nobody and mends no plan.

Rows are matched by key alone, cells by column. A change of the scenario since the base is taken where the draft is
still as the base was, agreed where the draft made it too, and a clash where the draft changed the same in another way.
What the merged plan means as a whole (a phasing row of a project that left, a rank held twice) is for `checks` to find.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from planner.errors import ClashesUndecided
from planner.model.edit import Edit, row_id
from planner.model.tables import TABLES
from planner.rules.merge_hanging import following
from planner.rules.merge_sides import meet

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from planner.model.edit import Cell, Row
    from planner.model.plan import Plan
    from planner.rules.merge_sides import Places

Place: TypeAlias = tuple[str, tuple[str, ...], str]

DRAFT, SCENARIO = "draft", "scenario"
_ORDER = {
    (table.name, field): (at, place)
    for at, table in enumerate(TABLES.values())
    for place, field in enumerate(("", *table.fields))
}


@dataclass(frozen=True, slots=True)
class Clash:
    """A place that draft and scenario both changed since the base, each in its own way.

    The values are a cell's. With an empty `field` they are the row's filled cells: one side removed the row (None)
    and the other changed it. Where both added a row of the same key, each unlike cell clashes and `base` is None.
    """

    table: str
    key: tuple[str, ...]
    field: str
    base: Cell | Row
    draft: Cell | Row
    scenario: Cell | Row

    @property
    def place(self) -> Place:
        """What names it: table, key and field."""
        return self.table, self.key, self.field

    @property
    def id(self) -> str:
        """The row's id as FORMAT writes it."""
        return row_id(self.table, self.key)

    @property
    def is_row(self) -> bool:
        """Whether one side removed the row that the other changed."""
        return self.field == ""

    @property
    def taking_scenario(self) -> Edit:
        """The edit of the draft that settles it in the scenario's favour."""
        return Edit(self.table, self.key, self.field, self.draft, self.scenario)


@dataclass(frozen=True, eq=False)
class Merge:
    """What a merge would do: the changes taken, the clashes and how many changes both made alike.

    Edits and clashes are made when they are first asked for, ordered by table, key and field; `taken_count` and
    `clash_count` are there without them.
    """

    taken: tuple[Places, ...]
    contested: tuple[Places, ...]
    agreed: int
    sides: tuple[Plan, Plan, Plan]  # base, draft, scenario

    @cached_property
    def edits(self) -> tuple[Edit, ...]:
        """The edits of the draft that bring in what only the scenario changed; `before` is the draft's value."""
        return _in_order(
            Edit(places.table, key, places.field, draft, scenario)
            for places in self.taken
            for key, _, draft, scenario in places
        )

    @cached_property
    def clashes(self) -> tuple[Clash, ...]:
        """What both changed, each in its own way."""
        return _in_order(
            Clash(places.table, key, places.field, base, draft, scenario)
            for places in self.contested
            for key, base, draft, scenario in places
        )

    @cached_property
    def mirrored(self) -> Merge:
        """The merge of the draft into the scenario: its edits are what only the draft changed."""
        base, draft, scenario = self.sides
        return merge(base, scenario, draft)

    @property
    def taken_count(self) -> int:
        """How many edits there are."""
        return sum(len(places) for places in self.taken)

    @property
    def clash_count(self) -> int:
        """How many clashes there are."""
        return sum(len(places) for places in self.contested)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to bring in and nothing to decide."""
        return not self.taken and not self.contested


def merge(base: Plan, draft: Plan, scenario: Plan) -> Merge:
    """Merge what a scenario changed since `base`, the plan that it began with, into a draft; settings and reasons too."""
    meetings = [
        meet(table, base[table], draft[table], scenario[table])
        for table in TABLES
        if base[table] is not scenario[table]
    ]
    return Merge(
        taken=tuple(places for meeting in meetings for places in meeting.taken),
        contested=tuple(places for meeting in meetings for places in meeting.contested),
        agreed=sum(meeting.alike for meeting in meetings),
        sides=(base, draft, scenario),
    )


def resolved(merged: Merge, choices: Mapping[Place, str]) -> tuple[Edit, ...]:
    """The edits of the draft once each clash is decided for DRAFT or for SCENARIO, by its place.

    A row that one side removed leaves as a whole, or comes back as a whole; where it stays, what its side removed or
    emptied for that alone stays too. Choices of places that do not clash say nothing. Raises ClashesUndecided where
    one is missing, ValueError for another word.
    """
    if unknown := set(choices.values()) - {DRAFT, SCENARIO}:
        raise ValueError(*sorted(unknown))
    if undecided := [clash.id for clash in merged.clashes if clash.place not in choices]:
        raise ClashesUndecided(undecided)
    decided = [clash.taking_scenario for clash in merged.clashes if choices[clash.place] == SCENARIO]
    held, back = _following_rows(merged, choices)
    unmade = {(edit.table, edit.key, edit.field) for edit in held}
    taken = (edit for edit in merged.edits if (edit.table, edit.key, edit.field) not in unmade)
    return _in_order((*taken, *decided, *(edit.inverse for edit in back)))


def _following_rows(merged: Merge, choices: Mapping[Place, str]) -> tuple[list[Edit], list[Edit]]:
    """What was done for the sake of removed rows that stay now: by the scenario, and by the draft."""
    rows = [clash for clash in merged.clashes if clash.is_row]
    if not rows:
        return [], []
    removed_by = {clash.place: SCENARIO if clash.scenario is None else DRAFT for clash in rows}
    going = {(clash.table, clash.id) for clash in rows if choices[clash.place] == removed_by[clash.place]}
    staying = {
        word: {(clash.table, clash.id) for clash in rows if removed_by[clash.place] == word} - going
        for word in (DRAFT, SCENARIO)
    }
    mine, its = merged.mirrored.edits, merged.edits
    return (
        following(its, staying[SCENARIO], going | _leaving(mine)),
        following(mine, staying[DRAFT], going | _leaving(its)),
    )


def _leaving(edits: Iterable[Edit]) -> set[tuple[str, str]]:
    return {(edit.table, edit.id) for edit in edits if edit.is_row and edit.after is None}


_Placed = TypeVar("_Placed", Edit, Clash)


def _in_order(placed: Iterable[_Placed]) -> tuple[_Placed, ...]:
    """By table, key and field, as the tables are declared; a whole row before its cells."""

    def by_place(one: _Placed) -> tuple[int, tuple[str, ...], int]:
        table, field = _ORDER[one.table, one.field]
        return table, one.key, field

    return tuple(sorted(placed, key=by_place))
