"""Each quarter with the one before, as a strip of small pictures of one scale; a click opens that pair. HTML, no chart."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import streamlit as st

from planner.charts import theme
from planner.model.version import SNAPSHOT
from planner.rules.sentences import counted, percent_text, quarters_text
from planner.ui.drift_page_review import mark_of
from planner.ui.frame import section
from planner.ui.markup import Html, join, tag
from planner.ui.pickers import version_name
from planner.ui.places import place

if TYPE_CHECKING:
    from planner.actions.reviewing import RefreshMark
    from planner.model.version import Version
    from planner.ui.drift_page import Pair

MOST: Final = 12
_LEAST: Final = 2
_IN_A_ROW: Final = 9
_FULL: Final = 1.0  # all the near money: a bar as high as its place, however much more moved
_CSS: Final = """<style>
.p-strip { display: grid; gap: .5rem; }
.p-step { min-width: 0; padding: .5rem .55rem; border: 1px solid var(--p-rule);
  border-radius: 6px; color: var(--p-ink); display: flex; flex-direction: column; gap: .2rem; }
a.p-step, a.p-step * { text-decoration: none !important; }
.p-step:hover, .p-step:focus-visible { border-color: var(--p-accent); }
.p-step[aria-current] { border-color: var(--p-accent); box-shadow: inset 0 2px 0 var(--p-accent); }
.p-step-when { font-size: .87rem; font-weight: 600; }
.p-step-word { font-size: .78rem; line-height: 1.25; min-height: 2.5em; }
.p-step-bars { display: flex; align-items: flex-end; gap: .3rem; height: 62px; border-bottom: 1px solid var(--p-rule); }
.p-step-bar { flex: 1; display: flex; flex-direction: column; justify-content: flex-end; text-align: center;
  font-size: .75rem; line-height: 1.2; font-variant-numeric: tabular-nums; color: var(--p-ink); white-space: nowrap; }
.p-step-foot { display: flex; gap: .3rem; }
.p-step-foot > span { flex: 1; text-align: center; font-size: .74rem; color: var(--p-mute); }
.p-doubt { margin-top: .2rem; padding: .6rem .9rem; border-left: 3px solid var(--p-worse); border-radius: 2px; background: var(--p-panel);
  font-size: .9rem; line-height: 1.45; overflow-wrap: anywhere; }
</style>"""
_BAR_PIXELS: Final = 44


def strip_css() -> str:
    """Return the style element of what the drift page alone has."""
    return _CSS


def show_strip(pair: Pair) -> None:
    """Show every refresh, the newest at the right; nothing where there are fewer than two."""
    sealed = [version for version in pair.among if version.kind == SNAPSHOT]
    steps = list(pairwise(sealed))[-MOST:]
    if len(steps) < _LEAST:
        return
    marks = [mark_of(before, after, pair.among) for before, after in steps]
    note = "Money moved, finishes later and earlier, each on one scale. A click opens the pair."
    hidden = len(sealed) - 1 - len(steps)
    section(
        "Each quarter with the one before",
        f"{note}{f' The {hidden:,} before them are left out.' if hidden else ''}",
    )
    most = max((max(mark.later, mark.earlier) for mark in marks), default=0) or 1
    cells = [
        _step(before, after, mark, most, pair) for (before, after), mark in zip(steps, marks, strict=True)
    ]
    # in two rows of one length, where one row has no room for the words under the bars
    columns = len(cells) if len(cells) <= _IN_A_ROW else math.ceil(len(cells) / 2)
    tracks = f"grid-template-columns:repeat({columns},minmax(0,190px))"
    st.html(tag("nav", *cells, class_="p-strip", style=tracks, aria_label="Each quarter with the one before"))


def _step(before: Version, after: Version, mark: RefreshMark, most: int, pair: Pair) -> Html:
    calendar = pair.calendar
    gap = calendar.parse(after.quarter) - calendar.parse(before.quarter)
    moved = mark.moved.value
    word = theme.VERDICT.get(mark.verdict)
    verdict = (
        join((tag("span", word.glyph, style=f"color:{word.colour}", aria_hidden="true"), " ", word.word))
        if word
        else Html("No verdict")
    )
    colour = word.colour if word else theme.GHOST
    bars = (
        _bar("–" if moved is None else percent_text(moved), min((moved or 0.0) / _FULL, 1.0), colour),  # noqa: RUF001
        _bar(f"{mark.later:,}", mark.later / most, theme.WORSE),
        _bar(f"{mark.earlier:,}", mark.earlier / most, theme.BETTER),
    )
    chosen = (before.label, after.label) == (pair.baseline.label, pair.current.label)
    after_gap = f", {quarters_text(gap)} on" if gap != 1 else ""
    return tag(
        "a",
        tag("span", f"{version_name(after, calendar).partition(' (')[0]}{after_gap}", class_="p-step-when"),
        tag("span", verdict, class_="p-step-word", style=f"color:{word.text if word else theme.MUTE}"),
        tag("span", *bars, class_="p-step-bars"),
        tag("span", *(tag("span", said) for said in ("money", "later", "earlier")), class_="p-step-foot"),
        href=place("drift").href(**{"from": before.label, "to": after.label}),
        target="_self",
        class_="p-step",
        title=_told(before, mark, pair),
        aria_current="true" if chosen else None,
    )


def _bar(label: str, share: float, colour: str) -> Html:
    height = max(round(share * _BAR_PIXELS), 1 if share else 0)
    return tag(
        "span",
        label,
        tag("span", style=f"height:{height}px;background:{colour};border-radius:2px 2px 0 0"),
        class_="p-step-bar",
    )


def _told(before: Version, mark: RefreshMark, pair: Pair) -> str:
    """What the pointer is told: since when, and what joined and left."""
    since = version_name(before, pair.calendar).partition(" (")[0]
    return f"Since {since}: {counted(mark.joined, 'project')} joined, {mark.left:,} left"
