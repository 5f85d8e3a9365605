"""The axis over the roadmap, which stays in sight while the page scrolls, the key under it, and their few rules of CSS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planner.charts import theme
from planner.charts.timeline_axis import ZONES
from planner.charts.timeline_marks import GUTTER
from planner.charts.timeline_paint import NEUTRAL, STATUS_SHADES
from planner.rules.sentences import status_word
from planner.ui.markup import Html, join, tag

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.charts.timeline_marks import TimelineView
    from planner.rules.timeline import TimelineLayout

_MONTHS_NEED: Final = 40  # pixels a quarter
_MOST_NAMED: Final = 24  # quarters; on a longer axis only years are named
_RULES: Final = """
.st-key-roadmap [data-testid="stElementContainer"]:has(.p-axis) {
  position: sticky; top: 3.75rem; z-index: 3; background: var(--p-page); }
.p-axis { container-type: inline-size; background: var(--p-page); border-bottom: 1px solid var(--p-rule); }
.p-axis > div { display: grid; grid-template-columns: %(gutter)dpx repeat(var(--p-quarters), minmax(0, 1fr));
  margin-right: 1px; line-height: 1.25; white-space: nowrap; }
.p-axis span { overflow: visible; }
.p-axis .z { font-size: 11.5px; color: var(--p-mute); text-align: center; padding-bottom: 3px; }
.p-axis .z i { display: inline-block; width: 9px; height: 9px; margin-right: 5px; border: 1px solid var(--p-rule); }
.p-axis .y { font-size: 13px; font-weight: 600; color: var(--p-ink); padding-left: 6px;
  border-left: 1px solid var(--p-rule); }
.p-axis .q { font-size: 12px; font-weight: 500; color: var(--p-ink); text-align: center; }
.p-axis .m { font-size: 11px; color: var(--p-mute); text-align: center; padding-bottom: 3px; }
.p-axis .s { border-left: 1px solid var(--p-rule); }
.st-key-roadmap [data-testid="stElementToolbar"] { display: none; }
[data-testid="stVegaLiteChart"] .timeline_hit_marks path:hover { fill: light-dark(#1B24300D, #E7EBF014); }
#vg-tooltip-element { max-width: 30rem; background: var(--p-page) !important; opacity: 1; }
#vg-tooltip-element table tr td.value { max-width: 24rem; max-height: none; white-space: normal;
  overflow-wrap: anywhere; }
#vg-tooltip-element table tr td.key { color: var(--p-mute); vertical-align: top; }
.p-key { display: flex; flex-wrap: wrap; gap: .3rem 1.6rem; margin: 0; font-size: .8rem; color: var(--p-mute); }
.p-key .b { display: inline-block; width: 26px; height: 10px; margin-right: .45rem; border-radius: 2px; }
.p-key .g { margin-right: .35rem; font-style: normal; }
p.p-lead { max-width: 112ch; }
""" % {"gutter": GUTTER}  # noqa: UP031  braces are CSS's


def axis_html(layout: TimelineLayout) -> Html:
    """The zones, years, quarters and months over the columns of the picture, with the rules they are drawn by."""
    ticks = layout.ticks.rows(named=True)
    named = len(ticks) <= _MOST_NAMED
    zones = (
        tag(
            "span",
            tag("i", style=f"background:{ZONES[zone]}"),
            text,
            class_="z",
            style=f"grid-column:{int(x0) + 2}/{int(x1) + 2}",
        )
        for zone, text, x0, x1 in layout.zones.select("zone", "text", "x0", "x1").iter_rows()
    )
    years = (
        tag("span", tick["year"], class_="y", style=f"grid-column:{int(tick['x']) + 2}")
        for tick in ticks
        if tick["year"] and (named or tick["starts_year"])
    )
    rows = [tag("div", join(zones)), tag("div", join(years))]
    if named:
        for field, kind in (("quarter", "q"), ("months", "m")):
            cells = (
                tag("span", tick[field], class_=f"{kind} s" if tick["year"] else kind, style=_column(at))
                for at, tick in enumerate(ticks)
            )
            rows.append(tag("div", join(cells), class_="ms" if kind == "m" else None))
    narrow = GUTTER + _MONTHS_NEED * len(ticks)
    hidden = f"@container (max-width: {narrow}px) {{ .p-axis .m {{ display: none; }} }}"
    style = Html(f"<style>{' '.join((_RULES + hidden).split())}</style>")
    return style + tag("div", *rows, class_="p-axis", aria_hidden="true", style=f"--p-quarters:{len(ticks)}")


def _column(at: int) -> str:
    return f"grid-column:{at + 2}"


def key_html(layout: TimelineLayout, view: TimelineView, since: str) -> Html:
    """One line that names what is drawn: only what this picture has."""
    return tag(
        "p", *(tag("span", mark, text) for mark, text in _entries(layout, view, since)), class_="p-key"
    )


def _entries(layout: TimelineLayout, view: TimelineView, since: str) -> Iterator[tuple[Html, str]]:
    bars = layout.bars
    if layout.cells.height:
        yield (
            _swatch(theme.mixed(theme.ACCENT, 0.3)),
            "live projects under way in the quarter, deeper where more",
        )
    elif bars.height:
        yield from _colours(layout, view)
        if bars["soft"].any():
            line = NEUTRAL if view.colour != "outcome" else theme.OUTCOME_LINES[0]
            yield _swatch(theme.mixed(line, theme.SOFT_SHARE), line), "dates to the half-year or year"
        if layout.ghosts.height:
            yield _swatch(theme.GHOST, theme.GHOST_EDGE), f"where {since} had it"
        if bars["place"].is_in(["stopped", "removed"]).any():
            yield _swatch("none", theme.STOPPED, "dashed"), "stopped"
        if (bars["clipped_left"] | bars["clipped_right"]).any():
            yield _shape("◂ ▸", theme.MUTE), "goes on beyond the axis"
        if bars["rag"].is_in(["amber", "red"]).any():
            amber, red = theme.STATUS["amber"], theme.STATUS["red"]
            yield (
                _shape(amber.glyph, amber.colour) + _shape(red.glyph, red.colour),
                f"rated {amber.word}, {red.word}",
            )
    if layout.lanes["need_by_text"].ne("").any():
        yield _shape("|", theme.MUTE), "outcome needed by"


def _colours(layout: TimelineLayout, view: TimelineView) -> Iterator[tuple[Html, str]]:
    """What the fills stand for; of outcomes their lanes say it, or else their names."""
    live = layout.bars.filter(~layout.bars["place"].is_in(["stopped", "removed"]))
    if view.colour == "status":
        found = set(live["status"].to_list())
        for status, shade in STATUS_SHADES.items():
            if status in found:
                yield _swatch(shade.bar), status_word(status)
    elif view.colour == "rating":
        found = set(live["rag"].to_list())
        for rating, mark in theme.STATUS.items():
            if rating in found:
                yield _swatch(mark.colour), mark.word
        if "" in found:
            yield _swatch(NEUTRAL), "not rated"
    else:
        yield _swatch(theme.OUTCOME_BARS[0]), "dates to the quarter, in the colour of its outcome"


def _swatch(fill: str, edge: str = "transparent", line: str = "solid") -> Html:
    return tag("i", class_="b", style=f"background:{fill};border:1px {line} {edge}", aria_hidden="true")


def _shape(glyph: str, colour: str) -> Html:
    return tag("i", glyph, class_="g", style=f"color:{colour}", aria_hidden="true")
