"""The axis over the roadmap, which stays in sight while the page scrolls, the key under it, and their few rules of CSS."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planner.charts.timeline_axis import ZONES
from planner.charts.timeline_key import key_entries
from planner.charts.timeline_marks import GUTTER
from planner.ui.markup import Html, join, tag

if TYPE_CHECKING:
    from planner.charts.timeline_marks import TimelineView
    from planner.look.picture import KeyEntry
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


def key_html(layout: TimelineLayout, view: TimelineView) -> Html:
    """One line that names what is drawn: only what this picture has."""
    entries = (tag("span", _mark(entry), entry.text) for entry in key_entries(layout, view))
    return tag("p", *entries, class_="p-key")


def _mark(entry: KeyEntry) -> Html:
    if entry.glyphs:
        shapes = (
            tag("i", glyph, class_="g", style=f"color:{colour}", aria_hidden="true")
            for glyph, colour in entry.glyphs
        )
        return join(shapes)
    line = "dashed" if entry.is_dashed else "solid"
    style = f"background:{entry.fill};border:1px {line} {entry.edge}"
    return tag("i", class_="b", style=style, aria_hidden="true")
