"""What crossed which line, on the drift page: the crossings in words, line by line; it finds none."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

import streamlit as st

from planner.charts import theme
from planner.rules.crossed_lines import ALARMS, NEED_BY, OUTCOMES, SIGHT, TEAMS, WORSE, ZONES
from planner.rules.sentences import counted
from planner.ui.drift_page_item import item_href
from planner.ui.drift_page_review import crossed_by
from planner.ui.frame import section, status_html
from planner.ui.markup import Html, esc, join, table, tag

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from planner.actions.reviewing import Review
    from planner.rules.crossed_lines import Crossed
    from planner.ui.drift_page import Pair

MOST_OF_A_LINE: Final = 5
_LINES: Final = {
    OUTCOMES: "Status of outcomes",
    NEED_BY: "When an outcome needs the work",
    ALARMS: "Cost alarm",
    TEAMS: "Teams at their capacity",
    ZONES: "Start in another zone",
    SIGHT: "Line of sight to an outcome",
}


def show_lines(review: Review, pair: Pair) -> None:
    """Show what crossed a line; one sentence where nothing did."""
    found = crossed_by(pair.baseline, pair.current, pair.among)
    if not found:
        section(
            "What crossed a line",
            "Nothing did: no status, zone, full team, cost alarm, need-by date or line of sight.",
        )
        return
    worse = sum(one.tone == WORSE for one in found)
    part = "all" if worse == len(found) else f"{worse:,}" if worse else "none"
    many = (
        f"{counted(len(found), 'crossing')}, {part} of them for the worse" if len(found) > 1 else "1 crossing"
    )
    note = f"{many}. Each by a move of its own, not by time that passed."
    section("What crossed a line", note)
    st.html(_table(found, review, pair, MOST_OF_A_LINE))
    if max(Counter(one.line for one in found).values()) > MOST_OF_A_LINE:
        with st.expander(f"All {len(found):,} crossings"):
            st.html(_table(found, review, pair, len(found)))


def _table(found: Sequence[Crossed], review: Review, pair: Pair, most: int) -> Html:
    changed = {change.item for change in review.events}
    counts = Counter(one.line for one in found)
    rows: list[tuple[object, ...]] = []
    shown: Counter[str] = Counter()
    for one in found:
        shown[one.line] += 1
        if shown[one.line] > most:
            continue
        first = shown[one.line] == 1
        head = (
            join((_LINES[one.line], tag("span", f" {counts[one.line]:,}", class_="p-count"))) if first else ""
        )
        rows.append((head, _named(one, review, pair, changed), _sides(one, review)))
        if shown[one.line] == most and counts[one.line] > most:
            rows.append(("", tag("span", f"and {counts[one.line] - most:,} more", class_="p-mute"), ""))
    heads = ("Line", "What", "Was → is")
    return table(heads, rows, widths=("26%", "37%", "37%"), caption="What crossed a line")


def _named(one: Crossed, review: Review, pair: Pair, changed: Collection[tuple[str, str]]) -> Html:
    """The item, leading to its own changes where it has some."""
    item = (one.table, one.id)
    if item not in changed:
        return esc(review.names[item])
    href = item_href(pair.baseline.label, pair.current.label, item)
    return tag("a", review.names[item], href=href, target="_self", class_="p-link")


def _sides(one: Crossed, review: Review) -> Html:
    before, after = (_side(one, value, review) for value in (one.before, one.after))
    arrow = tag("span", " → ", class_="p-faint", aria_hidden="true") + tag(
        "span", " becomes ", class_="p-hidden"
    )
    said = tag(
        "span",
        after,
        class_=f"p-{one.tone}" if one.tone and one.line not in {OUTCOMES, ALARMS} else "p-plain",
    )
    return join((tag("span", before, class_="p-mute"), arrow, said))


def _side(one: Crossed, value: str, review: Review) -> object:
    if one.line == OUTCOMES:
        return status_html(value)
    if one.line == ALARMS:
        return status_html(value, f"{value} alarm") if value in theme.STATUS else "no alarm"
    if one.line == TEAMS:
        number = int(value)
        return f"over in {counted(number, 'quarter')}" if number else "never over"
    if one.line == NEED_BY:
        name = review.names["outcomes", one.other]
        return f"in time for {name}" if value == "yes" else f"too late for {name}"
    if one.line == SIGHT:
        return "in sight" if value == "yes" else "none"
    return f"{value} zone"
