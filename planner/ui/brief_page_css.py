"""The rules of CSS that only the brief needs: the sheet on the screen, and how it goes on one A4 page of paper."""

from typing import Final

_RULES: Final = """
.p-sheet { box-sizing: border-box; max-width: 62rem; padding: 2.1em 2.5em 1.6em; border: 1px solid var(--p-rule); border-radius: 6px;
  font-size: 1rem; line-height: 1.45; color: var(--p-ink); background: var(--p-page); overflow-wrap: anywhere; }
.p-sheet p, .p-sheet ul, .p-sheet h2, .p-sheet h3 { margin: 0; padding: 0; }
/* Streamlit sets the size of list items and heads itself */
.p-sheet :is(section, ul, li, section > p, .p-foot p) { font-size: inherit !important; line-height: inherit; }
.p-sheet .p-table th { font-size: .9em !important; }
.p-sheet h2 { font-size: 1.5em; font-weight: 650; line-height: 1.25; letter-spacing: -.01em; }
.p-sheet h3 { margin: 1.15em 0 .3em; font-size: 1.05em; font-weight: 650; line-height: 1.3; }
.p-sheet .p-of { font-size: .85em; color: var(--p-mute); }
.p-sheet .p-first { margin-top: .6em; font-size: 1.2em; line-height: 1.4; text-wrap: pretty; }
.p-sheet .p-six { display: grid; grid-template-columns: repeat(3, 1fr); gap: .7em 1.4em; margin-top: 1em; padding: .8em 0;
  border-top: 1px solid var(--p-rule); border-bottom: 1px solid var(--p-rule); }
.p-sheet .p-six a { display: block; color: inherit; text-decoration: none; }
.p-sheet .p-six a:hover .p-now, .p-sheet .p-six a:focus-visible .p-now { color: var(--p-accent); text-decoration: underline 1px; text-underline-offset: 3px; }
.p-sheet .p-now { font-size: 1.3em; font-weight: 600; line-height: 1.25; font-variant-numeric: tabular-nums; }
.p-sheet .p-what { font-size: .85em; line-height: 1.35; color: var(--p-mute); }
.p-sheet ul { list-style: none; }
.p-sheet li { margin: 0 0 .35em; padding-left: 1em; text-indent: -1em; text-wrap: pretty; }
.p-sheet li::before { content: "\\2013"; display: inline-block; width: 1em; text-indent: 0; color: var(--p-faint); }
.p-sheet .p-table { font-size: .9em; }
.p-sheet .p-table th, .p-sheet .p-table td { padding: .3em .7em .3em 0; }
.p-sheet .p-same td { border-bottom-color: transparent; }
.p-sheet .p-foot { margin-top: 1.3em; padding-top: .6em; border-top: 1px solid var(--p-rule); font-size: .8em; line-height: 1.4;
  color: var(--p-mute); }
.p-sheet .p-written::after { content: " ✎"; color: var(--p-faint); }

@page { size: A4 portrait; margin: 9mm 12mm; }
@media print {
  :root { color-scheme: light !important; }
  [data-testid="stHeader"], [data-testid="stToolbar"], [data-testid="stDecoration"], [data-testid="stStatusWidget"],
  [data-testid="stSidebar"], [data-testid="stElementContainer"]:not(:has(.p-sheet)),
  [data-testid="stColumn"]:not(:has(.p-sheet)) { display: none !important; }
  html, body, #root, .stApp, [data-testid="stAppViewContainer"], [data-testid="stMain"], [data-testid="stMainBlockContainer"],
  [data-testid="stColumn"], [data-testid="stHorizontalBlock"], [data-testid="stVerticalBlock"], [data-testid="stLayoutWrapper"],
  [data-testid="stElementContainer"], [data-testid="stHtml"], [data-testid="stApp"] {
    display: block !important; position: static !important; width: auto !important; max-width: none !important; height: auto !important;
    min-height: 0 !important; margin: 0 !important; padding: 0 !important; overflow: visible !important; transform: none !important;
    background: #FFFFFF !important; }
  [data-testid="stApp"] > *:not(:has(.p-sheet)), [data-testid="stLayoutWrapper"]:not(:has(.p-sheet)),
  [data-testid="stVerticalBlock"]:not(:has(.p-sheet)), [data-testid="stHorizontalBlock"]:not(:has(.p-sheet)),
  [data-testid="stElementContainer"]:not(:has(.p-sheet)), [data-testid="stColumn"]:not(:has(.p-sheet)) { display: none !important; }
  .p-sheet { color-scheme: light !important; max-width: none; padding: 0; border: 0; font-size: 8.4pt; line-height: 1.3; }
  .p-sheet h3 { margin: .65em 0 .15em; break-after: avoid; }
  .p-sheet .p-six { grid-template-columns: repeat(6, 1fr); margin-top: .7em; padding: .5em 0; gap: .45em 1.1em; }
  .p-sheet .p-now { font-size: 1.1em; }
  .p-sheet li { margin-bottom: .15em; }
  .p-sheet .p-table th, .p-sheet .p-table td { padding: .1em .6em .1em 0; }
  .p-sheet tr, .p-sheet li { break-inside: avoid; }
  .p-sheet .p-foot { margin-top: .8em; }
  .p-sheet a { color: inherit !important; text-decoration: none !important; }
  .p-sheet .p-screen, .p-sheet .p-written::after { display: none; content: ""; }
}
"""


def brief_css() -> str:
    """Return the style element that the page gives once."""
    return f"<style>{_RULES}</style>"
