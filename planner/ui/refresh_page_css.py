"""The look of the Refresh page beside the shared block of CSS; our own classes only."""

from __future__ import annotations

from typing import Final

_RULES: Final = """
ol.p-steps { display: flex; gap: 0; margin: .2rem 0 .4rem; padding: 0; list-style: none; }
ol.p-steps .p-step { margin: 0; flex: 1 1 0; min-width: 0; padding: 0 1rem 0 0; }
.p-step-bar { display: flex; align-items: center; gap: .5rem; margin-bottom: .3rem; }
.p-step-dot { flex: none; width: 1.35rem; height: 1.35rem; border-radius: 50%; display: grid; place-items: center;
  font-size: .8rem; line-height: 1; border: 1.5px solid var(--p-rule); color: var(--p-mute); background: var(--p-page); }
.p-step-line { flex: 1; height: 1.5px; background: var(--p-rule); margin-right: -.5rem; }
.p-step:last-child .p-step-line { visibility: hidden; }
.p-step-done .p-step-dot { border-color: var(--p-status-green); color: var(--p-status-green-text); }
.p-step-done .p-step-line { background: var(--p-status-green); }
.p-step-now .p-step-dot { border-color: var(--p-accent); background: var(--p-accent); color: var(--p-page); }
.p-step-name { font-size: .93rem; font-weight: 600; color: var(--p-ink); }
.p-step-later .p-step-name { font-weight: 400; color: var(--p-mute); }
.p-step-note { font-size: .8rem; line-height: 1.35; color: var(--p-mute); overflow-wrap: anywhere; }
.p-quote { margin: .2rem 0 0; padding-left: .6rem; border-left: 3px solid var(--p-worse); font-size: .93rem;
  line-height: 1.4; color: var(--p-ink); overflow-wrap: anywhere; }

.p-checks td { padding: .4rem .8rem .4rem 0; }
.p-checks td:first-child { white-space: nowrap; }
.p-todo { color: var(--p-worse); font-weight: 600; }
.p-fine { color: var(--p-status-green-text); font-weight: 600; }
.p-look { color: var(--p-mute); font-weight: 600; }

.p-marks { border-collapse: collapse; font-size: .87rem; line-height: 1.35; }
.p-marks td { padding: .22rem 1.1rem .22rem 0; vertical-align: top; color: var(--p-ink); border: 0; }
.p-marks td:first-child { white-space: nowrap; color: var(--p-mute); font-variant-numeric: tabular-nums; }
.p-marks td:nth-child(2) { white-space: nowrap; font-variant-numeric: tabular-nums; }
.p-marks .p-past td { color: var(--p-mute); }
.p-marks .p-next td { font-weight: 600; }

/* a list of ticks is read like a table: close together, each under a line */
.st-key-ticks [data-testid="stCheckbox"] { padding: .12rem 0; }
.st-key-ticks [data-testid="stCheckbox"] label { align-items: flex-start; }
"""


def refresh_css() -> str:
    """Return the style element that the page gives once."""
    return f"<style>{_RULES}</style>"
