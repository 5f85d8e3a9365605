"""The few rules of CSS that only Home and Drift need; the tokens are those of `planner.ui.css`."""

from typing import Final

_RULES: Final = """
.p-count { font-weight: 400; color: var(--p-mute); }
.p-aside { padding-left: 1.5rem; border-left: 1px solid var(--p-rule); }
.p-weight { margin: .15rem 0; font-size: 1.13rem; font-weight: 650; line-height: 1.35; color: var(--p-ink); }
.p-moved { margin: .55rem 0 0; font-size: .98rem; line-height: 1.45; color: var(--p-ink); text-wrap: pretty; }
.p-evidence { font-size: .8rem; color: var(--p-mute); cursor: help; white-space: nowrap; }
.p-plain { font-weight: 600; }
.p-ask { margin: .25rem 0; font-size: 1.07rem; font-weight: 600; line-height: 1.4; color: var(--p-ink); text-wrap: pretty; }
.p-story { margin: 0; padding-top: .6rem; border-top: 1px solid var(--p-rule); font-size: .93rem; line-height: 1.45;
  color: var(--p-ink); text-wrap: pretty; overflow-wrap: anywhere; }

.p-figures { display: flex; gap: 1rem; }
.p-figure { flex: 1 1 0; min-width: 0; display: flex; flex-direction: column; overflow: hidden;
  border: 1px solid var(--p-rule); border-radius: 6px; padding: .8rem .9rem; }
.p-figure-label { font-size: .87rem; color: var(--p-ink); }
.p-figure-value { font-size: 1.6rem; font-weight: 600; line-height: 1.35; color: var(--p-ink); white-space: nowrap; }
.p-figure-beside { display: flex; flex-wrap: wrap; gap: .15rem .5rem; align-items: baseline; }
.p-figure-was { padding: .05rem .45rem; border-radius: 999px; font-size: .83rem; color: var(--p-ink); white-space: nowrap;
  background: var(--p-panel); }
.p-figure-note { font-size: .83rem; line-height: 1.35; color: var(--p-mute); }
.p-figure-course { width: calc(100% + 1.8rem); height: 34px; margin: auto -.9rem -.2rem; background: var(--p-mute); }
.p-figure-beside + .p-figure-course, .p-figure-note + .p-figure-course { margin-top: .7rem; }

/* counts that lead to their changes look like the pills that they set there */
.st-key-counts [data-testid="stPageLink-NavLink"] { padding: .2rem .7rem; border: 1px solid var(--p-rule);
  border-radius: 999px; }
.st-key-counts [data-testid="stPageLink-NavLink"]:hover { border-color: var(--p-accent); }

.p-outcomes td { padding: .55rem .75rem .55rem 0; }
.p-row { display: flex; gap: .5rem; align-items: baseline; }
.p-row > :first-child { flex: 1; min-width: 0; }
.p-name { font-weight: 600; }
.p-measure { margin-top: .1rem; font-size: .85rem; color: var(--p-mute); }
.p-value { min-width: 4.5rem; text-align: right; font-weight: 600; color: var(--p-ink); white-space: nowrap; }
.p-path { min-width: 5.6rem; text-align: right; white-space: nowrap; }
.p-job { margin-bottom: .2rem; padding: .18rem .45rem; border-left: 3px solid var(--p-stripe); border-radius: 2px;
  background: var(--p-panel); font-size: .82rem; line-height: 1.35; color: var(--p-ink); overflow-wrap: anywhere; }
.p-job-too { border-left-style: dotted; background: none; color: var(--p-mute); }
.p-more { padding-left: .6rem; font-size: .82rem; color: var(--p-mute); }
"""


def review_css() -> str:
    """Return the style element that the two pages give once each."""
    return f"<style>{_RULES}</style>"
