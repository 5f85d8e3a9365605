"""The two charts of drift, how the money and how the finish dates moved: frames and specs; nothing is drawn here.

Every text in them is data in a row of the frame; the spec names only fields of our own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from planner.charts import theme
from planner.charts.drift_layers import BETTER, NEUTRAL, WORSE, Row, chart_spec, frame_of
from planner.rules.sentences import DOT, counted, money_text, signed_money_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    import polars as pl

    from planner.model.quarter import Calendar
    from planner.rules.changes import Change
    from planner.rules.measures import Bridge

MOST_STEPS: Final = 6
MOST_MOVES: Final = 9
_STEPS: Final = {
    "like_for_like": "same work, another cost",
    "appeared": "cost now known",
    "vanished": "cost no longer known",
    "added": "joins the plan",
    "removed": "leaves the plan",
}
_DONE: Final = "work done"
# Finished work is not saved, and a cost that was or is not known is neither growth nor saving.
_NEITHER: Final = (_DONE, _STEPS["appeared"], _STEPS["vanished"])
_ROOM: Final = 0.2  # of the scale, for the labels left of the totals
_ROOM_RIGHT: Final = (
    0.36  # and beside the bars: a label of eight characters at the end of the scale on half a page
)
_FLOOR: Final = 0.35  # a scale starts at zero unless the least total is more than this of the most
_TICKS: Final = 4
_MANY_QUARTERS: Final = 24
_LEAST_QUARTERS: Final = 8
_NEAR_NEXT_YEAR: Final = (2, 3)
_MOST_YEARS: Final = 8


@dataclass(frozen=True)
class DriftChart:
    """A chart ready to be shown: `frame` and `spec` belong together; `table` has the same rows as texts."""

    frame: pl.DataFrame
    spec: dict[str, Any]
    rows: int
    note: str
    alt: str
    table: Sequence[tuple[str, ...]]

    def of_rows(self, rows: int) -> DriftChart:
        """The same chart, as high as one of `rows` rows, so that neighbours match."""
        return DriftChart(
            self.frame,
            {**self.spec, **_height(self.spec, rows)},
            rows,
            self.note,
            self.alt,
            self.table,
        )


def _height(spec: dict[str, Any], rows: int) -> dict[str, Any]:
    layers = [_rescaled(layer, rows) for layer in spec["layer"]]
    return {"height": rows * theme.ROW_BRIDGE, "layer": layers}


def _rescaled(layer: dict[str, Any], rows: int) -> dict[str, Any]:
    y = layer["encoding"].get("y", {})
    if "scale" not in y:
        return layer
    scaled = {**y, "scale": {**y["scale"], "domain": [0, rows]}}
    return {**layer, "encoding": {**layer["encoding"], "y": scaled}}


def money_bridge(bridge: Bridge, ends: tuple[str, str], currency: str, most: int = MOST_STEPS) -> DriftChart:
    """How the cost of the live plan became another: one bar a step, the small ones beyond `most` summed in one.

    `ends` names the two versions, as 'Q1 FY27'. Finished work leaves in grey: it is neither saved nor lost.
    """
    steps = _steps(bridge, currency, most)
    total = bridge.before
    rows = [Row("total", f"Live plan, {ends[0]}", "", total, total, NEUTRAL, money_text(total, currency))]
    for name, note, amount in steps:
        tone = NEUTRAL if note in _NEITHER else WORSE if amount > 0 else BETTER
        rows.append(Row("bar", name, note, total, total + amount, tone, signed_money_text(amount, currency)))
        total += amount
    rows.append(Row("total", f"Live plan, {ends[1]}", "", total, total, NEUTRAL, money_text(total, currency)))
    low, high, ticks = _money_scale([value for row in rows for value in (row.x0, row.x1)])
    starts = f" The scale starts at {money_text(ticks[0], currency)}." if low > 0 else ""
    axis = [(float(tick), said, "") for tick, said in zip(ticks, _tick_texts(ticks, currency), strict=True)]
    told = [(row.name, row.note, row.label) for row in rows]
    frame = frame_of(rows, axis)
    return DriftChart(
        frame,
        chart_spec((low, high), len(rows), frame["role"].unique().to_list()),
        len(rows),
        f"Cost of live work; each step is one project.{starts}",
        f"Bridge of the cost of live work from {money_text(bridge.before, currency)} to {money_text(total, currency)}",
        told,
    )


def _steps(bridge: Bridge, currency: str, most: int) -> list[tuple[str, str, int]]:
    """The steps by sort, the largest first; beyond `most` one row sums the rest, and one all finished work."""
    named = [
        (name, step, int(amount))
        for name, step, amount in bridge.steps.select("name", "step", "amount").iter_rows()
        if amount is not None
    ]
    done = [amount for _, step, amount in named if step == "finished"]
    others = [(name, step, amount) for name, step, amount in named if step != "finished"]
    shown, rest = others, []
    if len(others) > most + 1:
        shown, rest = others[:most], [amount for *_, amount in others[most:]]
    order = list(_STEPS)
    shown = sorted(shown, key=lambda row: (order.index(row[1]), row[2] > 0, -abs(row[2])))
    found = [(name, _STEPS[step], amount) for name, step, amount in shown]
    if rest:
        up, down = sum(a for a in rest if a > 0), sum(a for a in rest if a < 0)
        sums = DOT.join(signed_money_text(part, currency) for part in (up, down) if part)
        found.append((f"{len(rest):,} smaller steps", sums, up + down))
    if done:
        found.append(
            (
                f"{counted(len(done), 'finished project')} {'leaves' if len(done) == 1 else 'leave'}",
                _DONE,
                sum(done),
            )
        )
    return found


def _money_scale(values: Iterable[float]) -> tuple[float, float, list[int]]:
    """The ends of the scale, and round amounts on it; it starts at zero unless all totals are far above."""
    listed = list(values)
    least, most = min(listed), max(listed)
    low = least if least > _FLOOR * most else min(0.0, least)
    span = (most - low) or max(abs(most), 1.0)
    step = _round_step(span / _TICKS)
    first = int(low // step)
    ticks = [
        int(step * at) for at in range(first, int(most // step) + 2) if step * at <= most + span * _ROOM / 2
    ]
    start = min(low, ticks[0])
    # a total at the left end still needs its label beside it
    return start - span * _ROOM, most + span * _ROOM_RIGHT, ticks


_UNITS: Final = ((1_000_000, "m"), (1_000, "k"))
_LONGEST_TICK: Final = 5  # letters that have room beside those of the next one


def _tick_texts(ticks: Sequence[int], currency: str) -> list[str]:
    """The amounts on the scale, in short where that tells them apart, else in the largest unit that does: £3,740m."""
    short = [money_text(tick, currency) for tick in ticks]
    if len(set(short)) == len(short):
        return short
    sign = money_text(0, currency).removesuffix("0")
    unit, letter = next((one for one in _UNITS if all(tick % one[0] == 0 for tick in ticks)), (1, ""))
    texts = [f"{sign}{tick // unit:,}{letter if tick else ''}" for tick in ticks]
    if max(map(len, texts)) <= _LONGEST_TICK:
        return texts
    return [text if not at % 2 else "" for at, text in enumerate(texts)]  # every second one has room


def _round_step(size: float) -> int:
    """The next round number of the form 1, 2 or 5 times a power of ten."""
    power = 10 ** max(len(str(int(size))) - 1, 0)
    return int(next((power * times for times in (1, 2, 5) if power * times >= size), power * 10))


def finish_moves(
    changes: Iterable[Change], calendar: Calendar, doubted: Collection[str] = (), *, most: int = MOST_MOVES
) -> DriftChart | None:
    """How the finishes of projects moved: an arrow each, the small moves beyond `most` summed in one row.

    None where none moved. `doubted` are the ids of projects whose finish looks mistyped: one of them would squeeze
    all other arrows to nothing, so they are counted in a row of their own.
    """
    found = sorted(
        (change for change in changes if change.table == "projects" and change.group in {"later", "earlier"}),
        key=lambda change: (-change.size, -change.weight, change.title, change.id),
    )
    if not found:
        return None
    moved = [change for change in found if change.id not in doubted] or found
    shown = moved if len(moved) <= most + 1 else moved[:most]
    rest = moved[len(shown) :]
    rows = [_move(change, calendar) for change in sorted(shown, key=_later_first)]
    if rest:
        later = sum(change.group == "later" for change in rest)
        parts = [
            f"{number:,} {word}"
            for number, word in ((later, "later"), (len(rest) - later, "earlier"))
            if number
        ]
        rows.append(Row("text", f"{len(rest):,} smaller moves", DOT.join(parts), 0, 0, NEUTRAL, ""))
    if left_out := len(found) - len(moved):
        rows.append(Row("text", f"{left_out:,} likely mistyped", "beyond this scale", 0, 0, NEUTRAL, ""))
    ordinals = [int(x) for row in rows if row.role == "arrow" for x in (row.x0, row.x1)]
    low, high = min(ordinals), max(ordinals)
    short = max(_LEAST_QUARTERS - (high - low), 0)
    low, high = low - short // 2, high + short - short // 2
    axis = _quarter_axis(low, high, calendar)
    span = max(high - low, 4)
    told = [(row.name, row.note, row.label) for row in rows]
    frame = frame_of(rows, axis)
    return DriftChart(
        frame,
        chart_spec((low - 0.5, high + span * 0.24), len(rows), frame["role"].unique().to_list()),
        len(rows),
        "Hollow: before. Arrow: after. In quarters.",
        "Finish of each project before and after, with its move in quarters",
        told,
    )


def _later_first(change: Change) -> tuple[int, float, int, str]:
    later = change.group == "later"
    return (0 if later else 1), (-change.size if later else change.size), -change.weight, change.id


def _move(change: Change, calendar: Calendar) -> Row:
    was, now = change.was, change.now
    if was is None or now is None or was.end is None or now.end is None:
        raise ValueError(f"{change.id} has no finish in both versions, and so no move")
    before, after = calendar.of(was.end), calendar.of(now.end)
    worse = after > before
    note = f"{calendar.spoken(before)} → {calendar.spoken(after)}"
    label = f"{abs(after - before)} {'later' if worse else 'earlier'}"
    return Row("arrow", change.title, note, before.ordinal, after.ordinal, WORSE if worse else BETTER, label)


def _quarter_axis(low: int, high: int, calendar: Calendar) -> list[tuple[float, str, str]]:
    """The marks over the chart: x, the quarter's number where there is room, the fiscal year over its first quarter."""
    spoken = high - low <= _MANY_QUARTERS
    every = max(1, -(-(high - low) // 4 // _MOST_YEARS))
    marks = []
    for at in range(low, high + 1):
        year, number = at // 4, at % 4 + 1
        first = at % 4 == 0
        head = calendar.year_label(year) if (first and year % every == 0) or (at == low and spoken) else ""
        if spoken and at == low and at % 4 in _NEAR_NEXT_YEAR:
            head = ""  # the year that follows would run into it
        label = f"Q{number}" if spoken and number % 2 else ""
        if spoken or first:
            marks.append((float(at), label, head))
    return marks
