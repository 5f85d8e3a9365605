"""Choose, count and group changes for a reader; which changes there are, and their words, is said elsewhere."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.model.tables import FINGERPRINTED
from planner.rules.changes import GROUPS, PLAIN

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planner.rules.changes import Change

BY = ("kind", "item", "outcome", "unit", "team", "reason")
_GROUP_PLACE = {group: place for place, group in enumerate(GROUPS)}
_TABLE_PLACE = {table: place for place, table in enumerate(FINGERPRINTED)}
_REASON_ORDER = (
    "environment", "business_need", "technology_trend", "research_finding", "lesson_learnt",
    "funding", "delivery", "correction", "progress", "",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reader wants to see; an empty choice is all of it. `plain` takes in fields without a meaning."""

    groups: frozenset[str] = frozenset()
    tables: frozenset[str] = frozenset()
    outcome: str = ""
    text: str = ""
    plain: bool = False

    def takes(self, change: Change) -> bool:
        """Whether a change is wanted."""
        return (
            (self.plain or change.group != PLAIN)
            and (not self.groups or change.group in self.groups)
            and (not self.tables or change.table in self.tables)
            and (not self.outcome or change.outcome == self.outcome)
            and (not self.text or self._says(change))
        )

    def _says(self, change: Change) -> bool:
        said = (
            change.title,
            change.item_name,
            change.id,
            change.before,
            change.after,
            change.reason,
            change.evidence,
        )
        wanted = self.text.casefold()
        return any(wanted in text.casefold() for text in said)


def count_groups(changes: Iterable[Change]) -> dict[str, int]:
    """How many changes each group has, in the order of the groups."""
    counted = Counter(change.group for change in changes)
    return {group: counted[group] for group in GROUPS if counted[group]}


def count_tables(changes: Iterable[Change]) -> dict[str, int]:
    """How many changes each table has, projects first and then as the tables are declared."""
    counted = Counter(change.table for change in changes)
    return dict(sorted(counted.items(), key=lambda pair: (pair[0] != "projects", _TABLE_PLACE[pair[0]])))


def count_minds(changes: Iterable[Change]) -> dict[str, int]:
    """How many changes with a meaning are a change of mind, and how many are none, by what they are instead.

    A correction sets right what was wrong, elaboration makes known or finer what was open (dates, costs, precision),
    progress happened as planned; the rest is `mind`. What is a correction is nothing else.
    """
    counted = Counter(_mind(change) for change in changes if change.kinds)
    return {word: counted[word] for word in ("mind", "progress", "elaboration", "correction")}


def _mind(change: Change) -> str:
    if change.reason_code == "correction":
        return "correction"
    if change.group in {"refined", "known"}:
        return "elaboration"
    return "progress" if change.group in {"finished", "started"} else "mind"


def count_items(changes: Iterable[Change]) -> int:
    """On how many items the changes are."""
    return len({change.item for change in changes})


def group_key(change: Change, by: str) -> str:
    """The group that a change falls into."""
    keys = {
        "kind": change.group,
        "outcome": change.outcome,
        "unit": change.business_unit,
        "team": change.team,
        "reason": change.reason_code,
    }
    return keys[by] if by in keys else ":".join(change.item)


def in_order(changes: Iterable[Change], by: str, outcomes: Sequence[str]) -> list[Change]:
    """The changes group by group, the largest first in each; `outcomes` gives the order of outcomes."""
    place = {outcome: at for at, outcome in enumerate(outcomes)}

    def largest(change: Change) -> tuple[float, int, str, str]:
        return -change.size, -change.weight, change.title, change.id

    def within(change: Change) -> tuple[object, ...]:
        return _GROUP_PLACE[change.group], *largest(change)

    if by == "item":
        weights: dict[tuple[str, str], int] = {}
        listed = list(changes)
        for change in listed:
            weights[change.item] = max(weights.get(change.item, 0), change.weight)
        return sorted(
            listed, key=lambda c: (-weights[c.item], _TABLE_PLACE.get(c.item[0], 0), c.item, *within(c))
        )
    if by == "outcome":
        return sorted(changes, key=lambda c: (place.get(c.outcome, len(place)), *within(c)))
    if by in {"unit", "team"}:  # those at home nowhere stand last
        return sorted(
            changes,
            key=lambda c: (not group_key(c, by), group_key(c, by).casefold(), group_key(c, by), *within(c)),
        )
    if by == "reason":
        return sorted(changes, key=lambda c: (_reason_place(c.reason_code), *within(c)))
    return sorted(changes, key=within)


def _reason_place(code: str) -> int:
    return _REASON_ORDER.index(code) if code in _REASON_ORDER else len(_REASON_ORDER)
