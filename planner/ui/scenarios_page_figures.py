"""The figures of a what-if beside those of other versions, as one table; it computes none of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from planner.rules.sentences import MINUS, money_text, percent_text, signed_money_text
from planner.rules.side_by_side import side_by_side
from planner.ui import session
from planner.ui.frame import section, status_html
from planner.ui.markup import Html, join, strong, table, tag

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from planner.model.quarter import Calendar
    from planner.model.version import Version
    from planner.rules.figure import Figure
    from planner.rules.side_by_side import Beside, OutcomeBeside, Overload, SideBySide

    Words = Callable[[float], str]

_NOTHING = "–"  # noqa: RUF001  the dash of nothing
_FIRST = 30


def show_figures(versions: Sequence[Version], names: Sequence[str]) -> None:
    """Draw two to four versions side by side, the first being what the others are told against."""
    draft = session.draft()
    plan = session.plan_of(draft)
    found = _figures(
        str(session.environment().database),
        tuple(session.state_of(version) for version in versions),
        session.state_of(draft),
        session.ledger("kpi_actuals").height,
        versions,
    )
    spoken = plan.calendar.spoken(plan.calendar.parse(draft.quarter))
    section(
        "Side by side",
        f"All of them seen from {spoken} on; below each figure how far it is from the first column.",
    )
    heads = ["", *(strong(name) for name in names)]
    each = (100 - _FIRST) / len(names)
    widths = [f"{_FIRST}%", *(f"{each:.2f}%" for _ in names)]
    rows = [*_plan_rows(found, plan.calendar, plan.settings.currency), *_outcome_rows(found.outcomes)]
    st.html(table(heads, rows, widths=widths, caption="Versions side by side"))


@st.cache_resource(max_entries=12, show_spinner=False)
def _figures(
    path: str, states: tuple[str, ...], draft: str, measured: int, _versions: Sequence[Version]
) -> SideBySide:
    del path, states, draft, measured  # they only say what the figures are kept by
    now = session.draft()
    quarter = session.plan_of(now).calendar.parse(now.quarter)
    plans = [session.plan_of(version) for version in _versions]
    return side_by_side(plans, quarter, session.ledger("kpi_actuals"))


def _plan_rows(found: SideBySide, calendar: Calendar, currency: str) -> list[list[Html | str]]:
    def money(value: float) -> str:
        return money_text(round(value), currency)

    def moved(value: float) -> str:
        return signed_money_text(round(value), currency)

    rows: list[list[Html | str]] = [[strong("Money and work")]]
    rows.append(_row("Cost of live projects", found.cost, money, moved))
    rows.append(_row("Money phased ahead", found.money_ahead, money, moved))
    rows += [
        _row(f"in {calendar.year_label(year)}", beside, money, moved, is_part=True)
        for year, beside in found.by_year.items()
    ]
    rows += [
        _row("of it with a line of sight", found.aligned_money, money, moved, is_part=True),
        _row("share with a line of sight", found.aligned, percent_text, _points, is_part=True),
        _row("Live projects", found.live, _whole, _signed),
        [strong("Capacity")],
        _row("Person-days asked for", found.demand, _whole, _signed),
        _row("Person-days there are", found.capacity, _whole, _signed),
        _row("Team-quarters over capacity", found.over_capacity, _whole, _signed),
        ["Largest overload", *(_overload(one) for one in found.overloads)],
    ]
    return rows


def _row(name: str, beside: Beside, words: Words, moved: Words, *, is_part: bool = False) -> list[Html | str]:
    head = tag("span", name, class_="p-mute", style="padding-left:.9rem") if is_part else tag("span", name)
    cells = [
        _cell(figure, words, difference if place and beside.differs else None, moved)
        for place, (figure, difference) in enumerate(zip(beside.figures, beside.differences, strict=True))
    ]
    return [head, *cells]


def _cell(figure: Figure, words: Words, difference: Figure | None, moved: Words) -> Html:
    if figure.value is None:
        return tag("span", _NOTHING, " ", tag("span", figure.reason, class_="p-mute"))
    told = "" if difference is None or not difference.value else moved(difference.value)
    return tag("div", words(figure.value), tag("div", told, class_="p-mute") if told else "")


def _overload(one: Overload | None) -> Html:
    if one is None:
        return tag("span", "none", class_="p-mute")
    used = "" if one.utilisation is None else f", {percent_text(one.utilisation)} used"
    return tag(
        "div", one.team, tag("div", f"{one.quarter}: {one.over:,} person-days over{used}", class_="p-mute")
    )


def _outcome_rows(outcomes: Sequence[OutcomeBeside]) -> list[list[Html | str]]:
    if not outcomes:
        return []
    rows: list[list[Html | str]] = [[strong("Outcomes, and how much of their money is at risk")]]
    for one in outcomes:
        cells = [
            _standing(status, risk, is_worse=worse)
            for status, risk, worse in zip(one.statuses, one.at_risk.figures, one.worse, strict=True)
        ]
        rows.append([one.name, *cells])
    return rows


def _standing(status: str, risk: Figure, *, is_worse: bool) -> Html:
    if not status:
        return tag("span", "not in it", class_="p-mute")
    told = risk.reason if risk.value is None else f"{percent_text(risk.value)} at risk"
    mark = tag("span", " worse", class_="p-worse") if is_worse else ""
    return tag("div", join([status_html(status), mark]), tag("div", told, class_="p-mute"))


def _whole(value: float) -> str:
    return f"{value:,.0f}"


def _signed(value: float) -> str:
    return f"{MINUS if value < 0 else '+'}{abs(value):,.0f}"


def _points(value: float) -> str:
    return f"{MINUS if value < 0 else '+'}{abs(value) * 100:.1f} points"
