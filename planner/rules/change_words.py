"""A change in people's words: what, before, after, by how much, and whether that is worse; it chooses none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.model.settings import SETTINGS
from planner.model.tables import TABLES
from planner.rules.capacity_words import capacity_amount, capacity_sides
from planner.rules.change_cells import cell_text
from planner.rules.sentences import (
    MINUS,
    counted,
    day_text,
    moved_text,
    percent_text,
    signed_money_text,
)

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from planner.model.settings import PlanSettings
    from planner.rules.change_names import Names
    from planner.rules.changes import Change, Span

WORSE, BETTER = "worse", "better"
STATE_WORDS: Mapping[str, str] = {"amber": "at risk", "red": "in trouble"}
NOT_KNOWN = "not known"
NOT_IN_PLAN = "not in the plan"
GROUP_WORDS: Mapping[str, str] = {
    "later": "Later",
    "earlier": "Earlier",
    "cost": "Cost",
    "joins": "Joins",
    "stopped": "Stopped",
    "finished": "Finished",
    "started": "Started",
    "status": "Status",
    "rating": "Rating",
    "benefit": "Benefit",
    "scope": "Scope",
    "links": "Links",
    "order": "Order of work",
    "people": "Owner",
    "staffing": "Teams",
    "start": "Start moved",
    "refined": "Dates refined",
    "golive": "Go-live",
    "goals": "Goals",
    "maturity": "Maturity",
    "capacity": "Capacity",
    "funding": "Funding",
    "name": "Name",
    "known": "Now known or not",
    "other": "Other fields",
}
TABLE_WORDS: Mapping[str, str] = {
    "projects": "Projects",
    "outcomes": "Outcomes",
    "kpis": "Measures",
    "kpi_targets": "Targets",
    "capabilities": "Capabilities",
    "enablers": "Enablers",
    "links": "Links",
    "dependencies": "Dependencies",
    "milestones": "Milestones",
    "phasing": "Phasing",
    "teams": "Teams",
    "capacity": "Capacity",
    "attributes": "Own fields",
    "settings": "Settings",
}
REASON_WORDS: Mapping[str, str] = {
    "environment": "The world around us",
    "business_need": "Business need",
    "technology_trend": "Technology trend",
    "research_finding": "Research finding",
    "lesson_learnt": "Lesson learnt",
    "funding": "Funding",
    "delivery": "Delivery",
    "correction": "Correction",
    "progress": "Progress as planned",
    "": "No reason given",
}
_RATINGS = ("green", "amber", "red")
_LOWER_IS_WORSE = {"rebenefited", "confidence_changed", "reassessed"}


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change, ready to be read. `field` names what changed, empty where the words say it already.

    `was` and `now` are the ratings before and after, for their shapes, else empty. `tone` is worse, better or ''.
    """

    change: Change
    field: str
    before: str
    after: str
    was: str
    now: str
    amount: str
    tone: str


def line_of(change: Change, names: Names, settings: PlanSettings) -> ChangeLine:
    """Put one change into words."""
    words = _Words(names, settings)
    before, after = words.sides(change)
    is_rating = change.field == "rag"
    return ChangeLine(
        change=change,
        field=words.field(change),
        before=before,
        after=after,
        was=change.before if is_rating else "",
        now=change.after if is_rating else "",
        amount=words.amount(change),
        tone=tone_of(change),
    )


def tone_of(change: Change) -> str:
    """Worse for later, dearer, rated lower; better for the other way; '' for neither."""
    if change.group in {"later", "earlier"}:
        return WORSE if change.group == "later" else BETTER
    if change.group == "start":
        return WORSE if (change.start_moved or 0) > 0 else BETTER
    if change.field == "rag" and {change.before, change.after} <= set(_RATINGS):
        return WORSE if _RATINGS.index(change.after) > _RATINGS.index(change.before) else BETTER
    if not change.amount or change.group not in {"cost", "benefit", "rating", "golive", "maturity"}:
        return ""
    is_worse = (change.amount > 0) != bool(_LOWER_IS_WORSE.intersection(change.kinds))
    return WORSE if is_worse else BETTER


