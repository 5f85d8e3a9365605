"""The table of changes on the drift page: rows in words, as HTML that is escaped; it chooses no change."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, Protocol

from planner.charts import theme
from planner.model.tables import TABLES
from planner.rules.change_cells import describe_rows
from planner.rules.change_groups import group_key
from planner.rules.change_words import GROUP_WORDS, REASON_WORDS, line_of
from planner.rules.drift_rows import ADDED, REMOVED
from planner.ui.frame import outcome_html
from planner.ui.life_address import life_link
from planner.ui.markup import Html, join, strong, table, tag

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from planner.model.plan import Plan
    from planner.rules.change_names import Names
    from planner.rules.change_words import ChangeLine
    from planner.rules.changes import Change

HEADS: Final = ("What", "Before → after", "By how much", "Why", "Evidence")
WIDTHS: Final = ("24%", "23%", "12%", "34%", "7%")
# The groups whose changes say by themselves what has changed.
_SPEAKING: Final = {
    "later",
    "earlier",
    "start",
    "cost",
    "joins",
    "stopped",
    "finished",
    "started",
    "status",
    "benefit",
    "order",
}
_SAME: Final = "same reason as above"


class TwoPlans(Protocol):
    """What the table is told with: the two plans that were compared, and their names."""

    @property
    def baseline(self) -> Plan:
        """The plan of before."""

    @property
    def current(self) -> Plan:
        """The plan of after."""

    @property
    def names(self) -> Names:
        """The names of both."""


def changes_table(
    changes: Sequence[Change],
    by: str,
    review: TwoPlans,
    evidence: Mapping[str, str],
    counts: Mapping[str, int],
    *,
    doubted: Collection[tuple[str, str]] = (),
    with_missing: bool = True,
) -> Html:
    """The rows of one page. `counts` says how many changes each group has in all, also on other pages.

    `doubted` are the project ids and fields that look mistyped; `with_missing` says of each change without a reason
    that none is given.
    """
    rows = list(_rows(changes, by, review, evidence, counts, doubted, with_missing=with_missing))
    return table(HEADS, rows, widths=WIDTHS, right=[4], caption="Every change with its reason")


def _rows(
    changes: Sequence[Change],
    by: str,
    review: TwoPlans,
    evidence: Mapping[str, str],
    counts: Mapping[str, int],
    doubted: Collection[tuple[str, str]],
    *,
    with_missing: bool,
) -> Iterator[tuple[object, ...]]:
    places = {key: place for place, key in enumerate(review.current["outcomes"]["outcome_id"])}
    whole = _whole_rows(changes, review)
    group, reason = None, ""
    for change in changes:
        key = group_key(change, by)
        if key != group:
            yield (_heading(change, by, key, review, counts),)
            group, reason = key, ""
        line = line_of(change, review.names, review.current.settings)
        if held := whole.get((change.table, change.id, change.change)):
            line = replace(line, after=held) if change.change == ADDED else replace(line, before=held)
        said = change.reason or ("no reason given" if with_missing and change.kinds else "")
        again = bool(change.reason) and change.reason == reason
        reason = change.reason
        yield (
            _what(line, by, places.get(change.outcome)),
            _sides(line),
            _amount(line) + _doubt(change, doubted),
            tag("span", _SAME if again else _because(change, said), class_="p-mute"),
            _evidence(change.evidence, evidence),
        )


def _whole_rows(changes: Sequence[Change], review: TwoPlans) -> dict[tuple[str, str, str], str]:
    """What the rows hold that join or leave and are no projects: they have no field to show side by side."""
    wanted: dict[tuple[str, str], list[str]] = {}
    for change in changes:
        if change.change in {ADDED, REMOVED} and change.table != "projects":
            wanted.setdefault((change.table, change.change), []).append(change.id)
    found: dict[tuple[str, str, str], str] = {}
    for (table_name, way), ids in wanted.items():
        plan = review.current if way == ADDED else review.baseline
        held = describe_rows(plan, table_name, ids, review.names)
        found.update(((table_name, key, way), said) for key, said in held.items())
    return found


def _heading(change: Change, by: str, key: str, review: TwoPlans, counts: Mapping[str, int]) -> Html:
    if by == "kind":
        said = GROUP_WORDS[key]
    elif by == "reason":
        said = (
            REASON_WORDS.get(key, key.replace("_", " "))
            if change.kinds or key
            else "No reason needed or given"
        )
    elif by == "outcome":
        said = review.names["outcomes", key] if key else "No outcome"
    elif by == "unit":
        said = key.replace("|", ", ") or "No unit"
    elif by == "team":
        said = review.names["teams", key] if key else "No team"
    else:
        said = change.item_name
    id_ = (
        tag("span", f" {change.item[1]}", class_="p-faint")
        if by == "item" and change.item_name != change.item[1]
        else ""
    )
    count = tag("span", f" {counts[key]:,}", class_="p-count") if key in counts else ""
    return join((said, id_, count))


def _what(line: ChangeLine, by: str, outcome: int | None) -> Html:
    """The item with the stripe of its outcome, and what of it changed where the group does not say so."""
    change = line.change
    field = line.field or ("" if change.change == "changed" else TABLES[change.table].one.capitalize())
    title = life_link(*change.item, change.title)
    if by == "item" and change.title == change.item_name:
        said = join((field or _kinds(change),))
    elif by == "kind" and change.group in _SPEAKING:
        said = join((title,))
    else:
        named = field or _kinds(change)
        said = join((title, tag("span", f" · {named}", class_="p-mute") if named else ""))
    if outcome is None:
        return tag("div", said, class_="p-stripe")
    return outcome_html(outcome, said)


def _kinds(change: Change) -> str:
    words = [GROUP_WORDS[change.group]] if change.kinds else []
    return ", ".join(words)


def _sides(line: ChangeLine) -> Html:
    before, after = _rated(line.was, line.before), _rated(line.now, line.after)
    if not line.after and not line.before:
        return Html()
    arrow = tag("span", " → ", class_="p-faint", aria_hidden="true") + tag(
        "span", " becomes ", class_="p-hidden"
    )
    if not line.before:
        return strong(after)
    return join((tag("span", before, class_="p-mute"), arrow, strong(after)))


def _rated(rating: str, said: str) -> Html:
    """A rating with its shape; every other value as it is."""
    mark = theme.STATUS.get(rating)
    if mark is None:
        return join((said,))
    return join((tag("span", mark.glyph, style=f"color:{mark.colour}", aria_hidden="true"), " ", said))


def _amount(line: ChangeLine) -> Html:
    return tag("span", line.amount, class_=f"p-{line.tone}" if line.tone else "p-plain")


def _doubt(change: Change, doubted: Collection[tuple[str, str]]) -> Html:
    """That a change looks like a typing error, where it does."""
    fields = ("start_date", "end_date") if change.is_dates else (change.field,)
    if change.table != "projects" or not any((change.id, field) in doubted for field in fields):
        return Html()
    return tag("div", "likely a typing error", class_="p-note")


def _because(change: Change, said: str) -> str:
    return f"because {said}" if change.reason else said


def _evidence(key: str, titles: Mapping[str, str]) -> Html:
    if not key:
        return Html()
    told = titles.get(key) or None
    return tag(
        "span",
        key,
        tag("span", f": {told}", class_="p-hidden") if told else "",
        title=told,
        class_="p-evidence",
    )
