"""The few rules of CSS that only the Trend page needs; the tokens are those of `planner.ui.css`."""

from typing import Final

_RULES: Final = """
.p-refreshes { display: grid; grid-template-columns: repeat(auto-fit, minmax(170px, 1fr)); gap: 1.1rem 1.2rem;
  margin: .5rem 0 0; }
.p-refresh { padding: .5rem 0 0; border-top: 1px solid var(--p-rule); font-size: .87rem; line-height: 1.45; color: var(--p-ink);
  overflow-wrap: anywhere; }
.p-refresh-quarter { font-size: .93rem; font-weight: 650; }
.p-refresh .p-status { font-size: .83rem; white-space: normal; }
.p-refresh-figures, .p-refresh-ways { font-size: .8rem; color: var(--p-mute); }
.p-refresh-ways a { margin-right: .7rem; }
"""


def trend_css() -> str:
    """Return the style element that the page gives once."""
    return f"<style>{_RULES}</style>"
