"""The drift page: the two versions, what moved in one sentence, figures and charts; the changes are in another module."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import streamlit as st

from planner.charts.drift import finish_moves, money_bridge
from planner.charts.drift_titles import bridge_title, moves_title
from planner.charts.pictures import HALF
from planner.rules.change_words import STATE_WORDS
from planner.rules.sentences import (
    counted,
    number_word,
    percent_text,
)
from planner.ui import session
from planner.ui.drift_page_review import review_of, version_before, version_to_show
from planner.ui.drift_page_strip import strip_css
from planner.ui.drift_page_verdict import verdict_lead
from planner.ui.frame import empty_state, lead, offer_picture, section
from planner.ui.home_page_css import review_css
from planner.ui.markup import Html, join, strong, table, tag
from planner.ui.pickers import pick_version, version_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.actions.reviewing import Review
    from planner.charts.drift import DriftChart
    from planner.model.quarter import Calendar
    from planner.model.version import Version

TITLE = "What changed"
# What happened to so many projects, said of one and of several.
_COUNTED = {
    "later": ("finishes later", "finish later"),
    "earlier": ("finishes earlier", "finish earlier"),
    "joins": ("joins the plan", "join the plan"),
    "stopped": ("leaves the plan", "leave the plan"),
    "finished": ("is finished", "are finished"),
}
# What may happen to two at once, as it is said of one and of several.
_OF_MANY = {
    "was taken off the plan": "were taken off the plan",
    "was stopped": "were stopped",
    "joins the plan": "join the plan",
}


class Pair(NamedTuple):
    """The two versions that are compared, and all there are."""

    baseline: Version
    current: Version
    among: list[Version]
    calendar: Calendar


def pick_pair() -> Pair | None:
    """Draw the title and the choosers of both versions; None where there is nothing to compare yet."""
    st.html(review_css() + strip_css())
    among = session.versions()
    shown = version_to_show(among)
    before = version_before(shown, among)
    calendar = session.plan_of(shown).calendar
    left, right = st.columns([0.6, 0.4], vertical_alignment="bottom")
    if before is None:
        left.html(tag("h1", TITLE, class_="p-title"))
        _show_none(shown)
        return None
    with right:
        columns = st.columns(2, gap="small")
        with columns[0]:
            baseline = pick_version("From", among, calendar, key="from", default=before)
        with columns[1]:
            current = pick_version("To", among, calendar, key="to", default=shown)
    pair = Pair(baseline, current, among, calendar)
    left.html(tag("h1", TITLE, class_="p-title") + tag("p", _subtitle(pair), class_="p-subtitle"))
    return pair


def _show_none(only: Version) -> None:
    """Say why nothing can be compared: nothing is sealed, or one plan that the draft still equals."""
    if only.is_sealed:
        name = version_name(only, session.plan_of(only).calendar)
        empty_state(
            f"One plan is sealed, {name}, and the draft is still the same. Change the draft, and what moved stands here.",
            "projects",
            "Edit the projects",
        )
        return
    empty_state(
        "Nothing is sealed yet, so there is nothing to compare with. Seal the plan once, and every later "
        "version can be set against it.",
        "versions",
        "Seal the plan",
    )


def _subtitle(pair: Pair) -> str:
    def said(version: Version) -> str:
        name = version_name(version, pair.calendar)
        return f"the plan of {name}" if version.is_sealed else f"the {name[0].lower()}{name[1:]}"

    names = [version.label for version in pair.among]
    back = names.index(pair.current.label) < names.index(pair.baseline.label)
    look = ", looking back" if back else ""
    return f"Drift · {said(pair.current)} against {said(pair.baseline)}{look}"


def review_pair(pair: Pair) -> Review | None:
    """Everything about the two versions; where they do not differ, one calm sentence and None."""
    if pair.baseline.label == pair.current.label:
        name = version_name(pair.current, pair.calendar)
        lead(f"You compare {name} with itself, so nothing differs. Choose another version to start from.")
        return None
    review = review_of(pair.baseline, pair.current, pair.among)
    if not review.comparison.drift.is_empty:
        return review
    names = [version_name(version, pair.calendar) for version in (pair.baseline, pair.current)]
    rows = sum(review.current.rows.values())
    lead(f"{names[1]} and {names[0]} are the same plan: none of {counted(rows, 'row')} differs.")
    return None


def show_summary(review: Review) -> None:
    """Show what kind of step it was, what moved most, and beside it how much of the plan that is."""
    with st.container(border=True):
        left, right = st.columns([0.62, 0.38], gap="large", vertical_alignment="center")
        with left:
            said, moved = verdict_lead(review), lead_of(review)
            first, then = (said, moved) if review.step.verdict.word else (moved, said)
            lead(first)
            st.html(tag("p", then, class_="p-moved"))
        right.html(_weight(review))


def lead_of(review: Review) -> Html:
    """What moved, in one sentence."""
    told = _told(review.clauses(2)) if review.after.figures.live_cost.value is not None else _counts(review)
    worse = review.worsened
    names = review.names
    if len(worse) == 1:
        state = STATE_WORDS[review.after.statuses[worse[0]]]
        told.append(strong(f"“{names['outcomes', worse[0]]}” is now {state}"))
    elif worse:
        told.append(strong(f"{number_word(len(worse))} outcomes stand worse than before"))
    if not told:
        fields = len(review.changes)
        differ = f"{counted(fields, 'field')} {'differs' if fields == 1 else 'differ'}"
        said = counted(len(review.events), "change") if review.events else f"no planning change; {differ}"
        return join((said[0].upper(), said[1:], ": no project moved, joined, stopped or changed its cost."))
    last = told.pop()
    return join((join(told, ", "), ", and " if len(told) > 1 else " and " if told else "", last, "."))


def _counts(review: Review) -> list[Html]:
    """How many projects moved which way: without money no move is larger than another."""
    groups = [change.group for change in review.events if change.table == "projects"]
    said: list[Html] = []
    for group, (one, many) in _COUNTED.items():
        if number := groups.count(group):
            noun = "" if said else " project" if number == 1 else " projects"
            count = number_word(number) if said else number_word(number).capitalize()
            said.append(join((f"{count}{noun} ", strong(one if number == 1 else many))))
    return said


def _told(clauses: Sequence[tuple[str, str]]) -> list[Html]:
    """The largest moves; two that happened alike in one clause."""
    whats = {what for _, what in clauses}
    if len(whats) == 1 and len(clauses) > 1 and (said := _OF_MANY.get(whats.pop())):
        names = [name for name, _ in clauses]
        return [join((f"{', '.join(names[:-1])} and {names[-1]} ", strong(said)))]
    return [join((name, " ", strong(what))) for name, what in clauses]


def _weight(review: Review) -> Html:
    """How much money moved, how much the quarter before it, and how many changes have a reason."""
    moved = review.churn.weighted
    items = len({change.item for change in review.events})
    counts = f"{counted(len(review.events), 'change')} on {counted(items, 'item')}"
    said = counts if moved.value is None else f"{percent_text(moved.value)} of the near money moved"
    before = review.before.figures.money_moved.value
    notes = [] if before is None else [f"In the plan before: {percent_text(before)}."]
    events = [change for change in review.events if change.kinds]
    reasoned = sum(bool(change.reason) for change in events)
    proven = sum(bool(change.evidence) for change in events)
    if events and not reasoned:
        notes.append(f"None of {counted(len(events), 'change')} has a reason.")
    elif events:
        share = f"All {reasoned:,}" if reasoned == len(events) else f"{reasoned:,} of {len(events):,}"
        notes.append(f"{share} changes have a reason, {proven:,} of them name evidence or a decision.")
    return tag(
        "div",
        tag("div", "How much moved", class_="p-note"),
        tag("div", said, class_="p-weight"),
        tag("div", " ".join(notes), class_="p-note"),
        class_="p-aside",
    )


def show_charts(review: Review, pair: Pair) -> None:
    """Show how the money and how the finishes moved, side by side and of one height; without money the finishes alone."""
    currency = review.current.settings.currency
    doubts = review.doubts.iter_rows(named=True)
    doubted = {row["project_id"] for row in doubts if row["field"] == "end_date"}
    moves = finish_moves(review.events, pair.calendar, doubted)
    known = [side.figures.live_cost.value for side in (review.before, review.after)]
    if known == [None, None]:
        section("Money: not known", "No live project has a cost in either plan.")
        _show_moves(moves, review, moves.rows if moves else 0, pair)
        return
    ends = (_short(pair.baseline, pair), _short(pair.current, pair))
    bridge = money_bridge(review.bridge, ends, currency)
    rows = max(bridge.rows, moves.rows if moves else 0)
    left, right = st.columns(2, gap="large")
    with left:
        _show(bridge.of_rows(rows), "bridge", bridge_title(review.bridge, currency), pair)
    with right:
        _show_moves(moves, review, rows, pair)


def _show_moves(moves: DriftChart | None, review: Review, rows: int, pair: Pair) -> None:
    title = moves_title(review.events)
    if moves is None:
        section(title, "No project's finish lies in another quarter than before.")
    else:
        _show(moves.of_rows(rows), "moves", title, pair)


def _short(version: Version, pair: Pair) -> str:
    return version_name(version, pair.calendar).partition(" (")[0]


def _show(chart: DriftChart, key: str, title: str, pair: Pair) -> None:
    with st.container(horizontal=True, vertical_alignment="top", gap="small"):
        section(title, chart.note)
        offer_picture(
            f"{key}-{pair.baseline.label}-{pair.current.label}",
            title,
            chart.note,
            lambda: (chart.spec, chart.frame),
            source=_source(pair),
            alt=chart.alt,
            width=HALF,
        )
    st.vega_lite_chart(chart.frame, chart.spec, theme=None, width="stretch", key=key, alt=chart.alt)
    with st.expander("The same as a table"):
        st.html(table(("", "", ""), chart.table, widths=("50%", "30%", "20%"), right=[2], caption=chart.alt))


def _source(pair: Pair) -> str:
    """Which plan and which versions a picture is of, for its foot."""
    plan = session.plan_of(pair.current).settings.plan_name
    versions = f"{_short(pair.current, pair)} against {_short(pair.baseline, pair)}"
    return f"{plan}: {versions}" if plan else versions
