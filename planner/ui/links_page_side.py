"""The panel beside the matrix of links: the line of sight of one item, up to its outcomes and down to its projects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from planner.actions.editing import read_edits
from planner.model.tables import TABLE_OF_TIER, TABLES, TIERS
from planner.rules.edited import with_edits
from planner.rules.line_of_sight import LineOfSight
from planner.rules.sentences import counted, percent_text, status_word
from planner.ui import address, session
from planner.ui.frame import link_to, section
from planner.ui.links_page_grid import ITEM
from planner.ui.markup import md, tag
from planner.ui.places import place

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planner.model.edit import Edit
    from planner.model.plan import Plan
    from planner.model.version import Version
    from planner.rules.line_of_sight import Node
    from planner.rules.matrix import Matrix

_LOOKED_AT = frozenset({"links", *TABLE_OF_TIER.values()})
_MOST_LISTED = 25
_UP = TIERS.split("|")
# Every item is a link to this same page, which Streamlit would mark as the current one.
_CSS = """<style>.st-key-line-of-sight [data-testid="stPageLink-NavLink"] { background: none; padding: .1rem 0; }
.st-key-line-of-sight [data-testid="stPageLink-NavLink"] p { font-weight: 400; color: var(--p-accent); }
.st-key-line-of-sight [data-testid="stPageLink-NavLink"]:hover p { text-decoration: underline; }</style>"""


@dataclass(frozen=True, slots=True)
class Seen:
    """The plan with the unsaved edits that read, its ways, and the words of the chooser by tier and id."""

    plan: Plan
    sight: LineOfSight
    names: Mapping[Node, str]


def see(draft: Version, plan: Plan, edits: list[Edit]) -> Seen:
    """What the panel looks at: the draft as it would be after a save."""
    if not any(edit.table in _LOOKED_AT for edit in edits):
        return _saved(str(session.environment().database), session.state_of(draft))
    read, _ = read_edits(session.database(), edits, draft.label)
    return _seen(with_edits(plan, read, _LOOKED_AT))


@st.cache_resource(max_entries=4, show_spinner=False)
def _saved(path: str, state: str) -> Seen:
    del path, state  # they only say what was seen
    return _seen(session.plan_of(session.edited()))


def _seen(plan: Plan) -> Seen:
    names: dict[Node, str] = {}
    for tier in _UP:
        table = TABLE_OF_TIER[tier]
        rows = plan[table].select(TABLES[table].key[0], "name").iter_rows()
        names |= {(tier, item): name or item for item, name in rows}
    for item, status in plan["projects"].select("project_id", "status").iter_rows():
        if status == "done":
            names["project", item] += " ✓"
    return Seen(plan, LineOfSight.of(plan), names)


@dataclass(frozen=True, slots=True)
class Choice:
    """The item that is asked for, as 'project:PRJ-015', the one shown unasked, and all there are.

    Both are '' where the plan has no item at all.
    """

    item: str
    usual: str
    items: Sequence[str]


def settle_item(seen: Seen, matrix: Matrix) -> Choice:
    """Find the item that is asked for; unasked it is the first row. Those of the rows come first among all."""
    tiers = dict.fromkeys((matrix.kind.row_tier, matrix.kind.column_tier, *_UP))
    items = [":".join(node) for tier in tiers for node in seen.names if node[0] == tier]
    known = set(items)
    shown = next((item for row in matrix.row_ids if (item := f"{matrix.kind.row_tier}:{row}") in known), "")
    if not items:
        return Choice("", "", items)
    usual = shown or items[0]
    by_link = st.query_params.get(ITEM) != st.session_state.get(ITEM)
    address.read_one(ITEM, known, usual)
    if by_link and st.query_params.get(ITEM) == st.session_state[ITEM] != usual:
        # A link to the page that is shown changes the query of the run, but not what stands in the browser.
        st.query_params[ITEM] = st.session_state[ITEM]
    return Choice(st.session_state[ITEM], usual, items)


def show_panel(seen: Seen, choice: Choice) -> None:
    """Draw the chooser of the item and its line of sight."""
    if not choice.items:
        return
    chosen = st.selectbox(
        "Line of sight of",
        choice.items,
        format_func=lambda item: _item_word(item, seen.names),
        key=ITEM,
        help="Any outcome, capability, enabler or project. Type to search, or press ○ in a row.",
    )
    address.write(ITEM, *([chosen] if chosen != choice.usual else []))
    with st.container(key="line-of-sight", gap="small"):
        st.html(_CSS)
        _show_item(seen, node_of(chosen))


def node_of(item: str) -> Node:
    """The tier and the id of an item."""
    tier, _, name = item.partition(":")
    return tier, name


def _item_word(item: str, names: Mapping[Node, str]) -> str:
    node = node_of(item)
    return f"{names.get(node, node[1])} · {node[1]}"


def _show_item(seen: Seen, node: Node) -> None:
    tier, item = node
    st.html(tag("p", _about(seen.plan, node), class_="p-note"))
    above, below = seen.sight.above(node), seen.sight.below(node)
    for other in reversed(_UP[_UP.index(tier) + 1 :]):
        _show_tier(other, above, seen.names, is_up=True)
    for other in _UP[: _UP.index(tier)]:
        _show_tier(other, below, seen.names, is_up=False)
    if tier == "project":
        link_to("projects", "Edit the project", project=item)


def _about(plan: Plan, node: Node) -> str:
    """What sort of item it is, with its id and for a project its status."""
    tier, item = node
    if tier != "project":
        return f"{tier.capitalize()} {item}"
    status = plan["projects"].filter(project_id=item)["status"]
    return f"Project {item} · {status_word(status[0] if len(status) else None)}"


_UPWARDS = {
    "outcome": ("Outcomes it reaches", "no way leads up to an outcome", "The share of it that goes there."),
    "capability": (
        "Capabilities it improves",
        "no capability gets better by it",
        "By an enabler, or directly.",
    ),
    "enabler": ("Enablers it delivers", "it delivers no enabler", "The share of its work."),
}
_DOWNWARDS = {
    "project": (
        "Projects that reach it",
        "no project reaches it",
        "The share of it that rests on each; ✓ is finished.",
    ),
    "enabler": ("Enablers under it", "no enabler supports it", "The share of it that rests on each."),
    "capability": (
        "Capabilities that contribute",
        "no capability contributes to it",
        "The share that each gives.",
    ),
}


def _show_tier(tier: str, shares: Mapping[Node, float], names: Mapping[Node, str], *, is_up: bool) -> None:
    """One tier of the line of sight, the largest share first, each item a link to its own line of sight."""
    title, nothing, note = (_UPWARDS if is_up else _DOWNWARDS)[tier]
    found = sorted((-share, other) for other, share in shares.items() if other[0] == tier)
    section(title, note if found else "")
    if not found:
        mark = tag("span", "▲ ", class_="p-worse") if tier in {"outcome", "project"} else ""
        st.html(tag("p", mark, f"None: {nothing}.", class_="p-note"))
        return
    with st.container(gap=None):
        for share, other in found[:_MOST_LISTED]:
            st.page_link(
                place("links").path,
                label=f"{md(names.get(other, other[1]))} · {_share_word(-share)}",
                query_params=_address_of(other),
            )
    if len(found) > _MOST_LISTED:
        st.html(tag("p", f"and {counted(len(found) - _MOST_LISTED, tier)} more", class_="p-note"))


def _share_word(share: float) -> str:
    return percent_text(share) if share >= 0.005 else "under 1%"  # noqa: PLR2004  half a percent


def _address_of(node: Node) -> dict[str, Sequence[str]]:
    """The address of this view with another item chosen."""
    said = {name: st.query_params.get_all(name) for name in st.query_params}
    return {**said, ITEM: [":".join(node)]}
