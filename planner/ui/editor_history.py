"""The history of the item in the panel: a line for each version that changed it, the newest first; it compares nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.actions.item_history import has_row
from planner.rules.change_words import REASON_WORDS
from planner.ui import session
from planner.ui.frame import section
from planner.ui.item_pasts import MOST_PAIRS, item_pasts
from planner.ui.markup import Html, tag
from planner.ui.places import place

if TYPE_CHECKING:
    from planner.actions.item_history import Past
    from planner.model.quarter import Calendar
    from planner.model.version import Version

_DRAFT = "Draft"


def show_history(table: str, row: str) -> None:
    """Draw the history of a row; each line leads to the drift that it is taken from."""
    draft = session.edited()
    calendar = session.plan_of(draft).calendar
    sealed = session.snapshots()
    if not sealed:
        section("History", "Nothing is sealed yet, so there is nothing to compare it with.")
        return
    chain = [*sealed, draft][-MOST_PAIRS - 1 :]
    lines = [_line_html(*step, calendar) for step in reversed(item_pasts(table, row, chain))]
    first = chain[0]
    if has_row(session.plan_of(first), table, row):
        lines.append(_told(_name(first, calendar), "in the plan from the first version on", ""))
    if not lines:
        lines = [_told(_DRAFT, "joined since the last save", "")]
    section("History", "What each version changed of it, and why.", tag("div", *lines))


def _name(version: Version, calendar: Calendar) -> str:
    if not version.is_sealed:
        return _DRAFT
    spoken = calendar.spoken(calendar.parse(version.quarter))
    revision = version.label.partition(".r")[2]
    return f"{spoken}, revision {revision}" if revision else spoken


def _line_html(before: Version, after: Version, found: Past, calendar: Calendar) -> Html:
    href = place("drift").href(**{"from": before.label, "to": after.label})
    why = f"because {found.reason.rstrip('.')}" if found.reason else sort_word(found)
    return _told(tag("a", _name(after, calendar), href=href, target="_self"), found.said, why)


def sort_word(found: Past) -> str:
    """The sort of reason where nobody gave words, and that there is none where one is needed."""
    if found.reason_code:
        return REASON_WORDS.get(found.reason_code, found.reason_code).lower()
    return "no reason given" if found.needs_reason else ""


def _told(name: str | Html, said: str, why: str) -> Html:
    because = tag("span", ", ", why, class_="p-mute") if why else ""
    return tag("p", tag("strong", name), " ", said, because, class_="p-note", style="color:var(--p-ink)")
