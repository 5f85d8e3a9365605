"""The lower part of the drift page: grouping, filters, counts, pages, the table of changes, and what leaves it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

import streamlit as st

from planner.actions.exporting import drift_bytes
from planner.rules.change_groups import (
    Wanted,
    count_groups,
    count_items,
    count_minds,
    count_tables,
    group_key,
    in_order,
)
from planner.rules.change_words import GROUP_WORDS, TABLE_WORDS
from planner.rules.sentences import counted
from planner.ui import address
from planner.ui.drift_page_review import titles_of_evidence
from planner.ui.drift_page_table import changes_table
from planner.ui.frame import offer_csv, section
from planner.ui.markup import Html, join, md, tag
from planner.ui.places import place

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planner.actions.reviewing import Review
    from planner.rules.changes import Change
    from planner.ui.drift_page import Pair

PAGE_ROWS: Final = 100
_BY: Final = {
    "kind": "Kind", "item": "Item", "outcome": "Outcome", "unit": "Unit", "team": "Team", "reason": "Reason",
}  # fmt: skip
_HOMES: Final = ("outcome", "unit", "team", "reason")  # offered only where some change has one
_NO_MIND: Final = {
    "progress": "went as planned", "elaboration": "made dates or money known or finer", "correction": "set right what was wrong",
}  # fmt: skip


def show_changes(review: Review, pair: Pair) -> None:
    """Show every change of the two versions, as the address asks for them."""
    heading = st.container()
    by, wanted = _pick_view(review)
    found = [change for change in review.changes if wanted.takes(change)]
    with heading:
        section("Every change, with its reason", _note(found, review))
    wanted = _pick_counts(review, wanted)
    found = [change for change in review.changes if wanted.takes(change)]
    ordered = in_order(found, by, review.current["outcomes"]["outcome_id"].to_list())
    if not ordered:
        st.html(tag("p", "No change fits what you chose. Take a filter away to see more.", class_="p-empty"))
    else:
        _show_page(ordered, by, review)
    _show_ways_out(pair, wanted, by)


def _note(found: Sequence[Change], review: Review) -> str | Html:
    fields = len(review.changes) - len(review.events)
    hidden = f" · {counted(fields, 'more field')} changed without a planning meaning" if fields else ""
    said = f"{counted(len(found), 'change')} on {counted(count_items(found), 'item')}, largest first{hidden}"
    return join((said, tag("br"), _minds(found))) if found else said


def _minds(found: Sequence[Change]) -> str:
    """How many of the changes are a change of mind, and how many are none: these count apart."""
    counts = count_minds(found)
    parts = [f"{counts[word]:,} {told}" for word, told in _NO_MIND.items() if counts[word]]
    mind = counts["mind"]
    said = f"{mind:,} {'is a change' if mind == 1 else 'are changes'} of mind"
    return f"{said}; {', '.join(parts)}" if parts else said


def _pick_view(review: Review) -> tuple[str, Wanted]:
    """Draw the grouping, the search and the switch for plain fields at the left, the CSV at the right."""
    outcomes = ["", *(key for key in review.current["outcomes"]["outcome_id"] if _serves(review, key))]
    ways = [by for by in _BY if by not in _HOMES or any(group_key(change, by) for change in review.changes)]
    address.read_one("by", ways, "kind")
    address.read_one("outcome", outcomes, "")
    address.read_one("q", None, "")
    address.read_flag("all")
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        by = st.segmented_control("Group by", ways, required=True, format_func=_BY.__getitem__, key="by")
        outcome = ""
        if len(outcomes) > 1:
            outcome = st.selectbox(
                "Outcome",
                outcomes,
                key="outcome",
                width=190,
                format_func=lambda key: review.names["outcomes", key] if key else "All outcomes",
            )
        text = st.text_input("Search", key="q", placeholder="name, id, reason, value", width=190)
        plain = st.toggle("Also fields without a planning meaning", key="all", width="content")
        st.space("stretch")
        offer_csv(
            f"drift-{review.comparison.baseline.label}-{review.comparison.current.label}.csv",
            lambda: drift_bytes(review.comparison),
            "Every row of this drift, each field by itself",
        )
    by, outcome, text = by or "kind", outcome or "", text.strip()
    address.write("by", *([by] if by != "kind" else []))
    address.write("outcome", *([outcome] if outcome else []))
    address.write("q", *([text] if text else []))
    address.write("all", *(["1"] if plain else []))
    return by, Wanted(outcome=outcome, text=text, plain=plain)


def _serves(review: Review, outcome: str) -> bool:
    return any(change.outcome == outcome for change in review.changes)


def _pick_counts(review: Review, wanted: Wanted) -> Wanted:
    """Draw the counts by kind and by table; a click on one shows only these."""
    fitting = [change for change in review.changes if wanted.takes(change)]
    groups, tables = count_groups(fitting), count_tables(fitting)
    with st.container(gap="xsmall"):
        kinds = _pills("Kinds", "kind", groups, GROUP_WORDS)
        chosen = _pills("Tables", "table", tables, TABLE_WORDS)
    return replace(wanted, groups=frozenset(kinds), tables=frozenset(chosen))


def _pills(label: str, key: str, counts: Mapping[str, int], words: Mapping[str, str]) -> Sequence[str]:
    """Draw a pill with its count for each word; what is chosen and no longer there stays, with no count."""
    address.read_many(key, words)
    options = [word for word in words if word in counts or word in st.session_state[key]]
    chosen = st.pills(
        label,
        options,
        selection_mode="multi",
        format_func=lambda word: f"{words[word]} {counts.get(word, 0):,}",
        key=key,
    )
    address.write(key, *chosen)
    return chosen


def _show_page(ordered: Sequence[Change], by: str, review: Review) -> None:
    counts: dict[str, int] = {}
    for change in ordered:
        key = group_key(change, by)
        counts[key] = counts.get(key, 0) + 1
    pages = -(-len(ordered) // PAGE_ROWS)
    page = 1
    below = st.container()
    if pages > 1:
        page = st.pagination(pages, key="page", bind="query-params")
    first = (min(page, pages) - 1) * PAGE_ROWS
    rows = ordered[first : first + PAGE_ROWS]
    with below:
        if pages > 1:
            st.caption(md(f"Changes {first + 1:,} to {first + len(rows):,} of {len(ordered):,}"))
        st.html(
            changes_table(
                rows,
                by,
                review,
                titles_of_evidence(),
                counts,
                doubted=review.doubted,
                with_missing=review.has_reasons,
            )
        )


def _show_ways_out(pair: Pair, wanted: Wanted, by: str) -> None:
    """Say which address shows a colleague the same view."""
    query: dict[str, str | list[str]] = {"from": pair.baseline.label, "to": pair.current.label}
    chosen: dict[str, str | list[str]] = {
        "kind": sorted(wanted.groups),
        "table": sorted(wanted.tables),
        "outcome": wanted.outcome,
        "q": wanted.text,
        "all": "1" if wanted.plain else "",
        "by": by if by != "kind" else "",
    }
    query |= {key: value for key, value in chosen.items() if value}
    link = f"{place('drift').href()}?{urlencode(query, doseq=True)}"
    st.html(
        tag(
            "p",
            "A colleague sees this very view at ",
            tag("a", link.removeprefix("./"), href=link, class_="p-link", target="_self"),
            ".",
            class_="p-note",
        )
    )