@dataclass(frozen=True, slots=True)
class _Words:
    names: Names
    settings: PlanSettings

    def field(self, change: Change) -> str:
        if change.is_dates:
            return "Dates"
        if change.field == "name":
            return "Name"
        column = TABLES[change.table].by_name.get(change.field)
        if change.table == "settings" and change.field:
            known = SETTINGS.get(change.id)
            return known.told if known else ""
        return column.label if column else ""

    def sides(self, change: Change) -> tuple[str, str]:  # noqa: C901, PLR0911  a form each
        """What stood before and what stands after."""
        if change.is_dates:
            return self._dates(change)
        if change.quarters:
            return capacity_sides(change, self.names.calendar)
        if change.change == "added":
            return NOT_IN_PLAN, self._whole(change, change.now) or "in the plan"
        if change.change == "removed":
            return self._whole(change, change.was) or "in the plan", "no longer in the plan"
        if "removed" in change.kinds:
            return self._whole(change, change.was) or "in the plan", "stopped"
        if "realigned" in change.kinds:
            return self._mostly(change.before), self._mostly(change.after)
        if change.group == "links" and not change.field:
            return self._links(change)
        if not change.field:
            return "", ""
        column = TABLES[change.table].by_name.get(change.field)
        if column is not None and column.kind == "list" and change.before and change.after:
            return self._parts(change)
        before, after = (
            cell_text(column, stored, self.names, self.settings) or NOT_KNOWN
            for stored in (change.before, change.after)
        )
        if change.group == "order":
            return f"rank {before}", f"rank {after}"
        if change.field == "target_value" and change.unit:
            space = "" if change.unit == "%" else " "
            return f"{before}{space}{change.unit}", f"{after}{space}{change.unit}"
        return before, after

    def _parts(self, change: Change) -> tuple[str, str]:
        """A list as what it no longer has and what it now has too."""
        was, now = (stored.split("|") for stored in (change.before, change.after))
        lost = [part for part in was if part not in now]
        gained = [part for part in now if part not in was]
        said = [f"no longer {', '.join(lost)}"] if lost else []
        said += [f"now also {', '.join(gained)}"] if gained else []
        return counted(len(was), "item"), "; ".join(said)

    def _links(self, change: Change) -> tuple[str, str]:
        """What an item no longer serves, and what it serves now: `before` and `after` hold their ids."""
        before, after = (
            ", ".join(self._named_item(part) for part in stored.split("|") if part)
            for stored in (change.before, change.after)
        )
        return (f"served {before}" if before else ""), (f"serves {after}" if after else "no longer served")

    def _mostly(self, outcome: str) -> str:
        return f"mostly for {self.names['outcomes', outcome]}" if outcome else "for no outcome"

    def _named_item(self, item: str) -> str:
        table, _, key = item.partition(":")
        return self.names[table, key]

    def _dates(self, change: Change) -> tuple[str, str]:
        """The finishes, or the whole spans where the start moved too; by day where no quarter moved."""
        was, now = change.was, change.now
        if was is None or now is None:
            return "", ""
        if not change.start_moved and not change.end_moved:
            if "refined" in change.kinds and (was.start, was.end) == (now.start, now.end):
                return f"known to the {was.precision or 'day'}", f"known to the {now.precision or 'day'}"
            return self._days(was), self._days(now)
        if not change.start_moved:
            return f"finish {self._quarter(was.end)}", f"finish {self._quarter(now.end)}"
        return self._span(was), self._span(now)

    def _days(self, span: Span) -> str:
        return " to ".join(day_text(day) or NOT_KNOWN for day in (span.start, span.end))

    def _span(self, span: Span) -> str:
        if span.start is None or span.end is None:
            known = f"from {self._quarter(span.start)}" if span.start else f"to {self._quarter(span.end)}"
            return f"{known}, {'finish' if span.start else 'start'} {NOT_KNOWN}"
        return f"{self._quarter(span.start)} to {self._quarter(span.end)}"

    def _quarter(self, day: dt.date | None) -> str:
        calendar = self.names.calendar
        return NOT_KNOWN if day is None else calendar.spoken(calendar.of(day))

    def _whole(self, change: Change, span: Span | None) -> str:
        if change.table != "projects" or span is None or (span.start is None and span.end is None):
            return ""
        return self._span(span)

    def amount(self, change: Change) -> str:
        """By how much: '2 quarters later', '-£2.8m (-21%)', '3 places up'."""
        if change.group in {"later", "earlier"}:
            return _move_text(change)
        if change.group == "start":
            return f"starts {moved_text(change.start_moved or 0)}"
        if change.group == "refined" and change.amount is None:
            return "nothing moved"
        if change.amount is None:
            return ""
        if change.quarters:
            return capacity_amount(change)
        return self._measured(change, change.amount)

    def _measured(self, change: Change, amount: float) -> str:  # noqa: PLR0911  a unit each
        size = abs(amount)
        if change.unit == self.settings.currency and change.group in {"cost", "benefit", "joins", "stopped"}:
            return self._money(change, int(amount))
        if change.unit == "quarters":
            return moved_text(int(amount))
        if change.unit == "days" and "shifted" in change.kinds:
            return f"{counted(int(size), 'day')} {'later' if amount > 0 else 'earlier'}"
        if change.unit == "places":
            return f"{counted(int(size), 'place')} {'up' if amount > 0 else 'down'}"
        if change.unit in {"links", "items", "levels", "points"}:
            noun = counted(int(size), change.unit[:-1]) if size.is_integer() else f"{size:.3g} {change.unit}"
            return noun if change.unit in {"links", "items"} else f"{_sign(amount)}{noun}"
        if change.unit == "share":
            return f"{percent_text(size)} of {'it' if 'realigned' in change.kinds else 'its effort'}"
        said = f"{size:,.0f}" if size.is_integer() else f"{size:,.4g}"
        if change.unit == "%":
            return f"{_sign(amount)}{said} points"
        return f"{_sign(amount)}{said} {change.unit}".rstrip()

    def _money(self, change: Change, amount: int) -> str:
        """A change of money with its share of what was; of stopped work, what it would have cost."""
        if change.group == "stopped":
            return signed_money_text(-amount, self.settings.currency)
        said = signed_money_text(amount, self.settings.currency)
        was = int(change.before) if change.before else 0
        if change.group == "joins" or was <= 0:
            return said
        return f"{said} ({_sign(amount)}{percent_text(abs(amount) / was)})"


def _sign(amount: float) -> str:
    return MINUS if amount < 0 else "+"


def _move_text(change: Change) -> str:
    """The finish, and the start where it moved by another amount."""
    said = moved_text(change.end_moved or 0)
    start = change.start_moved or 0
    if start and start != change.end_moved:
        return f"{said}; starts {moved_text(start)}"
    return said
