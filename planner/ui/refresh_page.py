"""The Refresh page: where the quarter's refresh stands, what is still to do, and its lists; it takes no step itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import streamlit as st

from planner.charts import theme
from planner.model.refresh import APPROVE, APPROVED, DRAFTING, IN_REVIEW
from planner.model.version import DRAFT
from planner.rules.sentences import counted, money_text, number_word, percent_text
from planner.rules.verdict import NO_CHANGE
from planner.ui import address, session
from planner.ui.edit_words import moment_text
from planner.ui.frame import lead, link_to, mark_html, page_header, show_news
from planner.ui.home_page_cards import Card, cards
from planner.ui.home_page_css import review_css
from planner.ui.markup import Html, join, strong, table, tag
from planner.ui.pickers import pick_view
from planner.ui.places import place
from planner.ui.presence_line import show_presence
from planner.ui.refresh_page_act import show_act, tell_late_submit
from planner.ui.refresh_page_calendar import show_calendar
from planner.ui.refresh_page_css import refresh_css
from planner.ui.refresh_page_lists import (
    show_due,
    show_findings,
    show_left_alone,
    show_moved,
    show_outcomes,
)
from planner.ui.refresh_page_open import show_closed
from planner.ui.refresh_page_reasons import FILTERS, show_reasons
from planner.ui.refresh_page_state import NEWS, checklist, decided_by
from planner.ui.refresh_page_steps import show_history, show_steps
from planner.ui.tab_counts import show_counts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from planner.actions.checklist import Checklist

_VIEWS: Final[Mapping[str, tuple[str, Callable[[Checklist], None]]]] = {
    "reasons": ("Reasons", show_reasons),
    "moved": ("Started, finished", show_moved),
    "findings": ("Findings", show_findings),
    "outcomes": ("Outcomes and big moves", show_outcomes),
    "due": ("Due", show_due),
    "unchanged": ("Left unchanged", show_left_alone),
    "steps": ("Steps", lambda found: show_history(found.refresh)),
}


def show_refresh() -> None:
    """Draw the page."""
    st.html(review_css() + refresh_css())
    show_presence("refresh", session.draft())
    found = checklist()
    if found is None:
        show_closed()
        return
    _show_header(found)
    tell_late_submit(found.number)
    show_news(NEWS)
    show_steps(found.refresh)
    left, right = st.columns([0.64, 0.36], gap="large")
    with left:
        lead(_lead(found))
        st.html(cards(_figures(found)))
        st.html(_checks(found))
    with right:
        show_act(found)
    is_long = found.refresh.state == IN_REVIEW and not found.unexplained  # the form of an approval
    with left if is_long else right:
        show_calendar(found.plan, found.quarter)
    _show_view(found)


def _show_header(found: Checklist) -> None:
    calendar, refresh = found.plan.calendar, found.refresh
    opened = refresh.steps[0]
    again = ", a second sealing out of cycle" if refresh.is_revision else ""
    months = f"{calendar.months(found.quarter)} {calendar.first_day(found.quarter).year}"
    said = (
        f"{refresh.label}{again} · {months} · against {refresh.baseline} · opened by {opened.actor}, "
        f"{moment_text(opened.taken_on, session.now())}"
    )
    with page_header(f"Refresh to {calendar.spoken(found.quarter)}", said):
        link_to("projects", "Edit the plan", icon=":material/edit_note:")
        link_to(
            "drift",
            "What changed",
            icon=":material/compare_arrows:",
            **{"from": refresh.baseline, "to": DRAFT},
        )


def _lead(found: Checklist) -> Html:
    """How much changed, how much of it is explained, and what comes next, in one sentence."""
    total, bare = len(found.changes), len(found.unexplained)
    if found.refresh.state == APPROVED:
        key = found.refresh.steps[-1].decision_id
        by = decided_by(key) or found.refresh.steps[-1].actor
        return join((strong("Approved"), f" by {by}, in {key}: ", strong("it can be sealed"), "."))
    if not total:
        said = f"Nothing with a planning meaning differs from {found.refresh.baseline} yet"
    else:
        said = f"{counted(total, 'change', words=True)} against {found.refresh.baseline}"
        said = said[0].upper() + said[1:]
    if not total:
        told: object = Html()
    elif bare:
        told = join((", ", strong(f"{number_word(bare)} without a reason")))
    else:
        told = ", and it has its reason" if total == 1 else ", each with its reason"
    state = {DRAFTING: "", IN_REVIEW: "; the plan is frozen while it is in review"}[found.refresh.state]
    return join((said, told, state, "."))


def _figures(found: Checklist) -> list[Card]:
    churn, (moved, live) = found.churn.weighted, found.restless
    value = "" if churn.value is None else percent_text(churn.value)
    money = money_text(int(sum(found.churn.disturbed["money"])), found.plan.settings.currency)
    return [
        Card("Money moved", value, money, "weighted by zone", churn.reason),
        Card("Projects changed", f"{moved:,} of {live:,}", note="more than progress"),
        Card(
            "Outcomes changed",
            f"{len(found.statuses)} of {found.plan['outcomes'].height}",
            note="in their status",
        ),
        Card("Big moves", str(len(found.moves)), note=f"{len(found.bare_moves)} without evidence"),
    ]


def _checks(found: Checklist) -> Html:
    """The checklist: what is done, what is to do, what is only to look at; each leads to its list."""
    rows = [*_to_do(found), *_to_look_at(found)]
    told = table(
        ["", "", ""], rows, widths=["12%", "42%", "46%"], caption=f"Checklist of {found.refresh.label}"
    )
    return tag("div", told, class_="p-checks")


def _to_do(found: Checklist) -> list[list[Html]]:
    """What has to be right: before the review, before the approval, or before the sealing."""
    passed = found.plan.calendar.spoken(found.quarter + -1)
    return [
        _check("findings", "The plan holds together", len(found.errors), "error", "errors"),
        _check("reasons", "Every change has its reason", len(found.unexplained), "lacks one", "lack one"),
        _evidence_check(found),
        _check("moved", "Started and finished are told", len(found.suggestions), "waits", "wait"),
        _check(
            "due", f"Measured in {passed}", found.due.unmeasured.height, "measure is not", "measures are not"
        ),
    ]


def _evidence_check(found: Checklist) -> list[Html]:
    """Whether what is large cites evidence: each big move, and the step as a whole; or the approval went without."""
    what = "What is large cites evidence"
    approval = found.refresh.last(APPROVE)
    if found.refresh.state == APPROVED and approval is not None and approval.evidence_missing:
        return _check("outcomes", what, 0, "", "", fine="approved without, by the decision")
    if found.bare_moves or not found.lacks_evidence:
        fine = "" if found.moves else "no big move"
        return _check(
            "outcomes", what, len(found.bare_moves), "big move cites none", "big moves cite none", fine
        )
    said = f"{percent_text(found.evidence_share)} of the money that moved cites any"
    return [_TO_DO, _link("outcomes", what), tag("span", said)]


def _to_look_at(found: Checklist) -> list[list[Html]]:
    """What stops nothing, and is worth a look."""
    due, warnings = found.due, len(found.findings) - len(found.errors)
    waiting = [
        counted(frame.height, one, many)
        for frame, one, many in (
            (due.unlearnt, "lesson to write", "lessons to write"),
            (due.assumptions, "assumption", "assumptions"),
            (due.decisions, "decision", "decisions"),
            (due.insights, "insight", "insights"),
        )
        if frame.height
    ]
    left = (
        f"{len(found.attested):,} of {counted(len(found.attested) + len(found.unattested), 'unchanged item')}"
    )
    return [
        _look("due", "Due for a look", ", ".join(waiting) or "nothing"),
        _look("findings", "Warnings", f"{warnings:,} to accept at the sealing" if warnings else "none"),
        _look("unchanged", "Reviewed and left unchanged", left),
        _look("outcomes", "What kind of step it is so far", _verdict(found)),
    ]


def _verdict(found: Checklist) -> Html:
    """The verdict by its mark; changes that move no money by quarter are said to be that, and not no change."""
    said = found.verdict
    if not said.word:
        return tag("span", said.reason)
    mark = theme.VERDICT[said.word]
    is_quiet = said.word == NO_CHANGE and bool(found.changes)
    return mark_html(mark, "No money moved between quarters" if is_quiet else None)


_TO_DO: Final = tag("span", "◆ to do", class_="p-todo")


def _check(view: str, what: str, number: int, one: str, many: str, fine: str = "") -> list[Html]:
    """A row: done where nothing is left, else how many there are to do."""
    if number:
        return [_TO_DO, _link(view, what), tag("span", counted(number, one, many))]
    return [tag("span", "✓ done", class_="p-fine"), _link(view, what), tag("span", fine, class_="p-mute")]


def _look(view: str, what: str, said: str) -> list[Html]:
    return [tag("span", "○ look", class_="p-look"), _link(view, what), tag("span", said, class_="p-mute")]


def _link(view: str, what: str) -> Html:
    return tag("a", what, href=place("refresh").href(view=view), target="_self")


def _show_view(found: Checklist) -> None:
    """Draw the choice of a list, kept in the address, and the list."""
    counts = {
        "reasons": len(found.unexplained),
        "moved": len(found.suggestions),
        "findings": len(found.findings),
        "outcomes": len(found.statuses) + len(found.moves),
        "due": found.due.count,
        "unchanged": len(found.attested),
        "steps": len(found.refresh.steps),
    }
    default = next((view for view in ("reasons", "moved") if counts[view]), "reasons")
    show_counts("view", (counts[key] for key in _VIEWS))
    view = pick_view("List", {key: words for key, (words, _) in _VIEWS.items()}, key="view", default=default)
    if view != "reasons":
        for key in FILTERS:
            address.write(key)
    _VIEWS[view][1](found)
