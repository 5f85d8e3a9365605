"""The changes of one item at the top of the drift page, as a link from elsewhere asks for them: what, why, on what evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from planner.rules.change_groups import in_order
from planner.rules.sentences import counted
from planner.ui.drift_page_review import titles_of_evidence
from planner.ui.drift_page_table import changes_table
from planner.ui.frame import link_to, section
from planner.ui.markup import tag
from planner.ui.places import place

if TYPE_CHECKING:
    from planner.actions.reviewing import Review
    from planner.ui.drift_page import Pair

PARAMETER = "item"


def item_href(baseline: str, current: str, item: tuple[str, str]) -> str:
    """The address of the drift page that opens one item, given by table and id."""
    return place("drift").href(**{"from": baseline, "to": current, PARAMETER: ":".join(item)})


def show_item(review: Review, pair: Pair) -> None:
    """Show the changes of the item that the address names; nothing where it names none."""
    asked = st.query_params.get(PARAMETER)
    if not asked:
        return
    table_name, _, key = asked.partition(":")
    item = (table_name, key)
    found = [change for change in review.events if change.item == item]
    with st.container(border=True, key="one-item"):
        if not found:
            said = f"Nothing with a planning meaning changed of '{review.names[item]}' between these two versions."
            st.html(tag("p", said, class_="p-empty"))
        else:
            section(review.names[item], f"{counted(len(found), 'change')}, with reason and evidence")
            told = [one for one in review.sentences() if one.item == item]
            for sentence in told:
                st.html(tag("p", sentence.text, class_="p-moved"))
            ordered = in_order(found, "kind", review.current["outcomes"]["outcome_id"].to_list())
            titles = titles_of_evidence()
            st.html(
                changes_table(
                    ordered,
                    "kind",
                    review,
                    titles,
                    {},
                    doubted=review.doubted,
                    with_missing=review.has_reasons,
                )
            )
            cited = sorted({change.evidence for change in found if titles.get(change.evidence)})
            for one in cited:
                st.html(tag("p", tag("strong", f"{one}: "), titles[one], class_="p-note"))
        link_to("drift", "All changes", **{"from": pair.baseline.label, "to": pair.current.label})
