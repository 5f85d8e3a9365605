"""Links to the life of one item over all versions; the page itself is drawn elsewhere."""

from __future__ import annotations

from typing import Final

from planner.ui.markup import Html, esc, tag
from planner.ui.places import place

# The tables whose rows are items with a life of their own; other rows are a part of one of these.
LIVES: Final = ("projects", "outcomes", "kpis", "capabilities", "enablers", "milestones", "teams")


def life_href(table: str, row: str) -> str:
    """The address of the life of an item."""
    return place("item").href(table=table, id=row)


def life_link(table: str, row: str, text: object) -> Html:
    """Text that leads to the life of an item, or the bare text where a row has none."""
    if table not in LIVES:
        return esc(text)
    return tag("a", text, href=life_href(table, row), target="_self")
