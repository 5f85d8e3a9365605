"""The drift page: the two versions, what moved in one sentence, figures and charts; the changes are in another module."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import streamlit as st

from planner.charts.drift import finish_moves, money_bridge
from planner.charts.drift_titles import bridge_title, moves_title
from planner.charts.pictures import HALF
from planner.rules.change_words import STATE_WORDS
from planner.rules.sentences import (
    MINUS,
    counted,
    money_text,
    number_word,
    percent_text,
    signed_money_text,
)
from planner.ui import session
from planner.ui.drift_page_review import review_of, version_before, version_to_show
from planner.ui.drift_page_verdict import verdict_lead
from planner.ui.frame import empty_state, lead, offer_picture, section
from planner.ui.home_page_cards import Card, cards
from planner.ui.home_page_css import review_css
from planner.ui.markup import Html, join, strong, table, tag
from planner.ui.pickers import pick_version, version_name

if TYPE_CHECKING:
    from planner.actions.reviewing import Review
    from planner.charts.drift import DriftChart
    from planner.model.quarter import Calendar
    from planner.model.version import Version
    from planner.rules.figure import Figure

TITLE = "What changed"


class Pair(NamedTuple):
    """The two versions that are compared, and all there are."""

    baseline: Version
    current: Version
    among: list[Version]
    calendar: Calendar


def pick_pair() -> Pair | None:
    """Draw the title and the choosers of both versions; None where there is nothing to compare yet."""
    st.html(review_css())
    among = session.versions()
    shown = version_to_show(among)
    before = version_before(shown, among)
    calendar = session.plan_of(shown).calendar
    left, right = st.columns([0.6, 0.4], vertical_alignment="bottom")
    if before is None:
        left.html(tag("h1", TITLE, class_="p-title"))
        empty_state(
            "Nothing is sealed yet, so there is nothing to compare with. Seal the plan once, and every later "
            "version can be set against it.",
            "versions",
            "Seal the plan",
        )
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
    told = [join((name, " ", strong(what))) for name, what in review.clauses(2)]
    worse = review.worsened
    names = review.names
    if len(worse) == 1:
        state = STATE_WORDS[review.after.statuses[worse[0]]]
        told.append(strong(f"“{names['outcomes', worse[0]]}” is now {state}"))
    elif worse:
        told.append(strong(f"{number_word(len(worse))} outcomes stand worse than before"))
    if not told:
        fields = counted(len(review.changes), "field")
        said = (
            counted(len(review.events), "change") if review.events else f"no planning change; {fields} differ"
        )
        return join((said[0].upper(), said[1:], ": no project moved, joined, stopped or changed its cost."))
    last = told.pop()
    return join((join(told, ", "), ", and " if len(told) > 1 else " and " if told else "", last, "."))


def _weight(review: Review) -> Html:
    """How much money moved, how much the quarter before it, and how many changes have a reason."""
    moved = review.churn.weighted
    said = moved.reason if moved.value is None else f"{percent_text(moved.value)} of the near money moved"
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


def show_figures(review: Review) -> None:
    """Show the five figures, each with the earlier one beside it."""
    currency = review.current.settings.currency
    before, after = review.before, review.after
    same = review.bridge.like_for_like
    growth, slip = review.bridge.growth, review.slip
    outcomes = len(after.statuses)
    over = after.figures.over_capacity
    shown = [
        Card(
            "Live plan cost",
            _money(after.figures.live_cost, currency),
            _from(_money(before.figures.live_cost, currency)),
            why=after.figures.live_cost.reason,
        ),
        Card(
            "Same work",
            signed_money_text(same, currency),
            _signed_percent(growth),
            "of its cost",
            growth.reason,
        ),
        Card("Finish dates", _quarters(slip.mean), _quarters(slip.weighted), "by money", slip.mean.reason),
        Card(
            "Over capacity",
            _whole(over),
            _from(_whole(before.figures.over_capacity)),
            "team-quarters",
            over.reason,
        ),
        Card("Outcomes at risk", f"{after.in_danger} of {outcomes}", _from(str(before.in_danger))),
    ]
    st.html(cards(shown))


def _from(said: str) -> str:
    return f"from {said}" if said else ""


def _money(figure: Figure, currency: str) -> str:
    return "" if figure.value is None else money_text(int(figure.value), currency)


def _whole(figure: Figure) -> str:
    return "" if figure.value is None else f"{figure.value:,.0f}"


def _quarters(figure: Figure) -> str:
    if figure.value is None:
        return ""
    said = f"{abs(figure.value):.2f}".rstrip("0").rstrip(".")
    return f"{_sign(figure.value) if said != '0' else ''}{said} q"


def _signed_percent(figure: Figure) -> str:
    if figure.value is None:
        return ""
    return f"{_sign(figure.value)}{abs(figure.value) * 100:.1f}%"


def _sign(value: float) -> str:
    return MINUS if value < 0 else "+"


def show_charts(review: Review, pair: Pair) -> None:
    """Show how the money and how the finishes moved, side by side and of one height."""
    currency = review.current.settings.currency
    ends = (_short(pair.baseline, pair), _short(pair.current, pair))
    bridge = money_bridge(review.bridge, ends, currency)
    moves = finish_moves(review.events, pair.calendar)
    rows = max(bridge.rows, moves.rows if moves else 0)
    left, right = st.columns(2, gap="large")
    with left:
        _show(bridge.of_rows(rows), "bridge", bridge_title(review.bridge, currency), pair)
    with right:
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
