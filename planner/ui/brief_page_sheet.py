"""The sheet of the brief: the page that one would print, as HTML; every word is the brief's own, every number a link."""

from __future__ import annotations

import datetime as dt
from itertools import groupby
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from planner.look import theme
from planner.rules import brief_words
from planner.rules.brief_edits import place_of
from planner.rules.sentences import counted, day_text, quarter_words
from planner.ui.frame import status_html
from planner.ui.markup import Html, join, tag
from planner.ui.places import place

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from planner.rules.brief import Ask, Brief, Learnt, Line, Number, OutcomeRow

DECIDED: Final = "decided"
UNKNOWN: Final = "not known"
MOST_OUTCOMES: Final = 12  # on the sheet: more would be no page any more
# Where the rows of each number are: a page, and what it is asked for beside the two versions.
_ROWS: Final[Mapping[str, tuple[str, Mapping[str, tuple[str, ...]]]]] = {
    "live_cost": ("projects", {}),
    "same_work": ("drift", {"kind": ("cost",)}),
    "finish_move": ("drift", {"kind": ("later", "earlier")}),
    "flow": ("drift", {"kind": ("finished", "started")}),
    "over_capacity": ("teams", {}),
    "aligned": ("links", {}),
}
_WIDTHS: Final = ("24%", "11%", "11%", "32%", "13%", "9%")


def sheet_html(brief: Brief) -> Html:
    """The whole sheet; what is left out of the brief is left out of it."""
    return tag(
        "article",
        tag("p", _versions(brief), class_="p-of"),
        tag("h2", f"{brief.title} ({brief.months})"),
        _lead(brief),
        tag("div", *(_number(one, brief) for one in brief.numbers), class_="p-six"),
        _section(brief_words.CHANGED, _changes(brief)),
        _section(brief_words.OUTCOMES, _outcomes(brief)),
        _asked(brief_words.ASKED, [one for one in brief.asks if one.status != DECIDED]),
        _asked(brief_words.TAKEN, [one for one in brief.asks if one.status == DECIDED]),
        _asked(brief_words.DUE, brief.due_again),
        _section(brief_words.LEARNT, tag("ul", *(_learnt(one) for one in brief.learnt)))
        if brief.learnt
        else "",
        _section(brief_words.NOTES, join(tag("p", note) for note in brief.notes)) if brief.notes else "",
        tag(
            "div",
            *(tag("p", f"{said}." if not said.endswith(".") else said) for said in brief.footer),
            class_="p-foot",
        ),
        class_="p-sheet",
        aria_label=brief.title,
    )


def _versions(brief: Brief) -> str:
    against = f" against {brief.baseline}" if brief.baseline else ""
    name = "the draft" if brief.current == "draft" else brief.current
    return " · ".join(part for part in (brief.plan_name, f"{name}{against}") if part)


def _section(title: str, content: Html) -> Html:
    return tag("section", tag("h3", title), content)


def _lead(brief: Brief) -> Html:
    line = brief.lead
    if not line.text:
        return Html()
    mark = theme.VERDICT.get(brief.verdict)
    shape = tag("span", mark.glyph, style=f"color:{mark.colour}", aria_hidden="true") if mark else ""
    if mark and line.text.startswith(f"{mark.word}:"):
        word = tag("strong", mark.word, style=f"color:{mark.text}")
        said = join((shape, " ", word, line.text.removeprefix(mark.word)))
    else:
        said = join((shape, " " if mark else "", line.text))
    return tag("p", said, class_=_written("p-first", line))


def _written(class_: str, line: Line) -> str:
    return f"{class_} p-written" if line.is_edited else class_


def _number(number: Number, brief: Brief) -> Html:
    before = f"was {number.before}" if number.before else ""
    note = number.reason if not number.now else before
    return tag(
        "a",
        tag("div", number.now or UNKNOWN, class_="p-now" if number.now else "p-now p-mute"),
        tag("div", number.label, class_="p-what"),
        tag("div", note, class_="p-what") if note else "",
        href=rows_of(number.key, brief),
        data_number=number.key,
    )


def rows_of(key: str, brief: Brief) -> str:
    """The address of the rows that make a number."""
    page, asked = _ROWS[key]
    if page != "drift":
        return place(page).href()
    if not brief.baseline:
        return place("timeline").href()
    return drift_href(brief, asked)


def drift_href(brief: Brief, asked: Mapping[str, tuple[str, ...]]) -> str:
    """The address of the changes that a brief is about."""
    query = {"from": brief.baseline, "to": brief.current, **asked}
    return f"{place('drift').href()}?{urlencode(query, doseq=True)}"


