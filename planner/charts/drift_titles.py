"""What stands above the two charts of drift, wherever they are shown or printed; it draws nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.rules.sentences import money_text, number_word

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.rules.changes import Change
    from planner.rules.measures import Bridge

NONE_MOVED = "Finish dates: none moved"


def bridge_title(bridge: Bridge, currency: str) -> str:
    """The cost of the live plan before and after: 'Money: £47m became £45.7m'."""
    before, after = (money_text(cost, currency) or "0" for cost in (bridge.before, bridge.live_after))
    return f"Money: {before} became {after}" if before != after else f"Money: {after}, as before"


def moves_title(changes: Iterable[Change]) -> str:
    """How many finishes of projects moved: 'Finish dates: five later, two earlier'."""
    groups = [change.group for change in changes if change.table == "projects"]
    said = [
        f"{number_word(groups.count(group))} {group}" for group in ("later", "earlier") if groups.count(group)
    ]
    return f"Finish dates: {', '.join(said)}" if said else NONE_MOVED
