"""The table of outcomes on Home: how each stands, what measures it, and who carries it in which year; HTML only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from planner.charts import theme
from planner.model.quarter import Quarter
from planner.rules.sentences import money_text
from planner.ui.frame import status_html
from planner.ui.markup import Html, join, table, tag

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from planner.actions.reviewing import Served
    from planner.model.quarter import Calendar

MOST_CHIPS: Final = 6
FEW_CHIPS: Final = 3  # where more would not fit anyway
MOST_MEASURES: Final = 3
_MOST_YEARS: Final = 5
_FIRST: Final = 32
_NOTABLE: Final = ("amber", "red")


class _Column(NamedTuple):
    """The fiscal years of one column, both ends included."""

    first: int
    last: int


def outcomes_table(
    outcomes: Sequence[Served],
    statuses: Mapping[str, str],
    calendar: Calendar,
    span: tuple[Quarter, int],
    currency: str,
) -> Html:
    """One row an outcome, one column a fiscal year; `span` is the quarter of the plan and how many it looks ahead."""
    columns = _columns(*span)
    heads: list[object] = ["Outcome, how it stands, its measures at the end of the quarter before"]
    heads += [_head(column, calendar, at == 0) for at, column in enumerate(columns)]
    rows = [
        [
            _outcome(one, statuses.get(one.key, "grey"), currency),
            *(_cell(one, column, columns, calendar) for column in columns),
        ]
        for one in outcomes
    ]
    each = (100 - _FIRST) / len(columns)
    widths = [f"{_FIRST}%", *(f"{each:.2f}%" for _ in columns)]
    return tag(
        "div",
        table(heads, rows, widths=widths, caption="Outcomes and the projects that carry them"),
        class_="p-outcomes",
    )


def _columns(quarter: Quarter, horizon: int) -> list[_Column]:
    """A column for each fiscal year ahead; the far ones share the last."""
    last = (quarter + (horizon - 1)).year
    years = list(range(quarter.year, last + 1))
    if len(years) <= _MOST_YEARS:
        return [_Column(year, year) for year in years]
    alone = years[: _MOST_YEARS - 1]
    return [*(_Column(year, year) for year in alone), _Column(years[_MOST_YEARS - 1], last)]


def _head(column: _Column, calendar: Calendar, is_first: bool) -> Html:  # noqa: FBT001  which head it is
    name = calendar.year_label(column.first)
    if column.last > column.first:
        name = f"{name}–{calendar.year_label(column.last).removeprefix('FY')}"  # noqa: RUF001  a span of years
    if not is_first:
        return join((name,))
    end = calendar.last_day(Quarter.of(column.last, 4))
    return join((name, tag("span", f" to {end:%b %Y}", class_="p-faint")))


def _outcome(one: Served, status: str, currency: str) -> Html:
    head = tag("div", tag("span", one.name, class_="p-name"), status_html(status), class_="p-row")
    measures = [_measure(row, currency) for row in one.measures[:MOST_MEASURES]]
    undated = [row["name"] for row in one.carriers if row["year"] is None]
    notes = [tag("div", f"Without a finish: {_few(undated)}", class_="p-measure")] if undated else []
    if not one.carriers:
        notes.append(tag("div", "No live project serves this outcome.", class_="p-measure"))
    return tag(
        "div", head, *measures, *notes, class_="p-stripe", style=f"--p-stripe:{theme.outcome_line(one.place)}"
    )


def _few(names: Sequence[str]) -> str:
    more = len(names) - MOST_MEASURES
    return ", ".join(names[:MOST_MEASURES]) + (f" and {more:,} more" if more > 0 else "")


def _measure(row: Mapping[str, Any], currency: str) -> Html:
    """A measure: its name, what it is, what it should be, and by shape and word whether that is enough."""
    if row["actual"] is None:
        return tag(
            "div",
            tag("span", row["name"]),
            tag("span", "not measured yet", class_="p-path"),
            class_="p-row p-measure",
        )
    value = _value(row["actual"], row, currency)
    path = "" if row["path"] is None else f"path {_number(row['path'], row)}"
    mark = theme.STATUS[row["rag"]]
    shape = tag("span", mark.glyph, style=f"color:{mark.colour}", aria_hidden="true", title=mark.word)
    return tag(
        "div",
        tag("span", row["name"]),
        tag("span", value, class_="p-value"),
        tag("span", path, " ", shape, tag("span", f" {mark.word}", class_="p-hidden"), class_="p-path"),
        class_="p-row p-measure",
    )


def _number(value: float, row: Mapping[str, Any]) -> str:
    decimals = row["decimals"]
    if decimals is not None:
        return f"{value:,.{decimals}f}"
    return f"{value:,.1f}".removesuffix(".0")


def _value(value: float, row: Mapping[str, Any], currency: str) -> str:
    said, unit = _number(value, row), row["unit"] or ""
    if unit == "%":
        return f"{said}%"
    if unit in {"", "count", "points"}:
        return said
    if currency and unit in {currency, f"{currency} m"}:
        sign = money_text(0, currency).removesuffix("0")
        return f"{sign}{said}{unit.removeprefix(currency).strip()}"
    return f"{said} {unit}"


def _cell(one: Served, column: _Column, columns: Sequence[_Column], calendar: Calendar) -> Html:
    found = [row for row in one.carriers if row["year"] is not None and _is_in(row["year"], column, columns)]
    most = MOST_CHIPS if len(found) <= MOST_CHIPS else FEW_CHIPS
    chips = [_chip(row, one.place, column, calendar) for row in found[:most]]
    if len(found) > most:
        chips.append(tag("div", f"and {len(found) - most:,} more", class_="p-more"))
    return join(chips)


def _is_in(year: int, column: _Column, columns: Sequence[_Column]) -> bool:
    """Whether a finish falls into a column; what is before the first or after the last stands at that end."""
    near = max(columns[0].first, min(year, columns[-1].last))
    return column.first <= near <= column.last


def _chip(row: Mapping[str, Any], place: int, column: _Column, calendar: Calendar) -> Html:
    mark = theme.STATUS[row["rag"]] if row["rag"] in _NOTABLE else None
    shape: list[Html] = []
    if mark is not None:
        shape = [
            tag("span", f" {mark.glyph}", style=f"color:{mark.colour}", aria_hidden="true", title=mark.word),
            tag("span", f" {mark.word}", class_="p-hidden"),
        ]
    year = f" {calendar.year_label(row['year'])}" if not column.first <= row["year"] <= column.last else ""
    when = tag("span", f" {row['finish']}{year}", class_="p-mute")
    sort = "p-job" if row["is_main"] else "p-job p-job-too"
    return tag("div", row["name"], *shape, when, class_=sort, style=f"--p-stripe:{theme.outcome_line(place)}")