def _changes(brief: Brief) -> Html:
    lines = [line for line in brief.changes if line.text]
    if not brief.baseline:
        return tag("p", "This is the first plan. What changes stands here from the next one on.")
    if not lines:
        nothing = "Nothing to tell: no item joined, left, moved or changed its cost."
        return tag("p", nothing if not brief.changes else "Every sentence is left out.")
    more = ""
    if brief.more:
        link = tag("a", counted(brief.more, f"more {brief.untold}"), href=drift_href(brief, {}))
        more = tag("li", link, " in the planner.")
    return tag(
        "ul",
        *(
            tag("li", line.text, class_=_written("p-line", line), data_part=" ".join(place_of(line)))
            for line in lines
        ),
        more,
    )


def _outcomes(brief: Brief) -> Html:
    if not brief.outcomes:
        return tag("p", brief_words.NO_OUTCOMES)
    head = tag(
        "tr",
        *(
            tag("th", name, scope="col", class_="p-right" if name in brief_words.OUTCOME_HEADS[4:] else None)
            for name in brief_words.OUTCOME_HEADS
        ),
    )
    listed = [list(found) for _, found in groupby(brief.outcomes, key=lambda one: one.outcome_id)]
    rows = [row for found in listed[:MOST_OUTCOMES] for row in _outcome(found, brief)]
    left = len(listed) - MOST_OUTCOMES
    if left > 0:
        link = tag("a", counted(left, "more outcome"), href=place("outcomes").href())
        rows.append(tag("tr", tag("td", link, " in the planner.", colspan=len(brief_words.OUTCOME_HEADS))))
    columns = tag("colgroup", *(tag("col", style=f"width:{width}") for width in _WIDTHS))
    return tag(
        "table",
        tag("caption", "Outcomes and their measures", class_="p-hidden"),
        columns,
        tag("thead", head),
        tag("tbody", *rows),
        class_="p-table",
    )


def _outcome(rows: Sequence[OutcomeRow], brief: Brief) -> Iterable[Html]:
    """The rows of one outcome: its name and how it stands are said once, in the first."""
    for place_, row in enumerate(rows):
        first = place_ == 0
        was = (
            status_html(row.was) if row.was else tag("span", "new" if brief.baseline else "", class_="p-mute")
        )
        now = status_html(row.now) if row.now else tag("span", "not in the plan", class_="p-mute")
        cells = (tag("strong", row.name), was, now) if first else ("", "", "")
        yield tag(
            "tr",
            *(tag("td", cell) for cell in (*cells, row.measure)),
            *(tag("td", cell, class_="p-right") for cell in (brief_words.value_words(row.value), row.path)),
            class_="p-same" if place_ < len(rows) - 1 else None,
        )


def _asked(title: str, asks: Sequence[Ask]) -> Html:
    if asks:
        is_again = title == brief_words.DUE
        return _section(title, tag("ul", *(_ask(one, is_again=is_again) for one in asks)))
    if title == brief_words.ASKED:
        return _section(title, tag("p", brief_words.NOTHING_OPEN))
    return Html()


def _ask(ask: Ask, *, is_again: bool) -> Html:
    link = tag("a", ask.decision_id, href=place("registers").href(tab="decisions", entry=ask.decision_id))
    said: list[object] = [link, ": ", tag("strong", ask.question)]
    if ask.status == DECIDED:
        by = f", by {ask.decided_by}" if ask.decided_by else ""
        on = f", {_day(ask.decided_on)}" if ask.decided_on else ""
        again = (
            f"; look again in {quarter_words(ask.review_quarter)}"
            if ask.review_quarter and not is_again
            else ""
        )
        said.append(f" {ask.decision.rstrip('.')}{by}{on}{again}.")
        return tag("li", *said)
    if ask.options:
        said.append(f" Choices: {'; '.join(ask.options)}.")
    if ask.recommendation:
        said.append(f" Recommended: {ask.recommendation.rstrip('.')}.")
    by = f" by {_day(ask.needed_by)}" if ask.needed_by else ""
    of = f" from {ask.owner}" if ask.owner else ""
    if by or of:
        said.append(f" An answer is needed{by}{of}.")
    return tag("li", *said)


def _day(iso: str) -> str:
    return day_text(dt.date.fromisoformat(iso))


def _learnt(one: Learnt) -> Html:
    parts = (
        ("Planned", one.planned),
        ("Happened", one.happened),
        ("Lesson", one.lesson),
        ("From now on", one.action),
    )
    return tag(
        "li",
        join(
            (
                join((tag("span", f"{word}: ", class_="p-mute"), f"{said.rstrip('.')}."))
                for word, said in parts
                if said
            ),
            " ",
        ),
    )
