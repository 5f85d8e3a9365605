"""The capabilities as a tree: who is a part of whom, in the order of their codes; it scores and draws nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from planner.model.plan import Plan

_DIGITS = re.compile(r"(\d+)")


class Branch(NamedTuple):
    """One capability in the tree: its id, how deep it stands (0 at the top), and whether it has parts."""

    id: str
    depth: int
    has_parts: bool


def capability_tree(plan: Plan) -> list[Branch]:
    """Every capability once, each followed by its parts; by code (3.2 before 3.10), then id.

    A capability whose parent is not in the plan stands at the top, and so do those of a circle.
    """
    rows = plan["capabilities"].select("capability_id", "parent_id", "code").rows()
    ordered = sorted(rows, key=lambda row: (row[2] is None, _code_order(row[2] or ""), row[0]))
    known = {row[0] for row in rows}
    parts: dict[str, list[str]] = {}
    tops = []
    for item, parent, _ in ordered:
        if parent in known and parent != item:
            parts.setdefault(parent, []).append(item)
        else:
            tops.append(item)
    found = list(_walk(tops, parts))
    reached = {branch.id for branch in found}
    return [*found, *(Branch(item, 0, has_parts=False) for item, _, _ in ordered if item not in reached)]


def _walk(tops: Sequence[str], parts: Mapping[str, Sequence[str]]) -> Iterator[Branch]:
    """Go down the tree without recursion, as plans may be deep by mistake."""
    waiting = [(item, 0) for item in reversed(tops)]
    while waiting:
        item, depth = waiting.pop()
        below = parts.get(item, ())
        yield Branch(item, depth, bool(below))
        waiting += [(part, depth + 1) for part in reversed(below)]


def _code_order(code: str) -> list[tuple[bool, int, str]]:
    """3.10 after 3.2: runs of digits count as numbers."""
    return [
        (not part.isdecimal(), int(part) if part.isdecimal() else 0, part) for part in _DIGITS.split(code)
    ]
