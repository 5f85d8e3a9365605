"""The one block of CSS that the pages share; it names elements by data-testid and our own classes only.

Streamlit's generated class names change from release to release and are not used.
"""

from typing import Final

from planner.charts import theme

_VARIABLES: Final = {
    "page": theme.PAGE,
    "ink": theme.INK,
    "mute": theme.MUTE,
    "faint": theme.FAINT,
    "rule": theme.RULE,
    "hairline": theme.HAIRLINE,
    "panel": theme.PANEL,
    "accent": theme.ACCENT,
    "worse": theme.WORSE,
    "better": theme.BETTER,
    "calm": theme.CALM,
    "ghost": theme.GHOST,
    **{f"status-{key}": mark.colour for key, mark in theme.STATUS.items()},
    **{f"status-{key}-text": mark.text for key, mark in theme.STATUS.items()},
    **{f"outcome-{i}": colour for i, colour in enumerate(theme.OUTCOME_LINES, start=1)},
}

_RULES: Final = """
/* popovers and dialogs hang outside the app's own element and would stay light */
:root { color-scheme: light dark; }

/* the menu and the page share one left edge, and a page ends at 1440 px */
[data-testid="stHeader"] { padding-left: 1.45rem; }
[data-testid="stMainBlockContainer"] { max-width: 1440px; padding-left: 2.5rem; padding-right: 2.5rem; }

/* Streamlit's own CSV of a grid takes formulas along; ours does not */
[data-testid="stElementToolbarButton"]:has([aria-label^="Download as CSV"]) { display: none; }

/* A grid is as wide as its place from its first moment. Streamlit measures the place, draws the grid 49 px wide before it
   knows, and draws all cells once more a tenth of a second later. */
[data-testid="stDataFrame"], [data-testid="stDataFrameResizable"] { width: 100% !important; min-width: 100% !important; }

.p-title { margin: 0; padding: 0; font-size: 1.6rem; font-weight: 650; line-height: 1.25; letter-spacing: -.01em;
  color: var(--p-ink); overflow-wrap: anywhere; }
.p-subtitle { margin: .15rem 0 0; font-size: .87rem; line-height: 1.4; color: var(--p-mute); overflow-wrap: anywhere; }
.p-lead { margin: 0; max-width: 80ch; font-size: 1.33rem; font-weight: 400; line-height: 1.4; color: var(--p-ink);
  text-wrap: pretty; overflow-wrap: anywhere; }
.p-lead strong { font-weight: 650; }
.p-section { margin: .6rem 0 0; padding: 0; font-size: 1.07rem; font-weight: 650; line-height: 1.35; color: var(--p-ink);
  overflow-wrap: anywhere; }
.p-note { margin: .1rem 0 0; font-size: .87rem; line-height: 1.4; color: var(--p-mute); overflow-wrap: anywhere; }
.p-empty { margin: 0; max-width: 60ch; font-size: 1.07rem; line-height: 1.45; color: var(--p-ink); text-wrap: pretty; }
.p-alert { padding: .8rem 1rem; border: 1px solid var(--p-rule); border-left: 3px solid var(--p-worse); border-radius: 6px; }
.p-whatif { padding: .35rem .8rem; border-left: 3px solid var(--p-accent); background: var(--p-panel); border-radius: 2px; }
.p-whatif p { margin: 0; font-size: .93rem; line-height: 1.4; color: var(--p-ink); overflow-wrap: anywhere; }
.p-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

/* in dark one primary colour cannot be both under the white words of a button and the words of a chosen pill */
[data-testid="stMain"] button[data-selected="true"] [data-testid="stMarkdownContainer"] p { color: var(--p-accent); }
/* The edge of an empty box is all there is to see of it: the theme's border is 1.3:1 on the page. */
[data-testid="stCheckbox"] label > span:has(input:not(:checked, [role="switch"])) + div { border-color: var(--p-faint); }
[data-testid="stBaseButton-primary"], [data-testid="stBaseButton-primaryFormSubmit"] {
  background: light-dark(#1F5FA8, #3573C0); border-color: light-dark(#1F5FA8, #3573C0); }
[data-testid="stMultiSelectTagsContainer"] [data-tag] { background: light-dark(#1F5FA8, #3573C0); }

/* a link keeps its line, so that it is not known by colour alone */
[data-testid="stHtml"] a { color: var(--p-accent); text-decoration: underline 1px var(--p-ghost); text-underline-offset: 3px; }
[data-testid="stHtml"] a:hover { text-decoration-color: currentcolor; }

/* the ways from one item to another, in the panel beside a grid: links, not places of the menu */
:is(.st-key-panel, .st-key-search-hits) [data-testid="stPageLink-NavLink"] { padding: 0; margin: 0; background: none; line-height: 1.35; }
:is(.st-key-panel, .st-key-search-hits) [data-testid="stElementContainer"]:has(> [data-testid="stPageLink"]) { margin: 0; }
:is(.st-key-panel, .st-key-search-hits) [data-testid="stPageLink-NavLink"] p { color: var(--p-accent); font-weight: 400; white-space: normal;
  text-decoration: underline 1px var(--p-ghost); text-underline-offset: 3px; }
:is(.st-key-panel, .st-key-search-hits) [data-testid="stPageLink-NavLink"]:hover p { text-decoration-color: currentcolor; }
:is(.st-key-panel, .st-key-search-hits) [data-testid="stPageLink-NavLink"] p > span { display: inline-block; margin-left: .35rem;
  color: var(--p-faint); font-size: .8rem !important; text-decoration: none; }

/* in a card of the panel a link takes what a choice beside it leaves, and its note a line of its own */
.st-key-panel [data-testid="stHorizontalBlock"] > [data-testid="stElementContainer"]:has(> [data-testid="stPageLink"]) { flex: 1 1 0; min-width: 0; }
.st-key-panel [data-testid="stHorizontalBlock"] [data-testid="stPageLink-NavLink"] p > span { width: 100%; margin-left: 0; }

/* search stands in the header of every page and takes no room of the page itself */
[data-testid="stLayoutWrapper"]:has(> [data-testid="stVerticalBlock"] > .st-key-search) { position: absolute; }
.st-key-search { position: fixed; top: .8rem; right: 1rem; z-index: 999991; width: auto; }
.st-key-search button { padding: .15rem .5rem; min-height: 2.2rem; color: var(--p-mute); }
.st-key-search kbd { color: var(--p-mute); opacity: 1; }
@media (max-width: 640px) { .st-key-search button :is(p, kbd) { display: none; } }

/* who else is here stands in the header too: it comes and goes, and no row of the page moves for it */
@media (min-width: 1100px) {
  [data-testid="stLayoutWrapper"]:has(> [data-testid="stVerticalBlock"] > [data-testid="stLayoutWrapper"] > .st-key-presence) { position: absolute; }
  .st-key-presence { position: fixed; top: 0; left: 31rem; right: 11rem; height: 3.6rem; z-index: 999991; width: auto;
    flex-wrap: nowrap; }
  .st-key-presence [data-testid="stElementContainer"]:has(p.p-note) { min-width: 0; }
  .st-key-presence .p-note { margin: 0; font-size: .8rem; line-height: 1.35; text-align: right; white-space: nowrap;
    overflow: hidden; text-overflow: ellipsis; }
}
.p-hits { margin: .8rem 0 .1rem; padding: 0; font-size: .87rem; font-weight: 650; color: var(--p-mute); }
.p-hit { margin: 0 0 .35rem; font-size: .8rem; line-height: 1.35; color: var(--p-mute); overflow-wrap: anywhere; }

.p-table { width: 100%; border-collapse: collapse; table-layout: fixed; font-size: .9rem; line-height: 1.35;
  color: var(--p-ink); font-variant-numeric: tabular-nums; }
.p-table th, .p-table td { padding: .45rem .9rem .45rem 0; text-align: left; vertical-align: top; border: 0;
  overflow-wrap: anywhere; }
.p-table th:last-child, .p-table td:last-child { padding-right: 0; }
.p-table thead th { font-size: .8rem; font-weight: 400; color: var(--p-mute); border-bottom: 1px solid var(--p-rule); }
.p-table tbody td { border-bottom: 1px solid var(--p-hairline); }
.p-table .p-group th { padding-top: 1.1rem; font-weight: 650; border-bottom: 1px solid var(--p-rule); }
.p-table .p-right { text-align: right; }
.p-stripe { padding-left: .55rem; border-left: 3px solid var(--p-stripe, var(--p-rule)); }
.p-chip { display: inline-block; padding: 0 .35rem; border-radius: 2px; font-size: .8rem; background: var(--p-panel); }
.p-mute { color: var(--p-mute); }
.p-faint { color: var(--p-faint); }
.p-accent { color: var(--p-accent); font-weight: 600; }
.p-worse { color: var(--p-worse); font-weight: 600; }
.p-better { color: var(--p-better); font-weight: 600; }
.p-status { white-space: nowrap; font-weight: 600; }
"""

_CURRENT_SECTION: Final = """
[data-testid="stTopNav"] :nth-child({}) > [data-testid="stTopNavSection"] {{
  background: var(--p-panel); font-weight: 600; }}
"""


def page_css(menu_position: int | None = None) -> str:
    """Return the style element that `planner/ui/main.py` gives to each page once.

    `menu_position` (from 1) is the section of the page in the menu: Streamlit marks a current page there
    only when it stands in no section.
    """
    variables = " ".join(f"--p-{name}: {colour};" for name, colour in _VARIABLES.items())
    current = "" if menu_position is None else _CURRENT_SECTION.format(menu_position)
    return f"<style>:root {{ {variables} }}{_RULES}{current}</style>"
