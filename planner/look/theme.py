"""The one source of colour, shape and type for charts, tables and pages; it draws nothing itself.

Every colour is a CSS string that names both modes, so one chart spec and one table serve light and dark.
HTML and SVG charts follow the mode at once. A canvas does not know such a colour and leaves the mark out,
so each spec takes `SVG_ALWAYS`; what becomes a file asks for one side with `one_mode`.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

Mode = Literal["light", "dark"]

_BOTH = re.compile(r"light-dark\((#[0-9A-Fa-f]{6}), (#[0-9A-Fa-f]{6})\)")
_HEX = re.compile(r"#[0-9A-Fa-f]{6}\Z")


def both(light: str, dark: str) -> str:
    """Return the CSS colour that is `light` on a light page and `dark` on a dark one."""
    for colour in (light, dark):
        if not _HEX.match(colour):
            raise ValueError(f"{colour!r} is not a colour of the form #RRGGBB")
    return f"light-dark({light}, {dark})"


def one_mode(value: Any, mode: Mode) -> Any:
    """Return `value` (a colour, or a chart spec of any depth) with each colour of one mode only."""
    if isinstance(value, str):
        return _BOTH.sub(r"\1" if mode == "light" else r"\2", value)
    if isinstance(value, Mapping):
        return {key: one_mode(item, mode) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, bytes):
        return [one_mode(item, mode) for item in value]
    return value


def mixed(colour: str, share: float) -> str:
    """Return `share` of a two-mode colour on the page: a soft fill that no grid line shines through."""
    return both(*(_blend(one_mode(colour, mode), one_mode(PAGE, mode), share) for mode in _MODES))


def _blend(front: str, back: str, share: float) -> str:
    pairs = zip(bytes.fromhex(front[1:]), bytes.fromhex(back[1:]), strict=True)
    return "#" + "".join(f"{round(f * share + b * (1 - share)):02X}" for f, b in pairs)


_MODES: Final[tuple[Mode, Mode]] = ("light", "dark")

# --- the page -------------------------------------------------------------------------------------
PAGE: Final = both("#FFFFFF", "#12171D")
INK: Final = both("#1B2430", "#E7EBF0")
MUTE: Final = both("#4F5A68", "#A9B3BF")
FAINT: Final = both("#657080", "#8794A3")
RULE: Final = both("#DDE2E8", "#2E3843")
HAIRLINE: Final = both("#EBEEF2", "#222B34")
PANEL: Final = both("#F4F6F8", "#1B222B")
ACCENT: Final = both("#1F5FA8", "#6FA8E8")

# --- the timeline ---------------------------------------------------------------------------------
ZONE_FIRM: Final = both("#E9EFF6", "#1D2733")
ZONE_PLANNED: Final = both("#F3F6FA", "#182029")
ZONE_OUTLINE: Final = PAGE
GHOST: Final = both("#C3CAD3", "#4D5A68")
GHOST_EDGE: Final = both("#9AA5B2", "#76838F")
GHOST_OPACITY: Final = 0.62
STOPPED: Final = both("#B9C1CB", "#4A5562")
STOPPED_DASH: Final = (4, 3)
TODAY: Final = ACCENT
SOFT_SHARE: Final = 0.34  # how much of its colour a bar keeps when its dates are known only roughly

# --- drift: never red and green, so that the two survive red-green blindness ------------------------
WORSE: Final = both("#B4541F", "#E58B55")
BETTER: Final = both("#17737F", "#4DB8C4")
CALM: Final = both("#E4F3EE", "#14302A")


@dataclass(frozen=True, slots=True)
class Mark:
    """A state as it is drawn: by shape, by word and by colour, so that none of them stands alone."""

    word: str
    glyph: str  # in HTML and in chart text
    shape: str  # the symbol that Vega-Lite draws
    scale: float  # a triangle looks smaller than a circle of the same area
    filled: bool
    colour: str  # of the shape
    text: str  # of the word, with the contrast that text needs


_GREEN: Final = both("#0B7A5B", "#3FBF95")
_RED: Final = both("#B42318", "#F2776B")

STATUS: Final[Mapping[str, Mark]] = {
    "green": Mark("on course", "●", "circle", 1.0, filled=True, colour=_GREEN, text=_GREEN),
    "amber": Mark(
        "at risk",
        "▲",
        "triangle-up",
        1.3,
        filled=True,
        colour=both("#C77700", "#F0A93B"),
        text=both("#8F5400", "#F0A93B"),
    ),
    "red": Mark("in trouble", "◆", "diamond", 1.0, filled=True, colour=_RED, text=_RED),
    "grey": Mark("too early", "○", "circle", 1.0, filled=False, colour=FAINT, text=FAINT),
}

VERDICT: Final[Mapping[str, Mark]] = {
    "no_change": Mark("No change", "○", "circle", 1.0, filled=False, colour=FAINT, text=FAINT),
    "small_regular": Mark("Small and regular", "●", "circle", 1.0, filled=True, colour=_GREEN, text=_GREEN),
    "small_irregular": Mark("Small, but irregular", "●", "circle", 1.0, filled=True, colour=FAINT, text=MUTE),
    "moderate": Mark("Moderate", "◼", "square", 1.0, filled=True, colour=FAINT, text=MUTE),
    "deliberate_shift": Mark(
        "Large, backed by evidence", "◼", "square", 1.0, filled=True, colour=ACCENT, text=ACCENT
    ),
    "knee_jerk": Mark("Large, without evidence", "◆", "diamond", 1.0, filled=True, colour=WORSE, text=WORSE),
}

# --- outcomes: blue to plum only, so that the status colours stay free ---------------------------------
_OUTCOMES: Final = (
    ("#2D6CB8", "#6FA8E8", "#4C86C6"),
    ("#18908C", "#46B8BB", "#2F9497"),
    ("#4A43A8", "#A69CF5", "#837AD0"),
    ("#A0569F", "#C98BCB", "#A86FAC"),
    ("#3E9CC6", "#8FD0EA", "#6BB0CC"),
    ("#4A5A6E", "#98A9BD", "#7E8FA4"),
)
OUTCOME_LINES: Final = tuple(both(light, dark) for light, dark, _ in _OUTCOMES)
OUTCOME_BARS: Final = tuple(both(light, bar) for light, _, bar in _OUTCOMES)


def outcome_line(position: int) -> str:
    """Return the colour of the outcome at `position` (from 0) for stripes, lines and edges."""
    return OUTCOME_LINES[position % len(OUTCOME_LINES)]


def outcome_bar(position: int) -> str:
    """Return its fill for bars, which on a dark page is duller than that of lines."""
    return OUTCOME_BARS[position % len(OUTCOME_BARS)]


def outcome_soft_bar(position: int) -> str:
    """Return its fill for bars whose dates are known only to the half-year or year."""
    return mixed(outcome_line(position), SOFT_SHARE)


# --- type -----------------------------------------------------------------------------------------
FONT: Final = '"Source Sans", "Source Sans 3", "Source Sans Pro", sans-serif'
SIZE_NAME: Final = 12.5
SIZE_LABEL: Final = 12
SIZE_LANE: Final = 13
SIZE_YEAR: Final = 13
SIZE_QUARTER: Final = 12
SIZE_MONTHS: Final = 11
SIZE_NOTE: Final = 11.5

# --- sizes ----------------------------------------------------------------------------------------
ROW_TIMELINE: Final = 22
ROW_BRIDGE: Final = 40
ROW_STATUS: Final = 38
BAR_RADIUS: Final = 3
MINUS: Final = "\N{MINUS SIGN}"


# Streamlit draws on a canvas above 2,000 marks; this keeps the SVG, whose colours follow the mode.
SVG_ALWAYS: Final[Mapping[str, Any]] = {"embedOptions": {"renderer": "svg"}}


def base_spec() -> dict[str, Any]:
    """Return what every Vega-Lite spec starts with; an Altair chart takes the same two properties."""
    return {"config": vega_config(), "usermeta": dict(SVG_ALWAYS)}


def vega_config() -> dict[str, Any]:
    """Return the base of every chart: no frame, no axis furniture, our type, the plot as wide as its place.

    Streamlit sets autosize "fit" where none is given; then a header eats the height of the plot.
    """
    return {
        "autosize": {"type": "fit-x", "contains": "padding"},
        "background": "transparent",
        "font": FONT,
        "padding": 0,
        "view": {"stroke": None, "fill": None},
        "text": {"font": FONT, "fontSize": SIZE_LABEL, "color": INK, "baseline": "middle"},
        "axis": {
            "domain": False,
            "ticks": False,
            "grid": True,
            "gridColor": HAIRLINE,
            "labelFont": FONT,
            "labelFontSize": SIZE_LABEL,
            "labelColor": MUTE,
            "titleFont": FONT,
            "titleColor": MUTE,
            "titleFontSize": SIZE_NOTE,
            "titleFontWeight": 400,
        },
        "title": {"font": FONT, "color": INK, "fontSize": SIZE_LANE, "fontWeight": 600, "anchor": "start"},
        "header": {"labelFont": FONT, "labelColor": MUTE, "titleColor": MUTE},
        "legend": {"disable": True},
        "rule": {"color": RULE},
        "bar": {"cornerRadius": BAR_RADIUS},
    }
