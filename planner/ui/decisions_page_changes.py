"""The changes that cite an entry, by version, each version leading to its drift; it finds none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planner.model.tables import TABLES
from planner.model.version import DRAFT
from planner.rules.sentences import counted
from planner.ui.life_address import LIVES, life_link
from planner.ui.markup import Html, join, tag
from planner.ui.places import place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.rules.citations import Citation
    from planner.ui.decisions_page_reads import Ledgers

_MOST: Final = 4  # items that are named of each version


def changes_html(changes: Sequence[Citation], read: Ledgers, *, is_proof: bool) -> Html:
    """'Q2 FY27: 16 changes' and their items; where there is none, that there is none.

    `is_proof` where what they cite is evidence itself: of a decision it is told how many of them name some.
    """
    if not changes:
        return tag("span", "no change names it", class_="p-mute")
    by_version: dict[str, list[Citation]] = {}
    for change in changes:
        by_version.setdefault(change.label, []).append(change)
    return join(_version(label, found, read, is_proof=is_proof) for label, found in by_version.items())


def _version(label: str, found: Sequence[Citation], read: Ledgers, *, is_proof: bool) -> Html:
    name = "Draft" if label == DRAFT else read.calendar.spoken(found[0].quarter)
    before = read.before.get(label)
    pair = {"from": before, "to": label} if before else {}
    link = tag("a", name, href=place("drift").href(**pair), target="_self") if before else name
    items = list(dict.fromkeys((change.table, change.id) for change in found))
    named = [item for item in items if item[0] in LIVES] or items
    told = [_item(*item, read) for item in named[:_MOST]]
    more = f" and {len(named) - _MOST:,} more" if len(named) > _MOST else ""
    evident = sum(bool(change.evidence) for change in found)
    proof = "" if is_proof else f", {evident:,} with evidence" if evident else ", none with evidence"
    head = tag("div", link, f": {counted(len(found), 'change')}{proof}")
    return join((head, tag("div", join(told, " · "), more, class_="p-mute")))


def _item(table: str, row: str, read: Ledgers) -> Html:
    if table in LIVES:
        return life_link(table, row, read.names.of(table, row))
    return tag("span", TABLES[table].one if table in TABLES else table)
